"""A long text cut into sheets, each small enough for a page on a slow line."""

from collections.abc import Sequence


def sheets(sizes: Sequence[int], *, most: int, most_blocks: int) -> tuple[range, ...]:
    """Return which blocks stand on each sheet, in order; `sizes` are theirs in bytes.

    A sheet holds at most `most` bytes and `most_blocks` blocks; a block that is larger stands on one by itself.
    A text without blocks is one empty sheet.
    """
    made: list[range] = []
    start = held = 0
    for position, size in enumerate(sizes):
        is_full = position > start and (held + size > most or position - start == most_blocks)
        if is_full:
            made.append(range(start, position))
            start, held = position, 0
        held += size
    return (*made, range(start, len(sizes)))


def sheet_of(position: int, cut: Sequence[range]) -> int:
    """Return on which sheet, counted from 1, the block at `position` stands; the first where it stands on none."""
    return next((number for number, one in enumerate(cut, start=1) if position in one), 1)
