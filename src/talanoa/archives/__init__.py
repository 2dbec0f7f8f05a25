"""Archives: mailing lists of others, imported, read, searched, made into tables; no message is a contribution."""
