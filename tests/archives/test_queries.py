"""Searching in an archive."""

import pytest

from archives.conftest import Import
from lib.archive.example_list import plain
from talanoa.archives.actions.importing import About
from talanoa.archives.models import Archive, ArchivedMessage
from talanoa.archives.queries import search
from talanoa.lib.searchwords import read


def numbers(archive: Archive, words: str, limit: int = 9, before: int | None = None) -> list[int]:
    return [row.number for row in search([archive.pk], read(words), limit=limit, before=before)]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("villages", [1]),
        ("SOCIETE", [2]),
        ("mast", [2, 1]),
        ("mast -villages", [2]),
        ('"kia ora"', [3]),
        ('"ora kia"', []),
        ("", []),
        ("-mast", []),
        ('NEAR(a b) OR "', []),
    ],
)
def test_words_are_found_in_subjects_and_texts(commons: Archive, words: str, found: list[int]) -> None:
    assert numbers(commons, words) == found


def test_a_text_without_spaces_between_words_is_found_by_a_part_of_it(bring: Import) -> None:
    archive = bring(plain(1, subject="=?utf-8?b?5oiR5Lus5pSv5oyB5LqS6IGU572R?=")).archive

    assert (numbers(archive, "支持互"), numbers(archive, "反对互"), numbers(archive, "支持互 -Number")) == (
        [1],
        [],
        [],
    )


def test_a_search_stays_within_its_archive(commons: Archive, bring: Import) -> None:
    other = bring(about=About("other")).archive

    assert numbers(commons, "mast") == numbers(other, "mast") == [2, 1]
    assert numbers(commons, str(other.pk)) == []


def test_a_long_answer_comes_in_parts(bring: Import) -> None:
    archive = bring(b"\n".join(plain(number) for number in range(7))).archive
    first = search([archive.pk], read("number"), limit=3)

    assert [row.number for row in first] == [7, 6, 5]
    assert numbers(archive, "number", 3, first[-1].pk) == [4, 3, 2]


@pytest.mark.parametrize("walked", [1, 2, 100])
def test_the_same_is_found_however_many_of_the_newest_are_looked_through_first(
    bring: Import, walked: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("talanoa.archives.queries.WALKED", walked)
    archive = bring(b"\n".join(plain(number) for number in range(7))).archive
    bring(plain(1, subject="number elsewhere"), about=About("other"))

    assert numbers(archive, "number", 2) == [7, 6]
    assert numbers(archive, "number") == [7, 6, 5, 4, 3, 2, 1]
    assert numbers(archive, "number", 2, search([archive.pk], read("number"), limit=3)[-1].pk) == [4, 3]


def test_an_index_follows_a_message_that_changes_or_goes(commons: Archive) -> None:
    message = ArchivedMessage.objects.get(number=3)
    message.text = "Haere mai."
    message.save()
    assert (numbers(commons, "kia"), numbers(commons, "haere")) == ([], [3])

    message.delete()
    assert numbers(commons, "haere") == []
