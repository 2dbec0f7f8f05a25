"""The issue desk that Amina keeps, and the small registry."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from conftest import START, day
from mail.example_mails import Postbox
from registry.example_files import REGISTRY
from talanoa.contributions.actions.standing import author_of
from talanoa.contributions.models import Assurance
from talanoa.desk.actions.bringing import receive_issue
from talanoa.desk.models import Issue
from talanoa.lib.registry_files import read
from talanoa.people.models import Person
from talanoa.record.models import Log
from talanoa.registry.actions import load_registry
from talanoa.registry.models import Body

Bring = Callable[..., Issue]
CABLES = "Nobody looks after the cables to small islands."


@pytest.fixture
def forum(log: Log) -> Body:
    """A body whose public address the registry knows."""
    load_registry(read(REGISTRY), at=START, channel="cli")
    Body.objects.filter(key="forum").update(contact="office@forum.example")
    return Body.objects.get(key="forum")


@pytest.fixture
def postbox(amina: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Postbox:
    """The outbox of an installation whose issue desk Amina keeps."""
    return Postbox(tmp_path, monkeypatch)


@pytest.fixture
def bring(log: Log) -> Bring:
    """Bring an issue as a person, on day 1: bring(yusuf, "text")."""

    def bringing(person: Person, text: str = CABLES, **more: object) -> Issue:
        assurance = str(more.pop("assurance", Assurance.PROVEN))
        facts = {
            "by": author_of(person, assurance=assurance),
            "title": "Cables to small islands",
            "text": text,
            "publication": "named",
            "dedup_key": sha256(f"{person.pk} {text}".encode()).hexdigest(),
            "at": day(1),
            "channel": "web",
        }
        return receive_issue(**{**facts, **more})  # type: ignore[arg-type]

    return bringing
