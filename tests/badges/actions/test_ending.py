"""A badge is revoked for good, with a reason; its holder has it erased, and the proofs stay."""

import pytest
from django.db import DatabaseError, transaction

from badges.conftest import Award
from conftest import day
from mail.example_mails import Postbox
from talanoa.badges.actions.ending import erase_badge, revoke_badge
from talanoa.badges.models import Badge
from talanoa.badges.queries import checked, signed_list
from talanoa.conf.clockwork import tick
from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.lib import vc_jwt
from talanoa.lib.badge_verdicts import Code
from talanoa.lib.status_lists import is_revoked
from talanoa.mail.models import OutgoingMessage
from talanoa.people.models import Person
from talanoa.processes.models import Participant
from talanoa.record.auditing import audit
from talanoa.record.models import Entry, Log
from talanoa.record.queries import opened_for, public_fields

WHY = "The lesson was answered by somebody else."


def revoke(badge: Badge, host: Participant, reason: str = WHY, at: float = 3) -> Badge:
    return revoke_badge(badge, by=host, reason=reason, at=day(at), channel="cli")


def code(badge: Badge, at: float = 5) -> Code:
    return checked(badge.token, day(at))[0].code


def test_a_revoked_badge_is_said_to_be_by_the_list_and_the_record(
    award: Award, yusuf: Person, lucia: Person, host: Participant
) -> None:
    badge, other = award(yusuf), award(lucia)
    assert (code(badge), code(other)) == (Code.OK, Code.OK)
    revoke(badge, host)
    assert (code(badge), code(other)) == (Code.REVOKED, Code.OK)
    fields = public_fields(Entry.objects.get(kind="badge.revoked.1"))
    assert (fields["entry"], fields["sha256"]) == (badge.entry.index, badge.sha256)
    assert "reason" not in fields


def test_the_reason_is_read_by_the_holder_alone(
    award: Award, yusuf: Person, lucia: Person, host: Participant
) -> None:
    revoke(award(yusuf), host)
    entry = Entry.objects.get(kind="badge.revoked.1")
    assert [value.value for value in opened_for(entry, yusuf)] == [WHY]
    assert [value.value for value in opened_for(entry, lucia) + opened_for(entry, None)] == [None, None]


def test_the_list_has_the_place_of_every_revoked_badge(
    award: Award, yusuf: Person, host: Participant
) -> None:
    badge = award(yusuf)
    revoke(badge, host)
    made = vc_jwt.opened(vc_jwt.read(signed_list(1, day(4.01))))
    assert is_revoked(made["credentialSubject"]["encodedList"], badge.place)
    assert (made["validFrom"], made["validUntil"]) == ("2026-03-06T09:00:00Z", "2026-03-13T09:00:00Z")


def test_only_the_host_revokes(award: Award, yusuf: Person, convenor: Participant) -> None:
    with pytest.raises(NotAllowed):
        revoke(award(yusuf), convenor)


def test_a_badge_is_revoked_for_a_reason(award: Award, yusuf: Person, host: Participant) -> None:
    with pytest.raises(RuleBroken) as broken:
        revoke(award(yusuf), host, reason=" ")
    assert broken.value.rule == "reason_missing"


def test_a_revoked_badge_stays_revoked_and_is_not_awarded_again(
    award: Award, yusuf: Person, host: Participant
) -> None:
    badge = revoke(award(yusuf), host)
    with pytest.raises(RuleBroken) as broken:
        revoke(badge, host)
    assert broken.value.rule == "badge_revoked"
    assert award(yusuf, at=9) == badge
    assert code(badge, at=9) == Code.REVOKED
    with pytest.raises(DatabaseError, match="deletion_forbidden"), transaction.atomic():
        Badge.objects.filter(pk=badge.pk).update(revoked_at=None)


def erase(badge: Badge, by: Person) -> Badge:
    return erase_badge(badge, by=by, at=day(4), channel="web")


def test_what_its_holder_has_erased_names_nobody_and_the_proofs_stay(
    award: Award, yusuf: Person, host: Participant, postbox: Postbox
) -> None:
    badge = revoke(award(yusuf), host)
    tick(at=day(3))
    kept = badge.token
    assert kept[:40] in OutgoingMessage.objects.get(key=f"badge-{badge.entry.pk}").text
    erase(badge, yusuf)
    badge.refresh_from_db()
    assert (badge.holder, badge.name, badge.token, badge.reason) == (None, "", "", "")
    assert not OutgoingMessage.objects.filter(text__contains=kept[:40]).exists()
    assert not any(kept[:40] in path.read_text() for path in postbox.directory.glob("*.eml"))
    assert audit(Log.objects.get()).holds
    erased = [
        public_fields(entry) for entry in Entry.objects.filter(kind="redaction.made.1").order_by("index")
    ]
    assert [(fields["entry"], fields["ground"], fields["fields"]) for fields in erased] == [
        (badge.entry.index, "author_request", "-"),
        (Entry.objects.get(kind="badge.revoked.1").index, "author_request", "reason"),
    ]
    assert checked(kept, day(5))[0].code == Code.REVOKED


def test_only_its_holder_has_a_badge_erased(award: Award, yusuf: Person, lucia: Person) -> None:
    badge = award(yusuf)
    with pytest.raises(NotAllowed):
        erase(badge, lucia)
    assert Badge.objects.get().token


def test_a_badge_is_erased_once_and_may_be_earned_again(award: Award, yusuf: Person) -> None:
    badge = erase(award(yusuf), yusuf)
    with pytest.raises(NotAllowed):
        erase(badge, yusuf)
    assert award(yusuf, at=9) != badge


def test_who_has_a_badge_erased_does_not_keep_it_from_being_revoked(
    award: Award, yusuf: Person, host: Participant
) -> None:
    badge = award(yusuf)
    kept = badge.token
    revoke(erase(badge, yusuf), host, at=5)
    assert checked(kept, day(6))[0].code == Code.REVOKED
    tick(at=day(6))
    assert not OutgoingMessage.objects.filter(key__startswith="badge-").exclude(text="").exists()
