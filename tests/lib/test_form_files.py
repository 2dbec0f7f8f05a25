"""A folder gives its pairs and nothing from outside; what is too large or no file is refused with a code."""

import os
from pathlib import Path

import pytest

from talanoa.lib import form_files
from talanoa.lib.form_files import FolderFiles, Pair, read_pairs
from talanoa.lib.form_register import FolderError


def codes(files: FolderFiles) -> list[tuple[str, str]]:
    return [(each.source, each.code) for each in files.rejected]


def test_pairs_come_by_number_and_other_names_are_listed(tmp_path: Path) -> None:
    for name in ("010A.txt", "2a.TXT", "002B.txt", "README.md", "003A.text"):
        (tmp_path / name).write_text(name)

    files = read_pairs(tmp_path)

    assert files.pairs == (Pair(2, "2a.TXT", b"2a.TXT", b"002B.txt"), Pair(10, "010A.txt", b"010A.txt", b""))
    assert (files.rejected, files.ignored) == ((), ("003A.text", "README.md"))


def test_a_document_without_a_form_is_refused(tmp_path: Path) -> None:
    (tmp_path / "007B.txt").write_text("text")

    assert codes(read_pairs(tmp_path)) == [("007B.txt", "form_missing")]


def test_a_second_file_with_one_number_is_refused(tmp_path: Path) -> None:
    (tmp_path / "007A.txt").write_text("first")
    (tmp_path / "7A.txt").write_text("second")

    files = read_pairs(tmp_path)

    assert [pair.form for pair in files.pairs] == [b"first"]
    assert codes(files) == [("7A.txt", "serial_repeated")]


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    (folder / "001A.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "002A.txt").write_text("own")
    (folder / "003A.txt").symlink_to(folder / "002A.txt")

    files = read_pairs(folder)

    assert [pair.form for pair in files.pairs] == [b"own", b"own"]
    assert codes(files) == [("001A.txt", "outside_folder")]


def test_what_is_no_regular_file_is_refused_without_being_opened(tmp_path: Path) -> None:
    (tmp_path / "001A.txt").mkdir()
    os.mkfifo(tmp_path / "002A.txt")
    (tmp_path / "003A.txt").symlink_to(tmp_path / "003A.txt")

    assert codes(read_pairs(tmp_path)) == [
        ("001A.txt", "not_a_file"),
        ("002A.txt", "not_a_file"),
        ("003A.txt", "unreadable"),
    ]


def test_a_large_document_refuses_the_pair(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(form_files, "MAX_FILE_BYTES", 4)
    (tmp_path / "001A.txt").write_text("form")
    (tmp_path / "001B.txt").write_text("large")

    files = read_pairs(tmp_path)

    assert (files.pairs, codes(files)) == ((), [("001B.txt", "too_large")])


def test_a_folder_gives_no_more_than_its_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(form_files, "MAX_FOLDER_BYTES", 6)
    for number in (1, 2):
        (tmp_path / f"{number}A.txt").write_text("form")

    files = read_pairs(tmp_path)

    assert [pair.serial for pair in files.pairs] == [1]
    assert codes(files) == [("2A.txt", "folder_too_large")]


def test_too_many_files_refuse_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(form_files, "MAX_FILES", 1)
    for number in (1, 2):
        (tmp_path / f"{number}A.txt").write_text("form")

    with pytest.raises(FolderError) as refused:
        read_pairs(tmp_path)

    assert refused.value.code == "too_many_files"


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FolderError) as refused:
        read_pairs(tmp_path / "nowhere")

    assert refused.value.code == "not_a_folder"
