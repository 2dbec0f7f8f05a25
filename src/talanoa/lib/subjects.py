"""The subject of an answer."""

import re

_ANSWERED = re.compile(r"^(?:\s*(?:re|aw|sv|vs|antw|rif|odp|ynt)\s*(?:\[\d{1,3}\])?\s*:\s*)+", re.IGNORECASE)


def answer_to(subject: str) -> str:
    """Return `Re: ` and the subject, without the marks of earlier answers; "" where there is none."""
    bare = _ANSWERED.sub("", subject).strip()
    return f"Re: {bare}" if bare else ""
