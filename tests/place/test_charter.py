"""The place's own charter: what it declares is read from it, and what is not declared is not invented."""

from datetime import date

import pytest

from conftest import START, day
from steps import refusal
from talanoa.kernel.errors import RuleBroken
from talanoa.lib.declared import Funder, Seat
from talanoa.people.models import Person
from talanoa.place.queries import declared
from talanoa.processes import charter
from talanoa.processes.actions.chartering import create_process, publish_charter, write_charter
from talanoa.processes.actions.stages import keep_stages, open_process
from talanoa.processes.models import Participant, Process

FUNDERS = ["Lagoon Fund; 20000 CHF; 2026-01-01; 2026-12-31", "Ministry of Posts; 5,000 FJD; 2026-03-01;"]
SEATS = ["civil_society; 2; its networks", "government; 1; the ministers in turn"]


def republish(host: Participant, at_day: int = 1, **facts: object) -> None:
    told = host.process.charters.latest("version").facts | facts
    write_charter(host.process, by=host, facts=told, at=day(at_day))
    publish_charter(host.process, by=host, at=day(at_day), channel="web")


def test_before_init_nothing_is_declared(log: object) -> None:
    assert declared() is None


def test_what_nobody_said_stands_as_not_declared(amina: Person) -> None:
    made = create_process(by=amina, key="place", facts=charter.template("place"), at=START, channel="cli")
    publish_charter(made, by=made.participants.get(), at=START, channel="cli")
    found = declared()
    assert found
    assert (found.runs, found.payer) == ("Not declared yet.", "Not declared yet.")
    assert (found.funders, found.seats, found.handover) == ((), (), "")


def test_funders_seats_and_handover_are_read_from_the_charter(host: Participant) -> None:
    republish(host, funders=FUNDERS, seats=SEATS, handover="A university takes the data.")
    found = declared()
    assert found
    assert found.funders == (
        Funder("Lagoon Fund", "20000 CHF", date(2026, 1, 1), date(2026, 12, 31)),
        Funder("Ministry of Posts", "5,000 FJD", date(2026, 3, 1), None),
    )
    assert found.seats == (
        ("Civil society", Seat("civil_society", 2, "its networks")),
        ("Government", Seat("government", 1, "the ministers in turn")),
    )
    assert (found.charter.version, found.handover) == (2, "A university takes the data.")


@pytest.mark.parametrize(
    "facts",
    [
        {"funders": ["Lagoon Fund; a lot; 2026-01-01"]},
        {"funders": ["Lagoon Fund; 20000 CHF; soon"]},
        {"funders": ["Lagoon Fund; 20000 CHF; 2026-12-31; 2026-01-01"]},
        {"funders": ["Lagoon Fund"]},
        {"funders": ["Lagoon Fund; 20000 CHF; 2026-01-01; 2026-12-31; more"]},
        {"seats": ["sailors; 2; their union"]},
        {"seats": ["government; many; the ministers"]},
        {"seats": ["government; 1;"]},
        {"seats": ["government; 100; the ministers"]},
    ],
)
def test_a_funder_has_amount_and_dates_and_a_seat_its_group(
    host: Participant, facts: dict[str, object]
) -> None:
    write_charter(host.process, by=host, facts=host.process.charters.get().facts | facts, at=day(1))
    with pytest.raises(RuleBroken) as broken:
        publish_charter(host.process, by=host, at=day(1), channel="web")
    assert broken.value.rule == "charter_unreadable"


def test_the_key_of_the_place_is_for_its_charter_alone(amina: Person) -> None:
    def begin(key: str, template: str) -> None:
        facts = charter.template(template, title="Wells")
        create_process(by=amina, key=key, facts=facts, at=START, channel="web")

    assert refusal(lambda: begin("place", "open-consultation")) == "key_reserved"
    assert refusal(lambda: begin("wells", "place")) == "key_reserved"


def test_the_charter_of_the_place_can_say_new_things_after_its_call_but_no_other_can(
    place: Process, host: Participant, process: Process, convenor: Participant
) -> None:
    open_process(place, by=host, at=day(1), channel="web")
    assert keep_stages(at=day(50)) == 2
    republish(host, 51, funders=FUNDERS)
    place.refresh_from_db()
    assert place.state == Process.State.REPORT_DRAFT
    facts = process.charters.get().facts
    assert refusal(lambda: write_charter(process, by=convenor, facts=facts, at=day(51))) == "wrong_state"


def test_its_stages_stay_once_it_runs(place: Process, host: Participant) -> None:
    open_process(place, by=host, at=day(1), channel="web")
    keep_stages(at=day(50))
    facts = place.charters.latest("version").facts
    stages = [*facts["stages"][:2], {"kind": "review", "days": "30"}, {"kind": "decision"}]
    write_charter(place, by=host, facts=facts | {"stages": stages}, at=day(51))
    assert refusal(lambda: publish_charter(place, by=host, at=day(51), channel="web")) == "stages_fixed"
