"""A publication is cited by the beginning of its manifest's hash."""

import json
from datetime import date

from talanoa.lib.studies.citing import Citation

FOUND = Citation(
    name="0123456789abcdef",
    title="50 % of {all} & more_of it",
    authors="Amina Wanjiru, Sione Vea",
    publisher="Talanoa",
    published_on=date(2026, 11, 27),
    url="https://talanoa.example/evidence/0123456789abcdef/",
    is_data=True,
)


def test_the_line_says_who_when_what_and_where() -> None:
    assert FOUND.text == (
        "Amina Wanjiru, Sione Vea (2026): 50 % of {all} & more_of it. Data set, version 0123456789abcdef. Talanoa."
        " https://talanoa.example/evidence/0123456789abcdef/"
    )


def test_tex_takes_nothing_for_a_command() -> None:
    assert "  title = {{50 \\% of \\{all\\} \\& more\\_of it}},\n" in FOUND.bibtex
    assert FOUND.bibtex.startswith("@misc{talanoa-0123456789abcdef,\n")
    assert FOUND.bibtex.count("{") == FOUND.bibtex.count("}")


def test_csl_has_a_data_set_with_its_day() -> None:
    [told] = json.loads(FOUND.csl)
    assert (told["type"], told["issued"], told["author"]) == (
        "dataset",
        {"date-parts": [[2026, 11, 27]]},
        [{"literal": "Amina Wanjiru, Sione Vea"}],
    )


def test_where_nobody_signed_the_installation_stands() -> None:
    unsigned = Citation(
        "a" * 16, "Was it?", "", "Talanoa", date(2026, 1, 1), "https://x.example", is_data=False
    )
    assert (
        unsigned.text == "Talanoa (2026): Was it? Study, version aaaaaaaaaaaaaaaa. Talanoa. https://x.example"
    )
