"""A small list and its keeper."""

from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import day
from lib.archive.example_list import LIST
from talanoa.archives.actions.importing import About
from talanoa.archives.actions.releasing import release_archive
from talanoa.archives.importing import import_files
from talanoa.archives.models import Archive, ArchiveImport
from talanoa.people.models import Person

Import = Callable[..., ArchiveImport]
COMMONS = About("commons", "Commons", "lists.example", "by permission of the list")


@pytest.fixture
def bring(amina: Person, tmp_path: Path) -> Import:
    """Import bytes as one file into the archive `commons`, as Amina."""

    def bringing(data: bytes = LIST, about: About = COMMONS, name: str = "commons.mbox") -> ArchiveImport:
        path = tmp_path / name
        path.write_bytes(data)
        return import_files(about, [path], by=amina, at=day(1), channel="cli")

    return bringing


@pytest.fixture
def commons(bring: Import) -> Archive:
    """The list, imported and private."""
    return bring().archive


@pytest.fixture
def released(commons: Archive, amina: Person) -> Archive:
    """The list, open to everybody."""
    return release_archive(commons, by=amina, at=day(2), channel="cli")
