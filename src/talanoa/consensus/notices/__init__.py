"""Who is told what of consensus calls, and of what contests their outcome."""
