"""Languages by their tags and names: what people write for them is understood, and nothing else."""

import pytest

from talanoa.lib.languages import NAMED, is_language, language_called, language_name


@pytest.mark.parametrize(
    ("said", "tag"),
    [
        ("sw", "sw"),
        (" SW. ", "sw"),
        ("kiswahili", "sw"),
        ("العربية", "ar"),
        ("pt-br", "pt-BR"),
        ("zh_hant_tw", "zh-Hant-TW"),
        ("yue", "yue"),
    ],
)
def test_people_name_a_language_by_its_code_or_its_own_name(said: str, tag: str) -> None:
    assert language_called(said) == tag


@pytest.mark.parametrize("said", ["", "x", "klingonisch", "12", "sw,", "en fr", "-", "e1"])
def test_what_names_no_language_is_none(said: str) -> None:
    assert language_called(said) == ""


def test_every_language_that_we_name_has_one_tag_and_one_name() -> None:
    assert all(is_language(tag) for tag, _name in NAMED)
    assert len(dict(NAMED)) == len({name for _tag, name in NAMED}) == len(NAMED)


def test_a_language_without_a_name_here_is_called_by_its_tag() -> None:
    assert (language_name("hi"), language_name("pt-BR"), language_name("quc")) == (
        "हिन्दी",
        "Português (BR)",
        "quc",
    )
