"""`talanoa report` and `talanoa decide`: each good, refused, and by somebody without the role."""

import csv
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest

from command_line import refused, talanoa, told
from conftest import day
from steps import REPORT, answer, answer_all, finish, seal
from talanoa.contributions.actions.answering import approve_response
from talanoa.documents.models import Revision
from talanoa.inputs.models import Input
from talanoa.people.models import Person
from talanoa.processes.actions.stages import keep_stages
from talanoa.processes.models import Participant, Process
from talanoa.reports.models import Report

Send = Callable[..., Input]
AMINA = ("--as", "amina@talanoa.example")
RULINGS = """answers:
  - {number: 1, answer: accepted, reason: The money is there.}
  - {number: 2, answer: do_not_proceed, reason: It is public already.}
"""


@pytest.fixture
def drafting(process: Process, send: Send, yusuf: Person, convenor: Participant) -> Process:
    """The call is over and its one input answered."""
    send(yusuf, "One.\nTwo.")
    keep_stages(at=day(41))
    answer_all(convenor)
    return process


def written(folder: Path, text: str) -> Path:
    path = folder / "file"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_report_is_saved_as_a_revision(drafting: Process, tmp_path: Path) -> None:
    answer = told("report", "write", "nm", written(tmp_path, REPORT), *AMINA)
    assert (answer["revision"], len(answer["sha256"])) == (1, 64)
    assert told("report", "write", "nm", written(tmp_path, REPORT + "More.\n"), *AMINA)["revision"] == 2


def test_without_a_file_an_outline_of_themes_and_answers_is_saved(drafting: Process) -> None:
    told("report", "write", "nm", *AMINA)
    text = Report.objects.get().document.latest().text
    assert "1 inputs were received; 1 have an answer." in text
    assert "[theme:money]" in text


def test_only_the_office_writes(drafting: Process, yusuf: Person, sponsor: Participant) -> None:
    for person in (yusuf, sponsor.person):
        assert refused("report", "write", "nm", "--as", person.address) == (4, "not_allowed")


def test_the_seal_tells_hash_and_end_of_review(drafting: Process, tmp_path: Path) -> None:
    answer = told("report", "seal", "nm", "--file", written(tmp_path, REPORT), *AMINA)
    report = Report.objects.get()
    assert answer == {
        "sealed": report.sealed_sha256,
        "review_ends_at": f"{report.review_ends_at:%Y-%m-%dT%H:%M:%SZ}",
    }
    assert refused("report", "seal", "nm", *AMINA) == (3, "wrong_state")


def test_a_refused_seal_names_the_numbers_and_leaves_no_outline(
    process: Process, send: Send, yusuf: Person
) -> None:
    send(yusuf)
    keep_stages(at=day(41))
    ended = talanoa("report", "seal", "nm", *AMINA, "--json")
    assert (ended.code, ended.told["code"], ended.told["subjects"]) == (3, "input_unanswered", ["nm-1"])
    assert "nm-1" in ended.told["message"]
    assert not Revision.objects.filter(document__kind="report").exists()


def test_an_outline_is_sealed_only_where_that_is_said(drafting: Process) -> None:
    ended = talanoa("report", "seal", "nm", *AMINA, "--json")
    assert (ended.code, ended.told["code"]) == (3, "report_missing")
    assert "--outline" in ended.told["message"]
    assert not Report.objects.exists()
    told("report", "seal", "nm", "--outline", *AMINA)
    assert Report.objects.get().sealed_at is not None


def test_a_file_is_saved_and_sealed(drafting: Process, tmp_path: Path) -> None:
    told("report", "seal", "nm", written(tmp_path, REPORT), *AMINA)
    assert Report.objects.get().sealed_revision.text.startswith("# Training")


def test_only_the_convenor_seals(drafting: Process, dalia: Participant) -> None:
    assert refused("report", "seal", "nm", "--as", dalia.person.address) == (4, "not_allowed")
    assert not Report.objects.exists()


def test_the_table_has_six_columns_and_a_line_for_each_answer(
    drafting: Process, convenor: Participant
) -> None:
    answer_all(convenor)
    rows = list(csv.reader(StringIO(talanoa("report", "matrix", "nm").out)))
    assert rows[0] == ["commenter", "section", "comment", "response", "change", "where"]
    assert [len(row) for row in rows] == [6, 6, 6]


def test_rows_are_counted_not_lines(
    process: Process, send: Send, yusuf: Person, convenor: Participant
) -> None:
    said = answer(send(yusuf).contribution, convenor, text="One line.\nAnother line.")
    approve_response(said, by=convenor, at=day(4), channel="web")
    table = told("report", "matrix", "nm")
    assert (table["rows"], table["csv"].count("\n")) == (1, 3)


def test_no_cell_is_a_formula(process: Process, send: Send, yusuf: Person, convenor: Participant) -> None:
    yusuf.name = "=HYPERLINK(1)"
    yusuf.save()
    send(yusuf)
    answer_all(convenor)
    assert "'=HYPERLINK(1)" in talanoa("report", "matrix", "nm").out


def test_a_decision_answers_each_recommendation(
    *,
    process: Process,
    send: Send,
    yusuf: Person,
    convenor: Participant,
    sponsor: Participant,
    tmp_path: Path,
) -> None:
    send(yusuf)
    finish(convenor)
    answer = told("decide", "nm", written(tmp_path, RULINGS), "--as", sponsor.person.address)
    assert answer["answers"] == 2
    assert refused("decide", "nm", written(tmp_path, RULINGS), *AMINA) == (3, "decided_already")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("answers: [", "decision_unreadable"),
        ("answers: []", "decision_incomplete"),
        ("answers:\n  - {number: 1, answer: accepted, reason: Yes.}\n", "decision_incomplete"),
        (RULINGS.replace("do_not_proceed", "perhaps"), "answer_unknown"),
        (RULINGS.replace("It is public already.", "''"), "reason_missing"),
    ],
)
def test_a_decision_with_a_gap_is_refused(
    *,
    process: Process,
    send: Send,
    yusuf: Person,
    convenor: Participant,
    tmp_path: Path,
    text: str,
    code: str,
) -> None:
    send(yusuf)
    finish(convenor)
    assert refused("decide", "nm", written(tmp_path, text), *AMINA) == (3, code)


def test_nobody_decides_while_the_review_period_runs(
    *, process: Process, send: Send, yusuf: Person, convenor: Participant, tmp_path: Path, settings: object
) -> None:
    settings.TALANOA_DEMONSTRATION = True  # type: ignore[attr-defined]
    send(yusuf)
    seal(convenor)
    words = ("decide", "nm", written(tmp_path, RULINGS), *AMINA, "--at", f"{day(50):%Y-%m-%dT%H:%MZ}")
    assert refused(*words) == (3, "review_period_running")
    assert talanoa(*words).err == (
        "The review period runs until Monday 4 May 2026, 09:00 UTC. Nobody can decide before. [review_period_running]\n"
    )


def test_only_sponsor_and_convenor_decide(
    *, process: Process, send: Send, yusuf: Person, convenor: Participant, dalia: Participant, tmp_path: Path
) -> None:
    send(yusuf)
    finish(convenor)
    for person in (yusuf, dalia.person):
        words = ("decide", "nm", written(tmp_path, RULINGS), "--as", person.address)
        assert refused(*words) == (4, "not_allowed")


def test_a_decision_file_that_is_not_there_ends_with_5(process: Process, tmp_path: Path) -> None:
    assert refused("decide", "nm", tmp_path / "nowhere.yaml", *AMINA) == (5, "file_unreadable")
