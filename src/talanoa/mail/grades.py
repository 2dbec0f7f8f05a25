"""How sure we are who sent a mail. The name in it alone proves nothing."""

PROVEN, PROBABLE, CLAIMED = "proven", "probable", "claimed"
