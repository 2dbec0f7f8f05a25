"""Steps of inputs: receive, replace, read by hand, say the language, erase; what was said on a list, once confirmed."""
