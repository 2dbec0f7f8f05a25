"""Who takes part says once what the text must or should have; only the count is told."""

import pytest
from django.db import DatabaseError, transaction

from conftest import day
from drafts.conftest import WHEN, Suggest, need_counts
from steps import member, new_entries, refusal
from talanoa.contributions.actions.moderating import hold_contribution
from talanoa.drafts.actions.needing import state_need
from talanoa.drafts.models import Need, Suggestion
from talanoa.drafts.queries import need_of
from talanoa.people.interests import Interests
from talanoa.people.models import Person
from talanoa.processes.actions.interests import state_interests
from talanoa.processes.actions.roles import enter
from talanoa.processes.models import Participant, Role


@pytest.fixture
def made(suggestion: Suggest, yusuf: Person) -> Suggestion:
    return suggestion(yusuf)


def say(made: Suggestion, person: Person, degree: str, at: float = 42) -> Need | None:
    by = enter(made.draft.process, person, at=WHEN)
    return state_need(made, by=by, degree=degree, at=day(at), channel="web")


def test_each_person_counts_once_and_may_say_otherwise(
    made: Suggestion, yusuf: Person, sione: Person
) -> None:
    say(made, yusuf, "must")
    say(made, sione, "must")
    say(made, sione, "should")
    assert (need_counts(made), need_of(made, sione)) == ((1, 1), "should")
    say(made, sione, "neither")
    assert (need_counts(made), need_of(made, sione)) == ((1, 0), "neither")


def test_the_entry_tells_neither_who_nor_of_which_group(made: Suggestion, convenor: Participant) -> None:
    [entry] = new_entries(lambda: say(made, convenor.person, "must"))
    assert (entry["k"], entry["n"], entry["degree"], entry["r"]) == (
        "need.stated.1",
        1,
        "must",
        "participant",
    )
    assert {"g", "c"} & entry.keys() == set()


@pytest.mark.parametrize("degree", ["must", "neither"])
def test_to_say_the_same_again_is_nothing_new(made: Suggestion, yusuf: Person, degree: str) -> None:
    say(made, yusuf, degree)
    assert new_entries(lambda: say(made, yusuf, degree)) == []


def test_degree_unknown(made: Suggestion, yusuf: Person) -> None:
    assert refusal(lambda: say(made, yusuf, "could")) == "degree_unknown"


def test_an_observer_takes_no_position_by_role_or_by_declining_to_state_interests(
    made: Suggestion, convenor: Participant, sione: Person, yusuf: Person
) -> None:
    member(convenor, sione, Role.OBSERVER)
    declined = Interests(is_declined=True)
    state_interests(made.draft.process, by=yusuf, interests=declined, at=WHEN, channel="web")
    for person in (sione, yusuf):
        assert refusal(lambda person=person: say(made, person, "must")) == "observer_has_no_voice"


def test_nobody_needs_what_is_not_shown(made: Suggestion, convenor: Participant, sione: Person) -> None:
    hold_contribution(made.contribution, by=convenor, reason="abuse", at=WHEN, channel="web")
    assert refusal(lambda: say(made, sione, "must")) == "wrong_state"


def test_once_the_report_is_written_nobody_needs_anything(made: Suggestion, sione: Person) -> None:
    made.draft.process.stages.filter(kind="drafting").update(closed_at=WHEN)
    assert refusal(lambda: say(made, sione, "must")) == "drafting_closed"


def test_the_database_refuses_to_delete_a_need_and_a_second_one_of_the_same_person(
    made: Suggestion, yusuf: Person
) -> None:
    need = say(made, yusuf, "must")
    assert need
    with pytest.raises(DatabaseError), transaction.atomic():
        Need.objects.create(suggestion=made, by=need.by, degree="should", stated_at=WHEN)
    with pytest.raises(DatabaseError, match="deletion_forbidden"), transaction.atomic():
        Need.objects.all().delete()
