"""Statements: short sentences that a room votes on in secret, and what came of it, for everybody to check."""
