"""A form gives its values whatever was wrapped, glued or typed twice."""

import pytest

from talanoa.lib.form_fields import NotAForm, parse_form, title_from
from talanoa.lib.text_repair import Notes

FORM = """Five purses and
one open ledger
Area: FUNDING
Entitled by: Mosi Baobab
Region: Kenya
Organization: Ministry of Open
Ledgers
Sector: Government
Keywords: funding, accounts; Funding,
in-kind gifts.
Doc Attached: Click here to see the doc 1
Doc Attached: Click here to see the doc 2
Abstract
Several purses,
one ledger.

And accounts.
Document
Area: this line is not a label.
The end."""


def test_a_form_has_its_values_each_on_one_line() -> None:
    form = parse_form(FORM, Notes())

    assert (form.title, form.area, form.author) == (
        "Five purses and one open ledger",
        "FUNDING",
        "Mosi Baobab",
    )
    assert (form.region, form.organization, form.sector) == (
        "Kenya",
        "Ministry of Open Ledgers",
        "Government",
    )
    assert form.keywords == ("funding", "accounts", "in-kind gifts")
    assert form.abstract == "Several purses, one ledger.\n\nAnd accounts."
    assert form.document == "Area: this line is not a label.\nThe end."


@pytest.mark.parametrize(("whole", "glued"), [("ledger\nArea:", "ledgerArea:"), ("2\nAbstract", "2Abstract")])
def test_a_glued_label_is_found_and_counted(whole: str, glued: str) -> None:
    notes = Notes()

    form = parse_form(FORM.replace(whole, glued), notes)

    assert form == parse_form(FORM, Notes())
    assert "label_glued" in notes.codes


def test_a_label_within_a_value_is_no_label() -> None:
    title = "Sectors and Area: a studyRegion: too"

    assert parse_form(FORM.replace("Five purses and\none open ledger", title), Notes()).title == title


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("Region: Region - Kenya", "Kenya"),
        ("Region: REGION: Kenya", "Kenya"),
        ("Region: Regional", "Regional"),
    ],
)
def test_a_label_typed_twice_counts_once(label: str, value: str) -> None:
    assert parse_form(FORM.replace("Region: Kenya", label), Notes()).region == value


def test_keywords_in_the_place_of_the_title_are_keywords() -> None:
    text = FORM.replace("Five purses and\none open ledger", "Keywords - funding, accounts")
    text = text.replace("Keywords: funding, accounts; Funding,\nin-kind gifts.", "Keywords:")

    form = parse_form(text, Notes())

    assert (form.title, form.keywords) == ("", ("funding", "accounts"))


def test_an_abstract_loses_a_second_heading() -> None:
    assert parse_form(FORM.replace("Several", "Abstract: Several"), Notes()).abstract[:7] == "Several"
    assert parse_form(FORM.replace("Several", "Abstract\nSeveral"), Notes()).abstract[:7] == "Several"


def test_a_form_may_lack_anything_but_one_label() -> None:
    form = parse_form("Only a title\nSector: Other", Notes())

    assert (form.title, form.sector, form.keywords, form.abstract, form.document) == (
        "Only a title",
        "Other",
        (),
        "",
        "",
    )


def test_a_form_without_an_abstract_still_has_its_document() -> None:
    assert parse_form("Title\nSector: Other\nDocument\nThe text.", Notes()).document == "The text."


@pytest.mark.parametrize("text", ["", "Dear all,\nplease find my thoughts", "Abstract\nSector: Other"])
def test_a_text_without_labels_is_no_form(text: str) -> None:
    with pytest.raises(NotAForm):
        parse_form(text, Notes())


def test_a_value_of_any_length_is_cut_and_counted() -> None:
    notes = Notes()

    assert len(parse_form(f"{'t' * 5000}\nSector: Other", notes).title) == 1000
    assert "value_cut" in notes.codes


def test_the_first_line_of_a_text_can_serve_as_a_title() -> None:
    assert title_from("\nOn ledgers\nThe text.") == "On ledgers"
    assert title_from("word " * 100) == f"{('word ' * 24)[:119].rstrip()}…"
    assert title_from("") == ""
