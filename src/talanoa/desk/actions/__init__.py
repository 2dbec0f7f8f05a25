"""Steps of the issue desk."""
