"""Participant acts by mail: dispute an answer or say that it does one justice; flag what others wrote; appeal.

And what mails of every kind share: who sent them.
"""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talanoa.contributions.actions.answering import acknowledge_response, dispute_response
from talanoa.contributions.actions.appealing import raise_appeal
from talanoa.contributions.actions.moderating import flag_contribution
from talanoa.contributions.actions.piling import part_copy
from talanoa.contributions.conduct import parted
from talanoa.contributions.letters import instant
from talanoa.contributions.models import Answer, Contribution
from talanoa.contributions.queries import told_answer
from talanoa.contributions.receipts import receipt_text
from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.lib.processkeys import label
from talanoa.mail import tokens
from talanoa.mail.letters import wrapped
from talanoa.mail.outbox import PROOF
from talanoa.mail.registry import MailReply, MailRequest, command
from talanoa.people.actions import know_people, know_person
from talanoa.people.models import Person
from talanoa.processes.actions.roles import enter
from talanoa.processes.models import Participant

LONGEST_NAME = 300


def sender_of(request: MailRequest) -> Person:
    """Return who sent a mail; one whom nobody here knows becomes known by the address."""
    return senders_of([request])[0]


def senders_of(requests: Sequence[MailRequest]) -> list[Person]:
    """Return who sent each of these mails; one whom nobody here knows becomes known by the address."""
    unproven = [request.parsed for request in requests if request.person is None]
    named = {mail.sender_address: mail.sender_name[:LONGEST_NAME] for mail in unproven if mail.sender_address}
    known = know_people(named) if named else {}
    return [
        request.person or known.get(request.parsed.sender_address) or _nameless(request)
        for request in requests
    ]


def _nameless(request: MailRequest) -> Person:
    """Return a new person for a mail that nobody can answer."""
    return know_person(name=request.parsed.sender_name[:LONGEST_NAME])


def own_answer(request: MailRequest) -> tuple[Answer, Participant]:
    """Return the newest answer to the contribution that a proven sender speaks of.

    Raises NotAllowed; RuleBroken: number_unknown, not_answered.
    """
    found, by = _named(request, "dispute 17: ...")
    return told_answer(found), by


def _named(request: MailRequest, example: str) -> tuple[Contribution, Participant]:
    """Return the contribution that a proven sender speaks of, and the sender.

    Raises NotAllowed; RuleBroken: number_unknown.
    """
    if request.person is None:
        raise NotAllowed(
            _("Please answer the mail with your receipt, from the same address: that shows that it is you.")
        )
    rows = Contribution.objects.select_related("process", "person")
    found = rows.filter(process__key=request.process_key, number=request.number or 0).first()
    if found is None:
        raise RuleBroken(
            _("Say which number you mean, such as: %(example)s") % {"example": example}, code="number_unknown"
        )
    return found, enter(found.process, request.person, at=request.at)


@command(
    "dispute",
    takes_words=True,
    told=gettext_lazy("Your words stand in public beside the answer that misreads you."),
    example="dispute 17: I said fees, not levies.",
)
def dispute_own(request: MailRequest) -> MailReply:
    """Say how an answer misreads one: the words after the command, or below it."""
    answer, by = own_answer(request)
    dispute_response(answer, by=by, text=request.text, at=request.at, channel="mail")
    return _done(answer, request, _("Your dispute of the answer to %(number)s stands in public beside it."))


@command(
    "thanks",
    "thank",
    "acknowledge",
    told=gettext_lazy("You say that the answer to your input does you justice."),
    example="thanks 17",
)
def acknowledge_own(request: MailRequest) -> MailReply:
    """Say that an answer does one justice."""
    answer, by = own_answer(request)
    acknowledge_response(answer, by=by, at=request.at, channel="mail")
    return _done(answer, request, _("Noted: the answer to %(number)s does you justice. Thank you."))


def _done(answer: Answer, request: MailRequest, told: str) -> MailReply:
    contribution = answer.contribution
    called = label(contribution.process.key, contribution.number)
    token = tokens.issue(
        contribution.person, process_key=contribution.process.key, number=contribution.number, at=request.at
    )
    return MailReply(
        subject=_("Received: %(number)s") % {"number": called},
        lines=tuple(wrapped(told % {"number": called})),
        number=contribution.number,
        receipt=receipt_text(contribution),
        to=contribution.person,
        extra={PROOF: token},
    )


@command(
    "flag",
    takes_words=True,
    told=gettext_lazy("You say that a number breaks a rule. Nobody is told that it was you."),
    example="flag 17: abuse, it attacks a person.",
)
def flag_by_mail(request: MailRequest) -> MailReply:
    """Say that something breaks a rule: `flag 17: abuse, because ...`."""
    found, by = _named(request, "flag 17: abuse, because ...")
    reason, words = parted(request.text)
    flag_contribution(found, by=by, reason=reason, text=words, at=request.at, channel="mail")
    told = _("Noted: you flagged %(number)s. The desk looks at it; nobody is told that it was you.")
    return _told_to(by, found, request, _("Flagged: %(number)s"), told, is_theirs=False)


def appeal_by_mail(request: MailRequest) -> MailReply:
    """Ask another person to look again at what keeps one's own contribution from the public.

    It is no command by itself: the app that takes appeals against its own acts too hands on what is about a number.
    """
    found, by = _named(request, "appeal 17: because ...")
    made = raise_appeal(found, by=by, text=request.text, at=request.at, channel="mail")
    told = _(
        "Your appeal about %(number)s is on the record. Somebody who had no part in the decision decides until "
        "%(day)s, and gives you the reasons."
    )
    return _told_to(by, found, request, _("Appeal received: %(number)s"), told, day=instant(made.decide_by))


@command(
    "apart",
    told=gettext_lazy("Your input is not shown together with others that say nearly the same."),
    example="apart 17",
)
def part_by_mail(request: MailRequest) -> MailReply:
    """Take one's own input out of the position that many signed in nearly the same words."""
    found, by = _named(request, "apart 17")
    part_copy(found, by=by, at=request.at, channel="mail")
    told = _("%(number)s stands by itself again, and is not put together with others any more.")
    return _told_to(by, found, request, _("By itself: %(number)s"), told)


def _told_to(
    by: Participant,
    found: Contribution,
    request: MailRequest,
    subject: str,
    told: str,
    *,
    is_theirs: bool = True,
    **more: str,
) -> MailReply:
    """Tell `by` what they did; they can answer as themselves, about the same number where it is theirs to act on."""
    number = found.number if is_theirs else None
    names = {"number": label(found.process.key, found.number), **more}
    token = tokens.issue(by.person, process_key=found.process.key, number=number, at=request.at)
    return MailReply(
        subject=subject % names,
        lines=tuple(wrapped(told % names)),
        number=number,
        to=by.person,
        extra={PROOF: token},
    )
