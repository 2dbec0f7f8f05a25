"""`talanoa archive` on the command line."""

from pathlib import Path

import pytest

from command_line import refused, talanoa, told
from lib.archive.example_list import LIST, plain
from talanoa.lib.messageids import permalink_hash
from talanoa.people.models import Person

AS = ("--as", "amina@talanoa.example")
SAID = ("--title", "Commons", "--source", "lists.example", "--license", "by permission")


@pytest.fixture
def path(amina: Person, tmp_path: Path) -> Path:
    file = tmp_path / "2014-March.txt"
    file.write_bytes(LIST + b"From x  Mon Mar  3 09:00:00 2014\n\nNothing\n")
    return file


def test_an_import_answers_what_became_of_every_message(path: Path) -> None:
    first = told("archive", "import", "commons", path, *SAID, *AS)

    assert {
        name: first[name] for name in ("read", "added", "duplicates", "rejected", "repaired", "bad_dates")
    } == {
        "read": 4,
        "added": 3,
        "duplicates": 0,
        "rejected": 1,
        "repaired": 1,
        "bad_dates": 1,
    }
    assert first["errors"] == [{"file": "2014-March.txt", "position": len(LIST), "code": "header_missing"}]
    assert told("archive", "import", "commons", path, *AS)["duplicates"] == 3
    assert len(told("archive", "errors", "commons", *AS)["errors"]) == 2


def test_people_read_the_counts_in_words(path: Path) -> None:
    ended = talanoa("archive", "import", "commons", path, *AS)

    assert ended.out.splitlines()[0] == "4 read: 3 added, 0 duplicates, 1 rejected."


def test_an_archive_is_listed_and_released(path: Path) -> None:
    told("archive", "import", "commons", path, *SAID, *AS)
    assert told("archive", "list", *AS)["archives"][0]["released"] is False

    assert told("archive", "release", "commons", *AS) == {"archive": "commons", "messages": 3}
    assert told("archive", "list", *AS)["archives"][0]["released"] is True


def test_what_is_not_there_is_said_to_be_unknown(amina: Person) -> None:
    assert refused("archive", "release", "nowhere", *AS) == (3, "archive_unknown")
    assert talanoa("archive", "import", "commons", "/nowhere.mbox", *AS).code == 5


def test_a_participant_sees_no_private_archive(path: Path, yusuf: Person) -> None:
    told("archive", "import", "commons", path, *SAID, *AS)

    assert told("archive", "list", "--as", yusuf.address)["archives"] == []
    assert refused("archive", "release", "commons", "--as", yusuf.address) == (3, "archive_unknown")
    assert refused("archive", "errors", "commons", "--as", yusuf.address)[0] == 4


def test_merges_are_listed_decided_and_make_a_difference_in_tables(path: Path, tmp_path: Path) -> None:
    path.write_bytes(plain(1) + b"\n" + plain(2).replace(b"sina@village", b"s.faleolo@office"))
    told("archive", "import", "commons", path, *AS)
    [merge] = told("archive", "merges", "commons", "--find", *AS)["merges"]
    assert merge["evidence"] == "same name: faleolo sina"
    assert told("archive", "decide", "commons", 1, "same", *AS) == {"number": 1, "decision": "same"}
    assert refused("archive", "decide", "commons", 2, "same", *AS) == (3, "merge_unknown")

    words = ("archive", "tables", "commons", tmp_path / "out", "--key", tmp_path / "key")
    assert told(*words, *AS)["rows"]["person"] == 1
    assert told(*words, "--unmerged", *AS)["rows"]["person"] == 2
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600


def test_a_message_is_erased_by_its_address(path: Path) -> None:
    told("archive", "import", "commons", path, *SAID, *AS)
    first, ground = permalink_hash("mast-1@radio.example"), ("--ground", "court_order")

    assert told("archive", "erase", "commons", first, *ground, *AS) == {"number": 1, "ground": "court_order"}
    assert told("archive", "list", *AS)["archives"][0]["erased"] == 1
    assert refused("archive", "erase", "commons", "A" * 32, *ground, *AS) == (3, "message_unknown")
