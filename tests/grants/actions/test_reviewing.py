"""Reviewers are drawn by a lot that can be repeated; who has a conflict of interest reads and derives nothing."""

from typing import Any

import pytest

from conftest import day
from grants.conftest import Apply
from grants.reviewing import CLOSED, MARKS, PEOPLE, act, review, reviewers
from remembering import remembered
from steps import new_entries, refusal
from talanoa.grants.actions.assigning import (
    add_reviewer,
    assign_reviewers,
    begin_round,
    name_reviewer,
    record_conflict,
    reveal_applicants,
)
from talanoa.grants.actions.calling import keep_calls
from talanoa.grants.actions.reviewing import attest, discuss, receive_review, recuse
from talanoa.grants.models import (
    Applicant,
    Application,
    Conflict,
    Drawing,
    Note,
    Reading,
    ResearchCall,
    Review,
)
from talanoa.grants.queries import outcomes_for
from talanoa.kernel.errors import NotAllowed
from talanoa.people.actions import claim_address, know_person
from talanoa.people.models import Person
from talanoa.processes.models import Participant
from talanoa.record.auditing import audit
from talanoa.record.models import Entry, Log

SEED = "5" * 64
AT: dict[str, Any] = {"at": day(CLOSED), "channel": "web"}


@pytest.fixture
@remembered
def closed(eligible: Apply, yusuf: Person, lucia: Person, grant_call: ResearchCall) -> ResearchCall:
    """A call that is over, with two applications that are eligible."""
    eligible(yusuf, "Who stays in the room?")
    eligible(lucia, "Who draws the map?")
    keep_calls(at=day(CLOSED))
    grant_call.refresh_from_db()
    return grant_call


@pytest.fixture
@remembered
def assigned(closed: ResearchCall, convenor: Participant) -> ResearchCall:
    """The same with four reviewers, three of whom read each application."""
    reviewers(closed, convenor, 4)
    assign_reviewers(closed, by=convenor, seed=SEED, **AT)
    return closed


def readings(number: int) -> list[Reading]:
    rows = Reading.objects.filter(application__number=number).select_related(
        "application", "reviewer__person"
    )
    return list(rows.order_by("pk"))


def test_each_application_has_its_reviewers_and_the_seed_gives_the_same_once_more(
    closed: ResearchCall, convenor: Participant
) -> None:
    reviewers(closed, convenor, 5)
    told = new_entries(lambda: assign_reviewers(closed, by=convenor, seed=SEED, **AT))
    first = closed.drawings.get()
    assert [(entry["k"], entry["applications"]) for entry in told] == [("reviewers.assigned.1", 2)]
    pairs = set(Reading.objects.values_list("application", "reviewer"))
    assert [len(readings(number)) for number in (1, 2)] == [3, 3]
    assert refusal(lambda: assign_reviewers(closed, by=convenor, seed=SEED, **AT)) == "assigned_already"
    Reading.objects.all().delete()
    assert assign_reviewers(closed, by=convenor, seed=SEED, **AT).sha256 == first.sha256
    assert set(Reading.objects.values_list("application", "reviewer")) == pairs


def test_assignment_infeasible_the_constraint_is_named_with_the_application(
    closed: ResearchCall, convenor: Participant
) -> None:
    reviewers(closed, convenor, 3)
    Person.objects.filter(name="Mei Tanaka").update(organization="Red del Sur")
    with pytest.raises(Exception, match="conflict: application 2 lacks 1 reviewers") as broken:
        assign_reviewers(closed, by=convenor, seed=SEED, **AT)
    assert getattr(broken.value, "rule", "") == "assignment_infeasible"


def test_nothing_to_assign_there_must_be_reviewers_and_the_call_must_be_over(
    closed: ResearchCall, convenor: Participant
) -> None:
    assert refusal(lambda: assign_reviewers(closed, by=convenor, seed=SEED, **AT)) == "nothing_to_assign"
    ResearchCall.objects.update(state="open")
    assert refusal(lambda: assign_reviewers(closed, by=convenor, seed=SEED, **AT)) == "grant_call_state"


