"""A scenario is checked whole: its packages, its bots and its own runs."""

from dataclasses import replace

from lib.example_scenario import hours
from talanoa.lib.scenario_checks import checked


def test_72_hours_is_a_fair_exercise() -> None:
    found = checked(hours(), seeds=5)
    assert found.findings == ()
    assert found.means == {"silent": 3, "stubborn": 3, "vote-counter": 4, "listener": 6}


def test_a_run_that_comes_out_otherwise_is_told_by_its_file() -> None:
    run = next(run for run in hours().golden if run.id == "listener")
    wrong = replace(run, seats=5, levels={"R6": 0})
    found = checked(replace(hours(), golden=(wrong,)), seeds=1)
    assert found.findings == (
        "tests/listener.yaml: 6 seats can live with the outcome and agreed is true; it says 5 and true.",
        "tests/listener.yaml: R6 comes to 2; it says 0.",
    )


def test_a_scenario_in_which_counting_gets_as_far_as_listening_is_told() -> None:
    seats = tuple(
        replace(
            seat,
            floor=0,
            is_silent=False,
            red_lines=(),
            interests=tuple(replace(one, after_repair=False) for one in seat.interests),
        )
        for seat in hours().seats
    )
    found = checked(replace(hours(), seats=seats, golden=()), seeds=1)
    assert any("The bot listener carries 6.0 seats and vote-counter 6.0" in told for told in found.findings)
