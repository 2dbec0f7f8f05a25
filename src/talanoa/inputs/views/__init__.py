"""Pages of a call for input: reading and acting."""
