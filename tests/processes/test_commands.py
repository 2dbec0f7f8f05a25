"""`talanoa process`: create, open, give roles, show; each good, refused, and by somebody without the role."""

from datetime import timedelta
from pathlib import Path

import pytest

from command_line import CREATE, refused, talanoa, told
from conftest import day
from talanoa.mail.posting import outbox
from talanoa.people.models import Person
from talanoa.processes.models import Announcement, Invitation, Participant, Process, Role
from talanoa.record.models import Entry
from web import Hands

NM = ("--key", "nm", "--title", "Training")


@pytest.fixture
def operator(db: None) -> str:
    """The operator of an installation that is ready."""
    return str(told("init")["operator"])


def test_one_line_opens_a_process_with_its_overlap_stated_as_not_checked(operator: str) -> None:
    answer = told(*CREATE, *NM, "--open")
    assert (answer["key"], answer["title"], answer["state"], answer["received"]) == (
        "nm",
        "Training",
        "open",
        0,
    )
    assert [stage["kind"] for stage in answer["stages"]] == ["input", "report", "review", "decision"]
    assert answer["stages"][0]["opened_at"] is not None
    assert Process.objects.get(key="nm").charters.get().facts["overlap"].startswith("not checked, because")


def test_without_open_it_is_a_draft_that_open_publishes(operator: str) -> None:
    assert told(*CREATE, *NM)["state"] == "draft"
    assert told("process", "open", "nm")["state"] == "open"
    assert refused("process", "open", "nm") == (3, "wrong_state")


def test_a_charter_with_gaps_is_not_opened(operator: str, tmp_path: Path) -> None:
    file = tmp_path / "charter.yaml"
    file.write_text("key: wells\ntitle: Who digs?\n", encoding="utf-8")
    assert refused("process", "create", file, "--open") == (3, "charter_incomplete")


def test_a_charter_file_brings_its_own_key_and_title(operator: str, tmp_path: Path) -> None:
    file = tmp_path / "charter.yaml"
    file.write_text("key: wells\ntitle: Who digs?\n", encoding="utf-8")
    answer = told("process", "create", file)
    assert (answer["key"], answer["title"]) == ("wells", "Who digs?")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--key", "n", "--title", "Training"), "key_malformed"),
        (("--title", "Training"), "key_malformed"),
        (("--key", "nm"), "charter_incomplete"),
    ],
)
def test_what_a_process_needs_is_named(operator: str, words: tuple[str, ...], code: str) -> None:
    assert refused(*CREATE, *words) == (3, code)
    assert [process.key for process in Process.objects.all()] == ["place"]


def test_a_key_is_taken_once(operator: str) -> None:
    told(*CREATE, *NM)
    assert refused(*CREATE, *NM) == (3, "key_taken")


@pytest.mark.parametrize(
    ("text", "code"), [("a: [", "charter_unreadable"), ("colour: red", "charter_unreadable")]
)
def test_a_charter_that_cannot_be_read_is_refused(
    operator: str, tmp_path: Path, text: str, code: str
) -> None:
    file = tmp_path / "charter.yaml"
    file.write_text(text, encoding="utf-8")
    assert refused("process", "create", file) == (3, code)


def test_a_charter_that_is_not_there_is_a_file_that_cannot_be_read(operator: str, tmp_path: Path) -> None:
    assert refused("process", "create", tmp_path / "nowhere.yaml") == (5, "file_unreadable")


def test_only_people_whom_the_operator_appointed_open_a_process(operator: str, yusuf: Person) -> None:
    assert refused(*CREATE, *NM, "--as", yusuf.address) == (4, "not_allowed")


def test_who_acts_must_be_known(operator: str) -> None:
    assert refused(*CREATE, *NM, "--as", "nobody@a.example") == (3, "person_unknown")


def test_show_tells_people_and_programs_where_a_process_stands(process: Process) -> None:
    answer = told("process", "show", "NM")
    assert (answer["key"], answer["state"], answer["stages"][0]["closes_at"]) == (
        "nm",
        "open",
        f"{day(40):%Y-%m-%dT%H:%M:%SZ}",
    )
    assert "state: Open" in talanoa("process", "show", "nm").out


def test_a_process_that_is_not_there_is_answered_with_those_that_are(process: Process) -> None:
    ended = talanoa("process", "show", "zz", "--json")
    assert (ended.code, ended.told["code"]) == (3, "process_unknown")
    assert ended.told["message"].endswith("there are: nm.")


def test_a_role_is_given_once_and_stands_on_the_record(process: Process, amina: Person) -> None:
    words = ("process", "role", "nm", "Ivana@Zagreb.example", "chair", "--name", "Ivana Horvat")
    before = Entry.objects.count()
    assert told(*words, "--as", amina.address)["role"] == "chair"
    told(*words, "--as", amina.address)
    assert Entry.objects.count() == before + 1
    assert process.participants.get(roles__role=Role.CHAIR).person.name == "Ivana Horvat"


