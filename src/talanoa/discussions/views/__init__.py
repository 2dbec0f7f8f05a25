"""Pages of the discussion: reading and acting."""
