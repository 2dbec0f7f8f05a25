"""What archives come as."""

import bz2
import gzip
import lzma
from collections.abc import Callable
from pathlib import Path

import pytest

from lib.archive.example_list import LIST, OPENING, plain
from talanoa.lib.archive.sources import Reading, Source, sources


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress, bz2.compress, bytes])
def test_a_packed_file_is_read_like_a_plain_one(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    path = tmp_path / "2014-March.txt.gz"
    path.write_bytes(pack(LIST))

    assert len(list(Reading(Source(path)))) == 3


def test_a_packed_file_that_breaks_off_gives_what_is_there_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "list.mbox.gz"
    path.write_bytes(gzip.compress(LIST)[:-12])
    reading = Reading(Source(path))

    assert len(list(reading)) >= 1
    assert reading.damage != ""


def test_a_maildir_has_a_message_in_each_file(tmp_path: Path) -> None:
    for folder, number in (("cur", 2), ("new", 1), ("tmp", 3)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / f"139390000{number}.x").write_bytes(plain(number))
    [source] = sources([tmp_path])

    assert [raw.data for raw in Reading(source)] == [plain(1), plain(2)]
    assert [raw.data for raw in Reading(source, start=1)] == [plain(2)]


def test_a_folder_of_months_is_read_in_the_order_of_the_months(tmp_path: Path) -> None:
    for name in ("2014-April.txt", "2014-March.txt.gz", "2013-December.txt", ".hidden"):
        (tmp_path / name).write_bytes(OPENING)

    assert [one.name for one in sources([tmp_path])] == [
        "2013-December.txt",
        "2014-March.txt.gz",
        "2014-April.txt",
    ]


def test_reading_a_packed_file_goes_on_where_it_ended(tmp_path: Path) -> None:
    path = tmp_path / "list.mbox.gz"
    path.write_bytes(gzip.compress(LIST))
    whole = list(Reading(Source(path)))

    assert list(Reading(Source(path), whole[0].ends)) == whole[1:]


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"nowhere\.mbox"):
        sources([tmp_path / "nowhere.mbox"])


def test_a_fingerprint_changes_with_a_letter(tmp_path: Path) -> None:
    (tmp_path / "cur").mkdir()
    letter = tmp_path / "cur" / "1.x"
    letter.write_bytes(plain(1))
    before = Source(tmp_path).fingerprint()
    letter.write_bytes(plain(2))

    assert Source(tmp_path).fingerprint() != before
    assert len(Source(letter).fingerprint()) == 64
