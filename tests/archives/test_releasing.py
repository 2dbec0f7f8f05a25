"""Releasing an archive."""

import pytest

from archives.conftest import Import
from archives.test_importing import entries
from conftest import day
from talanoa.archives.actions.importing import About
from talanoa.archives.actions.releasing import release_archive
from talanoa.archives.models import Archive
from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.people.models import Person


def test_an_archive_is_private_until_it_is_released(commons: Archive, amina: Person, yusuf: Person) -> None:
    assert [Archive.objects.visible_to(one).count() for one in (None, yusuf, amina)] == [0, 0, 1]

    release_archive(commons, by=amina, at=day(2), channel="cli")

    assert Archive.objects.visible_to(None).count() == 1
    assert (entries()[-1]["k"], entries()[-1]["messages"]) == ("archive.released.1", 3)


def test_only_whom_the_operator_appointed_releases(commons: Archive, yusuf: Person) -> None:
    with pytest.raises(NotAllowed):
        release_archive(commons, by=yusuf, at=day(2), channel="cli")


def test_it_is_released_once(released: Archive, amina: Person) -> None:
    with pytest.raises(RuleBroken) as refused:
        release_archive(released, by=amina, at=day(3), channel="cli")
    assert refused.value.rule == "archive_released"


def test_without_source_and_license_it_stays_private(bring: Import, amina: Person) -> None:
    archive = bring(about=About("commons", source="lists.example")).archive
    with pytest.raises(RuleBroken) as refused:
        release_archive(archive, by=amina, at=day(3), channel="cli")
    assert refused.value.rule == "archive_unlicensed"


def test_it_waits_for_an_import_that_has_not_ended(commons: Archive, amina: Person) -> None:
    commons.imports.update(finished_at=None)
    with pytest.raises(RuleBroken) as refused:
        release_archive(commons, by=amina, at=day(3), channel="cli")
    assert refused.value.rule == "archive_unfinished"
