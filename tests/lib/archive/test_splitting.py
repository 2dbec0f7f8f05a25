"""Where one message ends and the next begins."""

import io

import pytest

from lib.archive.example_list import ANSWER, BAD_DATE, LIST, OPENING, plain
from talanoa.lib.archive import splitting
from talanoa.lib.archive.splitting import Raw, split


def pieces(data: bytes) -> list[Raw]:
    return list(split(io.BytesIO(data)))


def without_mark(message: bytes) -> bytes:
    return message.partition(b"\n")[2].removesuffix(b"\n")


def test_a_from_line_begins_a_message_and_a_sentence_with_from_does_not() -> None:
    assert [raw.data for raw in pieces(LIST)] == [without_mark(one) for one in (OPENING, ANSWER, BAD_DATE)]


def test_windows_line_ends_make_no_difference() -> None:
    assert [raw.data.replace(b"\r\n", b"\n") for raw in pieces(LIST.replace(b"\n", b"\r\n"))] == [
        raw.data for raw in pieces(LIST)
    ]


def test_messages_without_from_lines_are_told_apart_by_their_headers() -> None:
    three = [plain(number) for number in range(3)]

    assert [raw.data.strip() for raw in pieces(b"\n".join(three))] == [one.strip() for one in three]


def test_a_forwarded_head_without_an_identifier_begins_nothing() -> None:
    letter = plain(1) + b"\nFrom: somebody else\nDate: Mon, 3 Mar 2014 09:00:00 +0000\nSubject: x\n\nHello\n"

    assert [raw.data for raw in pieces(letter)] == [letter]


def test_a_from_line_without_a_blank_line_before_it_begins_a_message_if_date_and_header_stand_there() -> None:
    assert len(pieces(OPENING.rstrip(b"\n") + b"\n" + ANSWER)) == 2


def test_what_begins_bare_and_goes_on_with_from_lines_is_read_both_ways() -> None:
    assert len(pieces(plain(1) + b"\n" + ANSWER + BAD_DATE)) == 3


@pytest.mark.parametrize("data", [LIST, b"\n".join(plain(number) for number in range(4))])
@pytest.mark.parametrize("chunk", [1, 7, 100])
def test_it_makes_no_difference_in_which_pieces_the_file_is_read(
    data: bytes, chunk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = pieces(data)
    monkeypatch.setattr(splitting, "_CHUNK", chunk)

    assert pieces(data) == whole


@pytest.mark.parametrize("data", [LIST, b"\n\n" + LIST, b"\n".join(plain(number) for number in range(4))])
def test_reading_goes_on_where_it_ended(data: bytes) -> None:
    whole = pieces(data)
    for number, raw in enumerate(whole):
        stream = io.BytesIO(data)
        stream.seek(raw.ends)
        assert list(split(stream)) == whole[number + 1 :]


def test_a_message_that_is_too_long_is_cut_and_the_next_one_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, size in (("MAX_MESSAGE", 2000), ("_LOOK_AHEAD", 500), ("_CHUNK", 300)):
        monkeypatch.setattr(splitting, name, size)
    data = OPENING + b"long line\n" * 5000 + b"\n" + ANSWER

    long, short = pieces(data)

    assert long.is_cut
    assert len(long.data) < 2000
    assert (short.data, short.is_cut, short.ends) == (without_mark(ANSWER), False, len(data))


def test_an_empty_file_holds_nothing() -> None:
    assert pieces(b"") == pieces(b"\n\n") == []
