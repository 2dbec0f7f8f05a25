"""What the pages of drafts share: a paragraph as it is shown, what was said as a reader sees it, finding both."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from talanoa.contributions.models import Contribution, ShownAuthor
from talanoa.contributions.queries import named_in
from talanoa.contributions.skin import why_not_shown
from talanoa.documents.models import Paragraph, Revision
from talanoa.drafts.models import Comment, Disposition, Draft, Suggestion
from talanoa.drafts.queries import (
    counts_by_anchor,
    dispositions_of,
    draft_called,
    readable,
    remark_numbered,
    texts_then,
)
from talanoa.kernel.markdown import render
from talanoa.lib.carrying import Carried, by_place, carried
from talanoa.lib.diffs import Word, compare_words
from talanoa.lib.processkeys import label
from talanoa.lib.sheets import sheet_of, sheets
from talanoa.people.models import Person
from talanoa.processes.models import Process
from talanoa.processes.skin import process_or_404

SHEET, SHEET_BLOCKS = 40_000, 80
"""Bytes of text, and paragraphs, on one page: with what stands around them less than 100 kB."""
WHOLE = "whole"
"""What stands in an address for the whole text, where else the anchor of a paragraph stands."""
Remark = Comment | Suggestion


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph as a page shows it, with how many comments and suggestions everybody may read there."""

    anchor: str
    number: int
    html: SafeString
    comments: int = 0
    suggestions: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A comment or suggestion as one reader sees it: number and state always, all else only where they may read it.

    `place` is the paragraph of the newest revision that it is about, or what became of it. `meanwhile` is how that
    was changed since, `suggested` what a suggestion would change in what its author read.
    """

    remark: Remark
    contribution: Contribution
    is_suggestion: bool
    number: str
    url: str
    may_read: bool
    author: ShownAuthor | None
    place: str
    place_url: str
    carried: Carried
    why: object
    meanwhile: tuple[Word, ...] = ()
    suggested: tuple[Word, ...] = ()
    dispositions: Sequence[Disposition] = ()
    needs: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class TextPage:
    """One sheet of a revision: its paragraphs, which sheet of how many; what has lost its paragraph."""

    blocks: Sequence[Block]
    cut: Sequence[range]
    lost: int = 0
    whole: tuple[int, int] = field(default=(0, 0))


def draft_or_404(request: HttpRequest, key: str, number: int) -> tuple[Process, Draft]:
    """Return a draft for whoever may read its process."""
    process = process_or_404(request, key)
    found = draft_called(process, number)
    if found is None:
        raise Http404
    found.process = process
    return process, found


def revision_or_404(draft: Draft, number: int) -> Revision:
    """Return the revision of a draft with this number."""
    found = draft.document.revisions.filter(number=number).first()
    if found is None:
        raise Http404
    return found


def newest_of(draft: Draft) -> Revision:
    """Return the newest revision of a draft: it begins with one."""
    found = draft.document.latest()
    if found is None:
        raise Http404
    return found


def remark_or_404(request: HttpRequest, key: str, number: int) -> tuple[Process, Remark]:
    """Return the comment or suggestion with this number, for whoever may read the process."""
    process = process_or_404(request, key)
    found = remark_numbered(process, number)
    if found is None:
        raise Http404
    return process, found


def text_page(revision: Revision, number: int, *, draft: Draft | None = None) -> TextPage:
    """Return one sheet of a revision, counted from 1; with a `draft`, what was said about each paragraph is counted.

    One query, or three, however long the text and however many spoke.
    """
    rows = list(revision.paragraphs.order_by("position"))
    cut = _cut([row.text for row in rows])
    shown = cut[min(max(number, 1), len(cut)) - 1]
    comments: dict[str, int] = {}
    suggestions: dict[str, int] = {}
    lost = 0
    if draft is not None:
        anchors = [row.anchor for row in rows]
        found = [by_place(counts, anchors) for counts in counts_by_anchor(draft)]
        (comments, lost_comments), (suggestions, lost_suggestions) = found
        lost = lost_comments + lost_suggestions
    blocks = [
        block_of(rows[n], comments.get(rows[n].anchor, 0), suggestions.get(rows[n].anchor, 0)) for n in shown
    ]
    return TextPage(blocks, cut, lost, (comments.get("", 0), suggestions.get("", 0)))


def _cut(texts: Sequence[str]) -> tuple[range, ...]:
    return sheets([len(text.encode()) for text in texts], most=SHEET, most_blocks=SHEET_BLOCKS)


def place_in_text(revision: Revision, anchor: str) -> str:
    """Return where in the pages of a revision a paragraph stands, as query and fragment; "" where it does not."""
    rows = list(revision.paragraphs.order_by("position").values_list("anchor", "text"))
    position = next((n for n, (name, _text) in enumerate(rows) if name == anchor), None)
    if position is None:
        return ""
    number = sheet_of(position, _cut([text for _name, text in rows]))
    return f"?page={number}#{anchor}" if number > 1 else f"#{anchor}"


def block_of(row: Paragraph, comments: int = 0, suggestions: int = 0) -> Block:
    """Return a paragraph as pages show it."""
    return Block(row.anchor, row.position + 1, render(row.text, 1), comments, suggestions)


def lines_of(remarks: Iterable[Remark], reader: Person | None, newest: Revision) -> list[Line]:
    """Return comments and suggestions as `reader` sees them; four queries more, whatever their number."""
    rows = list(remarks)
    shown = readable(rows, reader)
    then = texts_then(rows)
    now = {
        row.anchor: row
        for row in newest.paragraphs.filter(anchor__in={row.anchor for row in rows if row.anchor})
    }
    given = dispositions_of(row.contribution_id for row in rows)
    return [
        _line(
            row,
            may_read=row.contribution_id in shown,
            then=then.get((row.revision_id, row.anchor)),
            now=now.get(row.anchor),
            dispositions=given.get(row.contribution_id, []),
        )
        for row in rows
    ]


def named(lines: Iterable[Line]) -> dict[int, str]:
    """Return the numbers that become links in what this reader may read, each with its kind."""
    return named_in([line.contribution for line in lines if line.may_read])


def _line(
    row: Remark,
    *,
    may_read: bool,
    then: str | None,
    now: Paragraph | None,
    dispositions: list[Disposition],
) -> Line:
    contribution = row.contribution
    key = contribution.process.key
    became = carried(then, now.text if now else None)
    is_suggestion = isinstance(row, Suggestion)
    changed = became == Carried.CHANGED and then is not None and now is not None
    counts: Any = row  # a suggestion whose query counted has two more attributes
    needs = (counts.n_must, counts.n_should) if hasattr(row, "n_must") else None
    return Line(
        remark=row,
        contribution=contribution,
        is_suggestion=is_suggestion,
        number=label(key, contribution.number),
        url=reverse("drafts:remark", args=[key, contribution.number]),
        may_read=may_read,
        author=contribution.authorship.shown() if may_read else None,
        place=_place(row, now),
        place_url=reverse("drafts:paragraph", args=[key, row.draft.number, row.anchor or WHOLE]),
        carried=became,
        why=why_not_shown(contribution),
        meanwhile=compare_words(then, now.text) if changed and then and now else (),
        suggested=compare_words(then or "", row.replacement)
        if isinstance(row, Suggestion) and may_read
        else (),
        dispositions=dispositions,
        needs=needs,
    )


def _place(row: Remark, now: Paragraph | None) -> str:
    if not row.anchor:
        return _("the whole text")
    if now is None:
        return _("a paragraph that is gone")
    return f"¶ {now.position + 1}"
