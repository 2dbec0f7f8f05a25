"""Steps of badges."""
