"""`talanoa respond import`: answers from a table, all of them or none."""

from collections.abc import Callable
from pathlib import Path

import pytest

from command_line import refused, talanoa, told
from talanoa.contributions.models import Answer, Response, Theme
from talanoa.inputs.models import Input
from talanoa.people.models import Person
from talanoa.processes.models import Participant, Process

Send = Callable[..., Input]
AMINA = ("--as", "amina@talanoa.example")
HEAD = "numbers,theme,summary,status,response,change,where\n"
TWO = "1,Money,They ask for pay.,accepted,Yes: it is cheap.,A budget line,Section 2\n2,,,noted,Read.,,\n"


@pytest.fixture
def inputs(send: Send, yusuf: Person, lucia: Person) -> None:
    send(yusuf, "One.")
    send(lucia, "Two.")
    send(lucia, "Three.")


def table(folder: Path, rows: str, head: str = HEAD) -> Path:
    path = folder / "answers.csv"
    path.write_text(head + rows, encoding="utf-8")
    return path


def test_each_line_is_an_answer_to_its_numbers(inputs: None, tmp_path: Path) -> None:
    answer = told("respond", "import", "nm", table(tmp_path, TWO), *AMINA)
    assert answer == {"responses": 2, "answered": 2, "waiting": 1}
    assert [theme.summary for theme in Theme.objects.all()] == ["They ask for pay."]


def test_the_same_table_again_answers_nobody_twice(inputs: None, tmp_path: Path) -> None:
    file = table(tmp_path, TWO)
    told("respond", "import", "nm", file, *AMINA)
    assert told("respond", "import", "nm", file, *AMINA) == {"responses": 0, "answered": 0, "waiting": 1}
    assert Answer.objects.count() == 2


def test_people_read_how_many_still_wait(inputs: None, tmp_path: Path) -> None:
    ended = talanoa("respond", "import", "nm", table(tmp_path, TWO), *AMINA)
    assert ended.out == "2 answers published to 2 inputs; 1 still waits.\n"


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        (TWO + "9,,,noted,Read.,,\n", "numbers_unknown"),
        (TWO + "3,,,maybe,Read.,,\n", "status_unknown"),
        (TWO + "3,,,not_accepted,,,\n", "reason_missing"),
        (TWO + "3,,,out_of_scope,Not ours.,,\n", "place_missing"),
    ],
)
def test_one_wrong_line_and_nothing_is_published(inputs: None, tmp_path: Path, rows: str, code: str) -> None:
    assert refused("respond", "import", "nm", table(tmp_path, rows), *AMINA) == (3, code)
    assert not Response.objects.exists()
    assert "Line 4: " in talanoa("respond", "import", "nm", table(tmp_path, rows), *AMINA).err


def test_the_columns_that_lack_are_named(inputs: None, tmp_path: Path) -> None:
    file = table(tmp_path, "1,yes\n", head="who,what\n")
    assert refused("respond", "import", "nm", file, *AMINA) == (3, "table_unreadable")


def test_a_table_in_another_encoding_or_not_there_ends_with_5(inputs: None, tmp_path: Path) -> None:
    (tmp_path / "latin.csv").write_bytes(HEAD.encode() + "1,,,noted,Réponse.,,\n".encode("latin-1"))
    for name in ("latin.csv", "nowhere.csv"):
        assert refused("respond", "import", "nm", tmp_path / name, *AMINA) == (5, "file_unreadable")


def test_a_spreadsheet_s_byte_order_mark_does_no_harm(inputs: None, tmp_path: Path) -> None:
    file = table(tmp_path, TWO, head="\ufeff" + HEAD)
    assert told("respond", "import", "nm", file, *AMINA)["answered"] == 2


def test_only_who_approves_answers_publishes_them(
    inputs: None, tmp_path: Path, yusuf: Person, dalia: Participant
) -> None:
    for person in (yusuf, dalia.person):
        words = ("respond", "import", "nm", table(tmp_path, TWO), "--as", person.address)
        assert refused(*words) == (4, "not_allowed")
    assert not Response.objects.exists()


def test_a_process_without_inputs_has_nothing_to_answer(process: Process, tmp_path: Path) -> None:
    assert refused("respond", "import", "nm", table(tmp_path, TWO), *AMINA) == (3, "numbers_unknown")


def test_what_an_author_makes_of_an_answer(
    inputs: None, lucia: Person, yusuf: Person, tmp_path: Path
) -> None:
    told("respond", "import", "nm", table(tmp_path, TWO), *AMINA)
    own = ("--as", lucia.address)
    dispute = ("respond", "dispute", "nm", "nm-2", "--text", "I asked for more.")
    assert refused(*dispute, "--as", yusuf.address) == (4, "not_allowed")
    assert told(*dispute, *own) == {"number": 2, "reception": "disputed"}
    assert told("respond", "thanks", "nm", 2, *own) == {"number": 2, "reception": "acknowledged"}
    assert refused("respond", "thanks", "nm", 3, *own) == (3, "not_answered")
    assert refused("respond", "thanks", "nm", 9, *own) == (3, "number_unknown")
