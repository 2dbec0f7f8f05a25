"""Report, sealing, review period, decision, follow-up."""
