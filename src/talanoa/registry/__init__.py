"""The registry: bodies that work on Internet issues already, and where one can take part, learn or find money."""
