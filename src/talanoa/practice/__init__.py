"""Practice rooms: the same acts as in a real process, in a space of their own, with scripts in the empty seats."""
