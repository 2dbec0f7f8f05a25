"""Questions about documents."""

from talanoa.documents.models import Paragraph, Revision
from talanoa.lib import diffs, paragraphs


def blocks(revision: Revision) -> tuple[paragraphs.Paragraph, ...]:
    """Return the paragraphs of a revision as plain values, in order."""
    rows = revision.paragraphs.order_by("position")
    return tuple(
        paragraphs.Paragraph(
            anchor=row.anchor,
            position=row.position,
            kind=row.kind,
            level=row.level,
            number=row.number,
            text=row.text,
        )
        for row in rows
    )


def recommendations(revision: Revision) -> list[Paragraph]:
    """Return the numbered recommendations of a revision, in order."""
    return list(revision.paragraphs.filter(kind="recommendation").order_by("number"))


def changes(old: Revision, new: Revision) -> tuple[diffs.Change, ...]:
    """Return what changed from `old` to `new`, paragraph by paragraph and word by word."""
    return diffs.compare(blocks(old), blocks(new))
