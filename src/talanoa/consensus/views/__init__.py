"""Pages of consensus calls."""
