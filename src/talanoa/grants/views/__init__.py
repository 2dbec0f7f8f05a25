"""Pages of sponsored research."""
