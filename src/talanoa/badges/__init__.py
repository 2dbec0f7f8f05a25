"""Badges: what somebody has shown that they can do, signed, and resting on entries of the record."""
