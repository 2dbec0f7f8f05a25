"""One mapping of a YAML file: hands out its fields one by one, and notes what is wrong with each at its line.

Texts stay as they were written. What YAML would read as something else is refused: all programs then read the same.
"""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches

import yaml

LINE = 200
READ_AS = {
    "bool": "yes or no",
    "int": "a number",
    "float": "a number",
    "timestamp": "a date",
    "null": "nothing",
    "merge": "something else",
}


class Fields:
    """A mapping in the file `name`; `first` is how many lines stand before its text in that file.

    Each fault goes to `wrong` as `file:line: field what`.
    """

    def __init__(self, name: str, node: yaml.MappingNode, wrong: list[str], first: int = 0) -> None:
        self.name = name
        self.wrong = wrong
        self.line = node.start_mark.line + 1 + first
        self._first = first
        self._in_braces = bool(node.flow_style)
        self._nodes: dict[str, yaml.Node] = {}
        self._lines: dict[str, int] = {}
        self._asked: set[str] = set()
        for key, value in node.value:
            said = str(key.value)
            self._lines[said] = key.start_mark.line + 1 + first
            if said in self._nodes:
                self.blame(said, "stands there twice")
            self._nodes[said] = value

    def end(self) -> None:
        """Note the fields that nobody asked for, with the name that was probably meant."""
        for name in self._nodes.keys() - self._asked:
            near = get_close_matches(name, sorted(self._asked - self._nodes.keys()), n=1)
            if self._in_braces and _is_nothing(self._nodes[name]):
                self.blame(name, "is no field: a comma inside { } begins a new one; quote the sentence")
            else:
                self.blame(name, "is no field here" + (f": did you mean {near[0]}?" if near else ""))

    def blame(self, name: str, what: str) -> None:
        """Note that the field `name` is wrong."""
        self.wrong.append(f"{self.name}:{self._lines.get(name, self.line)}: {name} {what}")

    def has(self, name: str) -> bool:
        """Tell whether the field stands there."""
        return name in self._nodes

    def text(
        self,
        name: str,
        *,
        most: int = LINE,
        required: bool = True,
        among: tuple[str, ...] = (),
        lines: bool = False,
    ) -> str:
        """Return the text of a field, on one line unless `lines`; empty where it is missing."""
        node = self._take(name, required=required)
        if node is None:
            return ""
        if not _is_scalar(node):
            self.blame(name, "is one text")
            return ""
        said = self._scalar(name, node)
        said = said.strip() if lines else " ".join(said.split())
        if required and not said:
            self.blame(name, "is empty")
        if len(said) > most:
            self.blame(name, f"has more than {most} characters")
        if said and among and said not in among:
            near = get_close_matches(said, among, n=1)
            self.blame(
                name, f"is none of {', '.join(among)}" + (f": did you mean {near[0]}?" if near else "")
            )
        return said

    def texts(
        self,
        name: str,
        *,
        required: bool = False,
        most: int = 20,
        longest: int = LINE,
        among: frozenset[str] | None = None,
    ) -> tuple[str, ...]:
        """Return the texts of a list, at most `most` of up to `longest` characters."""
        node = self._take(name, required=required)
        if node is None or not node.value:
            if node is not None and required:
                self.blame(name, "is empty")
            return ()
        if not isinstance(node, yaml.SequenceNode) or not all(_is_scalar(item) for item in node.value):
            self.blame(name, "is a list of texts")
            return ()
        made = tuple(" ".join(self._scalar(name, item).split()) for item in node.value)
        if len(made) > most or any(len(item) > longest for item in made):
            self.blame(name, f"has at most {most} texts of {longest} characters")
        strange = [item for item in made if among is not None and item not in among]
        if strange:
            self.blame(name, f"holds what is none of the known ones: {', '.join(strange)}")
        return made

    def pattern(self, name: str, like: re.Pattern[str], what: str, *, required: bool = True) -> str:
        """Return the text of a field that looks like `like`."""
        found = self.text(name, most=500, required=required)
        if found and not like.fullmatch(found):
            self.blame(name, what)
        return found

    def day(self, name: str, *, required: bool = False, never: str = "") -> date | None:
        """Return the day of a field, such as 2026-11-25; None where it is missing, or is the word `never`."""
        said = self._plain(name, required=required)
        try:
            return date.fromisoformat(said) if said not in ("", never) else None
        except ValueError:
            self.blame(name, "is a day such as 2026-11-25")
            return None

    def flag(self, name: str) -> bool:
        """Return whether a field says `true`; where it is missing, it says `false`."""
        said = self._plain(name, required=False)
        if said not in ("", "true", "false"):
            self.blame(name, "is true or false")
        return said == "true"

    def number(
        self, name: str, *, least: int = 0, most: int = 10_000, required: bool = True
    ) -> Decimal | None:
        """Return the number of a field, as it was written; None where it is missing or none."""
        said = self._plain(name, required=required)
        if not said:
            return None
        try:
            found = Decimal(said)
        except InvalidOperation:
            found = Decimal("NaN")
        if not found.is_finite() or not least <= found <= most:
            self.blame(name, f"is a number from {least} to {most}")
            return None
        return found

    def whole(self, name: str, *, least: int = 0, most: int = 10_000) -> int:
        """Return the whole number of a field; `least` where it is missing or none."""
        found = self.number(name, least=least, most=most)
        if found is not None and found != int(found):
            self.blame(name, "is a whole number")
        return least if found is None else int(found)

    def rows(self, name: str, *, least: int = 0, most: int = 100) -> list["Fields"]:
        """Return the mappings of a list."""
        node = self._take(name, required=least > 0)
        if node is None or (isinstance(node, yaml.ScalarNode) and not node.value):
            if node is not None and least > 0:
                self.blame(name, "is empty")
            return []
        if not isinstance(node, yaml.SequenceNode) or not all(
            isinstance(item, yaml.MappingNode) for item in node.value
        ):
            self.blame(name, "is a list of mappings")
            return []
        if not least <= len(node.value) <= most:
            self.blame(name, f"has {least} to {most} rows")
        return [Fields(self.name, item, self.wrong, self._first) for item in node.value]

    def part(self, name: str) -> "Fields | None":
        """Return the mapping of a field."""
        node = self._take(name, required=True)
        if node is not None and not isinstance(node, yaml.MappingNode):
            self.blame(name, "is a mapping")
            return None
        return Fields(self.name, node, self.wrong, self._first) if node else None

    def _take(self, name: str, *, required: bool) -> yaml.Node | None:
        self._asked.add(name)
        found = self._nodes.get(name)
        if required and found is None:
            self.blame(name, "is missing")
        return found

    def _plain(self, name: str, *, required: bool) -> str:
        node = self._take(name, required=required)
        if node is not None and not _is_scalar(node):
            self.blame(name, "is one value")
            return ""
        said = str(node.value).strip() if node else ""
        if node and required and not said:
            self.blame(name, "is empty")
        return said

    def _scalar(self, name: str, node: yaml.Node) -> str:
        """Return what a text says; refuse what other programs would read as no text."""
        kind = READ_AS.get(node.tag.rpartition(":")[2])
        if kind and node.value:
            self.blame(name, f"holds {node.value}, which YAML reads as {kind}: quote it")
        return str(node.value)


