"""`talanoa place`: what is shown, and that the command line has no way around a decision."""

from pathlib import Path

import pytest

from command_line import refused, talanoa, told
from conftest import day
from place.conftest import DECIDED_ON
from talanoa.place.queries import versions_of
from talanoa.processes.models import FOUNDING, DefaultChange, Participant, Process
from talanoa.reports.models import Report

CHANGE = ("place", "default", "appeal", 35, "--process", "nm", "--recommendation", 1)


@pytest.fixture
def operator(host: Participant) -> tuple[str, str]:
    return ("--as", host.person.address)


def test_init_opens_process_number_1_with_what_is_not_declared(db: None) -> None:
    told("init")
    shown = told("place", "show")
    assert (shown["runs"], shown["payer"], shown["version"]) == ("Not declared yet.", "Not declared yet.", 1)
    assert shown["defaults"] == FOUNDING
    assert Process.objects.get().key == "place"


def test_without_a_decision_the_command_line_changes_no_default(
    operator: tuple[str, str], final: Process
) -> None:
    assert refused(*CHANGE, *operator) == (3, "default_undecided")
    assert DefaultChange.objects.count() == 0


def test_a_decision_is_carried_out_from_the_command_line(
    operator: tuple[str, str], decided: Report, settings: object
) -> None:
    settings.TALANOA_DEMONSTRATION = True  # type: ignore[attr-defined]
    at = ("--at", f"{day(DECIDED_ON + 1):%Y-%m-%dT%H:%MZ}")
    assert told(*CHANGE, *operator, *at) == {"default": "appeal", "days": 35, "version": 2}
    assert told("place", "show", *at)["defaults"] == FOUNDING | {"appeal": 35}
    assert "appeal            35 days" in talanoa("place", "show", *at).out


def test_news_is_published_and_corrected_from_a_file(operator: tuple[str, str], tmp_path: Path) -> None:
    file = tmp_path / "news.md"
    file.write_text("We **moved**.", encoding="utf-8")
    assert told("place", "news", file, "--title", "A new server", *operator) == {"news": 1}
    file.write_text("We move tomorrow.", encoding="utf-8")
    words = (
        "place",
        "correct",
        1,
        file,
        "--title",
        "A new server",
        "--why",
        "It was not yet done.",
        *operator,
    )
    assert told(*words) == {"news": 1, "version": 2}
    assert [row.text for row in versions_of(1)] == ["We move tomorrow.", "We **moved**."]
