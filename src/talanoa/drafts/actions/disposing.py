"""Steps by which those who write a draft answer what was said about it: dispose of comments, decide a suggestion."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.contributions.models import Contribution
from talanoa.documents.models import Paragraph, Revision
from talanoa.drafts.actions.writing import revise_draft
from talanoa.drafts.events import CommentsDisposed, SuggestionAccepted, SuggestionRejected
from talanoa.drafts.models import Disposed, Disposition, Draft, Suggestion
from talanoa.drafts.permissions import require_editor
from talanoa.drafts.queries import paragraph_at
from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.text import clean_text
from talanoa.lib.processkeys import label, ranges
from talanoa.lib.replacing import replace_block, stays_one_block
from talanoa.processes.actions.recording import put_on_record
from talanoa.processes.models import Actor, Participant, Process
from talanoa.record.events import Committed

MOST_AT_ONCE = 500
"""Comments that one act answers: what is said to more at once was hardly read."""
State, Status = Contribution.State, Disposition.Status


@dataclass(frozen=True, slots=True)
class Ruled:
    """What became of comments: status, reason, and the number of the revision whose change they caused, 0 for none.

    `anchor` names the paragraph of that revision.
    """

    status: str
    reason: str
    revision: int = 0
    anchor: str = ""


@transaction.atomic
def dispose_of(
    draft: Draft, numbers: Iterable[int], *, by: Actor, ruled: Ruled, at: datetime, channel: str
) -> Disposition:
    """Say in public what became of one or several comments on a draft, and why; what was said before stays.

    Raises NotAllowed; RuleBroken: number_unknown, wrong_state, status_unknown, reason_missing, text_too_long,
    revision_unknown, paragraph_unknown.
    """
    process = Process.objects.select_for_update(no_key=True).get(pk=draft.process_id)
    role, author = require_editor(by, process)
    chosen = _comments(draft, numbers)
    if ruled.status not in Status.values:
        raise RuleBroken(
            _("What became of it is one of: %(names)s.") % {"names": ", ".join(Status.values)},
            code="status_unknown",
        )
    revision = _caused(draft, ruled)
    made = _dispose(draft, chosen, ruled, revision, author=author, role=role, at=at)
    event = CommentsDisposed(
        draft=draft.number,
        numbers=ranges([row.number for row in chosen]),
        status=ruled.status,
        revision=revision.number if revision else 0,
        reason_sha256=Committed(made, "reason_sha256"),
        author=Committed(made, "name"),
    )
    put_on_record(process, event, by=author, role=role, at=at, channel=channel)
    return made


def _comments(draft: Draft, numbers: Iterable[int]) -> list[Contribution]:
    """Return the comments with these numbers, each of which still stands."""
    wanted = set(numbers)
    rows = Contribution.objects.filter(comment__draft=draft, number__in=list(wanted)[: MOST_AT_ONCE + 1])
    found = list(rows.order_by("number"))
    if not wanted or len(wanted) > MOST_AT_ONCE or {row.number for row in found} != wanted:
        raise RuleBroken(
            _("Name comments on this draft by their numbers, %(n)s at most.") % {"n": MOST_AT_ONCE},
            code="number_unknown",
        )
    for row in found:
        row.check_state(*Contribution.COUNTED_STATES)
    return found


def _caused(draft: Draft, ruled: Ruled) -> Revision | None:
    """Return the revision whose change the comments caused; the first one changed nothing."""
    if not ruled.revision:
        return None
    found = draft.document.revisions.filter(number=ruled.revision, number__gt=1).first()
    if found is None:
        raise RuleBroken(
            _("There is no revision %(n)s that changed something.") % {"n": ruled.revision},
            code="revision_unknown",
        )
    if ruled.anchor and paragraph_at(found, ruled.anchor) is None:
        raise RuleBroken(
            _("Revision %(revision)s has no such paragraph.") % {"revision": found.number},
            code="paragraph_unknown",
        )
    return found


def _dispose(
    draft: Draft,
    chosen: Iterable[Contribution],
    ruled: Ruled,
    revision: Revision | None,
    *,
    author: Participant,
    role: str,
    at: datetime,
) -> Disposition:
    try:
        reason = clean_text(ruled.reason, Disposition.REASON_LIMIT)
    except ValueError as long:
        raise RuleBroken(
            _("Please stay under %(limit)s characters.") % {"limit": Disposition.REASON_LIMIT},
            code="text_too_long",
        ) from long
    if not reason.strip():
        raise RuleBroken(_("Say why: whoever spoke is owed a reason."), code="reason_missing")
    made = Disposition.objects.create(
        draft=draft,
        status=ruled.status,
        reason=reason,
        revision=revision,
        anchor=ruled.anchor if revision else "",
        author=author,
        name=author.person.name,
        role=role,
        given_at=at,
    )
    Disposed.objects.bulk_create(Disposed(disposition=made, contribution=row) for row in chosen)
    return made


@transaction.atomic
def accept_suggestion(
    suggestion: Suggestion, *, by: Actor, reason: str = "", seen: int = 0, at: datetime, channel: str
) -> Disposition:
    """Put a suggestion into the text: the revision that this makes is published and names the suggestion's number.

    `seen` is the number of the revision in which one looked at the paragraph; without it, the one for which the
    suggestion was made. Raises NotAllowed; RuleBroken: drafting_closed, wrong_state, paragraph_gone,
    paragraph_changed, one_paragraph, text_too_long.
    """
    suggestion, draft, contribution = _locked(suggestion)
    role, author = require_editor(by, draft.process)
    draft.process.check_drafting(at)
    _check_undecided(contribution)
    newest, now = _place(suggestion, draft, seen)
    called = label(draft.process.key, contribution.number)
    # The number, not the name: a revision stays as it is, and a name may have to be erased.
    summary = _("As suggested in %(number)s.") % {"number": called}
    text = replace_block(newest.text, now.position, suggestion.replacement)
    revision = revise_draft(
        draft, by=by, text=text, summary=summary, rewritten=suggestion.anchor, at=at, channel=channel
    )
    ruled = Ruled(Status.ACCEPTED, reason or summary, anchor=suggestion.anchor)
    made = _dispose(draft, [contribution], ruled, revision, author=author, role=role, at=at)
    event = SuggestionAccepted(
        draft=draft.number,
        revision=revision.number,
        reason_sha256=Committed(made, "reason_sha256"),
        author=Committed(made, "name"),
    )
    put_on_record(
        draft.process, event, by=author, role=role, at=at, channel=channel, number=contribution.number
    )
    return made


def _locked(suggestion: Suggestion) -> tuple[Suggestion, Draft, Contribution]:
    """Lock the process, and return a suggestion as it stands now, with its draft and its number."""
    process = Process.objects.select_for_update(no_key=True).get(pk=suggestion.draft.process_id)
    suggestion = Suggestion.objects.select_related("draft__document", "revision").get(pk=suggestion.pk)
    suggestion.draft.process = process
    return suggestion, suggestion.draft, Contribution.objects.locked(suggestion.contribution)


def _check_undecided(contribution: Contribution) -> None:
    """Refuse to decide what does not stand in public, and what is decided already."""
    contribution.check_state(State.PUBLISHED)
    if contribution.dispositions.exists():
        raise RuleBroken(
            _("Suggestion %(number)s is decided already. Make a newer one.")
            % {"number": contribution.number},
            code="wrong_state",
        )


def _place(suggestion: Suggestion, draft: Draft, seen: int) -> tuple[Revision, Paragraph]:
    """Return the newest revision and the paragraph of it that the suggestion is about, as somebody saw it."""
    newest = draft.document.latest() or suggestion.revision
    now = paragraph_at(newest, suggestion.anchor)
    if now is None:
        raise RuleBroken(
            _("The paragraph is not in the text any more. Reject the suggestion, or write a revision."),
            code="paragraph_gone",
        )
    basis = draft.document.revisions.filter(number=seen).first() if seen else suggestion.revision
    then = paragraph_at(basis, suggestion.anchor) if basis else None
    if then is None or then.text != now.text:
        raise RuleBroken(
            _("The paragraph was changed since. Look at it as it stands now, then decide."),
            code="paragraph_changed",
        )
    if not stays_one_block(newest.text, now.position, suggestion.replacement):
        raise RuleBroken(
            _("In the text as it stands now, the suggestion would be more than one paragraph."),
            code="one_paragraph",
        )
    return newest, now


@transaction.atomic
def reject_suggestion(
    suggestion: Suggestion, *, by: Actor, reason: str, at: datetime, channel: str
) -> Disposition:
    """Leave the text as it is, for a reason that everybody reads.

    Raises NotAllowed; RuleBroken: drafting_closed, wrong_state, reason_missing, text_too_long.
    """
    suggestion, draft, contribution = _locked(suggestion)
    role, author = require_editor(by, draft.process)
    _check_undecided(contribution)
    ruled = Ruled(Status.NOT_ACCEPTED, reason)
    made = _dispose(draft, [contribution], ruled, None, author=author, role=role, at=at)
    event = SuggestionRejected(
        draft=draft.number,
        reason_sha256=Committed(made, "reason_sha256"),
        author=Committed(made, "name"),
    )
    put_on_record(
        draft.process, event, by=author, role=role, at=at, channel=channel, number=contribution.number
    )
    return made
