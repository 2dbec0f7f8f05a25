import gzip
from datetime import UTC, datetime
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openvc.status import decode_bitstring, encode_bitstring, get_status_bit, new_bitstring, set_status_bit

from lib.example_badges import ISSUER, LIST
from talanoa.lib import strict64
from talanoa.lib.status_lists import SIZE, StatusUnreadable, credential, entry, is_revoked, packed

PLACES = st.sets(st.integers(0, SIZE - 1), max_size=20)


@given(PLACES, st.integers(0, SIZE - 1))
def test_the_places_that_were_set_are_set_and_no_others(revoked: set[int], place: int) -> None:
    text = packed(revoked)
    assert [is_revoked(text, one) for one in revoked] == [True] * len(revoked)
    assert is_revoked(text, place) == (place in revoked)


def test_an_independent_reader_finds_the_same_bits() -> None:
    revoked = set(Random(7).sample(range(SIZE), 1_000))
    bits = decode_bitstring(packed(revoked))
    assert {place for place in range(SIZE) if get_status_bit(bits, place)} == revoked


def test_the_list_of_an_independent_writer_is_read() -> None:
    bits = new_bitstring(SIZE)
    set_status_bit(bits, 4711, 1)
    assert [is_revoked(encode_bitstring(bytes(bits)), place) for place in (4710, 4711, 4712)] == [
        False,
        True,
        False,
    ]


def test_equal_places_give_equal_text() -> None:
    assert packed([3, 1, 2, 2]) == packed([1, 2, 3])


@pytest.mark.parametrize("place", [-1, SIZE])
def test_a_place_that_is_not_there_is_refused(place: int) -> None:
    with pytest.raises(StatusUnreadable):
        is_revoked(packed([]), place)


def text_of(data: bytes) -> str:
    return "u" + strict64.encode_url(data)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "u",
        packed([])[1:],
        packed([]) + "=",
        packed([])[:-4],
        text_of(b"not packed"),
        text_of(gzip.compress(bytes(SIZE // 8 - 1), mtime=0)),
        text_of(gzip.compress(bytes(SIZE // 8 + 1), mtime=0)),
        text_of(gzip.compress(bytes(SIZE // 8), mtime=0) + b"more"),
        text_of(gzip.compress(bytes(SIZE // 8), mtime=0)[:-1]),
        text_of(gzip.compress(bytes(50_000_000), mtime=0)),
    ],
)
def test_what_is_no_whole_list_is_refused(text: str) -> None:
    with pytest.raises(StatusUnreadable):
        is_revoked(text, 0)


def test_a_badge_names_its_place_on_the_list() -> None:
    assert entry(LIST, 77) == {
        "id": f"{LIST}#77",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": "77",
        "statusListCredential": LIST,
    }


def test_a_list_says_from_when_to_when_a_copy_of_it_holds() -> None:
    at, until = datetime(2024, 3, 2, 9, tzinfo=UTC), datetime(2024, 3, 9, 9, tzinfo=UTC)
    made = credential(LIST, ISSUER.did, [77], at=at, until=until)
    assert (made["validFrom"], made["validUntil"]) == ("2024-03-02T09:00:00Z", "2024-03-09T09:00:00Z")
    assert is_revoked(made["credentialSubject"]["encodedList"], 77)
