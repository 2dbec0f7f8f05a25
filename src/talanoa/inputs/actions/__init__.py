"""Steps of inputs: receive, replace, read by hand, erase; and what was said on a list, once its author confirms."""
