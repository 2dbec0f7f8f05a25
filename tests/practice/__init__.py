"""Practice rooms."""
