"""Sponsored research: calls, applications, blind review, awards and what comes of them."""
