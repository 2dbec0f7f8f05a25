"""Participant acts by mail: send an input, replace it, withdraw it, confirm that it is yours."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talanoa.contributions.actions.standing import Author, author_of, confirm, withdraw
from talanoa.contributions.mail_commands import senders_of
from talanoa.contributions.models import UNSURE, Contribution
from talanoa.contributions.notices import answer_lines
from talanoa.contributions.permissions import require_author
from talanoa.contributions.receipts import receipt_text
from talanoa.inputs.actions.correcting import correct_language
from talanoa.inputs.actions.listed import confirm_listed, decline_listed
from talanoa.inputs.actions.receiving import Said, Words, receive_inputs, supersede_input
from talanoa.inputs.declaring import country_called, declared, group_called, shown_as
from talanoa.inputs.letters import asking_lines, received_lines, subject_asking, subject_received
from talanoa.inputs.listening import overhear
from talanoa.inputs.models import Input, ListReply
from talanoa.inputs.queries import by_dedup_keys, came_before, first_said, numbered, said_already
from talanoa.inputs.uploads import read_upload
from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.lib.extraction import is_readable
from talanoa.lib.languages import language_called, language_name
from talanoa.lib.preamble import read_preamble
from talanoa.lib.processkeys import label
from talanoa.mail import tokens
from talanoa.mail.letters import in_language_of, wrapped
from talanoa.mail.outbox import PROOF
from talanoa.mail.posting import outbox
from talanoa.mail.registry import DEFAULT, MailReply, MailRequest, command, directory, yes_or_no
from talanoa.people.actions import declare, prefer_language
from talanoa.people.models import Group, Person
from talanoa.processes.actions.roles import enter, enter_all
from talanoa.processes.mail_commands import process_of, proven
from talanoa.processes.models import Participant, Process
from talanoa.processes.queries import open_call

State = Contribution.State
directory.overhear = overhear
MOST_TRIED, SECONDS_TO_READ = 3, 2
"""Attachments that are tried where a mail has no words, and the processor time for the one that is opened."""
SEEN_AT_ONCE = frozenset({"upload_empty", "upload_type"})
"""Refusals that cost no reading, so that the next attachment may be tried."""


def send_all(requests: Sequence[MailRequest]) -> list[MailReply]:
    """Receive mails to one process as inputs; an unknown sender's is numbered and held until confirmed.

    So is what answers a mail of ours about an input without any of its words: it may be a thank-you.
    """
    process, at = process_of(requests[0]), requests[0].at
    stage = open_call(process, at)
    known = _known_already(process, requests, is_open=stage is not None)
    new = [request for request in requests if request.dedup_key not in known]
    if new and stage is None:
        raise RuleBroken(
            _("The call for input of “%(title)s” is not open now.") % {"title": process.title},
            code="call_closed",
        )
    if new and stage is not None:
        said = _said_in(new, process, at)
        made = receive_inputs(stage, said, channel="mail", at=at)
        known.update({request.dedup_key: one for request, one in zip(new, made, strict=True)})
    return _all_received([known[request.dedup_key].contribution for request in requests], process.key, at)


@command(
    DEFAULT,
    told=gettext_lazy(
        "What you wrote is an input: it gets a number, a receipt and an answer. The word is not needed: any other mail"
        " is an input too."
    ),
    together=send_all,
)
def send(request: MailRequest) -> MailReply:
    """Receive one mail as an input."""
    return send_all([request])[0]


def _known_already(process: Process, requests: Sequence[MailRequest], *, is_open: bool) -> dict[str, Input]:
    """Return the inputs that these mails are already, by the key of the mail.

    Whether the same bytes came before is asked again, under the lock, by the act itself.
    """
    known = {} if is_open else by_dedup_keys(process, [request.dedup_key for request in requests])
    before = came_before(request.parsed.message_id for request in requests)
    for request in requests:
        parsed = request.parsed
        if parsed.message_id[:400] in before and request.dedup_key not in known:
            said = said_already(
                process,
                message_id=parsed.message_id,
                address=parsed.sender_address,
                text=request.text,
            )
            known.update({request.dedup_key: said} if said else {})
    return known


def _said_in(requests: Sequence[MailRequest], process: Process, at: datetime) -> list[Said]:
    """Return what the mails say, by whom; their senders take part in the process from now on."""
    told = [read_preamble(request.text) for request in requests]
    people = senders_of(requests)
    authors = [
        author_in(request, person, above)
        for request, person, (above, _text) in zip(requests, people, told, strict=True)
    ]
    members = enter_all(process, {author.person: author.group for author in authors}, at=at)
    return [
        Said(
            by=members[author.person],
            author=author,
            words=_words(request, text, above),
            publication=shown_as(above.get("show", "")),
            dedup_key=request.dedup_key,
            must_confirm=request.number is not None,
        )
        for request, author, (above, text) in zip(requests, authors, told, strict=True)
    ]


def author_in(request: MailRequest, person: Person, told: Mapping[str, str]) -> Author:
    """Return who speaks: what the mail says at its top, else what they declared before."""
    known = author_of(person, assurance=request.grade)
    group, country = told.get("group", ""), told.get("country", "")
    return replace(
        known,
        name=told.get("name") or known.name,
        organization=told.get("organization") or known.organization,
        group=group_called(group) or known.group,
        country=country_called(country) or known.country,
    )


def _words(request: MailRequest, text: str, told: Mapping[str, str]) -> Words:
    """Return the mail's words; where the body is empty, those of its first readable attachment."""
    language = language_called(told.get("language", ""))
    # The subject of an answer to our mail is ours.
    subject = "" if request.number is not None else request.parsed.subject
    if text:
        return Words(title=subject, text=text, language=language)
    refused = RuleBroken(_("The mail has no words in it."), code="text_empty")
    named = [one for one in request.parsed.attachments if is_readable(one.filename)]
    for attached in (named or request.parsed.attachments)[:MOST_TRIED]:
        try:
            read = read_upload(attached.data, attached.filename, title=subject, seconds=SECONDS_TO_READ)
        except RuleBroken as unreadable:
            refused = unreadable
        else:
            return replace(read, language=language)
        if refused.rule not in SEEN_AT_ONCE:
            break
    raise refused


