"""Whoever draws again gets the same, and nobody is drawn twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talanoa.lib.draws import (
    LARGEST_POOL,
    METHODS,
    Draw,
    DrawUnreadable,
    PoolUnfit,
    SelectionUnfit,
    SourceUnreadable,
    broken,
    draw,
    key_of,
    names_of,
)

# RFC 3797, section 6.
RFC = ("9319", "2 5 12 8 10", "9 18 26 34 41 45")
RFC_KEY = "9319./2.5.8.10.12./9.18.26.34.41.45./"

NUMBERS = st.lists(st.integers(0, 10**12), min_size=1, max_size=16)
SOURCES = st.lists(NUMBERS, min_size=1, max_size=5)
METHOD = st.sampled_from(sorted(METHODS))


def written(numbers: list[int]) -> str:
    return " ".join(map(str, numbers))


def saved(made: Draw, **other: object) -> dict[str, object]:
    """The draw as JSON gives it back, with `other` in place of what was drawn."""
    return {
        "method": made.method,
        "sources": list(made.sources),
        "pool": made.pool,
        "key": made.key,
        "digests": list(made.digests),
        "selected": list(made.selected),
    } | other


def test_the_worked_example_of_the_rfc_is_drawn_as_it_stands_there() -> None:
    made = draw(RFC, pool=25, select=10)
    assert (made.key, made.digests[0]) == (RFC_KEY, "990DD0A5692A029A98B5E01AA28F3459")
    assert made.selected == (17, 7, 2, 16, 25, 23, 8, 24, 19, 13)


@pytest.mark.parametrize(
    ("sources", "pool", "last_digest", "selected"),
    [
        (
            ("17 20 22 35 36 38 48", "90193202", "55598744", "9 10 11 17 21 48 50"),
            134,
            "6168D40CF2EB896E0E13AF709E8998B2",
            (90, 25, 92, 126, 24, 31, 122, 96, 81, 132, 2, 41),
        ),
        (
            ("7 8 11 17 19 25 46", "8285182", "60115701", "2 3 18 26 32 33 42"),
            154,
            "2C3BF59B559F268A2F98BD97031A9CAF",
            (138, 151, 89, 112, 117, 145, 118, 143, 144, 122, 95, 139),
        ),
    ],
    ids=["2012", "2013"],
)
def test_nominating_committees_of_the_ietf_are_drawn_as_the_reference_code_drew_them(
    sources: tuple[str, ...], pool: int, last_digest: str, selected: tuple[int, ...]
) -> None:
    made = draw(sources, pool=pool, select=12)
    assert (made.digests[-1], made.selected) == (last_digest, selected)


def test_with_sha256_the_scheme_is_the_same_and_the_digest_longer() -> None:
    made = draw(RFC, pool=25, select=2, method="sha256")
    assert made.key == RFC_KEY
    # printf '\0\0KEY\0\0' | sha256sum, with the key above, and the same with \0\1.
    assert made.digests == (
        "2C387B04B3EC92A0E1361C2B44A552E020B918EA986A808E8392C70BC337D90F",
        "F04AA244F95BB9561C274F948D8A683585165245478238F935A34FA526DCAA75",
    )
    first = int(made.digests[0], 16) % 25
    left = [number for number in range(1, 26) if number != first + 1]
    assert made.selected == (first + 1, left[int(made.digests[1], 16) % 24])


@given(SOURCES, st.integers(1, 300), METHOD, st.data())
def test_a_draw_is_the_beginning_of_a_permutation_that_does_not_depend_on_how_many_are_drawn(
    sources: list[list[int]], pool: int, method: str, data: st.DataObject
) -> None:
    texts = [written(numbers) for numbers in sources]
    everybody = draw(texts, pool=pool, select=pool, method=method).selected
    assert sorted(everybody) == list(range(1, pool + 1))
    select = data.draw(st.integers(1, pool))
    assert draw(texts, pool=pool, select=select, method=method).selected == everybody[:select]


@given(SOURCES, st.randoms(use_true_random=False), METHOD)
def test_the_order_within_a_source_changes_nothing(
    sources: list[list[int]], chance: object, method: str
) -> None:
    mixed = [sorted(numbers, key=lambda _: chance.random()) for numbers in sources]  # type: ignore[attr-defined]
    one, two = ([written(numbers) for numbers in each] for each in (sources, mixed))
    assert (
        draw(one, pool=99, select=9, method=method).selected
        == draw(two, pool=99, select=9, method=method).selected
    )


def test_the_order_of_the_sources_is_part_of_the_key() -> None:
    assert key_of(["1", "2"]) != key_of(["2", "1"])


@pytest.mark.parametrize(
    ("source", "part"),
    [
        ("007", "7./"),
        (" 10  9\t9 ", "9.9.10./"),
        ("0", "0./"),
        ("3.50", "3.5/"),
        ("00.25", "0.25/"),
        ("12.00", "12./"),
        ("9" * 80, f"{'9' * 80}./"),
    ],
)
def test_a_number_is_written_in_one_way(source: str, part: str) -> None:
    assert key_of([source]) == part


@pytest.mark.parametrize(
    "source",
    [
        "",
        " ",
        "seven",
        "1,2",
        "-1",
        "+1",
        "1.5 2.5",
        "1 2.5",
        "1e3",
        ".5",
        "5.",
        "٣",
        "9" * 81,
        "1 " * 17,
        " " * 1300 + "1",
    ],
)
def test_source_unreadable(source: str) -> None:
    with pytest.raises(SourceUnreadable) as refused:
        key_of(["1", source])
    assert (refused.value.code, refused.value.number) == ("source_unreadable", 2)


@pytest.mark.parametrize("number", [0, 17])
def test_a_draw_has_one_to_sixteen_sources(number: int) -> None:
    with pytest.raises(SourceUnreadable):
        draw(["1"] * number, pool=2, select=1)
    assert draw(["1"] * 16, pool=2, select=1).selected


@pytest.mark.parametrize("pool", [0, -1, LARGEST_POOL + 1])
def test_pool_unfit(pool: int) -> None:
    with pytest.raises(PoolUnfit) as refused:
        draw(RFC, pool=pool, select=1)
    assert refused.value.code == "pool_unfit"


@pytest.mark.parametrize("select", [0, -1, 26])
def test_selection_unfit(select: int) -> None:
    with pytest.raises(SelectionUnfit) as refused:
        draw(RFC, pool=25, select=select)
    assert refused.value.code == "selection_unfit"


def test_of_the_largest_pool_everybody_can_be_drawn() -> None:
    assert len(set(draw(RFC, pool=LARGEST_POOL, select=LARGEST_POOL).selected)) == LARGEST_POOL


def test_names_are_numbered_by_their_lines() -> None:
    assert names_of("Amina\n Yusuf \nLucía\n\n") == ("Amina", "Yusuf", "Lucía")


@pytest.mark.parametrize(
    "listed",
    ["", "\n", "Amina\n\nYusuf", "Amina\nYusuf\nAmina ", "\n".join(map(str, range(LARGEST_POOL + 1)))],
)
def test_names_that_cannot_be_numbered_are_refused(listed: str) -> None:
    with pytest.raises(PoolUnfit):
        names_of(listed)


def test_a_saved_draw_that_holds_has_no_field_that_differs() -> None:
    made = draw(RFC, pool=25, select=10)
    assert broken(saved(made)) == (made, ())


@pytest.mark.parametrize(
    ("other", "fields"),
    [
        ({"selected": [7, 17, 2, 16, 25, 23, 8, 24, 19, 13]}, ("selected",)),
        ({"key": RFC_KEY.lower().replace("9319", "9318")}, ("key",)),
        ({"digests": []}, ("digests",)),
        ({"sources": ["9318", *RFC[1:]]}, ("key", "digests", "selected")),
        ({"pool": 26}, ("selected",)),
        ({"method": "sha256"}, ("digests", "selected")),
    ],
)
def test_whatever_was_changed_in_a_saved_draw_is_named(
    other: dict[str, object], fields: tuple[str, ...]
) -> None:
    assert broken(saved(draw(RFC, pool=25, select=10), **other))[1] == fields


@pytest.mark.parametrize(
    "other",
    [
        {"method": "coin"},
        {"method": []},
        {"sources": "9319"},
        {"sources": [9319]},
        {"pool": "25"},
        {"pool": True},
        {"selected": None},
    ],
)
def test_draw_unreadable(other: dict[str, object]) -> None:
    with pytest.raises(DrawUnreadable) as refused:
        broken(saved(draw(RFC, pool=25, select=10), **other))
    assert refused.value.code == "draw_unreadable"


def test_what_is_no_object_is_no_draw() -> None:
    with pytest.raises(DrawUnreadable):
        broken([17, 7])
