"""What authors do with their own by mail: confirm, withdraw, replace, ask again; and say who they are."""

from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talanoa.contributions.actions.standing import confirm, withdraw
from talanoa.contributions.models import UNSURE, Contribution
from talanoa.contributions.notices import answer_lines
from talanoa.contributions.permissions import require_author
from talanoa.contributions.receipts import receipt_text
from talanoa.inputs.actions.correcting import correct_language
from talanoa.inputs.actions.receiving import Words, supersede_input
from talanoa.inputs.declaring import declared
from talanoa.inputs.letters import received_lines, subject_received
from talanoa.inputs.mail_commands.receiving import received, reply_with
from talanoa.inputs.queries import first_said, numbered
from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.lib.languages import language_called, language_name
from talanoa.lib.preamble import read_preamble
from talanoa.lib.processkeys import label
from talanoa.mail import tokens
from talanoa.mail.letters import in_language_of, wrapped
from talanoa.mail.outbox import PROOF
from talanoa.mail.registry import MailReply, MailRequest, command
from talanoa.people.actions import declare, prefer_language
from talanoa.people.models import Group
from talanoa.processes.actions.roles import enter
from talanoa.processes.mail_commands import process_of, proven
from talanoa.processes.models import Participant

State = Contribution.State


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


@command(
    "confirm",
    "yes",
    anywhere=True,
    told=gettext_lazy("Your input is shown, as you allowed; or yes to what our letter asks."),
)
def confirm_own(request: MailRequest) -> MailReply:
    """Confirm what one sent, above all what is held; to confirm it again changes nothing."""
    found, by = own_contribution(request)
    if found.state != State.PUBLISHED or found.authorship.assurance in UNSURE:
        confirm(found, by=by, at=request.at, channel="mail")
    told = _("Confirmed: %(number)s is yours and is published as you allowed.")
    return _done(found, request, told)


@command(
    "withdraw",
    told=gettext_lazy("Your input no longer counts. Its number and receipt stay."),
    example="withdraw 17",
)
def withdraw_own(request: MailRequest) -> MailReply:
    """Take back what one said; to take it back again changes nothing."""
    found, by = own_contribution(request)
    if found.state != State.WITHDRAWN:
        withdraw(found, by=by, at=request.at, channel="mail")
    told = _("Withdrawn: %(number)s. Its number and receipt stay on the record.")
    return _done(found, request, told)


@command(
    "replace",
    takes_words=True,
    told=gettext_lazy("Your new words count from now on. The old ones stay on the record."),
    example="replace 17: Teach by radio, and pay for it.",
)
def replace_own(request: MailRequest) -> MailReply:
    """Replace one's input by the words after the command, or below it."""
    contribution, by = own_contribution(request)
    found = numbered(contribution.process, contribution.number)
    if found is None:
        raise _which()
    words = Words(title=found.title, text=request.text)
    made = supersede_input(
        found, by=by, words=words, dedup_key=request.dedup_key, channel="mail", at=request.at
    )
    return received(made.contribution, request)


@command(
    "written",
    told=gettext_lazy(
        "You say in which language your input is, where a program could not tell or was wrong."
    ),
    example="written 17: sw",
)
def correct_own_language(request: MailRequest) -> MailReply:
    """Say in which language one's input is written: by the code of the language, or its own name."""
    contribution, by = own_contribution(request)
    found = numbered(contribution.process, contribution.number)
    if found is None:
        raise _which()
    said = request.text.partition("\n")[0]
    made = correct_language(found, by=by, language=language_called(said), at=request.at, channel="mail")
    told = _("Noted: %(number)s is in this language: %(language)s")
    return _done(contribution, request, told, language=language_name(made.language))


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
    contribution, _by = own_contribution(request)
    answer = contribution.answers.filter(sent_at__isnull=False).order_by("sent_at", "pk").last()
    told = ("", *answer_lines(answer)) if answer else ()
    receipt = receipt_text(contribution)
    is_first = contribution.pk in first_said([contribution])
    is_input = contribution.kind == "input"
    said = received_lines(contribution, receipt, is_first=is_first) if is_input else (receipt,)
    return reply_with(contribution, request, subject_received(contribution), (*said, *told), receipt)


@command(
    "declare",
    told=gettext_lazy(
        "Who you are and for whom you speak, in lines below the word: name, group, organization, country, language."
    ),
)
def declare_oneself(request: MailRequest) -> MailReply:
    """Save what the lines below the command say of their writer; without any, tell what is declared."""
    person = proven(request)
    told, _below = read_preamble(request.text)
    if told:
        person = declare(by=person, **declared(told, person))
    if "language" in told:
        person = prefer_language(by=person, language=told["language"])
    token = tokens.issue(person, process_key=request.process_key, number=None, at=request.at)
    with in_language_of(person):
        lines = [
            _("You are known here as: %(name)s") % {"name": person.name},
            _("You speak for: %(group)s") % {"group": Group(person.group).label},
            _("Organization: %(name)s") % {"name": person.organization or "–"},
            _("Country or region: %(name)s") % {"name": person.country or "–"},
            "",
            _("To change it, write a line such as “country: Kenya” below the word declare."),
        ]
        return MailReply(
            subject=_("What you declare"), lines=tuple(wrapped(*lines)), to=person, extra={PROOF: token}
        )


def _done(contribution: Contribution, request: MailRequest, told: str, **more: str) -> MailReply:
    called = label(contribution.process.key, contribution.number)
    subject = told.partition(":")[0] + f": {called}"
    lines = tuple(wrapped(told % {"number": called, **more}))
    return reply_with(contribution, request, subject, lines, receipt_text(contribution))
