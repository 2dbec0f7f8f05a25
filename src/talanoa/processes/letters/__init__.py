"""Letters of a process before and around its calls."""
