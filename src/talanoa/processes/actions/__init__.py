"""The steps of this app, by what they touch: charter, stages, roles; and how their entries are written."""
