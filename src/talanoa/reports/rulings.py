"""Reads a decision file: the answer to each recommendation."""

from typing import Any

import yaml
from django.utils.translation import gettext as _

from talanoa.kernel.errors import RuleBroken
from talanoa.reports.actions import Ruling

SIZE_LIMIT = 200_000
DIGITS = 4


def read_rulings(text: str) -> dict[int, Ruling]:
    """Return the answers by recommendation number.

    The file is YAML: a list under `answers` of number, answer and reason. Raises RuleBroken: decision_unreadable.
    """
    if len(text) > SIZE_LIMIT:
        raise _unreadable()
    try:
        told = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - it makes text, lists and mappings only
    except (yaml.YAMLError, RecursionError) as wrong:
        raise _unreadable() from wrong
    rows = told.get("answers") if isinstance(told, dict) else told
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise _unreadable()
    rulings = {_number(row): Ruling(_text(row, "answer"), _text(row, "reason")) for row in rows}
    if len(rulings) != len(rows):
        raise _unreadable()
    return rulings


def _number(row: dict[str, Any]) -> int:
    number = _text(row, "number") or _text(row, "recommendation")
    if not (number.isdecimal() and len(number) <= DIGITS):
        raise _unreadable()
    return int(number)


def _text(row: dict[str, Any], key: str) -> str:
    value = row.get(key, "")
    return value if isinstance(value, str) else ""


def _unreadable() -> RuleBroken:
    return RuleBroken(
        _("Write the decision as YAML: answers: a list of number, answer and reason, each number once."),
        code="decision_unreadable",
    )
