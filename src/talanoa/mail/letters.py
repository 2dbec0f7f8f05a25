"""Letters to one person: how their lines are laid out, and how their reader can answer them as themselves."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from talanoa.lib.folding import wrap_prose
from talanoa.mail import tokens
from talanoa.mail.actions import queue_mail
from talanoa.mail.outbox import PROOF
from talanoa.people.models import Person


def wrapped(*paragraphs: str) -> list[str]:
    """Return `paragraphs` as lines of at most 72 columns, none of their words lost.

    A line that is short enough stays as it was written, with its indent.
    """
    lines: list[str] = []
    for line in "\n".join(paragraphs).split("\n"):
        folded = list(wrap_prose(line))
        lines += folded if len(folded) > 1 else [line.rstrip()]
    return lines


def write_to(
    person: Person,
    *,
    key: str,
    subject: str,
    lines: Iterable[str],
    at: datetime,
    process_key: str,
    number: int | None = None,
    word: str = "",
    headers: Mapping[str, str] | None = None,
) -> None:
    """Queue a letter about a process, or about one number of it; nobody without an address gets one.

    `key` names event and recipient. An answer to the letter is proven to come from `person`; one that names no
    command means `word`. `headers` stand in it beside those of every letter, or in their place.
    """
    if not person.address:
        return
    token = tokens.issue(person, process_key=process_key, number=number, at=at, word=word)
    queue_mail(
        key=key,
        to=person.address,
        subject=subject,
        text="\n".join(lines),
        headers={PROOF: token, "Auto-Submitted": "auto-generated", **(headers or {})},
        at=at,
        process_key=process_key,
        number=number,
    )
