"""What a process agreed on, as its report holds it: each finding that holds, what remains against it, who dissents."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from talanoa.consensus.levels import LEVEL_NAMES
from talanoa.consensus.models import Call, Designation, Ending, MinorityStatement
from talanoa.consensus.queries import (
    check_uncontested,
    contested,
    designations_in_force,
    minority_closes_at,
    minority_statements,
    raised_in,
)
from talanoa.documents.models import Paragraph
from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.instants import moment
from talanoa.lib.decision_rules import Raised, dissent
from talanoa.lib.paragraphs import unnumbered
from talanoa.processes.models import Process, Stage

WORDED = ("text", "list", "quote", "table", "recommendation")
"""Kinds of paragraphs that can be recommended."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found on one recommendation of a draft, or on the whole of it.

    `text` is the recommendation word for word, empty for a whole text; `words` are all that it stands for, without
    numbers and line ends. `dissent` are the numbers of the objections that remain.
    """

    designation: Designation
    text: str
    words: tuple[str, ...]
    dissent: tuple[int, ...]

    @property
    def title(self) -> str:
        """Which recommendation of which draft it is about."""
        name = self.designation.call.draft.document.title
        if not self.designation.recommendation:
            return _("“%(draft)s”, the whole text") % {"draft": name}
        return _("“%(draft)s”, recommendation %(number)s") % {
            "draft": name,
            "number": self.designation.recommendation,
        }

    @property
    def level(self) -> Any:
        """How the level is called."""
        return LEVEL_NAMES[self.designation.level]


@dataclass(frozen=True, slots=True)
class Agreement:
    """All that was found and holds, all minority statements that everybody may read, and why a draft has no outcome.

    `contested` names the challenges and appeals that are not decided.
    """

    findings: tuple[Finding, ...]
    statements: tuple[MinorityStatement, ...]
    because: str
    contested: tuple[str, ...]

    @property
    def agreed(self) -> list[Finding]:
        """The findings whose level counts as agreed."""
        return [finding for finding in self.findings if finding.designation.is_agreed]

    def found_on(self, asked: Iterable[Paragraph]) -> dict[int, Finding | None]:
        """Return the finding on each recommendation of a report by its number; None where none holds for its words."""
        return {row.number: self._found(_plain(row.text)) for row in asked}

    def _found(self, words: str) -> Finding | None:
        return next((finding for finding in self.findings if words in finding.words), None)


def plans_consensus(process: Process) -> bool:
    """Tell whether a process agrees on drafts before there is a report."""
    return any(stage.kind == Stage.Kind.CONSENSUS for stage in process.stages.all())


def agreement(process: Process) -> Agreement | None:
    """Return what a process agreed on, by draft and number; None for one that drafts nothing.

    One query more for each call that holds.
    """
    if not plans_consensus(process):
        return None
    found = designations_in_force(process)
    calls = {row.call_id: row.call for row in found}
    raised = {pk: raised_in(call) for pk, call in calls.items()}
    texts = _texts(calls.values())
    ending = Ending.objects.filter(process=process).first()
    return Agreement(
        findings=tuple(_finding(row, texts, raised[row.call_id]) for row in found),
        statements=tuple(minority_statements(process)),
        because=ending.because if ending else "",
        contested=tuple(contested(process)),
    )


def _texts(calls: Iterable[Call]) -> dict[int, list[Paragraph]]:
    """Return the paragraphs of the revisions of `calls` that can be recommended, by revision."""
    found: dict[int, list[Paragraph]] = {call.revision_id: [] for call in calls}
    for row in Paragraph.objects.filter(revision__in=found, kind__in=WORDED).order_by("position"):
        found[row.revision_id].append(row)
    return found


def _finding(row: Designation, texts: dict[int, list[Paragraph]], raised: list[Raised]) -> Finding:
    number, paragraphs = row.recommendation, texts[row.call.revision_id]
    meant = [one.text for one in paragraphs if one.number == number or not number]
    return Finding(
        designation=row,
        text=meant[0] if number else "",
        words=tuple(map(_plain, meant)),
        dissent=dissent(number, raised),
    )


def _plain(text: str) -> str:
    """Return the words of a paragraph: where its lines end, and its number, are not among them."""
    return " ".join(unnumbered(text).split())


@dataclass(frozen=True, slots=True)
class Lacking:
    """What of the agreement keeps a report from its seal: recommendations by number, and a time (aware, UTC).

    `contested` names the challenges and appeals that are not decided. `may_be_empty` tells that nothing is agreed, so
    that a report need not recommend anything.
    """

    contested: tuple[str, ...] = ()
    undesignated: tuple[int, ...] = ()
    minority_closes_at: datetime | None = None
    may_be_empty: bool = False


def lacking(process: Process, asked: Iterable[Paragraph]) -> Lacking:
    """Return what of the agreement keeps a report with the recommendations `asked` from its seal."""
    made = agreement(process)
    if made is None:
        return Lacking()
    return Lacking(
        contested=made.contested,
        undesignated=tuple(number for number, finding in made.found_on(asked).items() if finding is None),
        minority_closes_at=minority_closes_at(process),
        may_be_empty=not made.agreed,
    )


def check_agreed(process: Process, lacks: Lacking, at: datetime) -> None:
    """Refuse a seal at `at` (aware, UTC) over an appeal, before all dissent, or of what nobody was asked about.

    Raises RuleBroken: outcome_contested, minority_window_open, recommendation_not_designated.
    """
    check_uncontested(process)
    closes_at = lacks.minority_closes_at
    if closes_at is not None and at < closes_at:
        raise RuleBroken(
            _(
                "Minority statements are taken until %(day)s; they stand in the report. It is sealed after that."
            )
            % {"day": moment(closes_at)},
            code="minority_window_open",
        )
    if lacks.undesignated:
        numbers = [str(number) for number in lacks.undesignated]
        raise RuleBroken(
            _(
                "No finding holds for the words of these recommendations: %(numbers)s. Each stands in the report word"
                " for word as in the draft that was called."
            )
            % {"numbers": ", ".join(numbers)},
            code="recommendation_not_designated",
            subjects=numbers,
        )
