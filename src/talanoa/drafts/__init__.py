"""Drafts: text that a process agrees on, revision by revision, and what people say about it."""
