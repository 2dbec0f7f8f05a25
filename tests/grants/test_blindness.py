"""Nobody comes across more of an application than they may, on any way; who is barred learns nothing of it at all."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction

from conftest import day
from grants.blinding import (
    BARRED,
    ORCID,
    SEEN,
    WHOLE,
    World,
    build,
    decide,
    exits,
    hand_in,
    word,
)
from grants.reviewing import CLOSED
from mail.example_mails import Postbox
from permissions.matrix import NIGHTLY
from talanoa.conf.clockwork import tick
from talanoa.grants.actions.assigning import add_reviewer
from talanoa.grants.actions.deciding import Ruled, recommend
from talanoa.grants.models import ResearchCall
from talanoa.processes.models import Participant
from web import Hands

BY_DAY = ("visitor", "stranger", "lead", "ready", "chair", *BARRED)
BY_NIGHT = ("fellow", "done", "third", "spare", "convenor", "clerk", "sponsor") if NIGHTLY else ()


@pytest.fixture
def world(
    grant_call: ResearchCall, convenor: Participant, postbox: Postbox, monkeypatch: pytest.MonkeyPatch
) -> World:
    """A call in the midst of its reviews."""
    Hands(monkeypatch, day(CLOSED + 30))
    return build(grant_call, convenor, postbox)


def told(found: dict[str, str]) -> dict[str, str]:
    """The secrets that somebody came across, each with the first place."""
    seen: dict[str, str] = {}
    for place, text in found.items():
        # A number by which the world knows somebody goes where their name goes.
        for name in WHOLE.findall(text.lower().replace(ORCID, word("orcid"))):
            seen.setdefault(name, place)
    return seen


def check(made: World, folder: Path, *, is_decided: bool) -> None:
    """Hold what each role comes across against what they may."""
    beyond, lacking = {}, {}
    for role in (*BY_DAY, *BY_NIGHT):
        seen = told(exits(made, role, folder / role))
        may = {name for name, (now, later) in SEEN.items() if role in now or (is_decided and role in later)}
        beyond |= {(role, name): place for name, place in seen.items() if name in SEEN and name not in may}
        lacking |= {(role, name): "" for name in may - seen.keys()}
    assert beyond == {}
    assert lacking == {}


def test_while_it_is_reviewed_everybody_comes_across_what_they_may(world: World, tmp_path: Path) -> None:
    check(world, tmp_path, is_decided=False)


def test_once_it_is_decided_everybody_comes_across_what_they_may(world: World, tmp_path: Path) -> None:
    decide(world)
    check(world, tmp_path, is_decided=True)


def quiet(found: dict[str, str]) -> Iterator[str]:
    """What somebody reads, without what is drawn anew each time: tokens of forms, digests, salts, signatures."""
    for place, text in found.items():
        if not place.startswith("/record/") and "feed.atom" not in place:
            bare = re.sub(r'(?:csrfmiddlewaretoken" value|nonce)="[^"]*"|nonce-[\w-]+|qv[a-z]+qv', "", text)
            yield f"{place} {re.sub(r'[0-9a-f]{16,}|[A-Za-z0-9+/=]{40,}|[+][a-z2-7]{26}@', '', bare)}"


@pytest.mark.parametrize("role", BARRED)
def test_who_is_barred_learns_nothing(world: World, tmp_path: Path, role: str) -> None:
    """All that they can read is the same, whoever reviews it, whatever the marks, the words and the outcome are."""
    read = [
        set(quiet(told_after(world, role, tmp_path, mark, who))) for mark, who in ((0, "spare"), (5, "late"))
    ]
    assert sorted(read[0] - read[1]) == []
    assert sorted(read[1] - read[0]) == []


def told_after(world: World, role: str, folder: Path, mark: int, who: str) -> dict[str, str]:
    """Let one more review it, both of them alike, and the chair recommend; what somebody reads then. It is undone."""
    before = set(world.postbox.files())
    with transaction.atomic():
        reviewer = world.call.reviewers.get(person=world.who(who))
        add_reviewer(world.application, reviewer, **world.office("convenor", CLOSED + 2))
        for one in ("ready", who):
            hand_in(world, one, f"It is worth {mark}.", {"question": mark, "method": mark})
        ruled = Ruled("funded" if mark else "declined", f"Worth {mark}.", 8000 if mark else 0)
        recommend(world.application, ruled=ruled, **world.office("chair", CLOSED + 4))
        tick(at=day(CLOSED + 4))
        found = exits(world, role, folder)
        transaction.set_rollback(True)
    for file in set(world.postbox.files()) - before:
        file.unlink()
    return found
