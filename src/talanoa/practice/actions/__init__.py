"""Steps of a practice room. Each act in it is performed by the actions of a real process."""