def test_who_is_named_has_a_region_a_load_and_is_named_once(
    closed: ResearchCall, convenor: Participant
) -> None:
    nobody = know_person(name="Nobody", address="n@nowhere.example")
    facts: dict[str, Any] = {"by": convenor, "about": "All.", "load": 3, **AT}
    assert refusal(lambda: name_reviewer(closed, nobody, **facts)) == "reviewer_region_missing"
    [first] = reviewers(closed, convenor, 1)
    assert refusal(lambda: name_reviewer(closed, first.person, **facts)) == "reviewer_named"
    facts["load"] = 41
    other = know_person(name="O", address="o@x.example", country="KE")
    assert refusal(lambda: name_reviewer(closed, other, **facts)) == "load_unfit"


def test_an_address_that_nobody_confirmed_is_a_conflict_on_the_record(
    closed: ResearchCall, convenor: Participant
) -> None:
    four = reviewers(closed, convenor, 4)
    mei = four[2].person
    claim_address(mei, address="Tanaka@garissa.example", at=day(CLOSED))
    told = new_entries(lambda: assign_reviewers(closed, by=convenor, seed=SEED, **AT))
    assert [(one["application"], one["source"]) for one in told if one["k"] == "conflict.recorded.1"] == [
        (1, "domain")
    ]
    assert mei not in {row.reviewer.person for row in readings(1)}


def test_nobody_reads_before_they_state_that_there_is_no_conflict(assigned: ResearchCall) -> None:
    [first, *_others] = readings(1)
    who = first.reviewer.person
    assert not Application.objects.visible_to(who).exists()
    attest(first, **act(who))
    assert [row.number for row in Application.objects.visible_to(who)] == [1]
    assert not Applicant.objects.visible_to(who).exists()
    with pytest.raises(NotAllowed):
        attest(readings(2)[0], **act(know_person(name="X", address="x@x.example")))


def test_who_states_it_wrongly_is_barred_by_what_is_known_by_then(assigned: ResearchCall) -> None:
    [first, *_others] = readings(1)
    who = first.reviewer.person
    who.organization = "Garissa Radio"
    who.save()
    Applicant.objects.filter(application__number=1).update(organization="Garissa Radio")
    assert attest(first, **act(who)).state == "recused"
    assert Conflict.objects.get(person=who).source == "organization"
    assert not Application.objects.visible_to(who).exists()


def test_own_review_first_then_those_of_others(assigned: ResearchCall, chair: Participant) -> None:
    one, two, _three = readings(1)
    review(one)
    attest(two, **act(two.reviewer.person))
    assert not Review.objects.visible_to(two.reviewer.person).exists()
    with pytest.raises(NotAllowed):
        discuss(two.application, text="Hm.", **act(two.reviewer.person))
    review(two, {"question": None, "method": 1})
    assert Review.objects.visible_to(two.reviewer.person).count() == 2
    discuss(two.application, text="Has it ended?", **act(two.reviewer.person))
    assert [note.text for note in Note.objects.visible_to(chair.person)] == ["Has it ended?"]
    assert outcomes_for(chair.person, assigned, 1)[one.application_id].mean == 2.25


def test_marks_unfit_a_review_is_whole_and_sent_once(assigned: ResearchCall) -> None:
    [first, *_others] = readings(1)
    who = first.reviewer.person
    facts: dict[str, Any] = {"marks": MARKS, "confidence": 2, "text": "Good.", **act(who)}
    assert refusal(lambda: receive_review(first, **facts)) == "review_state"
    attest(first, **act(who))
    assert refusal(lambda: receive_review(first, **facts | {"marks": {"question": 6}})) == "marks_unfit"
    made = receive_review(first, **facts)
    assert receive_review(first, **facts).pk == made.pk
    assert refusal(lambda: receive_review(first, **facts | {"text": "Bad."})) == "review_state"
    assert refusal(lambda: recuse(first, reason="Late.", **act(who))) == "review_state"


