"""Steps of the expert roster."""
