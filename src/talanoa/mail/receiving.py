"""The one way in for mail: kept raw, read within limits, routed to a command, answered.

Whatever happens, a mail is not lost: it is kept before anything reads it, and one that cannot be read
still becomes a numbered input that waits for a person.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.kernel.faults import fault_point
from talanoa.lib.quoting import first_command, unquoted
from talanoa.lib.rfc5322 import MailUnparsable, ParsedMail, dedup_key, parse_bounded
from talanoa.mail import tokens
from talanoa.mail.actions import keep_raw, queue_mail
from talanoa.mail.models import RawMessage
from talanoa.mail.registry import COMMANDS, DEFAULT, MailReply, MailRequest
from talanoa.people.models import Person


@dataclass(frozen=True, slots=True)
class Received:
    """What became of a mail: a number and receipt, or the code of the refusal and its text."""

    number: int | None
    receipt: str
    code: str
    text: str


def receive(raw: bytes, *, to: str, at: datetime, write: Callable[[], object] | None = None) -> Received:
    """Take in one raw mail for `to`, which is a process key or an address of ours; answer its sender.

    `at` is the aware UTC time of arrival. `write` is called after the commit to hand the outbox on.
    The same mail again gets the first number again.
    """
    kept = keep_raw(raw, recipient=to, at=at)
    fault_point("after-raw")
    parsed, unreadable = _read(raw)
    with transaction.atomic():
        received = _route(kept, raw, parsed, unreadable, to=to, at=at)
        fault_point("before-commit")
    fault_point("after-commit")
    if write is not None:
        write()
    return received


def _read(raw: bytes) -> tuple[ParsedMail | None, str]:
    try:
        return parse_bounded(raw), ""
    except MailUnparsable as wrong:
        return None, wrong.code


def _route(
    kept: RawMessage, raw: bytes, parsed: ParsedMail | None, unreadable: str, *, to: str, at: datetime
) -> Received:
    key, token = _addressed(to, parsed)
    request, word = _request(raw, parsed, key, token, at)
    kept.message_id = parsed.message_id[:400] if parsed else ""
    kept.needs_person = parsed is None
    try:
        with transaction.atomic():
            reply = COMMANDS[word](request)
    except (RuleBroken, NotAllowed) as refused:
        kept.outcome = refused.rule
        kept.save()
        _answer(kept, request, _refusal(refused), at=at)
        return Received(None, "", refused.rule, refused.text)
    kept.outcome, kept.process_key, kept.number = unreadable or "received", key, reply.number
    kept.save()
    _answer(kept, request, reply, at=at)
    return Received(reply.number, reply.receipt, "", "\n".join(reply.lines))


def _addressed(to: str, parsed: ParsedMail | None) -> tuple[str, str]:
    """Return process key and token: from `to`, and the token also from the mail's own recipients."""
    key, token = tokens.split_local(to.partition("@")[0])
    if not token and parsed is not None:
        for address in parsed.to:
            local_key, local_token = tokens.split_local(address.partition("@")[0])
            if local_token and key in ("", local_key):
                return local_key, local_token
    return key, token


def _request(
    raw: bytes, parsed: ParsedMail | None, key: str, token: str, at: datetime
) -> tuple[MailRequest, str]:
    if parsed is None:
        parsed = _unreadable(raw)
        return MailRequest(parsed, key, "", parsed.text, False, None, None, _raw_key(raw), at), DEFAULT
    said, quoted = unquoted(parsed.text)
    found = first_command(said, frozenset(COMMANDS))
    word, argument = found or (DEFAULT, "")
    text = said.split("\n", 1)[1] if found and "\n" in said.strip("\n") else ("" if found else said or quoted)
    row = tokens.find(token, at=at) if token else None
    is_proven = row is not None and row.person.address == parsed.sender_address
    request = MailRequest(
        parsed=parsed,
        process_key=key,
        argument=argument,
        text=text.strip(),
        is_proven=is_proven,
        person=row.person if row and is_proven else None,
        number=row.number if row and is_proven and row.process_key == key else None,
        dedup_key=dedup_key(parsed, raw),
        at=at,
    )
    return request, word


def _raw_key(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def _unreadable(raw: bytes) -> ParsedMail:
    """Stand in for a mail that no program could read: a person will; the raw mail is kept."""
    return ParsedMail(
        message_id="",
        sender_name=_("Unknown sender"),
        sender_address="",
        to=(),
        subject=_("A mail that could not be read by program"),
        sent_at=None,
        in_reply_to="",
        references=(),
        text=_("This mail is kept as it came, %(size)s bytes. The secretariat reads it by hand.")
        % {"size": len(raw)},
        attachments=(),
        auto_submitted=True,
        list_id="",
        charset_notes=(),
    )


def _refusal(refused: RuleBroken | NotAllowed) -> MailReply:
    return MailReply(
        subject=_("Your mail was not accepted"),
        lines=(refused.text, "", _("Code: %(code)s") % {"code": refused.rule}),
    )


def _answer(kept: RawMessage, request: MailRequest, reply: MailReply, *, at: datetime) -> None:
    """Queue the answer to the sender, unless the mail came from a machine (RFC 3834) or names nobody."""
    fault_point("before-reply")
    to: Person | None = reply.to
    address = to.address if to else request.parsed.sender_address
    if not address or request.parsed.auto_submitted:
        return
    headers = {"Auto-Submitted": "auto-replied", **reply.extra}
    if request.parsed.message_id:
        headers["In-Reply-To"] = headers["References"] = f"<{request.parsed.message_id}>"
    queue_mail(
        key=f"answer-{kept.sha256[:32]}",
        to=address,
        subject=reply.subject,
        text="\n".join(reply.lines),
        headers=headers,
        at=at,
        process_key=request.process_key,
        number=reply.number,
    )
    fault_point("after-reply")
