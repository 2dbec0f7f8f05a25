"""Pages of the practice rooms."""
