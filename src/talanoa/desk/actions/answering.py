"""Steps of the desk with an issue: answer it, answer it once more; what its author and the body say to that."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.desk.events import IssueAnswered, IssueReplied, ReferralAnswered
from talanoa.desk.models import Answer, Issue, Referral, Reply, kept
from talanoa.desk.permissions import require_bringer, require_desk, require_referred
from talanoa.kernel.errors import RuleBroken
from talanoa.people.actions import know_person
from talanoa.people.models import Person
from talanoa.processes.models import Process
from talanoa.record.actions import append
from talanoa.record.events import Committed
from talanoa.registry.models import Body

Outcome = Answer.Outcome


@dataclass(frozen=True, slots=True)
class Said:
    """What the desk answers: outcome and reason; the key of the process that was opened, or that of the body."""

    outcome: str
    reason: str
    process: str = ""
    body: str = ""


@transaction.atomic
def answer_issue(issue: Issue, *, by: Person, said: Said, at: datetime, channel: str) -> Answer:
    """Answer an issue for the first time, in public; the body that it is referred to is written to.

    Raises NotAllowed; RuleBroken: issue_state, issue_answered, outcome_unknown, process_missing, body_missing,
    text_empty, text_too_long.
    """
    issue = Issue.objects.locked(issue)
    role = require_desk(by)
    issue.check_state(Issue.State.OPEN)
    issue.check_unanswered()
    return _answer(issue, 1, by=by, role=role, said=said, at=at, channel=channel)


@transaction.atomic
def reconsider_issue(issue: Issue, *, by: Person, said: Said, at: datetime, channel: str) -> Answer:
    """Answer an issue once more; the earlier answer stays, and everybody sees that this one counts now.

    Raises NotAllowed; RuleBroken: issue_state, issue_unanswered and those of a first answer.
    """
    issue = Issue.objects.locked(issue)
    role = require_desk(by)
    issue.check_state(Issue.State.OPEN)
    before = issue.check_answered()
    return _answer(issue, before.number + 1, by=by, role=role, said=said, at=at, channel=channel)


def _answer(
    issue: Issue, number: int, *, by: Person, role: str, said: Said, at: datetime, channel: str
) -> Answer:
    if said.outcome not in Outcome.values:
        raise RuleBroken(
            _("Say one of these: %(outcomes)s.") % {"outcomes": ", ".join(Outcome.values)},
            code="outcome_unknown",
        )
    made = Answer.objects.create(
        issue=issue,
        number=number,
        outcome=said.outcome,
        reason=kept(said.reason),
        process=_process(said.process, by) if said.outcome == Outcome.CONVENE else None,
        body=_body(said.body) if said.outcome == Outcome.REFER else None,
        answered_at=at,
    )
    referral = _refer(made) if made.body else None
    event = IssueAnswered(
        issue=issue.number,
        answer=number,
        outcome=made.outcome,
        convened=made.process.key if made.process else "-",
        body=made.body.key if made.body else "-",
        letter="mail" if referral and referral.person else "none",
        reason_sha256=Committed(made, "reason_sha256"),
    )
    append(event, at=at, channel=channel, role=role)
    return made


def _process(key: str, by: Person) -> Process:
    """Return the process that was opened, public or one that `by` works on."""
    found = Process.objects.visible_to(by).filter(key=key.strip().lower()).first()
    if found is None:
        raise RuleBroken(
            _("To convene, begin the process first, as a draft at least, and name its key."),
            code="process_missing",
        )
    return found


def _body(key: str) -> Body:
    name = key.strip().lower().removeprefix("body/")
    found = Body.objects.filter(key=name, is_listed=True).first()
    if found is None:
        raise RuleBroken(
            _("To refer an issue, name a body of the registry by its key, as in its address."),
            code="body_missing",
        )
    return found


def _refer(answer: Answer) -> Referral:
    """Note whom the letter goes to: whoever reads the public address of the body, if the registry knows one."""
    body = answer.body
    is_mailed = body is not None and "@" in body.contact
    person = know_person(name=body.name, address=body.contact) if body and is_mailed else None
    return Referral.objects.create(answer=answer, person=person)


@transaction.atomic
def reply_to_answer(issue: Issue, *, by: Person, text: str, at: datetime, channel: str) -> Reply:
    """Say, as the one who brought it, what is to be said to its newest answer; it stands beside that.

    The same words again return the first ones. Raises NotAllowed; RuleBroken: issue_state, issue_unanswered,
    reply_given, text_empty, text_too_long.
    """
    issue = Issue.objects.locked(issue)
    role = require_bringer(by, issue)
    issue.check_state(Issue.State.OPEN)
    answer, words = issue.check_answered(), kept(text)
    known = Reply.objects.filter(answer=answer).first()
    if known is not None and known.text == words:
        return known
    if known is not None:
        raise RuleBroken(_("Your reply to this answer stands beside it already."), code="reply_given")
    made = Reply.objects.create(answer=answer, text=words, replied_at=at)
    event = IssueReplied(issue=issue.number, answer=answer.number, text_sha256=Committed(made, "text_sha256"))
    append(event, at=at, channel=channel, role=role)
    return made


@transaction.atomic
def hear_body(referral: Referral, *, by: Person, text: str, at: datetime, channel: str) -> Referral:
    """Take what a body wrote back about an issue: from itself, or from the desk that heard it otherwise.

    Raises NotAllowed; RuleBroken: issue_state, body_heard, text_empty, text_too_long.
    """
    issue = Issue.objects.locked(referral.answer.issue)
    referral = Referral.objects.select_related("answer__body").get(pk=referral.pk)
    role = require_referred(by, referral)
    issue.check_state(Issue.State.OPEN)
    referral.check_unheard()
    referral.reply, referral.replied_at = kept(text), at
    referral.save(update_fields=["reply", "replied_at"])
    body = referral.answer.body
    event = ReferralAnswered(
        issue=issue.number,
        answer=referral.answer.number,
        body=body.key if body else "-",
        reply_sha256=Committed(referral, "reply_sha256"),
    )
    append(event, at=at, channel=channel, role=role)
    return referral
