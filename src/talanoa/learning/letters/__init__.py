"""Letters of the courses: a lesson as its mail has it, and what is said around it."""
