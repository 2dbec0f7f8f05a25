"""The steps of this app, by what they touch: standing, desk, answering."""
