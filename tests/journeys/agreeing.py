"""The mail commands of those who write a text together and agree on it: test_agreement.py walks each of them."""

AGREEING = frozenset({"comment", "suggest", "must", "should", "neither", "position", "stands", "minority"})
CONTESTING = frozenset({"challenge", "second", "opinion", "recuse"})
"""Those by which an outcome is contested: tests/consensus/test_contesting_mail.py writes each of them."""
