"""The subject of an answer, and what stays of a subject without the marks of answers and lists."""

import re

_TAG = re.compile(r"^\s*\[[^\[\]]{1,60}\]\s*")
_ANSWERED = re.compile(r"^(?:\s*(?:re|aw|sv|vs|antw|rif|odp|ynt)\s*(?:\[\d{1,3}\])?\s*:\s*)+", re.IGNORECASE)


def answer_to(subject: str) -> str:
    """Return `Re: ` and the subject, without the marks of earlier answers; "" where there is none."""
    bare = _ANSWERED.sub("", subject).strip()
    return f"Re: {bare}" if bare else ""


def is_answer(subject: str) -> bool:
    """Tell whether a subject says that it answers, also behind or before the tag of a list: `[list] Re: x`."""
    return _ANSWERED.match(subject) is not None or _ANSWERED.match(_TAG.sub("", subject)) is not None


def base(subject: str) -> str:
    """Return the subject in small letters without marks of answers and tags of lists; "" where nothing is left."""
    bare, before = subject, ""
    while bare != before:
        before, bare = bare, _TAG.sub("", _ANSWERED.sub("", bare))
    return " ".join(bare.casefold().split())
