"""The answer to a mail: below the mail it answers, with what proves its reader when they answer in turn."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.kernel.faults import fault_point
from talanoa.lib.rfc5322 import ParsedMail
from talanoa.mail import tokens
from talanoa.mail.actions import Letter
from talanoa.mail.letters import wrapped
from talanoa.mail.loops import DAY, may_answer, thread_of
from talanoa.mail.models import RawMessage
from talanoa.mail.outbox import PROOF
from talanoa.mail.queries import ANSWERED, n_in_threads
from talanoa.mail.registry import MailReply, MailRequest, directory

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


@dataclass(frozen=True, slots=True)
class Told:
    """What the sender of a mail is told.

    `is_act` says that a proven sender gave a command, by a word or by answering a letter that asks for something;
    `is_asked` that they did, or that the mail got a number.
    """

    kept: RawMessage
    request: MailRequest
    reply: MailReply
    is_act: bool

    @property
    def is_asked(self) -> bool:
        """Tell whether an answer is due whatever else went to the address."""
        return self.is_act or self.reply.number is not None

    @property
    def address(self) -> str:
        """Return whom it goes to; empty where the mail names nobody."""
        return self.reply.to.address if self.reply.to else self.request.parsed.sender_address


def answer_all(told: Sequence[Told], *, at: datetime) -> list[Letter | None]:
    """Return the answer to each mail, None where the rules against loops forbid it or the mail names nobody.

    No two of them are of one sender, so no answer counts against another.
    """
    threads = [_conversation(one.request) for one in told]
    answered = n_in_threads(zip([one.address for one in told], threads, strict=True), since=at - DAY)
    return [
        _answer(one, thread, n_before=answered[one.address, thread], at=at)
        for one, thread in zip(told, threads, strict=True)
    ]


def _conversation(request: MailRequest) -> str:
    return thread_of(request.parsed, process_key=request.process_key, is_reply=request.person is not None)


def _answer(told: Told, thread: str, *, n_before: int, at: datetime) -> Letter | None:
    fault_point("before-reply")
    request, reply, to = told.request, told.reply, told.address
    key = request.process_key
    if not may_answer(
        request.parsed,
        to,
        process_key=key,
        asked_for=told.is_asked,
        is_act=told.is_act,
        n_before=n_before,
        at=at,
    ):
        return None
    headers = {"Auto-Submitted": "auto-replied", **_thread(request.parsed), **_proving(request, reply)}
    text = "\n".join(reply.lines)
    return Letter(f"{ANSWERED}{told.kept.pk}", to, reply.subject, text, headers, reply.number, thread)


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
