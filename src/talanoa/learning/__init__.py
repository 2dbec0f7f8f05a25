"""Courses, lessons, items: what teaches people to take part. Above processes, which need none of it."""
