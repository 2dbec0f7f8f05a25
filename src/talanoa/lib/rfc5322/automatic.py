"""Whether a machine sent a mail: what must never be answered automatically.

`Precedence: list` in a mail that names its list is the list's mark on what a person wrote; without a List-Id it is
the mark of a program.
"""

import re

from talanoa.lib.rfc5322.header import Header
from talanoa.lib.rfc5322.lists import list_id
from talanoa.lib.rfc5322.words import header_text

_MASS = frozenset({"bulk", "junk", "auto_reply"})
# How programs call the answer that they send while somebody is away, where they mark it by nothing else.
_AWAY = re.compile(
    r"(?:auto|auto[- ]?reply|auto[- ]?response|automatic (?:reply|response)|out of (?:the )?office|vacation"
    r"|réponse automatique|absence du bureau|respuesta automática|fuera de la oficina|resposta automática"
    r"|fora do escritório|automatische antwort|abwesenheitsnotiz|abwesend|risposta automatica|fuori ufficio"
    r"|automatisch antwoord|afwezig|autosvar|automaattinen vastaus|automatyczna odpowiedź|otomatik yanıt"
    r"|автоматический ответ|автоответ|رد تلقائي|自动回复|自動回覆|自動応答|自動返信|자동 회신)\s*(?:[:：].*)?",
    re.IGNORECASE,
)


def is_automatic(header: Header, media_type: str) -> bool:
    """Say whether the mail asks for no automatic answer.

    By Auto-Submitted other than "no" (RFC 3834, section 5), Precedence (RFC 3834, section 3.1.8),
    X-Auto-Response-Suppress ([MS-OXCMAIL] 2.1.3.2.20), an empty return path (RFC 5321, section 4.5.5), or
    being a report (RFC 6522).
    """
    submitted = re.split(r"[;(\s]", _value(header, "auto-submitted"))[0]
    suppressed = _value(header, "x-auto-response-suppress")
    precedence = _value(header, "precedence")
    return (
        submitted not in ("", "no")
        or precedence in _MASS
        or (precedence == "list" and not list_id(header))
        or suppressed not in ("", "none")
        or any(value.replace(b" ", b"") == b"<>" for value in header.all("return-path"))
        or media_type == "multipart/report"
    )


def sounds_automatic(subject: str) -> bool:
    """Say whether a decoded subject is one of those that programs write while somebody is away."""
    return _AWAY.fullmatch(subject.strip()) is not None


def loops_of(header: Header) -> tuple[str, ...]:
    """Return what stands in X-Loop fields, lower-case: programs mark there what they sent themselves."""
    return tuple(header_text(value, []).strip().lower() for value in header.all("x-loop"))


def _value(header: Header, name: str) -> str:
    return header_text(header.first(name), []).strip().lower()
