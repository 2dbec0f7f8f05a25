import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.example_badges import ISSUER, example
from talanoa.lib.badge_texts import BEGIN, END, MAX_TEXT, BadgeMissing, found_in, lines_of

TOKEN = ISSUER.seal(example())
LETTER = "\n".join(["Good day", "", *lines_of(TOKEN), "", "Bye."])


def test_a_badge_in_a_letter_fits_its_lines() -> None:
    assert max(map(len, lines_of(TOKEN))) == 72


@pytest.mark.parametrize(
    "text",
    [
        TOKEN,
        f"\n  {TOKEN}\r\n",
        LETTER,
        LETTER.replace("\n", "\r\n"),
        LETTER.replace("\n", " \n"),
        "\n".join(f"> {line}" for line in LETTER.split("\n")),
        "\n".join(f"> >   {line}" for line in LETTER.split("\n")),
        "\n".join(f"    {line}" for line in LETTER.split("\n")),
    ],
)
def test_a_badge_survives_its_way_through_mail(text: str) -> None:
    assert found_in(text) == TOKEN


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n",
        LETTER + LETTER,
        LETTER.replace(END, ""),
        f"{BEGIN}\n{END}",
        "A" * 30_000,
        "A" * (MAX_TEXT + 1),
    ],
)
def test_no_badge_or_two_or_half_of_one_is_none(text: str) -> None:
    with pytest.raises(BadgeMissing):
        found_in(text)


@given(st.text())
def test_no_text_makes_the_search_fail(text: str) -> None:
    try:
        assert "".join(found_in(text).split())
    except BadgeMissing:
        return
