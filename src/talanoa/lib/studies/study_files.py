"""A study as its author writes it: `study.toml`, checked before anything is counted."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from talanoa.lib.measures.definitions import Measure
from talanoa.lib.measures.known import BY_KEY
from talanoa.lib.measures.registered import STANDARD
from talanoa.lib.studies.criteria import MEASURES

WORDS = {
    "title": "what the study is called",
    "question": "what it asks",
    "purpose": "what it is for",
    "contact": "whom to write to, also to ask that something is removed",
    "legal_basis": "on what ground it uses what people wrote",
    "keep_until": "how long the tables are kept",
}
"""What every study says of itself, and why."""
MAY = frozenset({"ethics", "license", "authors", "report", "input", "measures"})
AUDIT = "audit"
"""The word of `report` by which the page is ordered by the criteria of an audit, and all its measures are taken."""
LONGEST = 2000
SOURCES = ("tables", "archive", "process")
"""What an input can be: a folder of tables, an archive, or a process of the installation that runs the study."""


class StudyWrong(ValueError):
    """The file is no study; `wrong` has a sentence for each fault."""

    def __init__(self, wrong: list[str]) -> None:
        super().__init__("\n".join(wrong))
        self.wrong = tuple(wrong)


@dataclass(frozen=True, slots=True)
class Source:
    """Where the tables of an input come from: one of SOURCES, and its folder, name or key."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Study:
    """A study: what it says of itself, where its tables come from by the name of the input, the measures it takes."""

    words: Mapping[str, str]
    inputs: Mapping[str, Source]
    measures: tuple[Measure, ...]

    @property
    def is_audit(self) -> bool:
        """Tell whether it asks if a process was multistakeholder, criterion by criterion."""
        return self.words.get("report") == AUDIT

    @property
    def title(self) -> str:
        """What it is called."""
        return self.words["title"]


def read_study(text: str) -> Study:
    """Return the study that `study.toml` tells. Raises StudyWrong."""
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as unread:
        raise StudyWrong([f"study.toml: {unread}"]) from unread
    wrong = [*_unknown(told), *_missing(told)]
    inputs = _inputs(told, wrong)
    measures = _measures(told, wrong)
    if told.get("report", AUDIT) != AUDIT:
        wrong.append(f"study.toml: report can only be {AUDIT}.")
    if wrong:
        raise StudyWrong(wrong)
    words = {key: _line(value) for key, value in told.items() if key not in ("input", "measures")}
    return Study(words, inputs, measures)


def _unknown(told: Mapping[str, Any]) -> list[str]:
    known = [*WORDS, *sorted(MAY)]
    return [
        f"study.toml: {key} is no word of a study.{_meant(key, known)}" for key in told if key not in known
    ]


def _missing(told: Mapping[str, Any]) -> list[str]:
    found = [
        f"study.toml: {key} is missing: say {why}."
        for key, why in WORDS.items()
        if not _line(told.get(key, ""))
    ]
    return found + [
        f"study.toml: {key} is longer than {LONGEST} characters."
        for key, value in told.items()
        if key not in ("input", "measures") and len(_line(value)) > LONGEST
    ]


def _line(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value).strip()


def _inputs(told: Mapping[str, Any], wrong: list[str]) -> dict[str, Source]:
    """Return the source of each input by its name."""
    found: dict[str, Source] = {}
    rows = told.get("input", [])
    for row in rows if isinstance(rows, list) else []:
        name = str(row.get("name", ""))
        given = [Source(kind, str(row[kind])) for kind in SOURCES if row.get(kind)]
        if not (name.replace("-", "").isalnum() and name.isascii()) or len(given) != 1:
            wrong.append(
                "study.toml: an [[input]] needs a name (letters, digits, hyphens) and one of tables (a folder), archive"
                " (its name) or process (its key)."
            )
        elif name in found:
            wrong.append(f"study.toml: two inputs are called {name}.")
        else:
            found[name] = given[0]
    if not rows:
        wrong.append("study.toml: it has no [[input]]: name a folder of tables, an archive or a process.")
    return found


def _measures(told: Mapping[str, Any], wrong: list[str]) -> tuple[Measure, ...]:
    """Return the measures that it names, such as newcomers or newcomers@1; all of them where it names none."""
    named = told.get("measures")
    if named is None:
        return tuple(BY_KEY[key] for key in MEASURES) if told.get("report") == AUDIT else STANDARD
    found = []
    for one in named if isinstance(named, list) else [named]:
        key, _at, version = str(one).partition("@")
        measure = BY_KEY.get(key)
        if measure is None:
            wrong.append(f"study.toml: there is no measure {key}.{_meant(key, list(BY_KEY))}")
        elif version and version != str(measure.version):
            wrong.append(f"study.toml: {key} has version {measure.version} here, not {version}.")
        else:
            found.append(measure)
    return tuple(found)


def _meant(word: str, known: list[str]) -> str:
    close = get_close_matches(word, known, n=1)
    return f" Did you mean {close[0]}?" if close else ""
