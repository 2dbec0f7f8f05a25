"""A review is read from lines: marks, confidence, words."""

from talanoa.lib.reviews import ReviewText, read


def test_marks_and_words_are_told_apart() -> None:
    text = "Question: 4\nmethod = n/a.\nconfidence: 2\n\nIt says: 5\nteam: 3\nof ten."
    assert read(text, ("question", "method")) == ReviewText(
        {"question": 4, "method": None}, 2, "It says: 5\nteam: 3\nof ten."
    )


def test_what_is_not_given_is_not_there() -> None:
    assert read("It is good.", ("question",)) == ReviewText({}, 0, "It is good.")
