"""Pages of a process: its charter and stages, whom it is announced to, what others do already."""
