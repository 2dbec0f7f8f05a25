"""Themes that run through texts: told by their words, the same each time."""

from talanoa.lib.topics import topics

PAY = (
    "The currency of the trainers",
    "Trainers paid in their currency",
    "Currency and bank fees of trainers",
)
RADIO = (
    "Lessons by radio in the village",
    "The village listens to radio lessons",
    "Radio lessons, village hours",
)
MAIL = (
    "A receipt for every letter",
    "Letters need a receipt and a stamp",
    "The stamp costs more than the letter",
)
TEXTS = dict(enumerate([*PAY, *RADIO, *MAIL], start=1))


def test_each_theme_gathers_the_texts_that_share_its_words() -> None:
    found = topics(TEXTS)
    assert sorted(sorted(one.texts) for one in found) == [[1, 2, 3], [4, 5, 6], [7, 8, 9]]


def test_a_theme_is_told_by_words_as_they_are_written() -> None:
    firsts = {one.texts[0]: one.words[:2] for one in topics(TEXTS)}
    about = {(key - 1) // 3: words for key, words in firsts.items()}
    assert {
        at: bool(set(words) & marks)
        for at, (words, marks) in enumerate(
            zip(
                (about[0], about[1], about[2]),
                (
                    {"currency", "trainers"},
                    {"radio", "lessons", "village"},
                    {"receipt", "letter", "letters", "stamp"},
                ),
                strict=True,
            )
        )
    } == {0: True, 1: True, 2: True}


def test_the_same_texts_give_the_same_themes() -> None:
    assert topics(TEXTS) == topics(dict(TEXTS))


def test_too_few_texts_have_no_themes() -> None:
    assert topics({1: "One word", 2: "Another word"}) == []
    assert topics({}) == []
    assert topics(dict.fromkeys(range(9), "")) == []
