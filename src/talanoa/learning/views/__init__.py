"""Pages of the courses: reading them, learning, teaching."""
