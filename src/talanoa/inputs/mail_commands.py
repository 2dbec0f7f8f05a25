"""Participant acts by mail: send an input, replace it, withdraw it, confirm that it is yours."""

from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talanoa.contributions.actions.standing import author_of, confirm, withdraw
from talanoa.contributions.models import Assurance, Contribution
from talanoa.contributions.notices import answer_lines
from talanoa.contributions.permissions import require_author
from talanoa.contributions.receipts import receipt_text
from talanoa.inputs.actions import Words, receive_input, supersede_input
from talanoa.inputs.letters import received_lines, subject_received
from talanoa.inputs.models import Input
from talanoa.inputs.queries import by_dedup_key, numbered
from talanoa.inputs.uploads import read_upload
from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.lib.processkeys import label
from talanoa.mail import tokens
from talanoa.mail.grades import PROVEN
from talanoa.mail.letters import wrapped
from talanoa.mail.outbox import PROOF
from talanoa.mail.registry import DEFAULT, MailReply, MailRequest, command
from talanoa.people.actions import know_person
from talanoa.people.models import Person
from talanoa.processes.actions.roles import enter
from talanoa.processes.mail_commands import process_of
from talanoa.processes.models import Participant
from talanoa.processes.queries import open_call

LONGEST_NAME = 300


@command(
    DEFAULT,
    told=gettext_lazy(
        "What you wrote is an input: it gets a number, a receipt and an answer. The word is not needed: any other mail"
        " is an input too."
    ),
)
def send(request: MailRequest) -> MailReply:
    """Receive the mail as an input; an unknown sender's is numbered and held until confirmed."""
    process = process_of(request)
    known = by_dedup_key(process, request.dedup_key)
    if known:
        return _received(known.contribution, request)
    stage = open_call(process, request.at)
    if stage is None:
        raise RuleBroken(
            _("The call for input of “%(title)s” is not open now.") % {"title": process.title},
            code="call_closed",
        )
    person = _sender(request)
    by = enter(process, person, at=request.at)
    made = receive_input(
        stage,
        by=by,
        author=author_of(person, assurance=_assurance(request), group=by.group),
        words=_words(request),
        publication=Contribution.Publication.NAMED,
        dedup_key=request.dedup_key,
        channel="mail",
        at=request.at,
    )
    return _received(made.contribution, request)


def _assurance(request: MailRequest) -> str:
    return Assurance.PROVEN if request.grade == PROVEN else Assurance.CLAIMED


def _sender(request: MailRequest) -> Person:
    if request.person:
        return request.person
    parsed = request.parsed
    return know_person(name=parsed.sender_name[:LONGEST_NAME], address=parsed.sender_address)


def _words(request: MailRequest) -> Words:
    """Return the mail's words; where the body is empty, those of its first readable attachment."""
    subject = request.parsed.subject
    if request.text:
        return Words(title=subject, text=request.text)
    refused = RuleBroken(_("The mail has no words in it."), code="text_empty")
    for attached in request.parsed.attachments:
        try:
            return read_upload(attached.data, attached.filename, title=subject)
        except RuleBroken as unreadable:
            refused = unreadable
    raise refused


def _received(contribution: Contribution, request: MailRequest) -> MailReply:
    return _reply(contribution, request, subject_received(contribution), received_lines(contribution))


def _reply(
    contribution: Contribution, request: MailRequest, subject: str, lines: tuple[str, ...]
) -> MailReply:
    """Answer the author, who can answer again as themselves."""
    token = tokens.issue(
        contribution.person, process_key=contribution.process.key, number=contribution.number, at=request.at
    )
    return MailReply(
        subject=subject,
        lines=lines,
        number=contribution.number,
        receipt=receipt_text(contribution),
        to=contribution.person,
        extra={PROOF: token},
    )


def own_input(request: MailRequest) -> tuple[Input, Participant]:
    """Return the input that a proven sender speaks of, and the sender.

    Raises NotAllowed; RuleBroken: call_unknown, number_unknown.
    """
    process = process_of(request)
    if request.person is None:
        raise NotAllowed(
            _("Please answer the mail with your receipt, from the same address: that shows that it is you.")
        )
    found = numbered(process, request.number or 0)
    if found is None:
        raise RuleBroken(_("Say which number you mean, such as: withdraw 17"), code="number_unknown")
    by = enter(process, request.person, at=request.at)
    require_author(by, found.contribution)
    return found, by


@command(
    "confirm",
    "yes",
    told=gettext_lazy("Your input is shown, as you allowed; or yes to what our letter asks."),
)
def confirm_own(request: MailRequest) -> MailReply:
    """Confirm one's held input; to confirm it again changes nothing."""
    found, by = own_input(request)
    if found.contribution.state != Contribution.State.PUBLISHED:
        confirm(found.contribution, by=by, at=request.at, channel="mail")
    told = _("Confirmed: %(number)s is yours and is published as you allowed.")
    return _done(found.contribution, request, told)


@command(
    "withdraw",
    told=gettext_lazy("Your input no longer counts. Its number and receipt stay."),
    example="withdraw 17",
)
def withdraw_own(request: MailRequest) -> MailReply:
    """Take one's input back; to take it back again changes nothing."""
    found, by = own_input(request)
    if found.contribution.state != Contribution.State.WITHDRAWN:
        withdraw(found.contribution, by=by, at=request.at, channel="mail")
    told = _("Withdrawn: %(number)s. Its number and receipt stay on the record.")
    return _done(found.contribution, request, told)


@command(
    "replace",
    takes_words=True,
    told=gettext_lazy("Your new words count from now on. The old ones stay on the record."),
    example="replace 17: Teach by radio, and pay for it.",
)
def replace_own(request: MailRequest) -> MailReply:
    """Replace one's input by the words after the command, or below it."""
    found, by = own_input(request)
    words = Words(title=found.title, text=request.text, language=found.language)
    made = supersede_input(
        found, by=by, words=words, dedup_key=request.dedup_key, channel="mail", at=request.at
    )
    return _received(made.contribution, request)


@command(
    "resend",
    told=gettext_lazy("You get the receipt of your input again, and its answer if there is one."),
    example="resend 17",
)
def resend_own(request: MailRequest) -> MailReply:
    """Send receipt and answer again, to the author's own address; without a number, of their newest input."""
    if request.person is not None and request.number is None:
        own = Contribution.objects.filter(process__key=request.process_key, person=request.person)
        request = replace(request, number=own.values_list("number", flat=True).last())
    contribution = own_input(request)[0].contribution
    answer = contribution.answers.filter(sent_at__isnull=False).order_by("sent_at", "pk").last()
    told = ("", *answer_lines(answer)) if answer else ()
    return _reply(
        contribution, request, subject_received(contribution), (*received_lines(contribution), *told)
    )


def _done(contribution: Contribution, request: MailRequest, told: str) -> MailReply:
    called = label(contribution.process.key, contribution.number)
    subject = told.partition(":")[0] + f": {called}"
    return _reply(contribution, request, subject, tuple(wrapped(told % {"number": called})))
