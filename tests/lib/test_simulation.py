"""A whole room runs in memory, and its outcome is read from its acts."""

from lib.example_scenario import LEARNER, SEED, hours
from talanoa.lib.bots import listener, silent, stubborn
from talanoa.lib.simulation import Outcome, outcome, play


def test_a_room_goes_from_the_first_day_to_the_last_and_every_seat_speaks() -> None:
    acts = play(hours(), SEED, silent)
    assert (acts[0].day, acts[-1].day, acts[-1].kind) == (1, 5, "end")
    assert {act.seat for act in acts} == {seat.id for seat in hours().seats} - {LEARNER} | {"chair"}


def test_where_everybody_can_live_with_the_text_there_is_agreement() -> None:
    everybody = frozenset(seat.id for seat in hours().seats)
    came = outcome(hours(), play(hours(), SEED, listener()))
    assert (came.accepting, came.is_agreed) == (everybody, True)


def test_who_could_live_with_the_text_and_was_never_asked_cannot() -> None:
    came = outcome(hours(), play(hours(), SEED, listener(1)))
    assert not came.is_agreed
    assert "small" not in came.accepting


def test_who_repeats_a_wish_ends_with_those_who_were_for_it_from_the_start() -> None:
    came = outcome(hours(), play(hours(), SEED, stubborn))
    wish = hours().seat(LEARNER).wish
    assert came == Outcome(wish, frozenset({"regulator", "university", LEARNER}), is_agreed=False)
