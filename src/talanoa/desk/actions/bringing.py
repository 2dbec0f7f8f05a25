"""Steps by which an issue comes: brought, and confirmed by its sender."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.contributions.actions.standing import Author
from talanoa.contributions.models import UNSURE, Contribution
from talanoa.desk.events import IssueConfirmed, IssueReceived
from talanoa.desk.models import ANSWER_DAYS, Bringer, Desk, Issue, kept
from talanoa.desk.permissions import require_bringer
from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.text import clean_line, fitting_line
from talanoa.people.actions import prove_address
from talanoa.people.models import Person
from talanoa.record.actions import append
from talanoa.record.events import Committed

TITLE_LIMIT, LINE_LIMIT, COUNTRY_LIMIT = 200, 300, 40


@transaction.atomic
def receive_issue(
    *,
    by: Author,
    title: str,
    text: str,
    publication: str,
    dedup_key: str,
    at: datetime,
    channel: str,
    must_confirm: bool = False,
) -> Issue:
    """Number what somebody wants to see worked on; the same `dedup_key` again returns the first one.

    Without a title the first words of the text are one. An issue whose sender is not sure, or that `must_confirm`
    because it may not be meant as one, waits for them. `at` is an aware UTC time; the answer is due 14 days later.
    Raises RuleBroken: text_empty, text_too_long, line_too_long, publication_unknown.
    """
    Desk.objects.get_or_create(pk=1)
    desk = Desk.objects.select_for_update(no_key=True).get(pk=1)
    known = Issue.objects.filter(dedup_key=dedup_key).select_related("person", "bringer", "entry").first()
    if known is not None:
        return known
    if publication not in Contribution.Publication.values:
        raise RuleBroken(_("Say how the issue may be shown."), code="publication_unknown")
    said = kept(text)
    desk.last_issue += 1
    desk.save(update_fields=["last_issue"])
    is_held = must_confirm or by.assurance in UNSURE
    made = Issue.objects.create(
        number=desk.last_issue,
        title=_title(title, said),
        text=said,
        state=Issue.State.UNCONFIRMED if is_held else Issue.State.OPEN,
        publication=publication,
        channel=channel,
        person=by.person,
        dedup_key=dedup_key,
        received_at=at,
        due_at=at + timedelta(days=ANSWER_DAYS),
    )
    bringer = Bringer.objects.create(
        issue=made,
        name=fitting_line(by.name, LINE_LIMIT),
        organization=fitting_line(by.organization, LINE_LIMIT),
        group=by.group,
        country=fitting_line(by.country, COUNTRY_LIMIT),
        assurance=by.assurance,
    )
    made.entry = append(_received(made, bringer), at=at, channel=channel, role="reader")
    made.save(update_fields=["entry"])
    return made


def _received(made: Issue, bringer: Bringer) -> IssueReceived:
    return IssueReceived(
        issue=made.number,
        state=made.state,
        assurance=bringer.assurance,
        until=made.due,
        title=Committed(made, "title"),
        text_sha256=Committed(made, "text_sha256"),
        author=Committed(bringer, "name"),
        organization=Committed(bringer, "organization"),
        country=Committed(bringer, "country"),
    )


def _title(title: str, text: str) -> str:
    """Return the title, or the first words of the text where none was given; the whole stands below it."""
    line = fitting_line(title, LINE_LIMIT) or clean_line(text.splitlines()[0], 2 * len(text) + LINE_LIMIT)
    return line if len(line) <= TITLE_LIMIT else line[: TITLE_LIMIT - 1].rstrip() + "…"


@transaction.atomic
def confirm_issue(issue: Issue, *, by: Person, at: datetime, channel: str) -> Issue:
    """Let whoever sent an issue confirm that it is theirs; it is shown as they allowed, and its 14 days begin.

    Raises NotAllowed; RuleBroken: issue_state.
    """
    issue = Issue.objects.locked(issue)
    role = require_bringer(by, issue)
    issue.check_state(Issue.State.UNCONFIRMED)
    issue.state, issue.due_at = Issue.State.OPEN, at + timedelta(days=ANSWER_DAYS)
    issue.save(update_fields=["state", "due_at"])
    bringer = Bringer.objects.get(issue=issue)
    bringer.confirm()
    bringer.save(update_fields=["assurance"])
    prove_address(issue.person, at=at)
    append(IssueConfirmed(issue=issue.number, until=issue.due), at=at, channel=channel, role=role)
    return issue
