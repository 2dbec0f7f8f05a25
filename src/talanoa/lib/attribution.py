"""The lines that mail programs put before the text they quote, in the languages people write to us in.

English, French, Spanish, German, Portuguese, Arabic, Russian, Chinese, Swahili. The patterns are what common
programs write; what another program writes stays with the sender's own text.
"""

import re

MAX_ATTRIBUTION_LINES = 4
"""Lines over which the sending program may have folded such a sentence."""

_MAX_LENGTH = 400
_COLON = "\\s*[:\uff1a]"

# Sentences known by their first word: safe to recognize over several lines.
_OPENED = (
    r"On\b.{4,}\bwrote",
    r"Le\b.{4,}\ba\s+[é?]crit",
    r"El\b.{4,}\bescribió",
    r"Am\b.{4,}\bschrieb\b.{0,120}",
    r"(?:Em|No dia|A)\b.{4,}\bescreveu\b.{0,120}",
    r"(?:في|بتاريخ|يوم)\s.{4,}\s(?:كتبت?|تمت كتابة ما يلي بواسطة)\b.{0,120}",
    r"(?:пн|вт|ср|чт|пт|сб|вс)[,.]\s.{4,}\bг\.\s+в\s+\d.{0,200}",
    r"在\s?\d.{4,}写道",
    r"(?:Mnamo|Siku|Tarehe)\b.{4,}\b(?:aliandika|ameandika)",
)
# Sentences that begin with a name: recognized where they fill a line.
_NAMED = (
    r".{3,}\bwrites",
    r".{3,}\bwrote(?:\s(?:on|at|in)\b.{4,})?",
    r".{3,}\b(?:a\s+[é?]crit|écrivait)(?:\sle\b.{4,})?",
    r".{3,}\bescribió(?:\sel\b.{4,})?",
    r".{3,}\b(?:schrieb|schreibt)(?:\sam\b.{4,})?",
    r".{3,}\bescreveu(?:\sem\b.{4,}|\s\(.{4,}\))?",
    r".{3,}\sكتبت?(?:\s.{4,})?",
    r".{3,}\b(?:написала?|писала?|пишет)",
    r".{3,}写道",
    r".{3,}\b(?:aliandika|ameandika)",
    r".{0,100}\b\d{4}\b.{0,100}<[^<>]*@[^<>]*>",
)


def _any_of(sentences: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(sentences)}){_COLON}", re.IGNORECASE)


_OPENED_SENTENCE, _NAMED_SENTENCE = _any_of(_OPENED), _any_of(_NAMED)

_TITLES = (
    "original message", "forwarded message", "message d'origine", "message transféré", "mensaje original",
    "mensaje reenviado", "ursprüngliche nachricht", "weitergeleitete nachricht", "mensagem original",
    "mensagem encaminhada", "الرسالة الأصلية", "исходное сообщение", "пересылаемое сообщение", "原始邮件", "转发的邮件",
    "ujumbe asili",
)  # fmt: skip
_DASHED = re.compile(rf"[-_]{{3,}}\s*(?:{'|'.join(_TITLES)})\s*[-_]{{3,}}", re.IGNORECASE)

_FROM = re.compile(rf"[\s*]*+(?:from|de|von|من|от|发件人|kutoka)\**{_COLON}", re.IGNORECASE)
_SENT = re.compile(
    r"[\s*]*+(?:sent|date|envoyé|enviado(?: el)?|enviada(?: em)?|fecha|data|gesendet|datum|تم الإرسال|التاريخ"
    rf"|отправлено|дата|发送时间|日期|ilitumwa|tarehe)\**{_COLON}",
    re.IGNORECASE,
)


def attribution_length(lines: list[str]) -> int:
    """Return how many of the last `lines` introduce the quote that follows them: 0 to 4."""
    most = min(len(lines), MAX_ATTRIBUTION_LINES)
    for count in range(1, most + 1):
        if _matches(_OPENED_SENTENCE, lines[-count:]):
            return count
    return 1 if most and _matches(_NAMED_SENTENCE, lines[-1:]) else 0


def begins_copied_message(lines: list[str]) -> bool:
    """Say whether `lines` begin with the heading below which some programs copy a message without ">".

    That is a dashed "Original Message", or a From line with a Sent line at most three lines below it.
    """
    if _DASHED.fullmatch(lines[0].strip()):
        return True
    return bool(_FROM.match(lines[0])) and any(_SENT.match(line) for line in lines[1:4])


def _matches(sentence: re.Pattern[str], lines: list[str]) -> bool:
    text = " ".join(line.strip() for line in lines)
    return len(text) <= _MAX_LENGTH and sentence.fullmatch(text) is not None
