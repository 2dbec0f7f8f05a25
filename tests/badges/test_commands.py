"""`talanoa badge`: checked without a line, awarded, revoked and erased, with exit codes that a script can act on."""

import json
import os
import subprocess
import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from architecture.source import ROOT
from badges.conftest import Award
from command_line import talanoa, told
from conftest import day
from lib.example_badges import ISSUER, STRANGER, example
from talanoa.badges.letters import awarded_lines
from talanoa.badges.models import Badge, Issuer
from talanoa.badges.queries import signed_list
from talanoa.kernel.keyring import keyring
from talanoa.lib.did_keys import did_key, document
from talanoa.people.models import Person
from talanoa.processes.models import Participant

WHAT = """
id: chair
version: "1"
title: Chair
criteria: Has chaired a process to its report.
level: 3
competencies: {D3: Call for consensus}
"""


def file(folder: Path, text: str, name: str = "badge.jwt") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def badge(tmp_path: Path) -> Path:
    """A badge of another place, as its holder keeps it."""
    return file(tmp_path, ISSUER.seal(example()))


def check(path: Path | str, *options: object) -> tuple[int, str]:
    ended = talanoa("badge", "check", path, *options, "--json")
    return ended.code, ended.told["verdict"]


def test_a_badge_that_holds_ends_with_0(badge: Path) -> None:
    assert check(badge, "--issuer", ISSUER.did) == (0, "ok")


def test_the_issuer_may_be_a_file_with_its_key_or_its_document(badge: Path, tmp_path: Path) -> None:
    key = file(tmp_path, f"{ISSUER.did}\n", "key")
    did = file(tmp_path, json.dumps(document("https://talanoa.example", [ISSUER.public])), "did.json")
    assert check(badge, "--issuer", key) == check(badge, "--issuer", did) == (0, "ok")


def test_a_revoked_badge_ends_with_3_where_the_list_is_given(badge: Path, tmp_path: Path) -> None:
    clear = file(tmp_path, ISSUER.status_list(1) + "\n", "clear")
    listed = file(tmp_path, ISSUER.status_list(77), "listed")
    assert check(badge, "--issuer", ISSUER.did, "--status", clear) == (0, "ok")
    assert check(badge, "--issuer", ISSUER.did, "--status", listed) == (3, "revoked")
    assert check(badge, "--issuer", ISSUER.did, "--status", badge) == (5, "status_unreadable")


def test_an_altered_badge_and_one_of_somebody_else_end_with_1(badge: Path, tmp_path: Path) -> None:
    text = badge.read_text()
    altered = file(tmp_path, text[:-9] + ("A" if text[-9] != "A" else "B") + text[-8:], "altered")
    assert check(altered, "--issuer", ISSUER.did) == (1, "altered")
    assert check(badge, "--issuer", STRANGER.did) == (1, "not_ours")


@pytest.mark.parametrize("text", ["", "a.b.c", "not a badge", "A" * 200_000])
def test_what_is_no_badge_ends_with_5(tmp_path: Path, text: str) -> None:
    assert check(file(tmp_path, text), "--issuer", ISSUER.did) == (5, "unreadable")


def test_a_file_that_is_not_there_ends_with_5(tmp_path: Path) -> None:
    assert talanoa("badge", "check", tmp_path / "nothing", "--issuer", ISSUER.did).code == 5


@pytest.mark.parametrize("issuer", ["did:key:z6Mk", "did:web:talanoa.example"])
def test_a_key_that_cannot_be_read_is_wrong_usage(badge: Path, issuer: str) -> None:
    assert talanoa("badge", "check", badge, "--issuer", issuer).code == 2


def test_a_badge_comes_from_standard_input_too(badge: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(badge.read_bytes())))
    assert check("-", "--issuer", ISSUER.did) == (0, "ok")


def test_people_read_all_that_the_badge_says_and_what_was_not_asked(badge: Path) -> None:
    told = talanoa("badge", "check", badge, "--issuer", ISSUER.did).out
    for words in (
        "The badge holds",
        "Awarded to: Yusuf Abdi",
        "Can do: A3: Read a charter",
        "give the status list",
    ):
        assert words in told


