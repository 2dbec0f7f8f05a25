"""Who may read what somebody said, in every state, however its author allows it to be shown."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from conftest import day
from steps import answer, answer_all, refusal
from talanoa.contributions.actions.answering import dispute_response, reply_to_dispute
from talanoa.contributions.actions.desk import handle
from talanoa.contributions.models import (
    Answer,
    Authorship,
    Contribution,
    Dispute,
    Filing,
    Handling,
    Response,
    ShownAuthor,
    Theme,
)
from talanoa.people.models import Person
from talanoa.processes.models import Participant

State = Contribution.State
Readers = dict[str, Person | None]
READERS = {
    "visitor",
    "author",
    "participant",
    "observer",
    "secretariat",
    "chair",
    "convenor",
    "sponsor",
    "convenor of another process",
}
EVERYBODY, NOBODY = READERS, set[str]()
OWN = {"author", "secretariat", "chair", "convenor"}
# Who reads the words, and who reads the name, for each state and each wish of the author.
MATRIX = {
    (State.UNCONFIRMED, "named"): (OWN, OWN),
    (State.UNCONFIRMED, "group_only"): (OWN, OWN),
    (State.UNCONFIRMED, "private"): (OWN, OWN),
    (State.PUBLISHED, "named"): (EVERYBODY, EVERYBODY),
    (State.PUBLISHED, "group_only"): (EVERYBODY, OWN),
    (State.PUBLISHED, "private"): (OWN, OWN),
    (State.WITHHELD, "named"): (OWN, OWN),
    (State.WITHHELD, "group_only"): (OWN, OWN),
    (State.WITHHELD, "private"): (OWN, OWN),
    (State.REJECTED, "named"): (OWN, OWN),
    (State.REJECTED, "group_only"): (OWN, OWN),
    (State.REJECTED, "private"): (OWN, OWN),
    (State.SUPERSEDED, "named"): (EVERYBODY, EVERYBODY),
    (State.SUPERSEDED, "group_only"): (EVERYBODY, OWN),
    (State.SUPERSEDED, "private"): (OWN, OWN),
    (State.WITHDRAWN, "named"): (OWN, OWN),
    (State.WITHDRAWN, "group_only"): (OWN, OWN),
    (State.WITHDRAWN, "private"): (OWN, OWN),
    (State.ERASED, "named"): (NOBODY, NOBODY),
    (State.ERASED, "group_only"): (NOBODY, NOBODY),
    (State.ERASED, "private"): (NOBODY, NOBODY),
}


@pytest.fixture
def dispute(spoken: Contribution, author: Participant, convenor: Participant) -> Dispute:
    [given] = answer_all(convenor, [spoken])
    return dispute_response(given, by=author, text="I did not say so.", at=day(5), channel="web")


def stand(contribution: Contribution, **columns: str) -> Contribution:
    Contribution.objects.filter(pk=contribution.pk).update(**columns)
    contribution.refresh_from_db()
    return contribution


def readers_of(model: Any, readers: Readers) -> set[str]:
    return {name for name, person in readers.items() if model.objects.visible_to(person).exists()}


def test_the_matrix_names_every_state_every_wish_and_every_reader(readers: Readers) -> None:
    wishes = Contribution.Publication.values
    assert set(MATRIX) == {(state, wish) for state in State for wish in wishes}
    assert set(readers) == READERS


@pytest.mark.parametrize(("state", "publication"), MATRIX)
def test_each_reader_reads_what_is_theirs_to_read(
    spoken: Contribution, dispute: Dispute, readers: Readers, state: str, publication: str
) -> None:
    stand(spoken, state=state, publication=publication)
    words, name = MATRIX[State(state), publication]
    found = {model: readers_of(model, readers) for model in (Contribution, Dispute, Authorship)}
    assert found == {Contribution: words, Dispute: words, Authorship: name}


@pytest.mark.parametrize(("state", "publication"), MATRIX)
def test_a_row_knows_itself_whether_everybody_may_read_it(
    spoken: Contribution, state: str, publication: str
) -> None:
    stand(spoken, state=state, publication=publication)
    everybody = MATRIX[State(state), publication][0] == EVERYBODY
    assert (spoken.is_public, Contribution.objects.visible_to(None).exists()) == (everybody, everybody)


def test_what_was_never_confirmed_is_not_published_by_being_replaced(
    spoken: Contribution, readers: Readers
) -> None:
    stand(spoken, state="superseded", reason="unconfirmed")
    assert (spoken.is_public, readers_of(Contribution, readers)) == (False, OWN)


def test_an_office_counts_only_with_the_second_factor(spoken: Contribution, dalia: Participant) -> None:
    stand(spoken, publication="private")
    reads = []
    for may in (True, False):
        dalia.person.may_use_office = may
        reads.append(Contribution.objects.visible_to(dalia.person).exists())
    assert reads == [True, False]


def test_a_reader_with_two_roles_gets_each_row_once(spoken: Contribution, dalia: Participant) -> None:
    dalia.roles.create(role="chair", name="Dalia Mansour", granted_at=day(0))
    assert list(Contribution.objects.visible_to(dalia.person)) == [spoken]


@pytest.mark.parametrize("state", State)
def test_published_held_rejected_and_unconfirmed_ones_need_an_answer(
    spoken: Contribution, state: str
) -> None:
    stand(spoken, state=state)
    needs = state in {State.PUBLISHED, State.WITHHELD, State.REJECTED, State.UNCONFIRMED}
    assert (spoken.is_counted, Contribution.objects.counted().exists()) == (needs, needs)


@pytest.mark.django_db
@pytest.mark.parametrize("state", State)
def test_a_step_is_possible_in_the_states_it_names_only(state: str) -> None:
    stands = Contribution(number=7, state=state)
    stands.check_state(state)
    assert refusal(lambda: stands.check_state(*(s for s in State if s != state))) == "wrong_state"


@pytest.mark.parametrize(
    ("publication", "shown"),
    [
        ("named", ShownAuthor("Yusuf Abdi", "", "civil_society", "KE")),
        ("group_only", ShownAuthor("", "", "civil_society", "KE")),
        ("private", ShownAuthor("", "", "civil_society", "KE")),
    ],
)
def test_without_consent_only_group_and_country_are_shown(
    spoken: Contribution, publication: str, shown: ShownAuthor
) -> None:
    stand(spoken, publication=publication)
    assert spoken.authorship.shown() == shown


def test_of_an_unnamed_interview_the_region_is_shown_and_not_the_country(spoken: Contribution) -> None:
    stand(spoken, publication="group_only", channel="interview")
    assert spoken.authorship.shown() == ShownAuthor("", "", "civil_society", "africa")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "code"),
    [({"text": " "}, "reason_missing"), ({"status": "out_of_scope", "where": " "}, "place_missing")],
)
def test_an_answer_has_a_reason_and_a_place_where_it_sends_somebody_away(
    said: dict[str, str], code: str
) -> None:
    Response(status="out_of_scope", text="Not here.", where="The registry").check_reasoned()
    response = Response(**{"status": "noted", "text": "Because.", **said})
    assert refusal(response.check_reasoned) == code


def test_the_record_commits_to_status_text_change_and_place() -> None:
    said = {"status": "noted", "text": "Because.", "change": "None.", "where": "R 1"}
    others = [Response(**said | {name: "other"}).text_sha256 for name in said]
    assert len({Response(**said).text_sha256, *others}) == 5


def test_a_dispute_and_its_reply_have_hashes_of_their_own(dispute: Dispute, convenor: Participant) -> None:
    before = dispute.text_sha256
    replied = reply_to_dispute(dispute, by=convenor, reply="Sorry.", at=day(6), channel="web")
    assert (replied.text_sha256, replied.reply_sha256 != before) == (before, True)


def test_a_contribution_is_answered_once_by_one_response(spoken: Contribution, dalia: Participant) -> None:
    made = answer(spoken, dalia)
    with pytest.raises(DatabaseError), transaction.atomic():
        Answer.objects.create(contribution=spoken, response=made)


@pytest.mark.parametrize("table", ["contributions_contribution", "contributions_authorship"])
def test_the_database_refuses_to_delete_what_was_said(spoken: Contribution, table: str) -> None:
    with (
        pytest.raises(DatabaseError, match="deletion_forbidden"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"DELETE FROM {table}")


def test_things_read_as_people_call_them(spoken: Contribution, dispute: Dispute, dalia: Participant) -> None:
    note = handle(spoken, by=dalia, note="", assignee=None)
    rows = [
        spoken,
        spoken.authorship,
        Theme.objects.get(),
        Filing.objects.get(),
        note,
        Handling.objects.get(),
    ]
    given = Answer.objects.get()
    assert [str(row) for row in (*rows, given.response, given, dispute)] == [
        "#1",
        "Yusuf Abdi",
        "Money",
        "#1 under Money",
        "handling of #1",
        "handling of #1",
        "Accepted",
        "Accepted to #1",
        "dispute of Accepted to #1",
    ]


def test_what_is_in_order_and_private_is_not_called_published() -> None:
    told = [
        Contribution(state=state, publication=publication).standing
        for state in ("published", "withheld")
        for publication in ("named", "private")
    ]
    assert told == ["Published", "Private", "Held", "Held"]
