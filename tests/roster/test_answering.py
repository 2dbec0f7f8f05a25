"""What those who are asked answer, and what the clock does where they do not."""

import pytest
from django.db import DatabaseError, transaction

from conftest import day
from roster.conftest import Ask, Join, Request, state
from steps import line, new_entries, refusal
from talanoa.conf.clockwork import tick
from talanoa.kernel.errors import NotAllowed
from talanoa.lib.ties import EMPLOYER, Tie
from talanoa.people.interests import Interests
from talanoa.people.models import Person
from talanoa.processes.actions.interests import state_interests
from talanoa.processes.actions.roles import give_role
from talanoa.processes.models import Participant, Process, Role
from talanoa.processes.queries import participant
from talanoa.roster.actions.answering import accept_assignment, decline_assignment
from talanoa.roster.actions.joining import leave_roster
from talanoa.roster.models import Assignment


def accept(made: Assignment, *, at: float = 3) -> Assignment:
    return accept_assignment(made, by=made.expert.person, at=day(at), channel="web")


def decline(made: Assignment, reason: str = "", *, at: float = 3, is_public: bool = False) -> Assignment:
    act = {"by": made.expert.person, "at": day(at), "channel": "web"}
    return decline_assignment(made, reason=reason, is_public=is_public, **act)  # type: ignore[arg-type]


def test_who_accepts_takes_part_without_a_role_and_fills_the_request(
    join: Join, ask: Ask, process: Process
) -> None:
    neema = join("Neema Mushi")
    made = ask(neema)
    [entry] = new_entries(lambda: accept(made))
    told = {"request": 1, "assignment": 1, "expert": 1}
    assert entry == line("assignment.accepted.1", r="expert", at=day(3), **told)
    member = participant(process, neema.person)
    assert member
    assert (list(member.roles.all()), made.request.is_open(day(3))) == ([], False)


def test_who_declines_does_not_take_part_and_their_reason_is_their_own(
    join: Join, ask: Ask, process: Process, readers: dict[str, Person | None]
) -> None:
    neema = join("Neema Mushi")
    made = ask(neema)
    [entry] = new_entries(lambda: decline(made, "My mother is ill."))
    told = {"request": 1, "assignment": 1, "shown": 0}
    assert entry == line("assignment.declined.1", r="expert", at=day(3), **told)
    assert participant(process, neema.person) is None
    knowing = {who for who, person in readers.items() if Assignment.objects.visible_to(person).exists()}
    assert knowing == {"convenor", "secretariat", "chair"}
    assert Assignment.objects.visible_to(neema.person).exists()
    assert Assignment.objects.get().public_reason == ""


def test_everybody_knows_who_accepted(join: Join, ask: Ask, readers: dict[str, Person | None]) -> None:
    made = ask(join("Neema Mushi"))
    assert not Assignment.objects.visible_to(None).exists()
    accept(made)
    assert all(Assignment.objects.visible_to(person).exists() for person in readers.values())


def test_a_reason_is_public_where_its_author_says_so(join: Join, ask: Ask) -> None:
    assert decline(ask(join("Neema Mushi")), "No time.", is_public=True).public_reason == "No time."
    assert not decline(ask(join("Juma Ali")), " ", is_public=True).is_reason_public


def test_nobody_else_answers(join: Join, ask: Ask, amina: Person) -> None:
    made = ask(join("Neema Mushi"))
    with pytest.raises(NotAllowed):
        accept_assignment(made, by=amina, at=day(3), channel="web")
    with pytest.raises(NotAllowed):
        decline_assignment(made, by=amina, reason="", at=day(3), channel="web")


def test_employed_by_party_when_a_post_changed_between_asking_and_accepting(
    join: Join, ask: Ask, send: object, lucia: Person
) -> None:
    send(lucia)  # type: ignore[operator]  # for Red del Sur
    neema = join("Neema Mushi", ties=(Tie(EMPLOYER, "Office of Roads"),))
    made = ask(neema)
    state(neema.person, Tie(EMPLOYER, "Red del Sur", "2026-03"), at=3)
    assert refusal(lambda: accept(made, at=4)) == "employed_by_party"
    assert Assignment.objects.get().state == "asked"
    assert decline(made, at=4).state == "declined"


def test_what_is_stated_for_this_process_alone_bars_as_well(
    join: Join, ask: Ask, process: Process, send: object, lucia: Person
) -> None:
    send(lucia)  # type: ignore[operator]
    neema = join("Neema Mushi")
    made = ask(neema)
    said = Interests((Tie(EMPLOYER, "Red del Sur"),))
    state_interests(process, by=neema.person, interests=said, at=day(3), channel="web")
    assert refusal(lambda: accept(made, at=4)) == "employed_by_party"


def test_who_declines_to_state_interests_meanwhile_cannot_accept(join: Join, ask: Ask) -> None:
    neema = join("Neema Mushi")
    made = ask(neema)
    said = Interests(is_declined=True)
    state_interests(None, by=neema.person, interests=said, at=day(3), channel="web")
    assert refusal(lambda: accept(made, at=4)) == "interest_statement_missing"


def test_who_was_given_a_role_or_left_meanwhile_cannot_accept(
    join: Join, ask: Ask, process: Process, convenor: Participant
) -> None:
    neema, juma = join("Neema Mushi"), join("Juma Ali")
    first, second = ask(neema), ask(juma)
    give_role(process, neema.person, role=Role.SPONSOR, by=convenor, at=day(3), channel="web")
    assert refusal(lambda: accept(first, at=4)) == "role_held"
    leave_roster(by=juma.person, at=day(3), channel="web")
    assert refusal(lambda: accept(second, at=4)) == "expert_unlisted"


def test_ask_over(join: Join, ask: Ask) -> None:
    made = ask(join("Neema Mushi"))
    assert refusal(lambda: accept(made, at=12)) == "ask_over"
    decline(made)
    assert refusal(lambda: accept(made)) == "ask_over"
    assert refusal(lambda: decline(made)) == "ask_over"


def test_what_nobody_answers_within_10_days_lapses_by_the_clock(
    join: Join, request_for: Request, ask: Ask
) -> None:
    made = ask(join("Neema Mushi"), request_for())
    tick(at=day(11.9))
    assert Assignment.objects.get().state == "asked"
    before = new_entries(lambda: tick(at=day(12)))
    told = {"request": 1, "assignment": 1}
    expected = line("assignment.lapsed.1", r="system", at=day(12), ch="tick", **told)
    assert before == [expected]
    assert new_entries(lambda: tick(at=day(13))) == []
    made.refresh_from_db()
    assert (made.state, made.answered_at) == ("lapsed", day(12))


@pytest.mark.parametrize("change", ["delete", "state", "answer_by", "expert"])
def test_the_database_refuses_to_delete_or_change_what_was_answered(
    join: Join, ask: Ask, change: str
) -> None:
    made, other = decline(ask(join("Neema Mushi"))), join("Juma Ali")
    rows = Assignment.objects.filter(pk=made.pk)
    acts = {
        "delete": rows.delete,
        "state": lambda: rows.update(state="accepted"),
        "answer_by": lambda: rows.update(answer_by=day(99)),
        "expert": lambda: rows.update(expert=other),
    }
    with pytest.raises(DatabaseError, match="deletion_forbidden"), transaction.atomic():
        acts[change]()
