"""Positions follow from interests; who was hurt, or never spoken to, holds on to a wish."""

from lib.example_scenario import LEARNER, ask, evening, hours
from talanoa.lib.practice_acts import Act
from talanoa.lib.room_state import memory
from talanoa.lib.stances import Stance, stance

MET = ("72h", "1k", "totals", "12m", "1y")
SORRY = Act(1, LEARNER, "repair", to="regulator", text="We laughed in April. I am sorry.")
SPOKEN = Act(1, LEARNER, "ask", to="small", slot="transition", text="What does paragraph 4 mean for you?")


def said(seat: str, package: tuple[str, ...], *acts: Act) -> Stance:
    return stance(hours(), seat, package, memory(hours(), acts))


def test_a_seat_supports_lives_has_a_concern_or_objects() -> None:
    assert said("technical", MET).kind == "support"
    assert said("large", MET).kind == "live"
    assert said("consumer", ("7d", "any", "totals", "12m", "1y")).kind == "concern"
    assert said("large", hours().draft).kind == "object"


def test_an_objection_to_a_red_line_is_about_that_paragraph() -> None:
    assert said("consumer", ("24h", "any", "named", "always", "1y")).slot == "transition"


def test_who_was_not_asked_asks_for_the_whole_wish_and_who_was_asked_for_what_it_needs() -> None:
    draft = ("72h", "1k", "totals", "none", "1y")
    assert said("small", draft).package == ("72h", "1k", "totals", "always", "1y")
    acts = (SPOKEN, *evening(SPOKEN))
    assert said("small", draft, *acts).package == MET


def test_who_was_hurt_holds_on_until_somebody_repairs() -> None:
    assert said("regulator", MET) == Stance("object", "registry", ("72h", "1k", "named", "12m", "1y"), "hurt")
    assert said("regulator", MET, SORRY).kind == "support"


def test_who_is_silent_holds_on_until_somebody_speaks_to_it() -> None:
    assert said("small", MET).held == "unheard"
    assert said("small", MET, SPOKEN).kind == "live"


def test_a_remedy_never_crosses_a_red_line_of_who_asks_for_it() -> None:
    for seat in hours().seats:
        red = {(line.slot, line.option) for line in seat.red_lines}
        better = said(seat.id, hours().draft, ask("small")).package
        assert (
            not red & set(zip((slot.id for slot in hours().slots), better, strict=True))
            or better == hours().draft
        )
