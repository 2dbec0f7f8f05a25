"""Answers from a spreadsheet: all of them or none."""

from collections.abc import Callable

import pytest

from conftest import day
from steps import new_entries, refusal
from talanoa.contributions.models import Answer, Contribution, Response, Theme
from talanoa.contributions.tables import Imported, import_answers
from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.processes.models import Participant
from talanoa.reports.tables import matrix_csv

Many = Callable[[int], list[Contribution]]
HEAD = "numbers,theme,summary,status,response,change,where,together\n"


def load(by: Participant, text: str) -> Imported:
    return import_answers(by.process, text, by=by, at=day(5), channel="cli")


def answered() -> dict[int, str]:
    """The numbers that have an answer, with its text."""
    rows = Answer.objects.filter(sent_at__isnull=False)
    return dict(rows.order_by("pk").values_list("contribution__number", "response__text"))


def test_each_line_is_one_answer(convenor: Participant, many: Many) -> None:
    many(5)
    done = load(convenor, HEAD + '"1-2,nm-4",Money,They lack it,accepted,Yes,,,\n3,,,noted,Read,,,\n')
    assert (done, answered()) == (Imported(2, 4, 1), {1: "Yes", 2: "Yes", 4: "Yes", 3: "Read"})
    assert (Theme.objects.get().label, Theme.objects.get().summary) == ("Money", "They lack it")


def test_all_means_every_input_that_needs_an_answer(convenor: Participant, many: Many) -> None:
    Contribution.objects.filter(pk=many(3)[1].pk).update(state="withdrawn")
    assert load(convenor, HEAD + "ALL,Money,,noted,Read,,,\n") == Imported(1, 2, 0)


@pytest.mark.parametrize("numbers", ["1-3", "1–3", "1; nm-2; #3", " 3 , 1-2 ,", "NM 1,2,3"])
def test_numbers_are_written_as_people_write_them(convenor: Participant, many: Many, numbers: str) -> None:
    many(3)
    load(convenor, HEAD + f'"{numbers}",Money,,noted,Read,,,\n')
    assert set(answered()) == {1, 2, 3}


@pytest.mark.parametrize(
    "numbers",
    ["", "4", "1,4", "0", "3-1", "1,banana", "1-²", "1-9999999", "9" * 5000, "1-2-3", "1,3-1"],
)
def test_a_number_that_is_none_stops_the_table(convenor: Participant, many: Many, numbers: str) -> None:
    many(3)
    assert refusal(lambda: load(convenor, HEAD + f'"{numbers}",Money,,noted,Read,,,\n')) == "numbers_unknown"
    assert answered() == {}


def test_one_wrong_line_leaves_nothing_behind_and_is_named(convenor: Participant, many: Many) -> None:
    many(2)
    table = HEAD + "1,Money,,noted,Read,,,\n2,Travel,,ignored,Read,,,\n"
    with pytest.raises(RuleBroken, match="Line 3: Give one of these statuses") as broken:
        load(convenor, table)
    assert (broken.value.rule, answered(), Theme.objects.count()) == ("status_unknown", {}, 0)


@pytest.mark.parametrize(
    "text",
    ["", "numbers,response\n1,Yes\n", "status,response\nnoted,Read\n", "just words", 'a,"b\n', HEAD + '1,"x'],
)
def test_a_text_that_is_no_such_table_is_refused(convenor: Participant, text: str) -> None:
    assert refusal(lambda: load(convenor, text)) == "table_unreadable"


def test_a_table_of_more_than_20_000_lines_is_refused(convenor: Participant) -> None:
    assert refusal(lambda: load(convenor, HEAD + "1,,,noted,Read,,,\n" * 20_001)) == "table_unreadable"


def test_a_line_that_ends_early_lacks_what_it_does_not_say(convenor: Participant, many: Many) -> None:
    many(1)
    assert refusal(lambda: load(convenor, HEAD + "1,Money\n")) == "status_unknown"


def test_cells_beyond_the_last_column_do_not_count(convenor: Participant, many: Many) -> None:
    many(1)
    assert load(convenor, HEAD + "1,,,noted,Read,,,,one,two\n") == Imported(1, 1, 0)


@pytest.mark.parametrize("theme", ["", "Money"])
def test_the_same_table_twice_adds_nothing(convenor: Participant, many: Many, theme: str) -> None:
    many(2)
    table = HEAD + f"1-2,{theme},,noted,Read,,,\n"
    load(convenor, table)
    assert new_entries(lambda: load(convenor, table)) == []
    assert load(convenor, table) == Imported(0, 0, 0)


def test_what_comes_later_under_a_theme_gets_its_answer_and_the_others_no_second_one(
    convenor: Participant, many: Many
) -> None:
    many(3)
    load(convenor, HEAD + "1-2,التمويل,,noted,Read,,,\n")
    done = load(convenor, HEAD + "3,التمويل,It lacks,noted,Read,,,\n")
    assert (done, Response.objects.count(), Answer.objects.count()) == (Imported(1, 1, 0), 1, 3)
    assert Theme.objects.get().summary == "It lacks"


def test_one_text_for_many_needs_a_theme_or_a_sentence_here_too(convenor: Participant, many: Many) -> None:
    many(6)
    assert refusal(lambda: load(convenor, HEAD + "all,,,noted,Read,,,\n")) == "same_answer_without_reason"
    assert load(convenor, HEAD + "all,,,noted,Read,,,All six ask the same\n").answered == 6


def test_the_table_of_the_report_can_be_read_back(convenor: Participant, many: Many) -> None:
    many(2)
    table = (
        "commenter,section,comment,response,change,where\n"
        "Sione Vea,Money,nm-1,Partly accepted: In part: yes,Paid,R 1\n"
        "Sione Vea,Money,nm-2,Partly accepted: In part: yes,Paid,R 1\n"
    )
    load(convenor, table)
    assert matrix_csv(convenor.process).splitlines()[1:] == [
        f"Sione Vea · Government,Money,nm-{n},Partly accepted: In part: yes,Paid,R 1" for n in (1, 2)
    ]


def test_a_response_without_a_status_is_refused(convenor: Participant, many: Many) -> None:
    many(1)
    assert refusal(lambda: load(convenor, "comment,response\nnm-1,Maybe: later\n")) == "status_unknown"


def test_who_may_not_approve_imports_nothing(dalia: Participant, many: Many) -> None:
    many(1)
    with pytest.raises(NotAllowed):
        load(dalia, HEAD + "1,,,noted,Read,,,\n")
    assert Response.objects.count() == 0
