"""Who is awarded a badge, on what, and what the record says of it."""

from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction

from badges.conftest import PARTICIPANT, SITE, Award
from conftest import START, day
from talanoa.badges.actions import awarding
from talanoa.badges.actions.awarding import award_badge, open_issuer
from talanoa.badges.models import Badge, Issuer
from talanoa.badges.queries import MOST_ON_LIST, issuer_keys, list_count
from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.lib import open_badges, vc_jwt
from talanoa.lib.badge_verdicts import digest
from talanoa.lib.open_badges import badge_of
from talanoa.people.actions import know_person
from talanoa.people.models import Person
from talanoa.processes.models import SYSTEM, Participant
from talanoa.record.auditing import audit
from talanoa.record.models import Entry, Log
from talanoa.record.queries import public_fields


def said(badge: Badge) -> open_badges.Badge:
    """What the signed text of a badge says."""
    return badge_of(vc_jwt.opened(vc_jwt.read(badge.token)))


def test_a_badge_says_who_has_shown_what_on_which_entries(award: Award, yusuf: Person) -> None:
    badge = award(yusuf)
    told = said(badge)
    assert (told.id, told.holder.name) == (f"{SITE}/badges/{badge.public_id}/", "Yusuf Abdi")
    assert told.holder.has("Yusuf@Garissa.example")
    assert (told.achievement.name, told.achievement.level) == ("Participant", 2)
    assert [(one.code, one.url) for one in told.achievement.competencies] == [
        ("A3", f"{SITE}/badges/#A3"),
        ("B3", f"{SITE}/badges/#B3"),
    ]
    assert [(one.url, one.narrative) for one in told.evidence] == [
        (f"{SITE}/record/0/", "Entry 0 of the record talanoa.example/record, at 2 entries"),
        (f"{SITE}/record/1/", "Entry 1 of the record talanoa.example/record, at 2 entries"),
    ]
    assert (told.status_list, told.status_place) == (f"{SITE}/badges/status/1", badge.place)


def test_the_record_has_the_digest_and_the_key_and_nobody_s_name(award: Award, yusuf: Person) -> None:
    badge = award(yusuf)
    fields = public_fields(badge.entry)
    assert (fields["k"], fields["sha256"]) == ("badge.awarded.1", digest(badge.token))
    assert fields["issuer"] == Issuer.objects.get().did
    assert fields.keys() == {"v", "k", "t", "r", "ch", "sha256", "issuer"}
    assert not badge.entry.openings.exists()


def test_who_has_a_badge_already_keeps_the_one_that_they_have(award: Award, yusuf: Person) -> None:
    badge, size = award(yusuf), Log.objects.get().size
    assert award(yusuf, at=9) == badge
    assert Log.objects.get().size == size
    assert award(yusuf, replace(PARTICIPANT, version="1.1.0")) != badge


@pytest.mark.parametrize("on", [(), (2,), (-1,), (0, 999), tuple(range(13))])
def test_a_badge_rests_on_entries_that_are_there(award: Award, yusuf: Person, on: tuple[int, ...]) -> None:
    with pytest.raises(RuleBroken) as broken:
        award(yusuf, on=on)
    assert broken.value.rule == "badge_without_evidence"
    assert not Badge.objects.exists()


def test_a_badge_fits_into_a_letter(award: Award, yusuf: Person) -> None:
    with pytest.raises(RuleBroken) as broken:
        award(yusuf, replace(PARTICIPANT, criteria="x" * 9_000))
    assert broken.value.rule == "badge_too_long"


def test_a_title_fits_on_a_line(award: Award, yusuf: Person) -> None:
    with pytest.raises(RuleBroken) as broken:
        award(yusuf, replace(PARTICIPANT, title="x" * 121))
    assert broken.value.rule == "line_too_long"


def test_a_level_is_one_of_three(award: Award, yusuf: Person) -> None:
    with pytest.raises(ValueError, match="level"):
        award(yusuf, replace(PARTICIPANT, level=4))


