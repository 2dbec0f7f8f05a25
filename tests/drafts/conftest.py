"""A working group that writes a draft: Amina convenes, Lucía edits, Yusuf and Sione take part."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from conftest import day
from mail.example_mails import Postbox
from steps import DRAFTED_ON, begun, member, working_group
from talanoa.contributions.actions.standing import author_of
from talanoa.contributions.models import Assurance
from talanoa.documents.models import Revision
from talanoa.drafts.actions.remarking import Remarked, comment_on, suggest
from talanoa.drafts.models import Comment, Draft, Suggestion
from talanoa.people.models import Person
from talanoa.processes.actions.roles import enter
from talanoa.processes.models import Participant, Role

WHEN = day(DRAFTED_ON)
OTHER = "Recommendation 1. Pay the trainers by the day."
CommentOn = Callable[..., Comment]
Suggest = Callable[..., Suggestion]


@pytest.fixture
def convenor(amina: Person) -> Participant:
    return working_group(amina)


@pytest.fixture
def editor(convenor: Participant, lucia: Person) -> Participant:
    return member(convenor, lucia, Role.EDITOR)


@pytest.fixture
def draft(editor: Participant) -> Draft:
    """Its paragraphs: ¶ 1 the heading, ¶ 2 money, ¶ 3 and ¶ 4 recommendations 1 and 2; anchors p1 to p4."""
    return begun(editor)


def newest(draft: Draft) -> Revision:
    found = draft.document.latest()
    assert found
    return found


def spoken(draft: Draft, person: Person, said: Remarked, **more: Any) -> dict[str, Any]:
    """What an act by which `person` speaks is told."""
    assurance = str(more.pop("assurance", Assurance.PROVEN))
    facts: dict[str, Any] = {
        "by": enter(draft.process, person, at=WHEN),
        "author": author_of(person, assurance=assurance),
        "said": said,
        "dedup_key": sha256(f"{person.pk} {said}".encode()).hexdigest(),
        "channel": "web",
        "at": WHEN,
    }
    return facts | more


@pytest.fixture
def comment(draft: Draft) -> CommentOn:
    """Comment as a person: comment(yusuf, "text", "p2")."""

    def commenting(
        person: Person, text: str = "Say who pays.", anchor: str = "p2", quote: str = "", **more: Any
    ) -> Comment:
        read = more.pop("read", newest(draft))
        return comment_on(read, **spoken(draft, person, Remarked(anchor, text, quote=quote), **more))

    return commenting


@pytest.fixture
def suggestion(draft: Draft) -> Suggest:
    """Suggest as a person: suggestion(yusuf, "words", "p3")."""

    def suggesting(
        person: Person, words: str = OTHER, anchor: str = "p3", reason: str = "An hour is short.", **more: Any
    ) -> Suggestion:
        read = more.pop("read", newest(draft))
        said = Remarked(anchor, reason, replacement=words)
        return suggest(read, **spoken(draft, person, said, **more))

    return suggesting


@pytest.fixture
def postbox(draft: Draft, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Postbox:
    return Postbox(tmp_path, monkeypatch)


def need_counts(suggestion: Suggestion) -> tuple[int, int]:
    """How many say now that a suggestion must be in the text, and how many that it should."""
    degrees = [row.degree for row in suggestion.needs.filter(ended_at__isnull=True)]
    return degrees.count("must"), degrees.count("should")
