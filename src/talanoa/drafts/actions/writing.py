"""Steps by which a draft is written: begin it, revise it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.documents.actions import revise
from talanoa.documents.models import Document, Revision
from talanoa.drafts.events import DraftRevised
from talanoa.drafts.models import Draft, Drafting
from talanoa.drafts.permissions import require_editor
from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.text import fitting_line
from talanoa.processes.actions.recording import put_on_record
from talanoa.processes.models import Actor, Process
from talanoa.record.events import Committed

TITLE_LIMIT = 200


@transaction.atomic
def begin_draft(
    process: Process, *, by: Actor, title: str, text: str, summary: str = "", at: datetime, channel: str
) -> Draft:
    """Publish the first revision of a new draft, in Markdown.

    Raises NotAllowed; RuleBroken: drafting_closed, text_empty, text_too_long, recommendation_numbers.
    """
    process = Process.objects.select_for_update(no_key=True).get(pk=process.pk)
    require_editor(by, process)
    process.check_drafting(at)
    named = fitting_line(title, TITLE_LIMIT)
    if not named:
        raise RuleBroken(_("A draft needs a title."), code="text_empty")
    document = Document.objects.create(kind=Document.Kind.DRAFT, title=named)
    draft = Draft.objects.create(
        process=process, number=process.drafts.count() + 1, document=document, created_at=at
    )
    _publish(draft, by=by, text=text, summary=summary, at=at, channel=channel)
    return draft


@transaction.atomic
def revise_draft(
    draft: Draft,
    *,
    by: Actor,
    text: str,
    summary: str = "",
    based_on: int = 0,
    rewritten: str = "",
    at: datetime,
    channel: str,
) -> Revision:
    """Publish a revision of a draft; an unchanged text adds none. What was called or found on the one before is stale.

    `based_on` is the number of the revision that its author changed; where a newer one is there, nothing is published.
    `rewritten` is the anchor of the one paragraph that was replaced: it keeps it, however different its words.
    Raises NotAllowed; RuleBroken: drafting_closed, revision_behind, text_empty, text_too_long, recommendation_numbers.
    """
    process = Process.objects.select_for_update(no_key=True).get(pk=draft.process_id)
    draft = process.drafts.select_related("document").get(pk=draft.pk)
    require_editor(by, process)
    process.check_drafting(at)
    newest = draft.document.latest()
    if based_on and newest and newest.number != based_on:
        raise RuleBroken(
            _("Revision %(n)s was published meanwhile. Put your changes into that one.")
            % {"n": newest.number},
            code="revision_behind",
        )
    return _publish(draft, by=by, text=text, summary=summary, rewritten=rewritten, at=at, channel=channel)


def _publish(
    draft: Draft, *, by: Actor, text: str, summary: str, rewritten: str = "", at: datetime, channel: str
) -> Revision:
    role, author = require_editor(by, draft.process)
    before = draft.document.latest()
    revision = revise(draft.document, text=text, summary=summary, rewritten=rewritten, at=at)
    if revision == before:
        return revision
    drafting = Drafting.objects.create(draft=draft, revision=revision, author=author, name=author.person.name)
    event = DraftRevised(
        draft=draft.number,
        revision=revision.number,
        sha256=revision.sha256,
        title=Committed(draft.document, "title"),
        author=Committed(drafting, "name"),
    )
    put_on_record(draft.process, event, by=author, role=role, at=at, channel=channel)
    return revision
