"""Steps by which people speak about a draft: comment, suggest other words; and the erasure of what was said."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.contributions.actions.erasing import erase_contribution
from talanoa.contributions.actions.moderating import quarantine
from talanoa.contributions.actions.standing import Author, note_mentions, register
from talanoa.contributions.models import Assurance, Contribution
from talanoa.contributions.moderation import quarantine_until
from talanoa.contributions.permissions import require_speaker
from talanoa.documents.models import Paragraph, Revision
from talanoa.drafts.events import CommentReceived, SuggestionReceived
from talanoa.drafts.models import Comment, Draft, Remark, Suggestion
from talanoa.drafts.models.remarks import QUOTE_LIMIT, TEXT_LIMIT
from talanoa.drafts.queries import by_dedup_key, paragraph_at
from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.text import clean_text
from talanoa.lib.carrying import occurs
from talanoa.lib.paragraphs import split
from talanoa.lib.replacing import stays_one_block
from talanoa.processes.actions.recording import put_on_record
from talanoa.processes.models import SYSTEM, Actor, Participant, Process
from talanoa.record.events import Committed

Made = TypeVar("Made", Comment, Suggestion)


@dataclass(frozen=True, slots=True)
class Remarked:
    """What somebody says about a paragraph of the revision that they read; `anchor` is "" for the whole text.

    `quote` are words of it that they mean. `replacement` is how it should read, where they suggest that; `text` says
    why then.
    """

    anchor: str
    text: str
    quote: str = ""
    replacement: str = ""


@dataclass(frozen=True, slots=True)
class _Received:
    """The number of what was said, and with whom and in which role it stands on the record."""

    contribution: Contribution
    by: Participant
    role: str
    quarantine_until: datetime | None


@transaction.atomic
def comment_on(
    revision: Revision,
    *,
    by: Participant,
    author: Author,
    said: Remarked,
    dedup_key: str,
    channel: str,
    at: datetime,
) -> Comment:
    """Comment on a paragraph of a revision or on the whole of it; the same `dedup_key` returns the first one.

    A comment whose sender is not confirmed is numbered and held. `at` is an aware UTC time.
    Raises NotAllowed; RuleBroken: drafting_closed, paragraph_unknown, quote_unknown, text_empty, text_too_long,
    line_too_long.
    """
    draft, process = _locked(revision)
    known = Comment.objects.filter(contribution__in=by_dedup_key(process, dedup_key)).first()
    if known:
        return known
    text, quote = _clean(said.text, TEXT_LIMIT), _clean(said.quote, QUOTE_LIMIT)
    if not text.strip():
        raise RuleBroken(_("The comment has no words yet."), code="text_empty")
    about = _paragraph(revision, said.anchor).text if said.anchor else revision.text
    if quote and not occurs(quote, about):
        raise RuleBroken(
            _("The words that you name do not stand there. Copy them as they stand, or leave them out."),
            code="quote_unknown",
        )
    got = _receive(process, "comment", by=by, author=author, dedup_key=dedup_key, channel=channel, at=at)
    made = Comment.objects.create(
        contribution=got.contribution,
        draft=draft,
        revision=revision,
        anchor=said.anchor,
        text=text,
        quote=quote,
    )
    return _finish(made, got, (text,), at=at, channel=channel)


@transaction.atomic
def suggest(
    revision: Revision,
    *,
    by: Participant,
    author: Author,
    said: Remarked,
    dedup_key: str,
    channel: str,
    at: datetime,
) -> Suggestion:
    """Suggest other words for a paragraph that reads in the newest revision as in the one that the author read.

    Raises NotAllowed; RuleBroken: drafting_closed, paragraph_unknown, paragraph_changed, one_paragraph,
    recommendation_numbers, text_empty, text_too_long, line_too_long.
    """
    draft, process = _locked(revision)
    known = Suggestion.objects.filter(contribution__in=by_dedup_key(process, dedup_key)).first()
    if known:
        return known
    replacement, reason = _clean(said.replacement, TEXT_LIMIT), _clean(said.text, TEXT_LIMIT)
    newest = draft.document.latest() or revision
    now = _unchanged(revision, newest, said.anchor)
    _check_replacement(newest, now, replacement)
    got = _receive(process, "suggestion", by=by, author=author, dedup_key=dedup_key, channel=channel, at=at)
    made = Suggestion.objects.create(
        contribution=got.contribution,
        draft=draft,
        revision=newest,
        anchor=said.anchor,
        reason=reason,
        replacement=replacement,
    )
    return _finish(made, got, (replacement, reason), at=at, channel=channel)


def _locked(revision: Revision) -> tuple[Draft, Process]:
    draft = Draft.objects.select_related("document").get(document=revision.document_id)
    process = Process.objects.select_for_update(no_key=True).get(pk=draft.process_id)
    draft.process = process
    return draft, process


def _clean(text: str, limit: int) -> str:
    try:
        return clean_text(text, limit)
    except ValueError as long:
        raise RuleBroken(
            _("Please stay under %(limit)s characters.") % {"limit": limit}, code="text_too_long"
        ) from long


def _paragraph(revision: Revision, anchor: str) -> Paragraph:
    found = paragraph_at(revision, anchor)
    if found is None:
        raise RuleBroken(
            _("Revision %(revision)s has no such paragraph. Its page and its letter number them.")
            % {"revision": revision.number},
            code="paragraph_unknown",
        )
    return found


def _unchanged(read: Revision, newest: Revision, anchor: str) -> Paragraph:
    """Return the paragraph in the newest revision, if it reads there as its reader saw it."""
    then, now = _paragraph(read, anchor), _paragraph(newest, anchor)
    if then.text != now.text:
        raise RuleBroken(
            _("This paragraph was changed meanwhile. Read how it stands now, then suggest again."),
            code="paragraph_changed",
        )
    return now


def _check_replacement(newest: Revision, now: Paragraph, words: str) -> None:
    """Refuse what is no other wording of this one paragraph."""
    if not words.strip() or words == now.text:
        raise RuleBroken(_("Write how the paragraph should read instead."), code="text_empty")
    if not stays_one_block(newest.text, now.position, words):
        raise RuleBroken(
            _("Put one paragraph in the place of one. For more, write a comment."), code="one_paragraph"
        )
    [block] = split(words)
    if block.number != now.number:
        raise RuleBroken(
            _("A recommendation keeps its number: begin as the paragraph begins."),
            code="recommendation_numbers",
        )


def _receive(
    process: Process,
    kind: str,
    *,
    by: Participant,
    author: Author,
    dedup_key: str,
    channel: str,
    at: datetime,
) -> _Received:
    """Ask who speaks and whether the draft is talked about now; give the next number."""
    role, entered_by = require_speaker(by, process, person=author.person, assurance=author.assurance)
    process.check_drafting(at)
    is_held = author.assurance == Assurance.CLAIMED
    until = None if is_held or entered_by else quarantine_until(author.person, process, at=at)
    contribution = register(
        process,
        kind=kind,
        author=author.within(by),
        entered_by=entered_by,
        state=Contribution.State.UNCONFIRMED if is_held else Contribution.State.PUBLISHED,
        publication=Contribution.Publication.NAMED,
        dedup_key=dedup_key,
        channel=channel,
        at=at,
    )
    return _Received(contribution, by, role, until)


def _finish(made: Made, got: _Received, texts: tuple[str, ...], *, at: datetime, channel: str) -> Made:
    """Keep which numbers the words name, put it on the record, and hold it where the charter holds first words."""
    note_mentions(got.contribution, texts)
    _receive_on_record(made, got, at=at, channel=channel)
    if got.quarantine_until is not None:
        made.contribution = quarantine(got.contribution, until=got.quarantine_until, at=at, channel=channel)
    return made


def _receive_on_record(made: Comment | Suggestion, got: _Received, *, at: datetime, channel: str) -> None:
    contribution, authorship = got.contribution, got.contribution.authorship
    kind = CommentReceived if isinstance(made, Comment) else SuggestionReceived
    event = kind(
        state=contribution.state,
        assurance=authorship.assurance,
        draft=made.draft.number,
        revision=made.revision.number,
        anchor=made.anchor or "-",
        text_sha256=Committed(made, "text_sha256"),
        author=Committed(authorship, "name"),
        organization=Committed(authorship, "organization"),
        country=Committed(authorship, "country"),
    )
    # Who only claims to be somebody speaks for no group: the entry would tell the group of the one they name.
    actor: Actor = SYSTEM if authorship.assurance == Assurance.CLAIMED else got.by
    contribution.entry = put_on_record(
        contribution.process,
        event,
        by=actor,
        role=got.role,
        at=at,
        channel=channel,
        number=contribution.number,
    )
    contribution.save(update_fields=["entry"])


@transaction.atomic
def erase_remark(made: Remark, *, by: Actor, ground: str, at: datetime, channel: str) -> Remark:
    """Destroy the words of a comment or a suggestion; number, entry and every proof stay valid.

    The convenor's act, on the grounds of any erasure. What a revision took over stays in that revision.
    Raises NotAllowed; RuleBroken: ground_unknown, wrong_state.
    """
    assert isinstance(made, Comment | Suggestion)  # noqa: S101 - there is no other remark
    made.contribution = erase_contribution(
        made.contribution, [made], by=by, ground=ground, at=at, channel=channel
    )
    if isinstance(made, Comment):
        made.text = made.quote = ""
    else:
        made.replacement = made.reason = ""
    made.save()
    return made
