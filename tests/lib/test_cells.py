"""Cells of tables that people open in a spreadsheet."""

import pytest

from talanoa.lib.cells import plain_cell, safe_cell


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_taken_for_a_formula(sign: str) -> None:
    assert safe_cell(f"{sign}1+1") == f"'{sign}1+1"


@pytest.mark.parametrize("value", ["", "nm-1", "1+1", "a=b", "'quoted'"])
def test_what_is_no_formula_stays_as_it_is(value: str) -> None:
    assert safe_cell(value) == value


@pytest.mark.parametrize("value", ["=1+1", "@you", "a=b", "'quoted'", ""])
def test_what_was_written_for_a_spreadsheet_is_read_back_as_it_was(value: str) -> None:
    assert plain_cell(safe_cell(value)) == value
