"""The response table as a file for spreadsheets."""

import csv
from io import StringIO

import pytest

from conftest import day
from steps import answer
from talanoa.contributions.actions.answering import approve_response
from talanoa.contributions.models import Contribution
from talanoa.processes.models import Participant, Process
from talanoa.reports.tables import COLUMNS, matrix_csv, safe_cell


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_taken_for_a_formula(sign: str) -> None:
    assert safe_cell(f"{sign}1+1") == f"'{sign}1+1"


@pytest.mark.parametrize("value", ["", "nm-1", "1+1", "a=b", "'quoted'"])
def test_what_is_no_formula_stays_as_it_is(value: str) -> None:
    assert safe_cell(value) == value


def test_an_empty_process_has_a_heading_only(process: Process) -> None:
    assert matrix_csv(process) == "commenter,section,comment,response,change,where\r\n"


def test_each_answer_is_a_line(spoken: Contribution, convenor: Participant) -> None:
    said = answer(spoken, convenor, text='Yes,\n"soon".', change="=SUM(A1:A9)", where="R 1")
    approve_response(said, by=convenor, at=day(4), channel="web")
    assert list(csv.reader(StringIO(matrix_csv(convenor.process), newline=""))) == [
        list(COLUMNS),
        ["Yusuf Abdi · Civil society", "", "nm-1", 'Accepted: Yes,\n"soon".', "'=SUM(A1:A9)", "R 1"],
    ]
