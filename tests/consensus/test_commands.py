"""A consensus call on the command line: the same acts, the same refusals."""

import json
from pathlib import Path
from typing import Any

import pytest

from command_line import refused, told
from consensus.conftest import CALLED, OVER, SETTLED
from talanoa.consensus.models import Call, Objection
from talanoa.drafts.models import Draft
from talanoa.processes.models import Participant

AT = ("--at", f"{CALLED:%Y-%m-%dT%H:%MZ}")


@pytest.fixture(autouse=True)
def _demonstrated(settings: Any) -> None:
    settings.TALANOA_DEMONSTRATION = True  # so that the clock can be set


@pytest.fixture
def opened(draft: Draft, chair: Participant) -> Call:
    told(
        "call", "open", "wg", "1", "--question", "Can you live with it?", *AT, "--as", "henrike@chair.example"
    )
    return Call.objects.get()


def test_a_call_is_opened_listed_and_shown(opened: Call) -> None:
    assert [row["title"] for row in told("call", "list", "wg")["calls"]] == ["Training"]
    shown = told("call", "show", "wg", "1")
    assert (shown["sha256"], shown["rule"], shown["stale"]) == (
        opened.revision.sha256,
        "gnso-levels/1",
        False,
    )


def test_who_takes_part_says_where_they_stand(opened: Call, voice: Participant) -> None:
    as_yusuf = (*AT, "--as", "yusuf@garissa.example")
    assert told("call", "position", "wg", "1", "live_with", *as_yusuf)["option"] == "live_with"
    assert opened.positions.get().option == "live_with"


def test_from_an_objection_to_the_outcome_and_a_minority_statement(
    opened: Call, voice: Participant, editor: Participant, tmp_path: Path
) -> None:
    as_yusuf = ("--as", "yusuf@garissa.example")
    said = ("--about", "evidence", "--text", "Nobody counted.", "--resolves", "Count.")
    assert told("call", "object", "wg", "1", *said, *AT, *as_yusuf)["number"] == 1
    answer = told("call", "answer", "wg", "1", "--text", "They did.", *AT, "--as", "lucia@nic.example")
    assert answer["state"] == "answered"
    assert told("call", "stands", "wg", "1", "--text", "Not all.", *AT, *as_yusuf)["state"] == "stands"
    as_chair = ("--at", f"{OVER:%Y-%m-%dT%H:%MZ}", "--as", "henrike@chair.example")
    weighed = ("outweighed", "--text", "One year is enough.", "--alternatives", "To wait.")
    assert told("call", "weigh", "wg", "1", *weighed, *as_chair)["state"] == "outweighed"
    levels = ("--level", "1:consensus", "--level", "2:consensus", "--text", "So I see it.")
    assert told("call", "estimate", "wg", "1", *levels, *as_chair)["levels"] == {
        "1": "consensus",
        "2": "consensus",
    }
    found = {
        n: {"level": "consensus", "reasons": "What was argued for it outweighs the doubts."} for n in (1, 2)
    }
    file = tmp_path / "found.json"
    file.write_text(json.dumps(found), encoding="utf-8")
    assert (
        "Henrike Maas: One year is enough."
        in told("call", "designate", "wg", "1", str(file), *as_chair)["declaration"]
    )
    late = ("--at", f"{SETTLED:%Y-%m-%dT%H:%MZ}")
    within = ("--at", "2026-05-20T09:00Z")
    assert told("call", "minority", "wg", "1", "--text", "Count.", *within, *as_yusuf)["number"] == 2
    assert (
        refused("call", "minority", "wg", "1", "--text", "Again.", *late, *as_yusuf)[1]
        == "minority_window_over"
    )


def test_a_change_accommodates_on_the_command_line(
    opened: Call, voice: Participant, editor: Participant
) -> None:
    as_yusuf = (*AT, "--as", "yusuf@garissa.example")
    said = ("--about", "goal", "--text", "Too low.", "--resolves", "More.")
    told("call", "object", "wg", "1", *said, *as_yusuf)
    as_editor = (*AT, "--as", "lucia@nic.example")
    assert (
        refused("call", "answer", "wg", "1", "--text", "Done.", "--revision", "2", *as_editor)[1]
        == "revision_unknown"
    )
    assert Objection.objects.get().state == "open"


@pytest.mark.parametrize("verb", ["show", "answer"])
def test_a_number_that_is_not_there_is_refused(opened: Call, verb: str) -> None:
    more = ("--text", "No.") if verb == "answer" else ()
    assert refused("call", verb, "wg", "9", *more, *AT, "--as", "lucia@nic.example")[1] == "number_unknown"


def test_the_calls_are_ended_with_the_reason_for_what_has_no_outcome(
    draft: Draft, convenor: Participant
) -> None:
    as_amina = (*AT, "--as", convenor.person.address)
    assert refused("consensus", "end", "wg", *as_amina) == (3, "draft_uncalled")
    ended = told("consensus", "end", "wg", "--because", "Nobody wanted to go on.", *as_amina)
    assert (ended["process"], ended["because"]) == ("wg", "Nobody wanted to go on.")