def parsed(name: str, text: str, wrong: list[str], first: int = 0) -> Fields:
    """Take a text apart that is one mapping. Raises YAMLError or ValueError where it is none."""
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    if not isinstance(node, yaml.MappingNode):
        raise ValueError("this is a list of `field: value` lines")  # noqa: TRY004 - the file is wrong, not a type
    return Fields(name, node, wrong, first)


def parsed_rows(name: str, text: str, wrong: list[str]) -> Iterator[Fields]:
    """Take a text apart that is a list of mappings. Raises YAMLError or ValueError where it is none."""
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    if not isinstance(node, yaml.SequenceNode) or not all(
        isinstance(item, yaml.MappingNode) for item in node.value
    ):
        raise ValueError("this is a list of mappings")
    return (Fields(name, item, wrong) for item in node.value)


def fault(name: str, broken: Exception, first: int = 0) -> str:
    """Tell what is wrong with a file that cannot be taken apart at all, as `file:line: what`."""
    mark = getattr(broken, "problem_mark", None)
    line = (mark.line + 1 if mark else 1) + first
    told = " ".join(str(getattr(broken, "problem", None) or broken).split())[:LINE]
    return f"{name}:{line}: {told}"


def _is_scalar(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode)


def _is_nothing(node: yaml.Node) -> bool:
    return _is_scalar(node) and not node.value
