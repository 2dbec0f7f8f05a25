"""Consensus: calls on one revision of a draft, positions, objections, what the chair finds, and how it is contested."""