def test_the_host_may_award_and_nobody_else(
    award: Award, host: Participant, convenor: Participant, yusuf: Person
) -> None:
    assert public_fields(award(yusuf, by=host).entry)["r"] == "convenor"
    with pytest.raises(NotAllowed):
        award(yusuf, replace(PARTICIPANT, id="chair"), by=convenor)


def test_somebody_without_an_address_is_awarded_a_badge_too(award: Award) -> None:
    told = said(award(know_person(name="Sione Vea")))
    assert (told.holder.name, told.holder.salt) == ("Sione Vea", "")


def test_no_badge_is_signed_before_the_place_has_a_key(amina: Person, yusuf: Person) -> None:
    with pytest.raises(RuleBroken) as broken:
        award_badge(yusuf, achievement=PARTICIPANT, evidence=[0], by=SYSTEM, at=day(1), channel="tick")
    assert broken.value.rule == "issuer_missing"


def test_the_place_signs_on_with_its_key_under_another_name(
    issuer: Issuer, award: Award, yusuf: Person
) -> None:
    assert open_issuer(name="Talanoa", site=SITE, at=day(2)) == issuer
    renamed = open_issuer(name="Fale", site=SITE, at=day(2))
    assert (renamed.did, len(issuer_keys())) == (issuer.did, 1)
    assert said(award(yusuf)).issuer.name == "Fale"


def test_two_badges_have_two_addresses_places_and_salts(award: Award, yusuf: Person, lucia: Person) -> None:
    first, second = award(yusuf), award(lucia)
    assert len({first.public_id, second.public_id}) == len({first.place, second.place}) == 2
    assert said(first).holder.salt != said(second).holder.salt
    assert len(first.public_id) == 26


def test_a_place_that_is_taken_is_drawn_again(
    award: Award, yusuf: Person, lucia: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = award(yusuf)
    draws = [
        first.place.to_bytes(8, "big"),
        first.place.to_bytes(8, "big"),
        (first.place ^ 1).to_bytes(8, "big"),
    ]
    real = awarding.entropy
    monkeypatch.setattr(
        awarding, "entropy", lambda space, label: draws.pop(0) if "place" in label else real(space, label)
    )
    assert award(lucia).place == first.place ^ 1


def test_a_list_is_never_more_than_half_full(
    monkeypatch: pytest.MonkeyPatch, award: Award, yusuf: Person
) -> None:
    assert MOST_ON_LIST == 65_536
    monkeypatch.setattr("talanoa.badges.queries.MOST_ON_LIST", 1)
    assert (list_count(), award(yusuf).list_number) == (1, 1)
    assert list_count() == 2


CHANGES = (
    {"title": "Chair"},
    {"criteria": "Nothing."},
    {"level": 3},
    {"competencies": []},
    {"evidence": [0]},
    {"sha256": "0" * 64},
    {"place": 0},
    {"token": "a.b.c"},
    {"token": ""},
    {"name": "Somebody else"},
    {"awarded_at": START},
    {"erased_at": START},
)


@pytest.mark.parametrize("change", CHANGES)
def test_the_database_lets_nobody_change_what_was_awarded(
    award: Award, yusuf: Person, change: dict[str, object]
) -> None:
    badge = award(yusuf)
    with pytest.raises(DatabaseError, match="deletion_forbidden"), transaction.atomic():
        Badge.objects.filter(pk=badge.pk).update(**change)


def test_the_database_gives_a_badge_to_nobody_else(award: Award, yusuf: Person, lucia: Person) -> None:
    badge = award(yusuf)
    with pytest.raises(DatabaseError, match="deletion_forbidden"), transaction.atomic():
        Badge.objects.filter(pk=badge.pk).update(holder=lucia)
    with pytest.raises(DatabaseError, match="deletion_forbidden"), transaction.atomic():
        badge.delete()


def test_the_record_holds_after_an_award(award: Award, yusuf: Person) -> None:
    award(yusuf)
    assert audit(Log.objects.get()).holds
    assert Entry.objects.filter(kind="badge.awarded.1").count() == 1
