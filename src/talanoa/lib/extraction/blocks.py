"""How the paragraphs of a document become plain text."""

from collections.abc import Iterable


def joined(blocks: Iterable[str]) -> str:
    """Return the blocks that say something, one blank line between them."""
    return "\n\n".join(block.rstrip() for block in blocks if block.strip())
