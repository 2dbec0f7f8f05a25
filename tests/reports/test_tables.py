"""The response table as a file for spreadsheets."""

import csv
from collections.abc import Callable
from io import StringIO

from conftest import day
from steps import answer, answer_all
from talanoa.contributions.actions.answering import approve_response
from talanoa.contributions.models import Contribution
from talanoa.inputs.models import Input
from talanoa.people.models import Person
from talanoa.processes.models import Participant, Process
from talanoa.reports.tables import COLUMNS, answers_by_theme, matrix_csv, together


def test_an_empty_process_has_a_heading_only(process: Process) -> None:
    assert matrix_csv(process) == "commenter,section,comment,response,change,where\r\n"


def test_each_answer_is_a_line(spoken: Contribution, convenor: Participant) -> None:
    said = answer(spoken, convenor, text='Yes,\n"soon".', change="=SUM(A1:A9)", where="R 1")
    approve_response(said, by=convenor, at=day(4), channel="web")
    assert list(csv.reader(StringIO(matrix_csv(convenor.process), newline=""))) == [
        list(COLUMNS),
        ["Yusuf Abdi · Civil society", "", "nm-1", 'Accepted: Yes,\n"soon".', "'=SUM(A1:A9)", "R 1"],
    ]


def told(process: Process) -> list[tuple[str, str | None, list[tuple[str, str, str]]]]:
    """What the page shows: status, answer, and of each input its number, title and author."""
    return [
        (
            group.status,
            group.response.text if group.response else None,
            [(row.called, row.title, row.commenter) for row in group.inputs],
        )
        for group in together(answers_by_theme(process), process)
    ]


def test_the_page_says_an_answer_once_and_lists_the_inputs_that_got_it(
    spoken: Contribution, convenor: Participant, send: Callable[..., Input], lucia: Person
) -> None:
    other = send(lucia, "Pay in time.", title="Time").contribution
    alone = send(lucia, "Ask again.", title="Again").contribution
    approve_response(answer(alone, convenor, text="We will."), by=convenor, at=day(4), channel="web")
    answer_all(convenor, [spoken, other])
    assert told(convenor.process) == [
        (
            "accepted",
            "Yes: it costs little.",
            [
                ("nm-1", "Pay the trainers in their own currency.", "Yusuf Abdi · Civil society"),
                ("nm-2", "Time", "Lucía Pereira, Red del Sur · Technical community"),
            ],
        ),
        ("accepted", "We will.", [("nm-3", "Again", "Lucía Pereira, Red del Sur · Technical community")]),
    ]


def test_the_page_tells_no_answer_that_only_a_private_input_got(
    spoken: Contribution, convenor: Participant
) -> None:
    Contribution.objects.update(publication="private")
    approve_response(answer(spoken, convenor), by=convenor, at=day(4), channel="web")
    assert told(convenor.process) == [("accepted", None, [("nm-1", "", "")])]
