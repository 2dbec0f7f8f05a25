"""Pages of the drafts of a process."""
