"""Inviting people by name: who may, who is passed over, what the record tells; reminding, joining, declining."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from conftest import day
from steps import draft, line, new_entries, refusal
from talanoa.kernel.errors import NotAllowed
from talanoa.mail.actions import follow
from talanoa.mail.models import Silence, Subscription
from talanoa.people.models import Group, Person
from talanoa.people.queries import person_at
from talanoa.processes.actions.inviting import (
    REMINDED_AFTER,
    Skipped,
    Why,
    accept_invitation,
    decline_invitation,
    invite,
    remind_invited,
)
from talanoa.processes.actions.roles import enter
from talanoa.processes.actions.stages import keep_stages
from talanoa.processes.models import Invitation, InvitationRound, Invitee, Participant, Process, list_digest
from talanoa.processes.queries import invited_by_group, invited_by_region
from talanoa.record.auditing import audit
from talanoa.record.models import Entry, Log

ACT: dict[str, Any] = {"at": day(1), "channel": "web"}
SELAM = Invitee("Selam Haile", "selam@addis.example", "Cable Watch", Group.TECHNICAL_COMMUNITY, country="ET")
Invite = Callable[..., Invitation]


def people(n: int, **told: str) -> list[Invitee]:
    return [Invitee(f"Person {k}", f"p{k}@list.example", **told) for k in range(n)]


@pytest.fixture
def ask(process: Process, dalia: Participant) -> Invite:
    """Dalia invites Selam, or somebody else: ask(address="...")."""

    def asking(**told: str) -> Invitation:
        facts = {name: getattr(SELAM, name) for name in SELAM.__slots__}
        [made] = invite(process, [Invitee(**{**facts, **told})], by=dalia, **ACT).invitations
        return made

    return asking


def test_one_act_is_one_entry_with_the_number_of_people_and_no_name(
    process: Process, dalia: Participant, log: Log
) -> None:
    [made] = new_entries(lambda: invite(process, [SELAM, *people(2)], by=dalia, **ACT))
    assert made == line("people.invited.1", r="secretariat", at=day(1), round=1, people=3)
    leaf = bytes(Entry.objects.latest("index").leaf).decode()
    assert "selam" not in leaf.lower()
    assert audit(log).wrong == []


def test_the_entry_commits_to_the_list_as_it_was(process: Process, dalia: Participant) -> None:
    invite(process, [SELAM, *people(2)], by=dalia, **ACT)
    kept = InvitationRound.objects.get()
    assert kept.list_sha256 == list_digest(kept.invitations.all())
    with pytest.raises(IntegrityError, match="deletion_forbidden"), transaction.atomic():
        InvitationRound.objects.update(people=4)


def test_convenor_and_secretariat_invite_and_nobody_else(
    process: Process, convenor: Participant, chair: Participant, yusuf: Person
) -> None:
    assert invite(process, [SELAM], by=convenor, **ACT).invitations
    for other in (chair, enter(process, yusuf, at=day(1))):
        with pytest.raises(NotAllowed):
            invite(process, people(1), by=other, **ACT)


def test_whoever_was_invited_takes_part_or_wants_no_letters_is_passed_over(
    dalia: Participant, ask: Invite, yusuf: Person, lucia: Person, sione: Person
) -> None:
    process = ask().process
    declined = ask(address="ama@accra.example")
    decline_invitation(declined, by=declined.person, at=day(1))
    enter(process, yusuf, at=day(1))
    follow(lucia, process_key="nm", level=Subscription.Level.OWN)
    Silence.objects.create(person=sione, since=day(0))
    named = [
        Invitee("S", "Selam@Addis.example"),
        Invitee("A", "ama@accra.example"),
        *(Invitee(one.name, one.address) for one in (yusuf, lucia, sione)),
        *people(1),
        *people(1),
    ]
    done = invite(process, named, by=dalia, **ACT)
    assert [one.address for one in done.invitations] == ["p0@list.example"]
    assert done.skipped == (
        Skipped("selam@addis.example", Why.INVITED),
        Skipped("ama@accra.example", Why.DECLINED),
        Skipped("yusuf@garissa.example", Why.JOINED),
        Skipped("lucia@nic.example", Why.DECLINED),
        Skipped("sione@gov.example", Why.UNREACHABLE),
        Skipped("p0@list.example", Why.TWICE),
    )


def test_where_nobody_is_left_there_is_no_entry(process: Process, dalia: Participant, ask: Invite) -> None:
    ask()
    assert new_entries(lambda: invite(process, [SELAM], by=dalia, **ACT)) == []
    assert InvitationRound.objects.count() == 1


def test_an_address_is_invited_once_to_a_process_whatever_the_program_does(ask: Invite) -> None:
    made = ask()
    made.pk, made.number = None, 2
    with pytest.raises(IntegrityError), transaction.atomic():
        made.save(force_insert=True)


def test_too_many_invited_at_once_or_in_all_are_refused(
    process: Process, dalia: Participant, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert refusal(lambda: invite(process, people(501), by=dalia, **ACT)) == "too_many_invited"
    monkeypatch.setattr("talanoa.processes.actions.inviting.MOST_IN_ALL", 3)
    invite(process, people(2), by=dalia, **ACT)
    assert refusal(lambda: invite(process, people(4), by=dalia, **ACT)) == "too_many_invited"
    assert len(invite(process, people(3), by=dalia, **ACT).invitations) == 1


def test_a_list_names_somebody(process: Process, dalia: Participant) -> None:
    assert refusal(lambda: invite(process, [], by=dalia, **ACT)) == "nobody_named"


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"name": " "}, "name_missing"),
        ({"name": "x" * 301}, "line_too_long"),
        ({"address": "selam"}, "address_malformed"),
        ({"address": "a@b.example, c@d.example"}, "address_malformed"),
        ({"address": "nm+x@talanoa.example"}, "address_malformed"),
        ({"group": "kings"}, "group_unknown"),
        ({"country": "Atlantis"}, "country_unknown"),
    ],
)
def test_somebody_has_a_name_an_address_and_known_codes(ask: Invite, told: dict[str, str], code: str) -> None:
    assert refusal(lambda: ask(**told)) == code


def test_nobody_is_invited_before_the_charter_is_public_nor_after_the_call(
    process: Process, dalia: Participant, nino: Participant
) -> None:
    assert refusal(lambda: invite(nino.process, [SELAM], by=nino, **ACT)) == "wrong_state"
    late = {"at": day(40), "channel": "web"}
    assert refusal(lambda: invite(process, [SELAM], by=dalia, **late)) == "call_closed"
    keep_stages(at=day(41))
    assert refusal(lambda: invite(process, [SELAM], by=dalia, **late)) == "wrong_state"


def test_a_person_becomes_known_by_name_and_address_only(ask: Invite) -> None:
    ask()
    person = person_at(SELAM.address)
    assert person is not None
    assert (person.name, person.group, person.organization, person.country) == (
        "Selam Haile",
        "other",
        "",
        "",
    )


def test_whoever_joins_takes_part_with_the_group_that_they_declare(ask: Invite, log: Log) -> None:
    made = ask()
    accept = {"by": made.person, "group": "academia", "at": day(2), "channel": "mail"}
    [entry] = new_entries(lambda: accept_invitation(made, **accept))  # type: ignore[arg-type]
    assert entry == line("invitation.accepted.1", r="participant", at=day(2), ch="mail")
    member = Participant.objects.get(person=made.person)
    made.refresh_from_db()
    assert (member.group, made.group, made.state, made.answered_at) == (
        "academia",
        "technical_community",
        "joined",
        day(2),
    )
    assert (member.person.group, member.person.address_proven_at) == ("academia", day(2))
    assert Subscription.objects.get(person=made.person).level == "digest"
    assert new_entries(lambda: accept_invitation(made, **accept)) == []  # type: ignore[arg-type]
    assert audit(log).wrong == []


def test_nobody_joins_or_declines_for_somebody_else(ask: Invite, yusuf: Person) -> None:
    made = ask()
    with pytest.raises(NotAllowed):
        accept_invitation(made, by=yusuf, group="other", **ACT)
    with pytest.raises(NotAllowed):
        decline_invitation(made, by=yusuf, at=day(1))
    assert not Participant.objects.filter(person__in=[yusuf, made.person]).exists()


def test_nobody_joins_by_an_invitation_once_the_call_is_over(ask: Invite) -> None:
    made = ask()
    told = {"by": made.person, "group": "other", "at": day(40), "channel": "mail"}
    assert refusal(lambda: accept_invitation(made, **told)) == "call_closed"  # type: ignore[arg-type]


def test_a_group_that_is_none_is_not_guessed(ask: Invite) -> None:
    made = ask()
    assert refusal(lambda: accept_invitation(made, by=made.person, group="kings", **ACT)) == "group_unknown"


def test_whoever_declined_can_still_join_and_whoever_joined_cannot_decline(ask: Invite) -> None:
    made = ask()
    assert new_entries(lambda: decline_invitation(made, by=made.person, at=day(2))) == []
    made.refresh_from_db()
    assert (made.state, made.answered_at) == ("declined", day(2))
    accept_invitation(made, by=made.person, group="other", **ACT)
    assert refusal(lambda: decline_invitation(made, by=made.person, at=day(3))) == "invitation_accepted"


def test_somebody_is_reminded_once_and_after_a_week(process: Process, ask: Invite) -> None:
    made = ask()
    due = made.invited_at + REMINDED_AFTER
    assert remind_invited(process, at=day(7.9)) == []
    assert remind_invited(process, at=due) == [made]
    assert remind_invited(process, at=day(30)) == []
    made.refresh_from_db()
    assert (made.reminded_at, made.state) == (due, "waiting")


def test_nobody_is_reminded_who_answered_takes_part_or_wants_no_letters(
    process: Process, ask: Invite
) -> None:
    declined, joined, other, quiet, paused = (ask(address=f"{n}@x.example") for n in range(5))
    decline_invitation(declined, by=declined.person, at=day(2))
    accept_invitation(joined, by=joined.person, group="other", **ACT)
    enter(process, other.person, at=day(2))
    follow(quiet.person, process_key="nm", level=Subscription.Level.OWN)
    follow(paused.person, process_key="nm", level=Subscription.Level.DIGEST, paused_until=day(20))
    assert remind_invited(process, at=day(9)) == []
    assert remind_invited(process, at=day(21)) == [paused]


def test_once_the_call_is_over_nobody_is_reminded_and_no_answer_is_waited_for(
    process: Process, ask: Invite
) -> None:
    made = ask()
    assert remind_invited(process, at=day(40)) == []
    made.refresh_from_db()
    assert (made.state, made.answered_at) == ("over", None)


def test_those_who_run_the_process_read_invitations_and_nobody_else(
    ask: Invite, readers: dict[str, Person | None]
) -> None:
    made = ask()
    seen = {role for role, who in readers.items() if Invitation.objects.visible_to(who).exists()}
    assert seen == {"secretariat", "chair", "convenor"}
    assert not Invitation.objects.visible_to(made.person).exists()


def test_how_many_were_invited_is_told_of_groups_and_regions_from_five_on(
    process: Process, dalia: Participant
) -> None:
    five = people(5, group=Group.ACADEMIA, country="ET")
    four = [Invitee(f"Q{k}", f"q{k}@list.example", group="government", country="TO") for k in range(4)]
    invite(process, [*five, *four], by=dalia, **ACT)
    assert invited_by_group(process) == {"academia": 5}
    assert invited_by_region(process) == {"africa": 5}


def test_a_draft_invites_nobody_however_complete_its_list(amina: Person) -> None:
    process, by = draft(amina)
    assert refusal(lambda: invite(process, [SELAM], by=by, **ACT)) == "wrong_state"
