"""Feeds, calendars and tables for other programs."""
