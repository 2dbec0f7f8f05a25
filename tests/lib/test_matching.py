"""Whom of a roster a request fits: who comes first, and what that rests on."""

import itertools
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talanoa.lib.languages import language_tag
from talanoa.lib.matching import Offer, Wish, hours_in_common, languages_in_common, matches, words_in_common

WINTER, SUMMER = datetime(2026, 1, 15, 12, tzinfo=UTC), datetime(2026, 7, 15, 12, tzinfo=UTC)


def wish(*languages: str, kind: str = "facilitator", text: str = "", zone: str = "UTC") -> Wish:
    return Wish(kind, languages, text, zone)


def offer(number: int, *languages: str, kind: str = "facilitator", topics: str = "", **more: object) -> Offer:
    return Offer(number, kind, languages, topics, **{"time_zone": "UTC", **more})  # type: ignore[arg-type]


def order(asked: Wish, *offers: Offer) -> list[int]:
    return [fit.number for fit in matches(asked, offers, at=WINTER)]


def test_a_request_in_one_language_lists_only_its_speakers() -> None:
    assert order(wish("sw"), offer(1, "en"), offer(2, "en", "sw"), offer(3, "fr"), offer(4, "sw")) == [2, 4]


def test_more_of_the_languages_in_common_come_first_and_one_is_needed() -> None:
    assert order(wish("en", "sw"), offer(1, "en"), offer(2, "sw", "en"), offer(3, "fr")) == [2, 1]


def test_a_facilitator_is_no_expert_and_who_is_both_is_either() -> None:
    offers = (offer(1, "en"), offer(2, "en", kind="expert"), offer(3, "en", kind="both"))
    assert order(wish("en"), *offers) == [1, 3]
    assert order(wish("en", kind="expert"), *offers) == [2, 3]


def test_then_the_topic_then_the_clock_then_who_has_least_in_hand_then_the_number() -> None:
    asked = wish("en", text="Undersea cables", zone="Africa/Nairobi")
    offers = (
        offer(1, "en", time_zone="Africa/Nairobi", load=1),
        offer(2, "en", time_zone="Africa/Nairobi"),
        offer(3, "en", time_zone="Africa/Nairobi"),
        offer(4, "en", time_zone="America/Montevideo"),
        offer(5, "en", topics="cable repair", time_zone="America/Montevideo", load=3),
    )
    assert order(asked, *offers) == [5, 2, 3, 1, 4]
    assert order(asked, *reversed(offers)) == [5, 2, 3, 1, 4]


@pytest.mark.parametrize(
    ("asked", "spoken", "expected"),
    [
        ("pt", ("pt-BR",), ("pt",)),
        ("pt-BR", ("pt",), ("pt-BR",)),
        ("pt-BR", ("pt-PT",), ()),
        ("sw", ("swc",), ()),
        ("en", (), ()),
    ],
)
def test_a_variant_is_the_same_language(asked: str, spoken: tuple[str, ...], expected: object) -> None:
    assert languages_in_common((asked,), spoken) == expected


@pytest.mark.parametrize(
    ("asked", "topics", "expected"),
    [
        ("Training on undersea CABLES, and the cable ships", "cable; trainers", ("cables",)),
        ("Who has the time for it?", "the time and what it is for", ("time",)),
        ("Gouvernance générale", "gouvernance generale", ("gouvernance", "générale")),
        ("", "cables", ()),
    ],
)
def test_words_in_common_say_something(asked: str, topics: str, expected: tuple[str, ...]) -> None:
    assert words_in_common(asked, topics) == expected


@pytest.mark.parametrize(
    ("one", "other", "at", "hours"),
    [
        ("UTC", "UTC", WINTER, 8),
        ("Africa/Nairobi", "UTC", WINTER, 5),
        ("Asia/Kolkata", "UTC", WINTER, 2.5),
        ("Pacific/Tongatapu", "Pacific/Honolulu", WINTER, 7),
        ("Pacific/Tongatapu", "UTC", WINTER, 0),
        ("Europe/Zagreb", "UTC", WINTER, 7),
        ("Europe/Zagreb", "UTC", SUMMER, 6),
    ],
)
def test_hours_of_a_working_day_are_those_of_the_clocks(
    one: str, other: str, at: datetime, hours: float
) -> None:
    assert hours_in_common(one, other, at) == hours_in_common(other, one, at) == hours


TAGS = st.lists(st.sampled_from(["en", "sw", "fr", "pt", "pt-BR"]), unique=True).map(tuple)
OFFERS = st.lists(
    st.builds(
        Offer,
        number=st.integers(0, 99),
        kind=st.sampled_from(["facilitator", "expert", "both"]),
        languages=TAGS,
        topics=st.sampled_from(["", "cables", "cables training"]),
        time_zone=st.sampled_from(["UTC", "Africa/Nairobi"]),
        load=st.integers(0, 3),
    ),
    max_size=5,
    unique_by=lambda one: one.number,
)


@given(TAGS, OFFERS)
def test_the_order_is_the_same_whoever_is_named_first_and_nobody_lacks_a_language(
    tags: tuple[str, ...], offers: list[Offer]
) -> None:
    asked = wish(*tags, text="cables and training")
    first = order(asked, *offers)
    assert all(
        order(asked, *others) == first for others in itertools.islice(itertools.permutations(offers), 6)
    )
    spoken = {one.number: one.languages for one in offers}
    assert all(languages_in_common(tags, spoken[number]) for number in first)


@pytest.mark.parametrize(
    ("word", "tag"),
    [
        ("sw", "sw"),
        ("SW", "sw"),
        ("pt-br", "pt-BR"),
        ("zh_hant", "zh-Hant"),
        ("Kiswahili", "sw"),
        ("العربية", "ar"),
    ],
)
def test_a_language_is_named_by_its_tag_or_its_own_name(word: str, tag: str) -> None:
    assert language_tag(word) == tag


@pytest.mark.parametrize("word", ["", "-", "x", "english please", "e1"])
def test_what_is_no_language_has_no_tag(word: str) -> None:
    assert language_tag(word) == ""
