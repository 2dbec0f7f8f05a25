"""Parsing in a child process with limits, and the JSON between parent and child.

A child reads many mails, one after another: starting one takes fifty times as long as reading a small mail.
"""

import base64
import dataclasses
from collections.abc import Mapping
from datetime import datetime
from functools import cache

from talanoa.lib.bounded import Exceeded
from talanoa.lib.rfc5322.body import MailAttachment
from talanoa.lib.rfc5322.limits import MAX_MESSAGE, MailUnparsable
from talanoa.lib.rfc5322.message import ParsedMail, parse
from talanoa.lib.workers import Workers


def parse_bounded(raw: bytes, *, seconds: int = 10, memory_mb: int = 512) -> ParsedMail:
    """Return `parse(raw)`, done by a child with `seconds` of processor time and `memory_mb` MiB.

    Raises MailUnparsable with the codes of `parse`, and mail_too_complex where the child ran out of either
    or died.
    """
    try:
        # One byte more than allowed is enough to be refused as too large.
        answer = _workers(seconds, memory_mb).ask(raw[: MAX_MESSAGE + 1])
    except Exceeded as problem:
        raise MailUnparsable("mail_too_complex", "The mail took too long to read.") from problem
    if "code" in answer:
        raise MailUnparsable(str(answer["code"]), str(answer["message"]))
    return _from_json(answer)


@cache
def _workers(seconds: int, memory_mb: int) -> Workers:
    return Workers("talanoa.lib.rfc5322", seconds=seconds, memory_mb=memory_mb)


def answer(raw: bytes) -> dict[str, object]:
    """Return what the child says: the fields of the mail, or the code and message of the refusal."""
    try:
        mail = parse(raw)
    except MailUnparsable as refused:
        return {"code": refused.code, "message": refused.message}
    fields = {field.name: getattr(mail, field.name) for field in dataclasses.fields(mail)}
    attached = [
        (each.filename, each.media_type, base64.b64encode(each.data).decode()) for each in mail.attachments
    ]
    sent_at = mail.sent_at.isoformat() if mail.sent_at else ""
    return {**fields, "sent_at": sent_at, "attachments": attached}


def _from_json(fields: Mapping[str, object]) -> ParsedMail:
    sent_at = _text(fields, "sent_at")
    return ParsedMail(
        message_id=_text(fields, "message_id"),
        sender_name=_text(fields, "sender_name"),
        sender_address=_text(fields, "sender_address"),
        to=_texts(fields, "to"),
        subject=_text(fields, "subject"),
        sent_at=datetime.fromisoformat(sent_at) if sent_at else None,
        in_reply_to=_text(fields, "in_reply_to"),
        references=_texts(fields, "references"),
        text=_text(fields, "text"),
        attachments=tuple(
            MailAttachment(name, media_type, base64.b64decode(data))
            for name, media_type, data in _list(fields, "attachments")
        ),
        auto_submitted=fields["auto_submitted"] is True,
        list_id=_text(fields, "list_id"),
        charset_notes=_texts(fields, "charset_notes"),
        authentication=_texts(fields, "authentication"),
        is_single_sender=fields["is_single_sender"] is True,
        loops=_texts(fields, "loops"),
        list_post=_text(fields, "list_post"),
        list_archive=_text(fields, "list_archive"),
        archived_at=_text(fields, "archived_at"),
        behind=_texts(fields, "behind"),
    )


def _list(fields: Mapping[str, object], name: str) -> list[list[str]]:
    value = fields[name]
    return value if isinstance(value, list) else []


def _text(fields: Mapping[str, object], name: str) -> str:
    return str(fields[name])


def _texts(fields: Mapping[str, object], name: str) -> tuple[str, ...]:
    value = fields[name]
    return tuple(map(str, value)) if isinstance(value, list) else ()
