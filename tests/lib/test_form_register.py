"""The register is read by the names of its columns; rows that say nothing usable are counted."""

from pathlib import Path

import pytest

from talanoa.lib.form_register import FolderError, Register, RegisterRow, read_register


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "register.csv"


def test_columns_are_known_by_name_in_any_order(path: Path) -> None:
    path.write_bytes(b"Country,SERIAL NUMBER,Votes,Organisation,Sector\r\nKenya , 7,3,Ledgers,Other\r\n")

    assert read_register(path) == Register({7: RegisterRow("Other", "Ledgers", "Kenya")})


def test_a_row_may_be_short_and_a_column_absent(path: Path) -> None:
    path.write_bytes("Number,Country\n1,São Tomé\n2\n".encode("cp1252"))

    assert read_register(path).rows == {1: RegisterRow("", "", "São Tomé"), 2: RegisterRow("", "", "")}


def test_a_number_counts_once_and_a_row_without_one_is_counted(path: Path) -> None:
    path.write_text("Number,Sector\n1,Other\n1,Academia\nsum,2\n\n,,\n", encoding="utf-8")

    assert read_register(path) == Register({1: RegisterRow("Other", "", "")}, repeated=1, unreadable=1)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "register_columns"),
        (b"Name,Sector\nx,Other\n", "register_columns"),
        (b"Number\n\0", "register_unreadable"),
        (b"Number\n" + b"1" * 200_000, "register_unreadable"),
        (b"Number\n" + b"1\n" * 2_500_000, "register_unreadable"),
    ],
    ids=["empty", "no number", "zero byte", "endless cell", "too large"],
)
def test_a_file_that_is_no_register_is_refused_with_a_code(path: Path, content: bytes, code: str) -> None:
    path.write_bytes(content)

    with pytest.raises(FolderError) as refused:
        read_register(path)

    assert refused.value.code == code


def test_a_register_that_is_not_there_is_refused(path: Path) -> None:
    with pytest.raises(FolderError) as refused:
        read_register(path)

    assert refused.value.code == "register_unreadable"
