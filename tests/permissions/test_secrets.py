"""What leaves on other ways than pages, what stays behind after erasure, and that no private field is forgotten."""

import csv
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.apps import apps
from django.db import models

from permissions.asking import Browser
from permissions.canaries import ALL, ROLES, STATES, canaries, token
from permissions.cast import LOGINS
from permissions.crawler import given_away, letters, links, listed, tokens_in
from permissions.stages import KEYS
from permissions.world import World
from talanoa.mail.posting import outbox

pytestmark = pytest.mark.django_db
FIELDS = yaml.safe_load(Path(__file__).with_name("fields.yaml").read_text(encoding="utf-8"))
OURS = ("talanoa.", "allauth.", "django.contrib.sessions")
OPEN = KEYS["open"]


def words() -> "list[models.Field[Any, Any]]":
    """Every field of every table that can hold words or bytes."""
    kinds = (models.CharField, models.TextField, models.JSONField, models.BinaryField)
    tables = [table for table in apps.get_models() if table._meta.app_config.name.startswith(OURS)]
    return [field for table in tables for field in table._meta.fields if isinstance(field, kinds)]


def name_of(field: "models.Field[Any, Any]") -> str:
    return f"{field.model._meta.label}.{field.name}"


def test_every_field_is_public_or_kept_by_the_machine_or_has_its_canary() -> None:
    told = [name for section in FIELDS.values() for name in section]
    assert sorted(told) == sorted(name_of(field) for field in words())
    assert set(FIELDS["private"]) == {canary.field for canary in canaries().values()}
    assert set(FIELDS["copies"].values()) <= set(FIELDS["private"])


def test_what_is_exported_holds_what_everybody_may_read(world: World, tmp_path: Path) -> None:
    seen = {found: place for place, text in given_away(tmp_path).items() for found in tokens_in(text)}
    assert {found: place for found, place in seen.items() if canaries()[found].seen_by != ALL} == {}
    assert token("published-title") in seen


def test_no_salt_leaves_for_a_value_that_may_not_be_read(world: World, tmp_path: Path) -> None:
    entries = [world.contribution(state).entry for state, readers in STATES.items() if readers != ALL]
    salts = [bytes(row.salt).hex() for entry in entries if entry for row in entry.openings.exclude(salt=None)]
    told = "".join(given_away(tmp_path).values())
    shown = [
        Browser().ask(world.askers["visitor"], "GET", f"/record/entry/{e.index}.json") for e in entries if e
    ]
    told += "".join(asked.response.content.decode() for asked in shown)
    assert [salt for salt in salts if salt in told] == []
    assert len(salts) > len(entries)


@pytest.mark.parametrize("role", [role for role in LOGINS if role != "unproven"])
def test_the_command_line_lists_for_a_person_what_that_person_may_read(world: World, role: str) -> None:
    seen = {found for text in listed(role).values() for found in tokens_in(text)}
    assert {found for found in seen if role not in canaries()[found].seen_by} == set()


def test_only_those_who_are_written_to_get_letters(world: World) -> None:
    written_to = {role for role in ROLES if dict(letters(role))}
    assert written_to == {
        "author",
        "chair",
        "convenor",
        "elsewhere",
        "observer",
        "participant",
        "registered",
        "secretariat",
        "sponsor",
        "unproven",
    }


def test_a_letter_has_the_headers_that_we_write_and_no_other(world: World) -> None:
    named = {line.partition(":")[0] for text in dict(letters("author")).values() for line in head(text)}
    ours = {"From", "To", "Date", "Message-ID", "X-Loop", "Reply-To", "Auto-Submitted", "Subject"}
    lists = {"List-Id", "Archived-At", "List-Unsubscribe", "List-Unsubscribe-Post"}
    assert named == ours | lists | {"Content-Type", "Content-Transfer-Encoding", "MIME-Version"}


def head(text: str) -> list[str]:
    return text.partition("\n\n")[0].splitlines()


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_scanner_may_follow_every_link_in_a_mail(world: World, method: str) -> None:
    found = [
        link for role in ("author", "registered") for link in links("".join(dict(letters(role)).values()))
    ]
    asked = {link: Browser().ask(world.askers["visitor"], method, link) for link in found}
    good = {"200", "login", "back"}  # one's own appeal is one's own
    assert {link for link, answer in asked.items() if answer.written or answer.outcome not in good} == set()
    assert all(any(page in link for link in found) for page in ("/confirm/", "/invitation/"))


def test_nothing_is_left_of_what_was_erased(world: World) -> None:
    gone = [name for name, found in canaries().items() if found.name.startswith("erased-")]
    rows = {
        name_of(field): field.model._default_manager.values_list(field.attname, flat=True)
        for field in words()
    }
    left = [
        (place, name)
        for place, held in rows.items()
        for value in held
        for name in gone
        if name in as_text(value)
    ]
    assert outbox.directory
    written = [path.read_bytes() for path in outbox.directory.rglob("*") if path.is_file()]
    files = [name for held in written for name in gone if name.encode() in held]
    assert (left, files) == ([], [])


def as_text(value: object) -> str:
    return bytes(value).decode("utf-8", "replace") if isinstance(value, bytes | memoryview) else str(value)


def table(world: World, role: str) -> dict[str, dict[str, str]]:
    text = Browser().ask(world.askers[role], "GET", f"/p/{OPEN}/inputs.csv").response.content.decode()
    return {row["number"]: row for row in csv.DictReader(StringIO(text))}


def numbers(world: World, *states: str) -> set[str]:
    return {f"{OPEN}-{world.contribution(state).number}" for state in states}


def test_the_group_of_an_author_is_told_with_their_words_only(world: World) -> None:
    hidden = numbers(world, *(state for state, readers in STATES.items() if readers != ALL))
    visitor, chair = table(world, "visitor"), table(world, "chair")
    assert {visitor[number]["group"] for number in hidden} == {""}
    assert {chair[number]["group"] for number in hidden - numbers(world, "erased")} == {"government"}


def test_no_filter_finds_the_group_of_what_is_not_shown(world: World) -> None:
    found = Browser().ask(world.askers["visitor"], "GET", f"/p/{OPEN}/inputs/?group=government").response
    listed_ = {row.number for row in found.context["rows"]}
    assert listed_ == numbers(world, "published", "group-only", "answered", "disputed")


def test_the_room_counts_by_group_what_is_public(world: World) -> None:
    found = Browser().ask(world.askers["visitor"], "GET", f"/p/{OPEN}/").response
    assert {line.group: line.inputs for line in found.context["groups"]}["government"] == 4
