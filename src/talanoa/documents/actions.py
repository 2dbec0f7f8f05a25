"""The writer of revisions. The apps above put on the record what a new revision means for them."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.documents.models import Document, Paragraph, Revision
from talanoa.documents.queries import blocks
from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.text import clean_text
from talanoa.lib import paragraphs

LIMIT = 400_000


@transaction.atomic
def revise(
    document: Document, *, text: str, summary: str = "", rewritten: str = "", at: datetime
) -> Revision:
    """Add a revision of `document` in Markdown; an unchanged text adds none and returns the latest.

    `at` is an aware UTC time. Paragraphs keep their anchors from the revision before; so does the one with the anchor
    `rewritten`, however different its words, if it is the only one that was replaced.
    Raises RuleBroken: text_too_long, text_empty, recommendation_numbers.
    """
    document = Document.objects.select_for_update(no_key=True).get(pk=document.pk)
    text = _clean(text)
    before = document.latest()
    if before and before.text == text:
        return before
    made = _anchored(document, before, text, rewritten)
    revision = Revision.objects.create(
        document=document,
        number=before.number + 1 if before else 1,
        text=text,
        summary=summary[:200],
        created_at=at,
    )
    Paragraph.objects.bulk_create(_row(revision, block) for block in made)
    return revision


def _clean(text: str) -> str:
    try:
        cleaned = clean_text(text, LIMIT)
    except ValueError as long:
        raise RuleBroken(
            _("This text is longer than %(limit)s characters.") % {"limit": LIMIT}, code="text_too_long"
        ) from long
    if not cleaned.strip():
        raise RuleBroken(_("Write the text first."), code="text_empty")
    return cleaned


def _anchored(
    document: Document, before: Revision | None, text: str, rewritten: str
) -> tuple[paragraphs.Paragraph, ...]:
    """Split `text`, number its recommendations and give each block its anchor."""
    try:
        split = paragraphs.split(text)
        paragraphs.check_recommendations(split)
    except paragraphs.RecommendationsOutOfOrder as wrong:
        raise RuleBroken(
            _("Number the recommendations 1, 2, 3 ... in the order in which they stand."),
            code="recommendation_numbers",
        ) from wrong
    except paragraphs.TextTooLong as long:
        raise RuleBroken(_("This text has more than 5,000 paragraphs."), code="text_too_long") from long
    old = blocks(before) if before else ()
    made, document.next_anchor = paragraphs.carry_anchors(old, split, document.next_anchor)
    document.save(update_fields=["next_anchor"])
    return _keeping(made, old, rewritten)


def _keeping(
    made: tuple[paragraphs.Paragraph, ...], old: tuple[paragraphs.Paragraph, ...], anchor: str
) -> tuple[paragraphs.Paragraph, ...]:
    """Give the one new paragraph the anchor of the one that is gone, where that is `anchor`."""
    before, after = {block.anchor for block in old}, {block.anchor for block in made}
    new = after - before
    if before - after != {anchor} or len(new) != 1:
        return made
    return tuple(replace(block, anchor=anchor) if block.anchor in new else block for block in made)


def _row(revision: Revision, block: paragraphs.Paragraph) -> Paragraph:
    return Paragraph(
        revision=revision,
        anchor=block.anchor,
        position=block.position,
        kind=block.kind,
        level=block.level,
        number=block.number,
        text=block.text,
    )
