"""What a scenario has for the time after: rubric.yaml, debrief.md, facilitator.md, and the runs in tests/."""

from collections.abc import Mapping

from talanoa.lib.course_files import WORDS, Files
from talanoa.lib.fields import Fields
from talanoa.lib.indicators import INDICATORS
from talanoa.lib.item_files import LEVELS
from talanoa.lib.pack_texts import headed, meant, opened
from talanoa.lib.scenarios import Criterion, Golden, Guide, Sheet

RUBRIC, DEBRIEF, SHEET = "rubric.yaml", "debrief.md", "facilitator.md"
REVEALED = ("timeline", "briefs", "map", "reasons", "profile")
BOTS = ("silent", "stubborn", "vote-counter", "listener")
QUESTIONS = 3


def criteria(files: Files, codes: frozenset[str], wrong: list[str]) -> tuple[Criterion, ...]:
    """Return what the debrief looks at, in order. `codes` are the known competencies, none where no list is there."""
    fields = opened(files, RUBRIC, wrong)
    if fields is None:
        return ()
    rows = fields.rows("criteria", least=3, most=12)
    made = tuple(_criterion(row, codes) for row in rows)
    for row, mark in zip(rows, made, strict=True):
        if sum(other.id == mark.id for other in made) > 1:
            row.blame("id", "stands there twice")
    fields.end()
    return made


def _criterion(row: Fields, codes: frozenset[str]) -> Criterion:
    levels = row.texts("levels", required=True, most=LEVELS)
    if len(levels) != LEVELS:
        row.blame("levels", "are four sentences, from not seen to built on")
    competency = row.text("competency")
    if codes and competency not in codes:
        row.blame("competency", f"is none of the known ones{meant(competency, sorted(codes))}")
    made = Criterion(
        id=row.text("id", most=10),
        competency=competency,
        indicator=row.text("indicator", among=tuple(INDICATORS)),
        text=row.text("text", most=300),
        levels=levels,
    )
    row.end()
    return made


def guide(files: Files, wrong: list[str]) -> Guide | None:
    """Return how the debrief goes."""
    found = headed(files, DEBRIEF, wrong)
    if found is None:
        return None
    fields, text, _before = found
    questions = fields.texts("questions", required=True, most=6)
    if questions and len(questions) < QUESTIONS:
        fields.blame("questions", f"are {len(questions)}; {QUESTIONS} are the fewest")
    made = Guide(
        questions=questions,
        reveal=fields.texts("reveal", required=True, among=frozenset(REVEALED)),
        transfer=fields.text("transfer", most=WORDS),
        text=text,
    )
    fields.end()
    return made


def sheet(files: Files, wrong: list[str]) -> Sheet | None:
    """Return the page for whoever leads a session."""
    found = headed(files, SHEET, wrong)
    if found is None:
        return None
    fields, text, _before = found
    made = Sheet(fields.text("title", most=80), fields.whole("minutes", least=5, most=600), text)
    fields.end()
    return made


def golden(
    files: Files, seats: frozenset[str], marks: frozenset[str], wrong: list[str]
) -> tuple[Golden, ...]:
    """Return the runs that must come out as they say."""
    found = ((key, opened(files, path, wrong)) for path, key in files.under("tests", ".yaml"))
    made = tuple(_golden(key, fields, seats, marks) for key, fields in found if fields)
    if not made:
        wrong.append("tests/listener.yaml:1: is missing: a scenario has at least one run that must come out")
    return made


def _golden(key: str, fields: Fields, seats: frozenset[str], marks: frozenset[str]) -> Golden:
    made = Golden(
        id=key,
        bot=fields.text("bot", among=BOTS),
        seat=fields.text("seat", required=False, among=tuple(sorted(seats))),
        seed=fields.text("seed", most=64),
        seats=fields.whole("seats", most=20),
        is_agreed=fields.flag("agreed"),
        levels=_levels(fields, marks),
    )
    fields.end()
    return made


def _levels(fields: Fields, marks: frozenset[str]) -> Mapping[str, int]:
    part = fields.part("levels") if fields.has("levels") else None
    if part is None:
        return {}
    made = {key: part.whole(key, most=2) for key in sorted(marks) if part.has(key)}
    part.end()
    return made