def test_who_steps_back_is_barred_and_somebody_else_reads_it(
    assigned: ResearchCall, convenor: Participant
) -> None:
    [first, *others] = readings(1)
    who = first.reviewer.person
    attest(first, **act(who))
    told = new_entries(lambda: recuse(first, reason="I know the style.", **act(who)))
    assert [(one["k"], one["r"], "g" in one) for one in told] == [("review.recused.1", "reviewer", False)]
    assert not Application.objects.visible_to(who).exists()
    with pytest.raises(NotAllowed):
        add_reviewer(first.application, first.reviewer, by=convenor, **AT)
    left = {row.pk for row in assigned.reviewers.all()} - {row.reviewer_id for row in (first, *others)}
    fourth = assigned.reviewers.get(pk=left.pop())
    assert add_reviewer(first.application, fourth, by=convenor, **AT).state == "asked"
    assert refusal(lambda: add_reviewer(first.application, fourth, by=convenor, **AT)) == "assigned_already"


def test_reviews_missing_who_applies_is_shown_when_all_reviews_are_in(
    assigned: ResearchCall, convenor: Participant, chair: Participant
) -> None:
    assert refusal(lambda: reveal_applicants(assigned, by=convenor, **AT)) == "reviews_missing"
    assert not Applicant.objects.visible_to(chair.person).exists()
    for row in (*readings(1), *readings(2)):
        review(row)
    reveal_applicants(assigned, by=convenor, **AT)
    assert Applicant.objects.visible_to(chair.person).count() == 2
    assert begin_round(assigned, by=convenor, **AT).current_round == 2
    assert refusal(lambda: begin_round(assigned, by=convenor, **AT)) == "reviews_missing"
    ResearchCall.objects.update(current_round=1)
    closed = ResearchCall.objects.get()
    ResearchCall.objects.update(
        text=closed.text.partition("  - {id: second")[0].replace(
            "[question, method]", "[question, method, means]"
        )
    )
    assert refusal(lambda: begin_round(assigned, by=convenor, **AT)) == "rounds_over"


def test_who_sees_to_a_call_and_reviews_it_too_reads_an_application_without_names(
    closed: ResearchCall, convenor: Participant, dalia: Participant
) -> None:
    three = reviewers(closed, convenor, 3)
    assert Applicant.objects.visible_to(dalia.person).count() == 2
    Person.objects.filter(pk=dalia.person.pk).update(country="LB")
    dalia.person.refresh_from_db()
    own = name_reviewer(closed, dalia.person, by=convenor, about="Rooms.", load=3, **AT)
    one = Application.objects.get(number=1)
    add_reviewer(one, own, by=convenor, **AT)
    assert {row.application.number for row in Applicant.objects.visible_to(dalia.person)} == {2}
    for reviewer in three:
        add_reviewer(one, reviewer, by=convenor, **AT)
    for row in readings(1):
        review(row)
    reveal_applicants(closed, by=convenor, **AT)
    assert Applicant.objects.visible_to(dalia.person).count() == 2


def test_what_a_reviewer_changes_of_themselves_after_they_were_named_takes_no_conflict_back(
    closed: ResearchCall, convenor: Participant
) -> None:
    Applicant.objects.filter(application__number=1).update(organization="Garissa Radio")
    who = know_person(name="Halima Noor", address="h@x.example", country="KE", organization="Garissa Radio")
    name_reviewer(closed, who, by=convenor, about="Rooms.", load=3, **AT)
    Person.objects.filter(pk=who.pk).update(organization="")
    assert Conflict.objects.get(person=who).source == "organization"
    assert Application.objects.judged_by(who).count() == 0


def test_who_applies_when_reviewers_are_named_bars_those_who_are_bound_to_them(
    grant_call: ResearchCall, apply: Apply, yusuf: Person, convenor: Participant
) -> None:
    who = know_person(name="Halima Noor", address="h@x.example", country="KE", organization="Garissa Radio")
    name_reviewer(grant_call, who, by=convenor, about="Rooms.", load=3, **AT)
    told = new_entries(lambda: apply(yusuf, organization="Garissa Radio"))
    assert [(one["k"], one["r"]) for one in told] == [
        ("application.received.1", "applicant"),
        ("conflict.recorded.1", "system"),
    ]


