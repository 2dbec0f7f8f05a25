"""The place itself: who hosts and pays, the defaults of all processes and their changes, the news."""
