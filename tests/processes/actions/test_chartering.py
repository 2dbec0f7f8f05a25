"""A process begins and gets its charter."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from conftest import START, day
from steps import draft, line, new_entries, refusal
from talanoa.kernel.errors import NotAllowed
from talanoa.people.models import Person
from talanoa.processes import charter
from talanoa.processes.actions.chartering import create_process, publish_charter, write_charter
from talanoa.processes.models import CharterVersion, Participant, Process, Role

State = Process.State


def facts(**other: Any) -> dict[str, Any]:
    return charter.template("open-consultation", title="How should training be funded?") | other


def create(person: Person, key: str = "nm", **other: Any) -> Process:
    return create_process(by=person, key=key, facts=facts(**other), at=START, channel="web")


def test_a_process_begins_as_a_draft_with_its_convenor(amina: Person) -> None:
    told = new_entries(lambda: create(amina, question="Who pays, and for what?"))
    assert told == [line("process.created.1", r="convenor", at=START)]
    made = Process.objects.get(key="nm")
    assert (made.state, made.title, made.question) == (
        State.DRAFT,
        "How should training be funded?",
        "Who pays, and for what?",
    )
    [member] = made.participants.all()
    assert (member.person, member.group, member.has_role(Role.CONVENOR)) == (amina, "civil_society", True)


def test_only_an_appointed_person_begins_one(yusuf: Person) -> None:
    with pytest.raises(NotAllowed):
        create(yusuf)
    assert Process.objects.count() == 0


@pytest.mark.parametrize("key", ["", "n", "9m", "NM", "n m", "nm-", "n" * 13, "נמ"])
def test_a_key_can_stand_in_an_address(amina: Person, key: str) -> None:
    assert refusal(lambda: create(amina, key=key)) == "key_malformed"


def test_a_key_is_given_once(process: Process, amina: Person) -> None:
    assert refusal(lambda: create(amina, key="nm")) == "key_taken"


def test_a_process_has_a_title(amina: Person) -> None:
    assert refusal(lambda: create(amina, title=" ")) == "charter_incomplete"


def test_a_long_title_is_cut_between_words_and_can_be_published(amina: Person) -> None:
    made, convenor = draft(amina, title="x" * 199 + " and more")
    publish_charter(made, by=convenor, at=START, channel="web")
    assert made.title == "x" * 199


def test_writing_a_draft_puts_nothing_on_the_record(amina: Person) -> None:
    made, convenor = draft(amina)
    wanted = facts(title="Who pays?", question="Who pays, and who decides?")
    assert new_entries(lambda: write_charter(made, by=convenor, facts=wanted, at=day(1))) == []
    made.refresh_from_db()
    assert (made.title, made.question) == ("Who pays?", "Who pays, and who decides?")
    assert CharterVersion.objects.get().facts["title"] == "Who pays?"


def test_a_draft_without_a_title_keeps_the_one_it_had(amina: Person) -> None:
    made, convenor = draft(amina)
    write_charter(made, by=convenor, facts=facts(title=""), at=day(1))
    made.refresh_from_db()
    assert made.title == "How should training be funded?"


def test_only_the_desk_writes_a_charter(process: Process, sponsor: Participant, nino: Participant) -> None:
    for outsider in (sponsor, nino):
        with pytest.raises(NotAllowed):
            write_charter(process, by=outsider, facts=facts(), at=day(1))


@pytest.mark.parametrize("state", ["report_draft", "review_period", "final"])
def test_a_charter_is_not_rewritten_once_the_call_is_over(
    process: Process, convenor: Participant, state: str
) -> None:
    Process.objects.update(state=state)
    assert refusal(lambda: write_charter(process, by=convenor, facts=facts(), at=day(50))) == "wrong_state"


def test_saving_a_published_charter_unchanged_changes_nothing(
    process: Process, convenor: Participant
) -> None:
    kept = write_charter(process, by=convenor, facts=facts(), at=day(1))
    assert (kept.version, CharterVersion.objects.count()) == (1, 1)


def test_what_is_written_after_publication_is_the_next_version(
    process: Process, convenor: Participant
) -> None:
    for payer in ("A fund.", "Two funds."):
        write_charter(process, by=convenor, facts=facts(payer=payer), at=day(1))
    found = process.charters.values_list("version", "facts__payer", "published_at")
    assert list(found) == [(1, facts()["payer"], START), (2, "Two funds.", None)]


def test_a_published_charter_stands_on_the_record_with_its_hash(amina: Person) -> None:
    made, convenor = draft(amina)
    told = new_entries(lambda: publish_charter(made, by=convenor, at=day(1), channel="web"))
    version = CharterVersion.objects.get()
    sha256 = version.revision.sha256
    assert told == [line("charter.published.1", r="convenor", at=day(1), version=1, sha256=sha256)]
    made.refresh_from_db()
    assert (made.state, version.published_at) == (State.CHARTER_REVIEW, day(1))


@pytest.mark.parametrize(
    ("gap", "code"),
    [
        ({"payer": ""}, "charter_incomplete"),
        ({"overlap": ""}, "overlap_unrecorded"),
        ({"languages": ["tongan"]}, "charter_unreadable"),
    ],
)
def test_a_charter_with_a_gap_is_not_published(amina: Person, gap: dict[str, Any], code: str) -> None:
    made, convenor = draft(amina, **gap)
    assert refusal(lambda: publish_charter(made, by=convenor, at=day(1), channel="web")) == code
    made.refresh_from_db()
    assert made.state == State.DRAFT


def test_a_review_period_shorter_than_14_days_is_not_promised(amina: Person) -> None:
    stages = [{"kind": "input"}, {"kind": "report"}, {"kind": "review", "days": "13"}, {"kind": "decision"}]
    made, convenor = draft(amina, stages=stages)
    code = refusal(lambda: publish_charter(made, by=convenor, at=day(1), channel="web"))
    assert code == "review_too_short"


def test_only_the_convenor_publishes(process: Process, dalia: Participant, chair: Participant) -> None:
    for other in (dalia, chair):
        with pytest.raises(NotAllowed):
            publish_charter(process, by=other, at=day(1), channel="web")


def test_a_published_version_is_not_published_again(process: Process, convenor: Participant) -> None:
    code = refusal(lambda: publish_charter(process, by=convenor, at=day(1), channel="web"))
    assert code == "nothing_to_publish"


def test_the_last_charter_before_the_opening_says_how_long_the_review_is(amina: Person) -> None:
    made, convenor = draft(amina)
    publish_charter(made, by=convenor, at=START, channel="web")
    stages = [*facts()["stages"][:2], {"kind": "review", "days": "30"}, {"kind": "decision"}]
    write_charter(made, by=convenor, facts=facts(stages=stages), at=day(1))
    publish_charter(made, by=convenor, at=day(1), channel="web")
    made.refresh_from_db()
    assert (made.state, made.review_days) == (State.CHARTER_REVIEW, 30)


def test_while_a_process_runs_its_stages_stay_as_promised(process: Process, convenor: Participant) -> None:
    stages = [*facts()["stages"][:2], {"kind": "review", "days": "14"}, {"kind": "decision"}]
    write_charter(process, by=convenor, facts=facts(stages=stages), at=day(1))
    code = refusal(lambda: publish_charter(process, by=convenor, at=day(1), channel="web"))
    process.refresh_from_db()
    assert (code, process.review_days) == ("stages_fixed", 21)


def test_other_facts_may_change_while_it_runs_as_a_new_version(
    process: Process, convenor: Participant
) -> None:
    write_charter(process, by=convenor, facts=facts(payer="A fund in Utrecht."), at=day(1))
    told = new_entries(lambda: publish_charter(process, by=convenor, at=day(1), channel="web"))
    assert [(entry["k"], entry["version"]) for entry in told] == [("charter.published.1", 2)]
    process.refresh_from_db()
    assert process.state == State.OPEN


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE processes_charterversion SET version = 9",
        "UPDATE processes_charterversion SET published_at = NULL",
        "DELETE FROM processes_charterversion",
    ],
)
def test_the_database_refuses_to_change_a_published_charter(process: Process, sql: str) -> None:
    with (
        pytest.raises(DatabaseError, match="deletion_forbidden: a published charter"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


@pytest.mark.parametrize("key", ["abuse", "bounces", "help", "postmaster", "talanoa"])
def test_the_names_of_our_own_addresses_are_no_keys(amina: Person, key: str) -> None:
    assert refusal(lambda: create(amina, key=key)) == "key_reserved"