def test_a_rolling_call_draws_and_shows_each_application_when_its_own_time_comes(
    eligible: Apply, yusuf: Person, grant_call: ResearchCall, convenor: Participant, chair: Participant
) -> None:
    lucia = know_person(name="Lucia Mamani", address="l@cusco.example", country="PE")
    ResearchCall.objects.update(closes_on=None)
    grant_call.refresh_from_db()
    reviewers(grant_call, convenor, 4, load=2)
    eligible(yusuf, "Who stays in the room?")
    assign_reviewers(grant_call, by=convenor, seed=SEED, **AT)
    for row in readings(1):
        review(row)
    eligible(lucia, "Who draws the map?")
    assign_reviewers(grant_call, by=convenor, seed=SEED, **AT)
    assert [len(readings(number)) for number in (1, 2)] == [3, 3]
    reveal_applicants(grant_call, by=convenor, **AT)
    assert {row.application.number for row in Applicant.objects.visible_to(chair.person)} == {1}
    assert refusal(lambda: reveal_applicants(grant_call, by=convenor, **AT)) == "reviews_missing"
    late = eligible(know_person(name="Rosa Huaman", address="r@cusco.example", country="PE"), "Who pays?")
    told = "load: the reviewers together would have to read 1 more"
    with pytest.raises(Exception, match=told):
        assign_reviewers(grant_call, by=convenor, seed=SEED, **AT)
    assert not late.readings.exists()


def test_nobody_conflicted_derives_a_score_from_anything(
    assigned: ResearchCall, convenor: Participant, chair: Participant
) -> None:
    """Of two applications the chair is barred from one: its reviews go into no figure that they get."""
    for number, row in enumerate(readings(1)):
        review(row, {"question": (5, 5, 0)[number], "method": 5})
    for row in readings(2):
        review(row, {"question": 2, "method": 2})
    one = Application.objects.get(number=1)
    both = outcomes_for(convenor.person, assigned, 1)
    record_conflict(one, chair.person, by=convenor, reason="They wrote a book together.", **AT)
    told = outcomes_for(chair.person, assigned, 1)
    two = Application.objects.get(number=2)
    assert set(told) == {two.pk}
    assert told[two.pk].adjusted != both[two.pk].adjusted
    assert {row.reading.application_id for row in Review.objects.visible_to(chair.person)} == {two.pk}
    again = {"reason": "They wrote a book together.", **AT}
    assert refusal(lambda: record_conflict(one, chair.person, by=convenor, **again)) == "conflict_known"


def test_who_has_a_conflict_in_a_call_does_not_learn_who_reads_what_in_it(
    assigned: ResearchCall, convenor: Participant, dalia: Participant
) -> None:
    """The seed, or the loads of all the others, would tell who reads the application of the conflict."""
    assert Drawing.objects.visible_to(dalia.person).count() == 1
    assert Reading.objects.visible_to(dalia.person).count() == 6
    record_conflict(
        Application.objects.get(number=1), dalia.person, by=convenor, reason="They are sisters.", **AT
    )
    assert not Drawing.objects.visible_to(dalia.person).exists()
    assert not Reading.objects.visible_to(dalia.person).exists()
    assert [row.number for row in Application.objects.visible_to(dalia.person)] == [2]


def test_the_record_of_reviews_can_be_audited_and_names_nobody(assigned: ResearchCall) -> None:
    for row in readings(1):
        review(row)
    Person.objects.filter(reviewing__call=assigned).update(name="Another name")
    leaves = b"".join(bytes(row.leaf) for row in Entry.objects.all()).decode()
    assert [name for name, *_rest in PEOPLE if name in leaves] == []
    assert audit(Log.objects.get(name="real")).holds
