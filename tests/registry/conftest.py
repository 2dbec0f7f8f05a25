"""The small registry, loaded."""

from pathlib import Path

import pytest

from conftest import START
from mail.example_mails import Postbox
from registry.example_files import REGISTRY
from talanoa.lib.registry_files import read
from talanoa.people.models import Person
from talanoa.record.models import Log
from talanoa.registry.actions import load_registry
from talanoa.registry.models import Body


@pytest.fixture
def forum(log: Log) -> Body:
    load_registry(read(REGISTRY), at=START, channel="cli")
    return Body.objects.get(key="forum")


@pytest.fixture
def postbox(amina: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Postbox:
    """The outbox of an installation whose registry Amina keeps."""
    return Postbox(tmp_path, monkeypatch)
