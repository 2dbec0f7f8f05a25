"""`talanoa input`: import, list, erase; each good, refused, and by somebody without the role."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from command_line import SAMPLES, refused, talanoa, told
from talanoa.contributions.models import Contribution
from talanoa.inputs.models import Input
from talanoa.kernel import clock
from talanoa.people.models import Person
from talanoa.processes.actions.stages import keep_stages
from talanoa.processes.models import Participant, Process, Stage

Send = Callable[..., Input]
AMINA = ("--as", "amina@talanoa.example")
REGISTER = ("--register", SAMPLES / "register.csv")


@pytest.fixture
def now_open(process: Process) -> Process:
    """A process that is open now, by the real clock."""
    Stage.objects.filter(kind="input").update(opened_at=clock.now(), closes_at=None)
    return process


def test_a_folder_becomes_inputs_and_twice_adds_nothing(now_open: Process) -> None:
    words = ("input", "import", "nm", SAMPLES, *REGISTER, *AMINA)
    answers = [told(*words) for _twice in range(2)]
    counts = [tuple(a[name] for name in ("read", "added", "duplicates", "rejected")) for a in answers]
    assert counts == [(12, 12, 0, 0), (12, 0, 12, 0)]
    assert set(Contribution.objects.values_list("channel", "authorship__assurance")) == {
        ("import", "imported")
    }


def test_people_read_counts_and_repairs(now_open: Process) -> None:
    lines = talanoa("input", "import", "nm", SAMPLES, *REGISTER, *AMINA).out.splitlines()
    assert lines[0] == "read 12, added 12, already there 0, rejected 0"
    assert any(line.startswith("  repaired: ") for line in lines)
    assert any(line.startswith("  form and register differ: ") for line in lines)


def test_one_file_that_cannot_be_read_is_named_and_the_others_are_added(
    now_open: Process, tmp_path: Path
) -> None:
    folder = tmp_path / "forms"
    shutil.copytree(SAMPLES, folder)
    (folder / "003A.txt").write_bytes(b"")
    (folder / "003B.txt").write_bytes(b"")
    answer = told("input", "import", "nm", folder, *AMINA)
    assert (answer["added"], answer["rejected"]) == (11, 1)
    [problem] = answer["problems"]
    assert (problem["source"][:3], problem.keys()) == ("003", {"source", "code", "reason"})


@pytest.mark.parametrize(
    "words",
    [("/nowhere/at/all",), (SAMPLES, "--register", "/nowhere/register.csv")],
)
def test_a_folder_that_is_not_there_is_named(now_open: Process, words: tuple[object, ...]) -> None:
    assert refused("input", "import", "nm", *words, *AMINA) == (3, "folder_missing")


def test_a_closed_call_takes_no_folder(process: Process) -> None:
    keep_stages(at=clock.now())
    assert refused("input", "import", "nm", SAMPLES, *AMINA) == (3, "call_closed")


def test_only_the_office_imports(now_open: Process, yusuf: Person, sponsor: Participant) -> None:
    for person in (yusuf, sponsor.person):
        assert refused("input", "import", "nm", SAMPLES, "--as", person.address) == (4, "not_allowed")
    assert not Contribution.objects.exists()


def test_everybody_lists_what_they_may_read(send: Send, yusuf: Person, lucia: Person) -> None:
    send(yusuf, "For all.", title="Open")
    send(yusuf, "For the desk.", title="CANARY", publication="private")
    hers = told("input", "list", "nm", "--as", lucia.address)["inputs"]
    assert [(row["label"], row["title"], row["author"]) for row in hers] == [
        ("nm-1", "Open", "Yusuf Abdi"),
        ("nm-2", "", ""),
    ]
    desk = told("input", "list", "nm", *AMINA)["inputs"]
    assert [row["title"] for row in desk] == ["Open", "CANARY"]


def test_the_list_has_these_fields_and_no_others(send: Send, yusuf: Person) -> None:
    send(yusuf, title="Open")
    [row] = told("input", "list", "nm", *AMINA)["inputs"]
    assert row == {
        "number": 1,
        "label": "nm-1",
        "state": "published",
        "channel": "web",
        "title": "Open",
        "author": "Yusuf Abdi",
        "organization": "",
        "group": "civil_society",
        "country": "KE",
        "answers": 0,
    }


def test_people_read_one_line_for_each_input(send: Send, yusuf: Person) -> None:
    send(yusuf, title="Open")
    head, row = "   No.  state        answers  title", "     1  published          0  Open"
    assert talanoa("input", "list", "nm", *AMINA).out == f"{head}\n{row}\n"


def test_erasing_keeps_the_number(send: Send, yusuf: Person) -> None:
    send(yusuf, "CANARY")
    words = ("input", "erase", "nm", "nm-1", "--ground", "personal_data", *AMINA)
    assert told(*words) == {"number": 1, "state": "erased"}
    assert Input.objects.get().text == ""
    assert refused(*words) == (3, "wrong_state")


def test_only_the_convenor_erases(send: Send, yusuf: Person, dalia: Participant) -> None:
    send(yusuf, "CANARY")
    words = ("input", "erase", "nm", "1", "--ground", "personal_data", "--as", dalia.person.address)
    assert refused(*words) == (4, "not_allowed")
    assert Input.objects.get().text == "CANARY"


def test_a_number_that_is_not_there_is_named(process: Process) -> None:
    assert refused("input", "erase", "nm", "99", "--ground", "unlawful", *AMINA) == (3, "number_unknown")


def words_in(folder: Path, text: str) -> Path:
    path = folder / "words.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_input_is_sent_replaced_and_withdrawn_by_its_author(
    now_open: Process, yusuf: Person, lucia: Person, tmp_path: Path
) -> None:
    own, other = ("--as", yusuf.address), ("--as", lucia.address)
    sent = told("input", "send", "nm", words_in(tmp_path, "Pay them."), "--title", "Pay", *own)
    assert (sent["number"], sent["state"], "== received ==" in sent["receipt"]) == (1, "published", True)
    told("input", "send", "nm", words_in(tmp_path, "Hers."), *other)
    new = words_in(tmp_path, "Pay them well.")
    assert refused("input", "replace", "nm", "nm-1", new, *other) == (4, "not_allowed")
    assert told("input", "replace", "nm", "nm-1", new, *own)["number"] == 3
    assert refused("input", "withdraw", "nm", 3, *other) == (4, "not_allowed")
    assert told("input", "withdraw", "nm", 3, *own) == {"number": 3, "state": "withdrawn"}
    rows = Input.objects.order_by("pk").values_list("title", "contribution__state", "contribution__channel")
    assert list(rows) == [
        ("Pay", "superseded", "cli"),
        ("Hers.", "published", "cli"),
        ("Pay", "withdrawn", "cli"),
    ]


def test_what_is_not_there_or_not_open_is_refused_with_its_code(
    process: Process, yusuf: Person, tmp_path: Path
) -> None:
    keep_stages(at=clock.now())
    own, file = ("--as", yusuf.address), words_in(tmp_path, "Late.")
    assert refused("input", "send", "nm", file, *own) == (3, "call_closed")
    for verb in (("replace", "nm", 9, file), ("withdraw", "nm", 9)):
        assert refused("input", *verb, *own) == (3, "number_unknown")
