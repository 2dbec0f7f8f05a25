"""Who is told what of a process before and around its calls."""
