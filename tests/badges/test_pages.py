"""The pages of badges, as somebody without scripts reads them."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from badges.conftest import SITE, Award
from conftest import day
from talanoa.badges.actions.ending import erase_badge, revoke_badge
from talanoa.badges.letters import awarded_lines
from talanoa.badges.models import Badge, Issuer
from talanoa.badges.queries import competency_names
from talanoa.lib.did_keys import keys_of, public_key
from talanoa.people.models import Person
from talanoa.processes.models import Participant
from talanoa.record.models import Log
from web import Hands, Reader


@pytest.fixture(autouse=True)
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    return Hands(monkeypatch, day(4))


def checked(text: str, **more: Any) -> str:
    """What the page answers to somebody who pastes `text`."""
    answer = Client().post("/badges/check/", {"text": text, **more})
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_everybody_reads_what_a_badge_says_and_that_nobody_needs_one(issuer: Issuer) -> None:
    told = Reader().open("/badges/").text
    assert "Nobody needs one" in told
    assert "there is no list of holders" in told
    assert issuer.did in told
    assert "Read a charter" in told


def test_a_place_without_courses_has_no_abilities_to_name(
    issuer: Issuer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("talanoa.badges.queries.CONTENT", tmp_path)
    competency_names.cache_clear()
    assert "Abilities" not in Reader().open("/badges/").text
    competency_names.cache_clear()


def test_whoever_has_the_address_of_a_badge_reads_it_and_no_search_engine_does(
    award: Award, yusuf: Person
) -> None:
    badge = award(yusuf)
    page = f"/badges/{badge.public_id}/"
    told = Reader().open(page).text
    for words in (
        "Participant",
        "Yusuf Abdi",
        "played a practice room",
        "A3: Read a charter",
        badge.sha256[:16],
    ):
        assert words in told
    answer = Client().get(page)
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert '<meta name="robots" content="noindex, nofollow">' in answer.content.decode()
    assert "<svg" in answer.content.decode()
    assert yusuf.address not in answer.content.decode()


def test_the_code_leads_to_the_page_and_names_the_digest(
    award: Award, yusuf: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    badge, coded = award(yusuf), []
    monkeypatch.setattr("talanoa.badges.views.qr_code", coded.append)
    Client().get(f"/badges/{badge.public_id}/")
    assert coded == [f"{SITE}/badges/{badge.public_id}/?sha256={badge.sha256[:16]}"]


def test_the_badge_itself_is_handed_out_as_it_was_signed(award: Award, yusuf: Person) -> None:
    badge = award(yusuf)
    answer = Client().get(f"/badges/{badge.public_id}/badge.jwt")
    assert answer.content.decode() == badge.token
    assert answer["Content-Type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize("rest", ["", "badge.jwt"])
def test_an_address_that_was_guessed_or_erased_shows_nothing(award: Award, yusuf: Person, rest: str) -> None:
    badge = award(yusuf)
    erase_badge(badge, by=yusuf, at=day(2), channel="web")
    for name in (badge.public_id, "a" * 26, "1"):
        assert Client().get(f"/badges/{name}/{rest}").status_code == 404


def test_a_badge_that_was_revoked_says_so_on_its_page_without_the_reason(
    award: Award, yusuf: Person, host: Participant
) -> None:
    badge = award(yusuf)
    revoke_badge(badge, by=host, reason="Answered by somebody else.", at=day(3), channel="cli")
    told = Reader().open(f"/badges/{badge.public_id}/").text
    assert "This badge was revoked: 5 March 2026" in told
    assert "somebody else" not in told
    assert "somebody else" in Reader(yusuf).open("/me/badges/").text


def test_a_badge_that_is_pasted_is_told_whole(award: Award, yusuf: Person) -> None:
    badge = award(yusuf)
    told = checked(badge.token)
    assert "The badge holds" in told
    assert "Not revoked so far" in told
    for words in (
        "Yusuf Abdi",
        "Participant",
        "has practiced it",
        badge.sha256,
        f"entry {badge.entry.index}",
    ):
        assert words in told


def test_the_whole_letter_can_be_pasted_or_its_file_uploaded(award: Award, yusuf: Person) -> None:
    badge = award(yusuf)
    letter = "\n".join(f"> {line}" for line in awarded_lines(badge))
    assert "The badge holds" in checked(letter)
    file = SimpleUploadedFile("badge.jwt", badge.token.encode())
    assert "The badge holds" in checked("", file=file)


def test_whoever_shows_a_badge_can_show_that_it_is_theirs(award: Award, yusuf: Person, lucia: Person) -> None:
    token = award(yusuf).token
    assert "awarded to whoever reads mail at" in checked(token, address=yusuf.address.upper())
    assert "was not awarded to" in checked(token, address=lucia.address)


def test_a_badge_that_was_altered_revoked_or_is_no_badge_is_told_apart(
    award: Award, yusuf: Person, host: Participant
) -> None:
    badge = award(yusuf)
    altered = badge.token[:-9] + ("A" if badge.token[-9] != "A" else "B") + badge.token[-8:]
    told = checked(altered)
    assert "was altered" in told
    assert "Yusuf" not in told
    assert "This is not a badge" in checked("a.b.c")
    assert "No badge stands in this" in checked(" ")
    assert "Enter a valid email" in checked(badge.token, address="nobody")
    revoke_badge(badge, by=host, reason="Wrong.", at=day(3), channel="cli")
    told = checked(badge.token)
    assert "its issuer has revoked it" in told
    assert "5 March 2026" in told


def test_what_our_key_signed_and_the_record_does_not_know_is_not_to_be_trusted(
    award: Award, yusuf: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = award(yusuf).token
    monkeypatch.setattr("talanoa.badges.queries.Badge.objects", Badge.objects.none())
    assert "the record of this place has no entry of it" in checked(token)


def test_a_file_that_is_too_large_is_refused(issuer: Issuer) -> None:
    assert "never larger" in checked("", file=SimpleUploadedFile("x", b"A" * 200_000))


def test_checking_keeps_nothing(award: Award, yusuf: Person) -> None:
    token, size = award(yusuf).token, Log.objects.get().size
    checked(token)
    assert (Badge.objects.count(), Log.objects.get().size) == (1, size)


def test_the_list_says_which_badges_were_revoked_and_names_none(award: Award, yusuf: Person) -> None:
    badge = award(yusuf)
    answer = Client().get("/badges/status/1")
    assert answer["Content-Type"] == "application/vc+jwt"
    assert badge.sha256 not in answer.content.decode()
    assert Client().get("/badges/status/0").status_code == Client().get("/badges/status/2").status_code == 404


def test_the_site_shows_the_key_that_signs(issuer: Issuer) -> None:
    answer = Client().get("/.well-known/did.json")
    assert keys_of(json.loads(answer.content)) == [public_key(issuer.did)]


def test_before_there_is_a_key_nothing_is_signed(log: Log) -> None:
    assert Client().get("/.well-known/did.json").status_code == 404
    assert Client().get("/badges/status/1").status_code == 404
    assert Client().get("/badges/").status_code == 200
    assert "This is not a badge" in checked("a.b.c")


def test_my_badges_are_mine_to_see_and_to_erase(award: Award, yusuf: Person, lucia: Person) -> None:
    badge = award(yusuf)
    assert "No badge yet" in Reader(lucia).open("/me/badges/").text
    mine = Reader(yusuf)
    assert "Participant" in mine.open("/me/badges/").text
    mine.press("Erase it here: Participant")
    assert "Erased here" in mine.page.text
    badge.refresh_from_db()
    assert badge.token == ""


def test_my_data_has_my_badges(award: Award, yusuf: Person) -> None:
    badge = award(yusuf)
    data = json.loads(Reader(yusuf).client.get("/me/data.json").content)
    assert data["badges"] == [{"title": "Participant", "reason": "", "badge": badge.token}]


def test_no_list_search_or_table_knows_of_a_badge(award: Award, yusuf: Person) -> None:
    badge = award(yusuf)
    for path in ("/search/?q=Participant", "/roster/", "/research/", "/record/", "/badges/", "/learn/"):
        told = Client().get(path, follow=True).content.decode()
        assert badge.public_id not in told
        assert "Yusuf" not in told
