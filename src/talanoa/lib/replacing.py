"""One block of a Markdown text replaced by other words; every other character stays as it was."""

from talanoa.lib.paragraphs import split


def replace_block(markdown: str, position: int, words: str) -> str:
    r"""Return `markdown` with `words` in the place of its block at `position`, counted from 0.

    `markdown` has "\n" line ends and no NUL. Raises IndexError where it has no such block, and TextTooLong of
    paragraphs.
    """
    blocks = split(markdown)
    if not 0 <= position < len(blocks):
        raise IndexError(position)
    start = end = 0
    for block in blocks[: position + 1]:
        # Between blocks stand blank lines alone, so the next place where its text is found is its own.
        start = markdown.index(block.text, end)
        end = start + len(block.text)
    return markdown[:start] + words + markdown[end:]


def stays_one_block(markdown: str, position: int, words: str) -> bool:
    """Tell whether `words` in the place of a block leave every other block as it is, and are one block themselves."""
    before = [block.text for block in split(markdown)]
    after = [block.text for block in split(replace_block(markdown, position, words))]
    return after == [*before[:position], words, *before[position + 1 :]]
