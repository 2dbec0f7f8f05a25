"""Calls for input: inputs by web, mail, upload, interview and import."""
