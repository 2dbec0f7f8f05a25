"""Rules see acts and no words, and give 2 at most."""

import pytest

from lib.example_scenario import LEARNER, ask, hours
from talanoa.lib.indicators import INDICATORS, Seen
from talanoa.lib.practice_acts import Act

MET = ("72h", "1k", "totals", "12m", "1y")
CHARTER, DRAFT = (Act(1, LEARNER, "read", to=what) for what in ("charter", "draft"))
PUT = Act(2, LEARNER, "propose", package=MET)
ASKED = Act(1, "technical", "ask", to=LEARNER, slot="threshold", text="?")
NO = Act(4, LEARNER, "object", slot="transition", text="It hurts.", remedy="A year.")
TOLD = Act(2, LEARNER, "tell", to="technical", slot="threshold", text="All of them.")
MEETS = Act(4, "chair", "revise", package=MET)
LAST = Act(5, "chair", "end")


def level(indicator: str, *acts: Act) -> int | None:
    return INDICATORS[indicator](hours(), acts, LEARNER).level


@pytest.mark.parametrize(
    ("indicator", "acts", "expected"),
    [
        ("reads-first", (), None),
        ("reads-first", (ask("small"), CHARTER, DRAFT), 0),
        ("reads-first", (CHARTER, ask("small")), 1),
        ("reads-first", (CHARTER, DRAFT, ask("small")), 2),
        ("names-paragraphs", (), None),
        ("names-paragraphs", (ask("small", text="Well?"),), 0),
        ("names-paragraphs", (ask("small", text="Well?"), ask("small", "review")), 1),
        ("names-paragraphs", (ask("small", "review"),), 2),
        ("objects-with-remedy", (), None),
        ("objects-with-remedy", (Act(4, LEARNER, "object", text=""),), 0),
        ("objects-with-remedy", (Act(4, LEARNER, "object", text="It hurts."),), 1),
        ("objects-with-remedy", (NO,), 2),
        ("one-issue", (), None),
        ("one-issue", (ask("small", text="word " * 251),), 0),
        ("one-issue", (ask("small", text="paragraph 1 and paragraph 2"), ask("small")), 1),
        ("one-issue", (ask("small", text="word " * 250),), 2),
        ("answers", (), None),
        ("answers", (ASKED, LAST), 0),
        ("answers", (ASKED, TOLD, LAST), 2),
        ("answers", (ASKED, Act(4, LEARNER, "tell", to="technical"), LAST), 0),
        ("answers", (ASKED, Act(2, LEARNER, "tell", to="small"), LAST), 0),
        ("answers", (TOLD, ASKED, LAST), 0),
        ("answers", (Act(5, "small", "ask", to=LEARNER), LAST), None),
        ("asks-first", (PUT, ask("small"), ask("large")), 0),
        ("asks-first", (ask("small"), ask("small", "review"), PUT), 1),
        ("asks-first", (ask("small"), ask("large"), PUT), 2),
        ("asks-first", (ask("chair"), ask("nobody"), PUT), 0),
        ("bridges", (), 0),
        ("bridges", (Act(2, LEARNER, "propose", package=("24h", "any", "named", "none", "none")),), 1),
        ("bridges", (Act(2, LEARNER, "propose", package=("x",)),), 0),
        ("bridges", (PUT,), 2),
        ("withdraws-when-met", (), None),
        ("withdraws-when-met", (NO,), None),
        ("withdraws-when-met", (NO, MEETS), 0),
        ("withdraws-when-met", (NO, MEETS, Act(5, LEARNER, "withdraw", objection=1)), 2),
    ],
)  # fmt: skip
def test_an_indicator_gives_its_level(indicator: str, acts: tuple[Act, ...], expected: int | None) -> None:
    assert level(indicator, *acts) == expected


def test_an_objection_that_names_a_value_is_met_by_that_value_and_by_no_other() -> None:
    wants = Act(
        4,
        LEARNER,
        "object",
        slot="transition",
        text="No.",
        remedy="Never.",
        package=(*MET[:3], "always", "1y"),
    )
    assert level("withdraws-when-met", wants, Act(4, "chair", "revise", package=MET)) is None


def test_an_indicator_shows_the_acts_that_it_saw() -> None:
    assert INDICATORS["asks-first"](hours(), (ask("small"), ask("large"), PUT), LEARNER) == Seen(2, (1, 2))
