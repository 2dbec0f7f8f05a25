"""Pages of a process: its charter and stages; what others do already."""
