"""Steps of sponsored research."""
