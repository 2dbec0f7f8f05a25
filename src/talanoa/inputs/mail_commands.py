"""Participant acts by mail: send an input, replace it, withdraw it, confirm that it is yours."""

from django.utils.translation import gettext as _

from talanoa.contributions.actions.standing import author_of, confirm, withdraw
from talanoa.contributions.mail_commands import assurance_of, process_of, sender_of
from talanoa.contributions.models import Contribution
from talanoa.contributions.permissions import require_author
from talanoa.contributions.receipts import receipt_text
from talanoa.inputs.actions import Words, receive_input, supersede_input
from talanoa.inputs.letters import received_lines, subject_received
from talanoa.inputs.queries import by_dedup_key, numbered
from talanoa.inputs.uploads import read_upload
from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.lib.processkeys import label
from talanoa.mail import tokens
from talanoa.mail.letters import wrapped
from talanoa.mail.outbox import PROOF
from talanoa.mail.registry import DEFAULT, MailReply, MailRequest, command
from talanoa.processes.actions.roles import enter
from talanoa.processes.models import Participant
from talanoa.processes.queries import open_call


@command(DEFAULT)
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
    person = sender_of(request)
    by = enter(process, person, at=request.at)
    made = receive_input(
        stage,
        by=by,
        author=author_of(person, assurance=assurance_of(request), group=by.group),
        words=_words(request),
        publication=Contribution.Publication.NAMED,
        dedup_key=request.dedup_key,
        channel="mail",
        at=request.at,
    )
    return _received(made.contribution, request)


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


def own_contribution(request: MailRequest) -> tuple[Contribution, Participant]:
    """Return the contribution, of any kind, that a proven sender speaks of, and the sender.

    Raises NotAllowed; RuleBroken: call_unknown, number_unknown.
    """
    process = process_of(request)
    if request.person is None:
        raise NotAllowed(
            _("Please answer the mail with your receipt, from the same address: that shows that it is you.")
        )
    rows = Contribution.objects.select_related("process", "person")
    found = rows.filter(process=process, number=request.number or 0).first()
    if found is None:
        raise _which()
    by = enter(process, request.person, at=request.at)
    require_author(by, found)
    return found, by


def _which() -> RuleBroken:
    return RuleBroken(_("Say which number you mean, such as: withdraw 17"), code="number_unknown")


@command("confirm", "yes")
def confirm_own(request: MailRequest) -> MailReply:
    """Confirm what one sent and what is held; to confirm it again changes nothing."""
    found, by = own_contribution(request)
    if found.state != Contribution.State.PUBLISHED:
        confirm(found, by=by, at=request.at, channel="mail")
    told = _("Confirmed: %(number)s is yours and is published as you allowed.")
    return _done(found, request, told)


@command("withdraw")
def withdraw_own(request: MailRequest) -> MailReply:
    """Take back what one said; to take it back again changes nothing."""
    found, by = own_contribution(request)
    if found.state != Contribution.State.WITHDRAWN:
        withdraw(found, by=by, at=request.at, channel="mail")
    told = _("Withdrawn: %(number)s. Its number and receipt stay on the record.")
    return _done(found, request, told)


@command("replace", takes_words=True)
def replace_own(request: MailRequest) -> MailReply:
    """Replace one's input by the words after the command, or below it."""
    contribution, by = own_contribution(request)
    found = numbered(contribution.process, contribution.number)
    if found is None:
        raise _which()
    words = Words(title=found.title, text=request.text, language=found.language)
    made = supersede_input(
        found, by=by, words=words, dedup_key=request.dedup_key, channel="mail", at=request.at
    )
    return _received(made.contribution, request)


def _done(contribution: Contribution, request: MailRequest, told: str) -> MailReply:
    called = label(contribution.process.key, contribution.number)
    subject = told.partition(":")[0] + f": {called}"
    return _reply(contribution, request, subject, tuple(wrapped(told % {"number": called})))