def test_it_works_where_nothing_is_installed_and_leaves_nothing_behind(badge: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    words = [sys.executable, "-m", "talanoa", "badge", "check", badge, "--issuer", ISSUER.did]
    environment = os.environ | {
        "TALANOA_HOME": str(home),
        "DATABASE_URL": "",
        "PYTHONPATH": str(ROOT / "src"),
    }
    ended = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout.splitlines()[0][:15]) == (0, "The badge holds")
    assert not home.exists()


def test_without_a_key_of_its_own_a_place_asks_for_one(
    badge: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyring, "directory", tmp_path)
    ended = talanoa("badge", "check", badge, "--json")
    assert (ended.code, ended.told["code"]) == (3, "issuer_missing")


@pytest.mark.django_db
def test_a_badge_of_this_place_is_checked_with_its_own_key_and_list(
    award: Award, yusuf: Person, tmp_path: Path
) -> None:
    badge = award(yusuf)
    letter = file(tmp_path, "\n".join(awarded_lines(badge)))
    assert check(letter) == (0, "ok")
    old = file(tmp_path, signed_list(1, day(1)), "status")
    assert check(letter, "--status", old) == (5, "status_unreadable")


def test_the_key_is_shown_as_a_name_and_as_a_document(issuer: Issuer) -> None:
    assert talanoa("badge", "key").out.strip() == issuer.did
    assert told("badge", "key")["alsoKnownAs"] == [issuer.did]
    assert did_key(keyring.public("badges")) == issuer.did


def test_the_host_awards_and_revokes(
    issuer: Issuer, host: Participant, yusuf: Person, tmp_path: Path
) -> None:
    what = file(tmp_path, WHAT, "what.yaml")
    made = told(
        "badge", "award", yusuf.address, "--what", what, "--entries", "0,1", "--as", host.person.address
    )
    badge = Badge.objects.get(public_id=made["badge"])
    assert (badge.title, badge.level, badge.competencies, badge.holder) == (
        "Chair", 3, [["D3", "Call for consensus"]], yusuf,
    )  # fmt: skip
    told("badge", "revoke", badge.public_id, "--reason", "By mistake.", "--as", host.person.address)
    badge.refresh_from_db()
    assert badge.reason == "By mistake."


@pytest.mark.parametrize(
    "what", ["", "id: x", "- 1", "{", WHAT.replace("level: 3", "level: high"), WHAT + "more: 1\n"]
)
def test_what_a_badge_is_for_is_said_in_full(
    issuer: Issuer, host: Participant, yusuf: Person, tmp_path: Path, what: str
) -> None:
    path = file(tmp_path, what, "what.yaml")
    words = ("badge", "award", yusuf.address, "--what", path, "--entries", "0", "--as", host.person.address)
    assert talanoa(*words).code == 2


def test_entries_are_given_as_numbers(
    issuer: Issuer, host: Participant, yusuf: Person, tmp_path: Path
) -> None:
    what = file(tmp_path, WHAT, "what.yaml")
    words = ("badge", "award", yusuf.address, "--what", what, "--entries", "0;1", "--as", host.person.address)
    assert talanoa(*words).code == 2


def test_the_holder_has_a_badge_erased(award: Award, yusuf: Person, lucia: Person) -> None:
    badge = award(yusuf)
    assert talanoa("badge", "erase", badge.public_id, "--as", lucia.address).code == 4
    told("badge", "erase", badge.public_id, "--as", yusuf.address)
    assert Badge.objects.get().token == ""


def test_a_badge_that_is_not_there_is_told(issuer: Issuer, host: Participant) -> None:
    ended = talanoa("badge", "revoke", "a" * 26, "--reason", "x", "--as", host.person.address, "--json")
    assert (ended.code, ended.told["code"]) == (3, "badge_unknown")
    words = ("badge", "award", "nobody@nowhere.example", "--what", "x", "--entries", "0", "--json")
    assert talanoa(*words).told["code"] == "person_unknown"
