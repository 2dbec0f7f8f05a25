"""A text that is too long ends where a paragraph ends, and says so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talanoa.lib.shortening import shortened

TAIL = "The rest: https://talanoa.example/p/nm/"


def test_a_text_that_fits_stays_as_it_is() -> None:
    assert shortened("One.\n\nTwo.", most=10, tail=TAIL) == "One.\n\nTwo."


@pytest.mark.parametrize("between", ["\n\n", "\n", " "])
def test_it_is_cut_where_something_ends(between: str) -> None:
    told = shortened(between.join(["paragraph"] * 30), most=200, tail=TAIL)
    kept, _gap, tail = told.rpartition("\n\n")
    assert (set(kept.split()), tail) == ({"paragraph"}, TAIL)


@given(st.text(max_size=300), st.integers(60, 400))
def test_it_never_grows_beyond_the_limit_and_never_breaks_a_character(text: str, most: int) -> None:
    told = shortened(text, most=most, tail=TAIL)
    assert len(told.encode(errors="surrogatepass")) <= most
    assert told == text or told.endswith(TAIL)
