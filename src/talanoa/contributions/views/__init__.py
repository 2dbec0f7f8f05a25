"""Pages about contributions: themes for everybody, the desk, the author's reply to an answer."""
