"""The issue desk: anyone brings an issue, and gets a public answer with its reason by a clock."""
