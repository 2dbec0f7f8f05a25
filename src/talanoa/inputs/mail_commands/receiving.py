"""What arrives as an input by mail, and the answer with its receipt."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talanoa.contributions.actions.standing import Author, author_of
from talanoa.contributions.mail_commands import senders_of
from talanoa.contributions.models import Contribution
from talanoa.contributions.receipts import receipt_text
from talanoa.inputs.actions.receiving import Said, Words, receive_inputs
from talanoa.inputs.declaring import country_called, group_called, shown_as
from talanoa.inputs.letters import received_lines, subject_received
from talanoa.inputs.listening import overhear
from talanoa.inputs.models import Input
from talanoa.inputs.queries import by_dedup_keys, came_before, first_said, said_already
from talanoa.inputs.uploads import read_upload
from talanoa.kernel.errors import RuleBroken
from talanoa.lib.extraction import is_readable
from talanoa.lib.languages import language_called
from talanoa.lib.preamble import read_preamble
from talanoa.mail import tokens
from talanoa.mail.letters import in_language_of
from talanoa.mail.outbox import PROOF
from talanoa.mail.registry import DEFAULT, MailReply, MailRequest, command, directory
from talanoa.people.models import Person
from talanoa.processes.actions.roles import enter_all
from talanoa.processes.mail_commands import process_of
from talanoa.processes.models import Process
from talanoa.processes.queries import open_call

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


def received(contribution: Contribution, request: MailRequest) -> MailReply:
    """Answer the author with the receipt and what they can do now."""
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


def reply_with(
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
