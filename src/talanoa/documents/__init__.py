"""Text that is agreed on: immutable revisions, stable paragraphs, recommendations, differences."""
