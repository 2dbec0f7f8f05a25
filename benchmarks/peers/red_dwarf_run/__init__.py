"""red-dwarf on a table of votes, in its own environment."""
