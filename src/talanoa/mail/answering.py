"""The answer to a mail: below the mail it answers, with what proves its reader when they answer in turn."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.kernel.faults import fault_point
from talanoa.lib.rfc5322 import ParsedMail
from talanoa.mail import tokens
from talanoa.mail.actions import Letter
from talanoa.mail.letters import wrapped
from talanoa.mail.loops import may_answer, thread_of
from talanoa.mail.models import RawMessage
from talanoa.mail.outbox import PROOF
from talanoa.mail.queries import ANSWERED
from talanoa.mail.registry import MailReply, MailRequest, directory
from talanoa.people.models import Person

LONGEST_ID, MOST_IDS = 250, 20


def refusal(refused: RuleBroken | NotAllowed) -> MailReply:
    """Return the answer that says why nothing was done."""
    return MailReply(
        subject=_("Your mail was not accepted"),
        lines=(
            *wrapped(refused.text),
            *directory.help_at(refused.rule),
            "",
            _("Code: %(code)s") % {"code": refused.rule},
        ),
    )


def answer(
    kept: RawMessage, request: MailRequest, reply: MailReply, *, is_asked: bool, at: datetime
) -> Letter | None:
    """Return the answer to its sender, unless the rules against loops forbid it or the mail names nobody.

    `is_asked` says that the mail got a number or holds a command of a proven sender.
    """
    fault_point("before-reply")
    to: Person | None = reply.to
    address = to.address if to else request.parsed.sender_address
    key, is_reply = request.process_key, request.person is not None
    thread = thread_of(request.parsed, process_key=key, is_reply=is_reply)
    if not may_answer(request.parsed, address, process_key=key, asked_for=is_asked, thread=thread, at=at):
        return None
    headers = {"Auto-Submitted": "auto-replied", **_thread(request.parsed), **_proving(request, reply)}
    text = "\n".join(reply.lines)
    return Letter(f"{ANSWERED}{kept.pk}", address, reply.subject, text, headers, reply.number, thread)


def _proving(request: MailRequest, reply: MailReply) -> dict[str, str]:
    """Return the reply's own headers; whoever was proven can answer as themselves, a refusal or the help as well."""
    person = request.person
    if person is None or PROOF in reply.extra or person.address != request.parsed.sender_address:
        return reply.extra
    token = tokens.issue(
        person, process_key=request.process_key, number=request.number or None, at=request.at
    )
    return {**reply.extra, PROOF: token}


def _thread(parsed: ParsedMail) -> dict[str, str]:
    """Return the headers that put an answer below the mail it answers (RFC 5322, section 3.6.4)."""
    answered = _quotable([parsed.message_id])
    if not answered:
        return {}
    before = _quotable(parsed.references or [parsed.in_reply_to])
    ids = list(dict.fromkeys([*before, *answered]))[-MOST_IDS:]
    return {"In-Reply-To": answered[0], "References": " ".join(ids)}


def _quotable(ids: Iterable[str]) -> list[str]:
    """Return the identifiers that can stand in a header as they are."""
    can = (name for name in ids if name and name.isascii() and name.isprintable() and " " not in name)
    return [f"<{name}>" for name in can if len(name) <= LONGEST_ID]
