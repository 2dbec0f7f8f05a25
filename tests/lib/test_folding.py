import pytest
from hypothesis import given
from hypothesis import strategies as st

from talanoa.lib.folding import FoldingError, fold, unfold, unquote, wrap_letters, wrap_prose

ANY_LINE = st.text(st.characters(exclude_categories=["Cs"]), max_size=300).map(
    lambda text: " ".join(text.split())
)
CHINESE = "关于互联网治理原则草案的意见" * 6


def test_a_short_value_stands_on_the_line_of_its_name() -> None:
    assert list(fold({"title": "Short", "author": ""})) == ["title: Short", "author:"]


def test_a_long_value_continues_after_two_spaces() -> None:
    value = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
    assert list(fold({"title": value})) == [
        "title: one two three four five six seven eight nine ten eleven twelve",
        "  thirteen fourteen",
    ]


def test_a_long_word_continues_after_four_spaces() -> None:
    lines = list(fold({"title": "x" * 150 + " end"}))
    assert lines == ["title:", "  " + "x" * 68, "    " + "x" * 68, "    " + "x" * 14 + " end"]


def test_wide_characters_take_two_columns() -> None:
    lines = list(fold({"title": CHINESE}))
    assert [len(line) for line in lines] == [6, 36, 38, 20]
    assert unfold(lines) == {"title": CHINESE}


@given(st.dictionaries(st.from_regex(r"[A-Za-z][A-Za-z0-9_.-]{0,47}", fullmatch=True), ANY_LINE))
def test_what_is_folded_unfolds_unchanged(values: dict[str, str]) -> None:
    assert unfold(fold(values)) == values


@given(ANY_LINE)
def test_no_folded_line_is_wider_than_a_terminal(value: str) -> None:
    assert max(len(line) for line in fold({"title": value})) <= 72


@pytest.mark.parametrize(
    "values",
    [
        {"title": "two  spaces"},
        {"title": "two\nlines"},
        {"a b": "x"},
        {"": "x"},
        {"a:b": "x"},
        {"x" * 49: ""},
    ],
)
def test_what_could_not_be_read_back_is_not_folded(values: dict[str, str]) -> None:
    with pytest.raises(FoldingError):
        list(fold(values))


@pytest.mark.parametrize("lines", [["  lost"], ["no colon"], ["two words: x"], ["a: 1", "a: 2"], [": x"]])
def test_lines_of_no_name_or_of_one_twice_are_refused(lines: list[str]) -> None:
    with pytest.raises(FoldingError):
        unfold(lines)


def test_prose_is_wrapped_and_keeps_paragraphs_and_addresses() -> None:
    address = "https://talanoa.example/" + "x" * 70
    assert list(wrap_prose(f"{'word ' * 16}\n\nSee {address}\n")) == [
        "word word word word word word word word word word word word word word",
        "word word",
        "",
        "See",
        address,
    ]


def test_prose_without_spaces_is_wrapped_too() -> None:
    assert [len(line) for line in wrap_prose(CHINESE)] == [36, 36, 12]


def test_letters_are_cut_at_the_width_of_a_line() -> None:
    assert wrap_letters("x" * 73) == ["x" * 72, "x"]


@pytest.mark.parametrize(
    ("prefix", "quoted"),
    [
        ("> ", ["> title: a", ">   b"]),
        ("> > ", ["> > title: a", ">>   b"]),
        (">", [">title: a", ">  b"]),
        ("| ", ["| title: a", "|   b"]),
        ("    ", ["    title: a", "      b"]),
        ("", ["title: a", "  b"]),
    ],
)
def test_quotation_marks_and_indents_are_taken_off(prefix: str, quoted: list[str]) -> None:
    assert list(unquote(quoted, prefix)) == ["title: a", "  b"]


def test_a_line_without_the_quotation_mark_stays_as_it_is() -> None:
    assert list(unquote(["> a", "b"], "> ")) == ["a", "b"]
