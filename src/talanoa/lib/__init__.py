"""Plain Python: algorithms over bytes, text and dates. No Django, no other app."""
