"""An application is erased: nothing of its words is left anywhere, what was decided stays, and the record holds."""

from typing import Any

import pytest

from conftest import day
from grants.blinding import SEEN, World, build, decide, word
from grants.conftest import OPENS
from grants.reviewing import CLOSED
from grants.test_mail import TEXT, to_grants
from mail.example_mails import Postbox, answer
from permissions.test_secrets import as_text, name_of, words
from steps import new_entries, refusal
from talanoa.contributions.models import Appeal
from talanoa.grants.actions.deciding import appeal_decision
from talanoa.grants.actions.erasing import erase_application
from talanoa.grants.models import Application, ResearchCall, Verdict
from talanoa.kernel.errors import NotAllowed
from talanoa.mail.models import OutgoingMessage, RawMessage
from talanoa.people.models import Person
from talanoa.processes.models import Participant
from talanoa.record.auditing import audit
from talanoa.record.models import Log

KEPT = ("orcid", "name", "about", "address", "leadaddress", "fellowaddress")
ACT: dict[str, Any] = {"ground": "author_request", "at": day(CLOSED + 25), "channel": "web"}


@pytest.fixture
def world(grant_call: ResearchCall, convenor: Participant, postbox: Postbox) -> World:
    made = build(grant_call, convenor, postbox)
    decide(made)
    appeal_decision(made.application, text=word("appealed"), **made.act("lead", CLOSED + 21))
    return made


def left(names: set[str]) -> set[tuple[str, str]]:
    """Where any of these secrets stands in the database still, but for what people are called."""
    rows = {
        name_of(field): field.model._default_manager.values_list(field.attname, flat=True)
        for field in words()
    }
    return {
        (place, name)
        for place, held in rows.items()
        if not place.startswith(("people.Person", "account.", "people.User"))
        for value in held
        for name in names
        if word(name) in as_text(value)
    }


def test_nothing_is_left_of_what_was_erased_and_the_record_holds(
    world: World, convenor: Participant, postbox: Postbox
) -> None:
    gone = {name for name in SEEN if not name.startswith(KEPT)} | {"appealed"}
    assert {name for _place, name in left(gone)} == gone
    told = new_entries(lambda: erase_application(world.application, by=convenor, **ACT))
    assert {entry["k"] for entry in told} == {"redaction.made.1"}
    assert left(gone) == set()
    assert [
        file for file in postbox.files() for name in gone if word(name).encode() in file.read_bytes()
    ] == []
    made = world.application
    assert (made.state, made.ground) == ("declined", "author_request")
    assert Verdict.objects.filter(application=made, outcome="declined").count() == 2
    assert Appeal.objects.get().text == ""
    assert audit(Log.objects.get(name="real")).holds


def test_it_is_erased_once_on_a_listed_ground_by_a_convenor_without_a_conflict(
    world: World, convenor: Participant
) -> None:
    assert (
        refusal(lambda: erase_application(world.application, by=convenor, **ACT | {"ground": "dislike"}))
        == "ground_unknown"
    )
    with pytest.raises(NotAllowed):
        erase_application(world.application, by=world.seat("clerk"), **ACT)
    Person.objects.filter(pk=convenor.person_id).update(organization=word("leadplace"))
    with pytest.raises(NotAllowed):
        erase_application(world.application, by=world.seat("convenor"), **ACT)
    Person.objects.filter(pk=convenor.person_id).update(organization="")
    erase_application(world.application, by=world.seat("convenor"), **ACT)
    again = world.seat("convenor")
    assert refusal(lambda: erase_application(world.application, by=again, **ACT)) == "application_state"


def test_the_mails_of_a_draft_go_with_what_became_of_it(
    postbox: Postbox, grant_call: ResearchCall, yusuf: Person, convenor: Participant
) -> None:
    postbox.receive(to_grants(TEXT.replace("Who stays?", word("title"))), at=day(OPENS + 1))
    postbox.receive(answer(postbox.last(), "submit"), at=day(OPENS + 1.5))
    assert b"qvtitleqv" in b"".join(bytes(row.data) for row in RawMessage.objects.all())
    erase_application(Application.objects.get(), by=convenor, **ACT)
    assert b"qvtitleqv" not in b"".join(bytes(row.data) for row in RawMessage.objects.all())
    assert not OutgoingMessage.objects.filter(text__contains="qvtitleqv").exists()