def _received(contribution: Contribution, request: MailRequest) -> MailReply:
    return _all_received([contribution], request.process_key, request.at)[0]


def _all_received(contributions: Sequence[Contribution], process_key: str, at: datetime) -> list[MailReply]:
    """Answer the author of each, in their language; they can answer again as themselves."""
    holders = [(contribution.person, contribution.number) for contribution in contributions]
    drawn = tokens.issue_all(holders, process_key=process_key, at=at)
    firsts = first_said(contributions)
    return [
        _receipt_letter(contribution, token, is_first=contribution.pk in firsts)
        for contribution, token in zip(contributions, drawn, strict=True)
    ]


def _receipt_letter(contribution: Contribution, token: str, *, is_first: bool) -> MailReply:
    with in_language_of(contribution.person):
        receipt = receipt_text(contribution)
        lines = received_lines(contribution, receipt, is_first=is_first)
        return _letter(contribution, subject_received(contribution), lines, receipt, token)


def _reply(
    contribution: Contribution, request: MailRequest, subject: str, lines: tuple[str, ...], receipt: str
) -> MailReply:
    """Answer the author, who can answer again as themselves."""
    token = tokens.issue(
        contribution.person, process_key=contribution.process.key, number=contribution.number, at=request.at
    )
    return _letter(contribution, subject, lines, receipt, token)


def _letter(
    contribution: Contribution, subject: str, lines: tuple[str, ...], receipt: str, token: str
) -> MailReply:
    return MailReply(
        subject=subject,
        lines=lines,
        number=contribution.number,
        receipt=receipt,
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
    return _received(made.contribution, request)


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
    return _reply(contribution, request, subject_received(contribution), (*said, *told), receipt)


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
    return _reply(contribution, request, subject, lines, receipt_text(contribution))


@command(
    "listed",
    is_question=True,
    told=gettext_lazy(
        "What you wrote on a mailing list in answer to an announcement of ours: when our letter asks, answer it with"
        " confirm, and it is an input, or with no, and we forget it. This word alone brings the letter again."
    ),
)
def answer_listed(request: MailRequest) -> MailReply:
    """Make what somebody said on a list an input, or forget it, by a plain yes or no to our letter; else ask again."""
    process, person = process_of(request), request.person
    if person is None:
        raise NotAllowed(
            _("Please answer our letter about it, from the same address: that shows that it is you.")
        )
    called, _line, said = request.text.partition("\n")
    rows = ListReply.objects.visible_to(person).filter(process=process).select_related("process", "list")
    is_answer = called.isascii() and called.isdigit()
    waiting = rows.filter(state=ListReply.State.WAITING)
    reply = rows.filter(pk=int(called)).first() if is_answer else waiting.first()
    if reply is None:
        raise RuleBroken(
            _("Nothing that you wrote on a list waits here. Our letter about it is the one to answer."),
            code="list_reply_unknown",
        )
    is_yes = yes_or_no(said, name=f"{reply.name} {person.name}") if is_answer else None
    if is_yes is None:
        return _asked_again(reply, person, request, is_answer=is_answer)
    by = enter(process, person, at=request.at)
    if is_yes:
        return _received(confirm_listed(reply, by=by, at=request.at, channel="mail").contribution, request)
    decline_listed(reply, by=by)
    told = _("It is no input, and we have forgotten your words. On the list they stay as they are.")
    return MailReply(subject=_("Declined"), lines=tuple(wrapped(told)), to=person)


def _asked_again(reply: ListReply, person: Person, request: MailRequest, *, is_answer: bool) -> MailReply:
    """Send the letter again; above it, that an answer to it was neither yes nor no."""
    address = f"{request.process_key}@{outbox.domain}"
    unclear = wrapped(
        _("Nothing is changed: your answer was neither a plain yes nor a plain no."),
        _("To say it in other words, write a new mail to %(address)s.") % {"address": address},
        "",
    )
    token = tokens.issue(
        person,
        process_key=request.process_key,
        number=None,
        at=request.at,
        word=f"listed {reply.pk}",
    )
    lines = (*(unclear if is_answer else ()), *asking_lines(reply, at=request.at))
    return MailReply(subject=subject_asking(), lines=lines, to=person, extra={PROOF: token})
