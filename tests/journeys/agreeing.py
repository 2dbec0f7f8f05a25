"""The mail commands of those who write a text together and agree on it: test_agreement.py walks each of them."""

AGREEING = frozenset({"comment", "suggest", "must", "should", "neither", "position", "stands", "minority"})
