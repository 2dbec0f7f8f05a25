"""Fields that are in no file: they keep what is asked of each as JSON Schema (draft 2020-12), and answer nothing."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import yaml

from talanoa.lib.fields import LINE, Fields

Schema = dict[str, Any]
FILLED = r"\S"
"""A text that is required says something."""
_NOWHERE = yaml.Mark("", 0, 0, 0, None, 0)


class Asked(Fields):
    """A mapping of which nothing is known but `answers`: the texts of fields on which it depends what else is asked."""

    def __init__(self, answers: Mapping[str, str]) -> None:
        super().__init__("", yaml.MappingNode("", [], _NOWHERE), [])
        self._answers = answers
        self._properties: dict[str, Schema] = {}
        self._required: list[str] = []
        self._rows: dict[str, Asked] = {}

    def schema(self) -> Schema:
        """Return what a mapping has to be."""
        for name, inner in self._rows.items():
            self._properties[name] |= {"items": inner.schema()} if self._properties[name] else inner.schema()
        return {
            "type": "object",
            "required": self._required,
            "properties": self._properties,
            "additionalProperties": False,
        }

    def end(self) -> None:
        """Do nothing: there is no field that nobody asked for."""

    def blame(self, name: str, what: str) -> None:
        """Do nothing: there is nothing to blame."""

    def text(
        self,
        name: str,
        *,
        most: int = LINE,
        required: bool = True,
        among: tuple[str, ...] = (),
        lines: bool = False,  # noqa: ARG002 - a schema does not tell lines from blanks
    ) -> str:
        """Keep that a text is asked."""
        answer = self._answers.get(name, "")
        known = [word for word in among if word]
        limit = {"const": answer} if answer else {"enum": known} if known else {"maxLength": most}
        filled = {"pattern": FILLED} if required and "maxLength" in limit else {}
        self._keep(name, {"type": "string"} | limit | filled, required=required)
        return answer

    def texts(
        self,
        name: str,
        *,
        required: bool = False,
        most: int = 20,
        longest: int = LINE,
        among: frozenset[str] | None = None,
    ) -> tuple[str, ...]:
        """Keep that a list of texts is asked."""
        one = {"enum": sorted(among)} if among else {"maxLength": longest}
        asked = {"type": "array", "minItems": int(required), "maxItems": most}
        self._keep(name, asked | {"items": {"type": "string"} | one}, required=required)
        return ()

    def pattern(self, name: str, like: re.Pattern[str], what: str, *, required: bool = True) -> str:  # noqa: ARG002
        """Keep that a text is asked that looks like `like`."""
        self._keep(name, {"type": "string", "pattern": f"^(?:{like.pattern})$"}, required=required)
        return ""

    def day(self, name: str, *, required: bool = False, never: str = "") -> date | None:
        """Refuse: no file of a course has a day."""
        raise NotImplementedError

    def flag(self, name: str) -> bool:
        """Keep that yes or no is asked."""
        self._keep(name, {"type": "boolean"}, required=False)
        return False

    def number(
        self, name: str, *, least: int = 0, most: int = 10_000, required: bool = True
    ) -> Decimal | None:
        """Keep that a number is asked."""
        self._keep(name, {"type": "number", "minimum": least, "maximum": most}, required=required)
        return None

    def whole(self, name: str, *, least: int = 0, most: int = 10_000) -> int:
        """Keep that a whole number is asked."""
        self._keep(name, {"type": "integer", "minimum": least, "maximum": most}, required=True)
        return least

    def rows(self, name: str, *, least: int = 0, most: int = 100) -> list[Fields]:
        """Keep that a list of mappings is asked; return one, to ask on."""
        self._keep(name, {"type": "array", "minItems": least, "maxItems": most}, required=least > 0)
        return [self._rows.setdefault(name, Asked({}))]

    def part(self, name: str) -> Fields | None:
        """Keep that a mapping is asked; return it, to ask on."""
        self._keep(name, {}, required=True)
        return self._rows.setdefault(name, Asked({}))

    def _keep(self, name: str, asked: Schema, *, required: bool) -> None:
        self._properties[name] = asked
        if required:
            self._required.append(name)
