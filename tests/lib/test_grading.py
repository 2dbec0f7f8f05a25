"""Grading is a pure function: never below nothing, never above all, the same whatever the order of an answer."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.example_course import well
from talanoa.lib.grading import AnswerUnfit, Grade, folded, grade, judged, meets, most, number
from talanoa.lib.items import Answer, Check, Choosing, Item, Open, Ordering, Sorting, TextEdit, shuffled

WELL = well()
ITEMS = {item.id: item for lesson in WELL.in_order() for item in lesson.items}
GRADED = [item for item in ITEMS.values() if item.kind not in ("open", "room")]
RIGHT: dict[str, Answer] = {
    "drawing-1": "ask",
    "drawing-2": ("liters", "day"),
    "drawing-3": "70 liters",
    "drawing-4": " A Herder. ",
    "sharing-1": ("call", "hear", "say"),
    "sharing-2": {"elder": "t1", "herder": "t2", "halima": "t2"},
    "sharing-3": {"first": "position", "thirst": "interest", "never": "position"},
    "sharing-4": "Ten liters for Halima, please.",
}


def answers(item: Item) -> st.SearchStrategy[Answer]:
    """Any answer that the item can have."""
    if isinstance(item, Choosing) and item.kind == "choice":
        return st.sampled_from([option.id for option in item.options])
    if isinstance(item, Choosing):
        return st.lists(st.sampled_from([option.id for option in item.options])).map(tuple)
    if isinstance(item, Ordering):
        return st.permutations([step.id for step in item.steps]).map(tuple)
    if isinstance(item, Sorting):
        targets = st.sampled_from([target.id for target in item.targets])
        return st.dictionaries(st.sampled_from([thing.id for thing in item.things]), targets)
    return st.text()


asked = st.sampled_from(GRADED).flatmap(lambda item: st.tuples(st.just(item), answers(item)))


@pytest.mark.parametrize("item", GRADED, ids=lambda item: item.id)
def test_the_right_answer_has_all_points(item: Item) -> None:
    found = grade(item, RIGHT[item.id])
    assert (found.score, found.most) == (most(item), most(item))
    assert found.is_full


@given(asked)
def test_points_lie_between_none_and_all_and_the_same_answer_has_the_same(asked: tuple[Item, Answer]) -> None:
    item, answer = asked
    found = grade(item, answer)
    assert 0 <= found.score <= found.most == most(item)
    assert grade(item, answer) == found


@given(st.permutations(["liters", "day", "weather"]))
def test_the_order_of_choices_changes_nothing(chosen: list[str]) -> None:
    assert grade(ITEMS["drawing-2"], tuple(chosen)).score == 1


@given(st.lists(st.sampled_from(["liters", "day", "weather", "goats"]), unique=True))
def test_one_more_wrong_choice_never_adds_a_point(chosen: list[str]) -> None:
    item = ITEMS["drawing-2"]
    before = grade(item, tuple(chosen)).score
    for wrong in {"weather", "goats"} - set(chosen):
        assert grade(item, (*chosen, wrong)).score <= before


def test_whoever_chooses_everything_has_nothing() -> None:
    assert grade(ITEMS["drawing-2"], ("liters", "day", "weather", "goats")).score == 0


def test_who_chose_wrong_reads_why() -> None:
    assert [part.why for part in grade(ITEMS["drawing-1"], "leave").parts] == ["Then she has no water."]


def test_an_order_that_is_nearly_right_has_most_points() -> None:
    assert [
        grade(ITEMS["sharing-1"], order).score
        for order in [("call", "say", "hear"), ("say", "hear", "call"), ("hear", "call", "say")]
    ] == [2, 0, 2]


def test_what_was_left_out_gives_no_point_and_why() -> None:
    found = grade(ITEMS["sharing-2"], {"elder": "t1"})
    assert (found.score, [part.why for part in found.parts]) == (
        1,
        ["", "The goats are thirsty.", "She needs ten liters."],
    )


@pytest.mark.parametrize(
    ("item", "answer"),
    [
        ("drawing-1", "dig"),
        ("drawing-1", ("ask",)),
        ("drawing-2", "liters"),
        ("drawing-2", ("liters", "moon")),
        ("sharing-1", ("call", "hear")),
        ("sharing-1", ("call", "hear", "hear")),
        ("sharing-2", {"elder": "t9"}),
        ("sharing-2", {"chief": "t1"}),
        ("sharing-3", ("first",)),
        ("sharing-4", ("text",)),
    ],
)
def test_what_cannot_be_answered_is_refused(item: str, answer: Answer) -> None:
    with pytest.raises(AnswerUnfit):
        grade(ITEMS[item], answer)


@pytest.mark.parametrize("kind", ["sharing-5", "sharing-6"])
def test_what_people_judge_has_no_grade_by_rule(kind: str) -> None:
    with pytest.raises(TypeError):
        grade(ITEMS[kind], "A text.")


@pytest.mark.parametrize("text", ["I AM FIRST!!!", "  i am first ", ""])
def test_a_text_that_nobody_touched_meets_no_check(text: str) -> None:
    item = ITEMS["sharing-4"]
    assert grade(item, text) == Grade(
        0, 3, tuple(part for part in grade(item, text).parts if not part.is_right)
    )


@pytest.mark.parametrize(
    ("rule", "words", "value", "good", "bad"),
    [
        ("mentions", ("4.1", "section four"), 0, "See Section  FOUR.", "See 4.12."),
        ("avoids", ("curve ball",), 0, "A ball.", "What a curve ball!"),
        ("avoids", ("!!",), 0, "Now!", "Now!!"),
        ("mentions", ("40",), 0, "A 40-liter jar.", "A 401-liter jar."),
        ("max_words", (), 3, "one two three", "one two three four"),
        ("min_words", (), 3, "one two three", "one two"),
        ("max_caps", (), 20, "Ten liters", "TEN liters"),
        ("max_quoted", (), 50, "> one\ntwo", "> one two\nthree"),
        ("begins", ("please", "may "), 0, "“May I draw?”", "I say please."),
        ("has_line", ("Proposed text:",), 0, "Why.\nProposed text: Ten.", "Proposed text:\nTen."),
        ("max_questions", (), 1, "May I? Yes.", "May I? Who? هل؟"),
    ],
)
def test_each_check_is_met_by_one_text_and_not_by_another(
    rule: str, words: tuple[str, ...], value: int, good: str, bad: str
) -> None:
    check = Check("one", rule, words, value, "Why.")
    assert (meets(check, good), meets(check, bad)) == (True, False)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("12", "12"),
        ("about 1,000 networks", "1000"),
        ("1 000", "1000"),
        ("1.234.567", "1234567"),
        ("1.000,5", "1000.5"),
        ("2,5", "2.5"),
        ("0,125", "0.125"),
        ("1.000", "1.000"),
        ("\u22127", "-7"),
        ("none", None),
    ],
)
def test_numbers_are_read_as_people_write_them(text: str, told: str | None) -> None:
    assert number(text) == (Decimal(told) if told else None)


def test_a_number_near_enough_is_right() -> None:
    assert [grade(ITEMS["drawing-3"], text).score for text in ("70.5", "69,5", "70.6", "many")] == [
        1,
        1,
        0,
        0,
    ]


def test_words_are_the_same_without_case_accents_and_signs() -> None:
    assert folded(" «Été»! ") == folded("ete")


def test_nobody_gives_themselves_the_highest_level() -> None:
    item = ITEMS["sharing-5"]
    assert isinstance(item, Open)
    rubric = WELL.rubrics["proposal"]
    levels = {"what": 3, "why": 2}
    assert judged(item, rubric, levels, by_oneself=True).score == 4
    assert judged(item, rubric, levels, by_oneself=False).score == 5
    for unfit in ({"what": 3}, {"what": 4, "why": 0}, {"what": 1, "why": 1, "how": 1}):
        with pytest.raises(AnswerUnfit):
            judged(item, rubric, unfit, by_oneself=False)


@given(st.text(min_size=1), st.integers(3, 7))
def test_a_shuffled_order_is_never_the_right_one(key: str, length: int) -> None:
    item = ITEMS["sharing-1"]
    assert isinstance(item, Ordering)
    rows = tuple(type(item.steps[0])(f"{key}{n}", "x") for n in range(length))
    found = shuffled(item, rows)
    assert sorted(found, key=lambda row: row.id) == sorted(rows, key=lambda row: row.id)
    assert found != rows
    assert shuffled(item, rows) == found


def test_a_mended_text_is_told_each_check_that_it_misses() -> None:
    item = ITEMS["sharing-4"]
    assert isinstance(item, TextEdit)
    found = grade(item, "May I draw ten buckets? " * 10)
    assert [(part.id, part.why) for part in found.parts if not part.is_right] == [
        ("short", "Nobody reads long ones.")
    ]
