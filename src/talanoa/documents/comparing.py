"""What pages show of the difference between two revisions, without scripts: in one column, or side by side.

The fragments `documents/_diff_inline.html` and `documents/_diff_side.html` take a Comparison as `comparison`, and the
names of the two revisions as `old` and `new`.
"""

from collections import Counter
from dataclasses import dataclass

from talanoa.documents.models import Revision
from talanoa.documents.queries import blocks
from talanoa.lib.comparisons import Row, rows


@dataclass(frozen=True, slots=True)
class Comparison:
    """The rows of a page, and how many there are of each kind that tells of a change."""

    rows: tuple[Row, ...]
    n_changed: int
    n_added: int
    n_removed: int
    n_moved: int
    n_split: int
    n_joined: int

    @property
    def is_empty(self) -> bool:
        """Tell whether the two revisions have the same paragraphs."""
        told = (self.n_changed, self.n_added, self.n_removed, self.n_moved, self.n_split, self.n_joined)
        return not any(told)


def comparison(old: Revision, new: Revision) -> Comparison:
    """Return what changed from `old` to `new`, two revisions of one document; four queries at most."""
    told = rows(blocks(old), blocks(new))
    count = Counter(row.kind for row in told)
    return Comparison(
        told,
        n_changed=count["changed"],
        n_added=count["added"],
        n_removed=count["removed"],
        n_moved=count["moved"],
        n_split=count["split"],
        n_joined=count["joined"],
    )
