"""Forms of consensus calls, and of what contests their outcome."""
