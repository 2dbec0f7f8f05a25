"""The issue desk by mail: whatever comes to `issues@` is an issue; letters about one are answered by answering them."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talanoa.contributions.mail_commands import sender_of
from talanoa.desk.actions.answering import Said, answer_issue, hear_body, reconsider_issue, reply_to_answer
from talanoa.desk.actions.bringing import confirm_issue, receive_issue
from talanoa.desk.letters import received_lines, subject_received
from talanoa.desk.models import ADDRESS, Issue
from talanoa.desk.notices import ANSWER, HEARD, RECONSIDER, REPLY, VOUCH
from talanoa.desk.queries import issue_called, referral_to
from talanoa.desk.receipts import receipt_text
from talanoa.inputs.declaring import shown_as
from talanoa.inputs.mail_commands import author_in
from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.lib.preamble import read_preamble
from talanoa.mail import tokens
from talanoa.mail.letters import wrapped
from talanoa.mail.outbox import PROOF
from talanoa.mail.registry import MailReply, MailRequest, command, yes_or_no
from talanoa.people.models import Person


@command(
    "bring",
    takes_words=True,
    address=ADDRESS,
    told=gettext_lazy(
        "An issue that somebody should work on. A mail to issues@ needs no command: its subject is the title. It has a"
        " public answer within 14 days."
    ),
    example="bring: nobody looks after the cables to small islands.",
)
def bring(request: MailRequest) -> MailReply:
    """Take an issue; one whose sender is not sure, or that answers a letter of ours, waits for a confirmation."""
    told, text = read_preamble(request.text)
    is_answer = request.number is not None
    made = receive_issue(
        by=author_in(request, sender_of(request), told),
        title="" if is_answer else request.parsed.subject,
        text=text or request.parsed.subject,
        publication=shown_as(told.get("show", "")),
        dedup_key=request.dedup_key,
        at=request.at,
        channel="mail",
        must_confirm=is_answer,
    )
    return _received(made, request)


def _received(issue: Issue, request: MailRequest) -> MailReply:
    """Answer with the receipt; where the sender is not sure, an answer to it confirms the issue."""
    word = VOUCH if issue.state == Issue.State.UNCONFIRMED else ""
    token = tokens.issue(issue.person, process_key=ADDRESS, number=issue.number, at=request.at, word=word)
    receipt = receipt_text(issue)
    return MailReply(
        subject=subject_received(issue),
        lines=received_lines(issue, receipt),
        number=issue.number,
        receipt=receipt,
        to=issue.person,
        extra={PROOF: token},
    )


@command(
    VOUCH,
    is_question=True,
    only_at=ADDRESS,
    told=gettext_lazy("An issue is yours: answer our letter that asks with confirm."),
)
def vouch(request: MailRequest) -> MailReply:
    """Confirm an issue by a plain yes to our letter; anything else changes nothing, and we ask again."""
    issue, person = _asked(request)
    is_yes = yes_or_no(request.text, name=f"{issue.bringer.name} {person.name}")
    if is_yes and issue.state == Issue.State.UNCONFIRMED:
        confirm_issue(issue, by=person, at=request.at, channel="mail")
    found = issue_called(issue.number) or issue
    return _received(found, request)


@command(
    ANSWER,
    takes_words=True,
    is_question=True,
    only_at=ADDRESS,
    told=gettext_lazy(
        "For those who keep the issue desk: its answer, in answer to our letter about the issue."
    ),
    example="answer: decline: the office of roads decides that, and takes petitions.",
)
def answer(request: MailRequest) -> MailReply:
    """Answer an issue for the first time. Raises NotAllowed; RuleBroken: number_unknown and those of the act."""
    issue, person = _asked(request)
    answer_issue(issue, by=person, said=_said(request), at=request.at, channel="mail")
    return _done(issue, person)


@command(
    RECONSIDER,
    takes_words=True,
    is_question=True,
    only_at=ADDRESS,
    told=gettext_lazy(
        "For those who keep the issue desk: another answer, in answer to a reply of who brought the issue."
    ),
    example="reconsider: refer forum: it works on that.",
)
def reconsider(request: MailRequest) -> MailReply:
    """Answer an issue once more. Raises NotAllowed; RuleBroken: number_unknown and those of the act."""
    issue, person = _asked(request)
    reconsider_issue(issue, by=person, said=_said(request), at=request.at, channel="mail")
    return _done(issue, person)


@command(
    REPLY,
    takes_words=True,
    only_at=ADDRESS,
    told=gettext_lazy(
        "What you say to the answer to your issue, in answer to our letter; it stands beside it."
    ),
    example="reply: the forum told me that it does not work on this.",
)
def reply(request: MailRequest) -> MailReply:
    """Put the words of who brought an issue beside its answer. Raises NotAllowed; RuleBroken as the act."""
    issue, person = _asked(request)
    reply_to_answer(issue, by=person, text=request.text, at=request.at, channel="mail")
    told = _("Thank you. Your reply stands beside the answer, and the issue desk is told.")
    return _thanks(issue, person, told)


@command(
    HEARD,
    takes_words=True,
    only_at=ADDRESS,
    told=gettext_lazy("For a body that an issue was referred to: its answer, in answer to our letter."),
    example="heard: we take it up at our meeting in June.",
)
def heard(request: MailRequest) -> MailReply:
    """Take what a body writes back. Raises NotAllowed; RuleBroken: number_unknown and those of the act."""
    issue, person = _asked(request)
    referral = referral_to(issue, person)
    if referral is None:
        raise NotAllowed(_("Please answer our letter, from the address that we wrote to."))
    hear_body(referral, by=person, text=request.text, at=request.at, channel="mail")
    return _thanks(issue, person, _("Thank you. Your answer stands on the public page of the issue."))


def _asked(request: MailRequest) -> tuple[Issue, Person]:
    """Return the issue that the letter was about which is answered, and who proved to be its reader.

    Raises NotAllowed; RuleBroken: number_unknown.
    """
    if request.person is None or request.process_key != ADDRESS:
        raise NotAllowed(_("Please answer our letter about the issue, from the same address."))
    found = issue_called(request.number or 0)
    if found is None:
        raise RuleBroken(_("There is no issue with this number."), code="number_unknown")
    return found, request.person


def _said(request: MailRequest) -> Said:
    """Read `refer forum: because ...`: what follows, what it names, the reason; the command itself may stand first."""
    head, _colon, reason = _parted(request.text)
    if head.lower() in {ANSWER, RECONSIDER}:
        head, _colon, reason = _parted(reason)
    outcome, _blank, named = head.lower().partition(" ")
    return Said(outcome=outcome, reason=reason, process=named, body=named)


def _parted(said: str) -> tuple[str, str, str]:
    head, colon, rest = said.strip().replace("：", ":", 1).partition(":")
    return head.strip(), colon, rest


def _done(issue: Issue, person: Person) -> MailReply:
    return _thanks(issue, person, _("The answer is public, and who brought the issue is told."))


def _thanks(issue: Issue, person: Person, told: str) -> MailReply:
    subject = _("Received: about issue %(number)s") % {"number": issue.number}
    return MailReply(subject=subject, lines=tuple(wrapped(told)), number=issue.number, to=person)