def test_only_the_convenor_gives_roles(process: Process, dalia: Participant, yusuf: Person) -> None:
    words = ("process", "role", "nm", "ivana@zagreb.example", "chair")
    assert refused(*words, "--as", dalia.person.address) == (4, "not_allowed")
    assert refused(*words, "--as", yusuf.address) == (4, "not_allowed")


def test_an_act_of_the_command_line_stands_on_the_record_as_such(operator: str) -> None:
    told(*CREATE, *NM, "--open")
    opened = Entry.objects.get(kind="process.opened.1")
    assert b'"ch":"cli"' in bytes(opened.leaf)


def test_without_json_a_refusal_is_told_beside_the_output(process: Process) -> None:
    ended = talanoa("process", "show", "zz")
    assert (ended.code, ended.out) == (3, "")
    assert ended.err.endswith("[process_unknown]\n")


def test_on_a_real_installation_nobody_dates_an_act(process: Process) -> None:
    ended = talanoa("process", "show", "nm", "--at", "2026-03-02T09:00Z")
    assert (ended.code, ended.out) == (2, "")


def test_a_call_is_extended_by_days_and_for_a_listed_reason(operator: str) -> None:
    told(*CREATE, *NM, "--open")
    before = Process.objects.get(key="nm").stages.get(position=1).closes_at
    assert before
    told("process", "extend", "nm", 7, "outreach")
    assert Process.objects.get(key="nm").stages.get(position=1).closes_at == before + timedelta(days=7)
    assert refused("process", "extend", "nm", 0, "outreach") == (3, "extension_not_later")
    assert Entry.objects.filter(kind="stage.extended.1").count() == 1


def test_a_process_is_not_closed_before_it_is_decided(operator: str) -> None:
    told(*CREATE, *NM, "--open")
    assert refused("process", "close", "nm") == (3, "wrong_state")


def test_lists_are_followed_and_left_and_the_process_announced(
    process: Process, amina: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Hands(monkeypatch, day(1))
    text, list_id = tmp_path / "call.md", "talk.lists.example"
    text.write_text("Come.")
    as_amina, announce = ("--as", amina.address), ("process", "announce", "nm", text)
    follow = (
        "--name",
        "Talk",
        "--post",
        "talk@lists.example",
        "--archive",
        "https://lists.example/list/talk/",
    )
    assert told("process", "follow", "nm", list_id, *follow, *as_amina) == {
        "key": "nm",
        "list": list_id,
        "subscribe": f"nm+list@{outbox.domain}",
    }
    preview = told(*announce, "--preview", *as_amina)["mail"]
    assert not Announcement.objects.exists()
    made = told(*announce, *as_amina)
    assert (made["announcement"], made["lists"], made["mail"]) == (1, [list_id], preview)
    assert made["page"] == f"{outbox.site}/p/nm/announcements/1/"
    assert told("process", "unfollow", "nm", list_id, *as_amina)["list"] == list_id
    assert refused("process", "unfollow", "nm", "x.example", *as_amina) == (3, "list_unknown")
    assert refused(*announce, "--list", list_id, *as_amina) == (3, "list_unknown")
    assert refused("process", "follow", "nm", "talk", *as_amina) == (3, "list_malformed")


def test_an_outreach_list_is_invited_whole_or_not_at_all(
    process: Process, amina: Person, dalia: Participant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Hands(monkeypatch, day(1))
    people, as_amina = tmp_path / "people.csv", ("--as", amina.address)
    people.write_text("name,address\nSelam,selam@addis.example\nAma,ama\nDalia,dalia@talanoa.example\n")
    invite = ("process", "invite", "nm", people)
    ended = talanoa(*invite, *as_amina, "--json")
    assert (ended.code, ended.told["code"], ended.told["subjects"]) == (3, "table_unreadable", ["3"])
    assert ended.told["message"] == "Line 3: This is no mail address of a person: ama"
    assert not Invitation.objects.exists()
    people.write_text(people.read_text().replace("ama\n", "ama@accra.example\n"))
    skipped = [{"address": "dalia@talanoa.example", "why": "joined"}]
    assert told(*invite, *as_amina) == {"key": "nm", "invited": 2, "skipped": skipped}
    assert talanoa(*invite, *as_amina).out.startswith("0 invited, 3 passed over.")


def test_the_chair_invites_nobody(process: Process, chair: Participant, tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("name,address\nSelam,selam@addis.example\n")
    assert refused("process", "invite", "nm", people, "--as", chair.person.address) == (4, "not_allowed")


def test_only_convenor_and_secretariat_announce(process: Process, chair: Participant, tmp_path: Path) -> None:
    text = tmp_path / "call.md"
    text.write_text("Come.")
    assert refused("process", "announce", "nm", text, "--as", chair.person.address) == (4, "not_allowed")
