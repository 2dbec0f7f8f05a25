"""A blind application is looked through for what tells who applies."""

from talanoa.lib.blinding import Telling, telling


def test_whom_a_file_names_beside_its_text_is_told_without_a_line() -> None:
    assert telling("Our question", (), ("Leilani Kahale", "Kofi")) == (
        Telling(0, "Leilani Kahale"),
        Telling(0, "Kofi"),
    )


def test_ones_own_name_is_found_in_any_case_with_or_without_accents() -> None:
    text = "We ask.\nAs KAHALE (2024) shows,\nLéilani Kahale asked before."
    assert telling(text, ["Leilani Kahalé"]) == (
        Telling(2, "kahale"),
        Telling(3, "kahale"),
        Telling(3, "leilani kahale"),
    )


def test_a_part_of_a_word_is_no_name() -> None:
    assert telling("The Kahalean method of Li", ["Leilani Kahale", "B. Li"]) == ()


def test_an_organization_is_found_whole() -> None:
    assert telling("Made at Reef University.", ["Reef University"])[0] == Telling(1, "reef university")


def test_any_address_or_orcid_is_told() -> None:
    text = "Write to l@reef.example or see 0000-0002-1825-0097."
    assert telling(text, ()) == (Telling(1, "l@reef.example"), Telling(1, "0000-0002-1825-0097"))


def test_a_text_that_tells_nothing_is_left_alone() -> None:
    assert telling("What makes a decision last?", ["Leilani Kahale", ""]) == ()
