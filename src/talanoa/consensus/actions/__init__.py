"""Steps of a consensus call."""
