"""Letters to one person: how their lines are laid out, and how their reader can answer them as themselves."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from django.utils import translation

from talanoa.lib.folding import wrap_prose
from talanoa.lib.languages import PAGES
from talanoa.mail import tokens
from talanoa.mail.actions import queue_mail
from talanoa.mail.outbox import LEAVE, PROOF
from talanoa.mail.queries import is_silenced
from talanoa.people.models import Person

UNSUBSCRIBE = "unsubscribe"
"""The command that a token means whose only purpose is to end letters."""
_SPOKEN = frozenset(code for code, _name in PAGES)


@contextmanager
def in_language_of(person: Person | None) -> Iterator[None]:
    """Write what is written meanwhile in the language of `person`; in English for somebody unknown."""
    with in_language(person.language if person else "en"):
        yield


@contextmanager
def in_language(code: str) -> Iterator[None]:
    """Write what is written meanwhile in the language with this code, or in English where we have no words of it."""
    with translation.override(code if code in _SPOKEN else "en"):
        yield


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
    alone: bool = False,
) -> None:
    """Queue a letter about a process, or about one number of it; nobody without an address gets one.

    `key` names event and recipient. An answer to the letter is proven to come from `person`; one that names no
    command means `word`. `headers` stand in it beside those of every letter, or in their place. One that is not for
    them `alone` can be ended by one click. Write subject and lines inside `in_language_of(person)`.
    """
    if not person.address or is_silenced(person):
        return
    held = {PROOF: tokens.issue(person, process_key=process_key, number=number, at=at, word=word)}
    if not alone:
        held[LEAVE] = tokens.issue(person, process_key=process_key, number=None, at=at, word=UNSUBSCRIBE)
    queue_mail(
        key=key,
        to=person.address,
        subject=subject,
        text="\n".join(lines),
        headers={**held, "Auto-Submitted": "auto-generated", **(headers or {})},
        at=at,
        process_key=process_key,
        number=number,
    )
