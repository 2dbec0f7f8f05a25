"""Reads a decision file: the answer to each recommendation."""

from typing import Any

import yaml
from django.utils.translation import gettext as _

from talanoa.kernel.errors import RuleBroken
from talanoa.reports.actions import Ruling

SIZE_LIMIT = 200_000


def read_rulings(text: str) -> dict[int, Ruling]:
    """Return the answers by recommendation number.

    The file is YAML: a list under `answers` of number, answer and reason. Raises RuleBroken: decision_unreadable.
    """
    try:
        told = yaml.safe_load(text[:SIZE_LIMIT])
    except (yaml.YAMLError, RecursionError) as wrong:
        raise _unreadable() from wrong
    rows = told.get("answers") if isinstance(told, dict) else told
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise _unreadable()
    rulings = {_number(row): Ruling(str(row.get("answer", "")), str(row.get("reason") or "")) for row in rows}
    if len(rulings) != len(rows):
        raise _unreadable()
    return rulings


def _number(row: dict[str, Any]) -> int:
    number = row.get("number", row.get("recommendation"))
    if not isinstance(number, int):
        raise _unreadable()
    return number


def _unreadable() -> RuleBroken:
    return RuleBroken(
        _("Write the decision as YAML: answers: a list of number, answer and reason, each number once."),
        code="decision_unreadable",
    )
