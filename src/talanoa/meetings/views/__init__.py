"""Pages of the meetings of a process."""
