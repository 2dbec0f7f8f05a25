"""`talanoa record`: verify, audit, compare, export, with exit codes that a script can act on."""

from collections.abc import Callable
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest
from django.db import connection

from command_line import talanoa, told
from conftest import day
from talanoa.contributions.receipts import receipt_text
from talanoa.inputs.actions.erasing import erase_input
from talanoa.inputs.models import Input
from talanoa.people.models import Person
from talanoa.processes.models import Participant
from talanoa.record.models import Log
from talanoa.record.queries import latest_checkpoint

Send = Callable[..., Input]


@pytest.fixture
def receipt(send: Send, yusuf: Person, tmp_path: Path) -> Path:
    path = tmp_path / "receipt.txt"
    path.write_text(receipt_text(send(yusuf, title="Wells").contribution), encoding="utf-8")
    return path


def changed(path: Path, old: str, new: str) -> Path:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def checkpoint(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_text(latest_checkpoint(Log.objects.get(name="real")).note, encoding="utf-8")
    return path


def test_a_receipt_that_holds_ends_with_0(receipt: Path) -> None:
    answer = told("record", "verify", receipt)
    assert (answer["verdict"], answer["message"][:30]) == (0, "In the record, unchanged, with")


def test_a_receipt_comes_from_standard_input_too(receipt: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(receipt.read_bytes())))
    assert told("record", "verify", "-")["verdict"] == 0


def test_a_changed_value_ends_with_1(receipt: Path) -> None:
    ended = talanoa("record", "verify", changed(receipt, "title: Wells", "title: Walls"), "--json")
    assert (ended.code, ended.told["verdict"]) == (1, 1)
    assert "title" in ended.told["message"]


def test_a_changed_checkpoint_ends_with_2(receipt: Path) -> None:
    size = Log.objects.get().size
    assert talanoa("record", "verify", changed(receipt, f"\n{size}\n", f"\n{size + 1}\n")).code == 2


def test_a_key_of_somebody_else_ends_with_2(receipt: Path) -> None:
    log = Log.objects.get()
    other = log.vkey.replace("talanoa.example", "another.example")
    assert talanoa("record", "verify", receipt, "--key", other).code != 0
    assert talanoa("record", "verify", receipt, "--key", log.vkey).code == 0


def test_a_key_that_is_none_is_wrong_usage(receipt: Path) -> None:
    ended = talanoa("record", "verify", receipt, "--key", "nonsense")
    assert (ended.code, ended.out, ended.err[:6]) == (2, "", "--key:")


def test_once_its_content_is_erased_a_receipt_ends_with_4(
    receipt: Path, convenor: Participant, tmp_path: Path
) -> None:
    erase_input(Input.objects.get(), by=convenor, ground="author_request", at=day(2), channel="web")
    later = tmp_path / "later.txt"
    later.write_text(receipt_text(Input.objects.get().contribution), encoding="utf-8")
    assert [talanoa("record", "verify", path).code for path in (later, receipt)] == [4, 4]


@pytest.mark.parametrize("text", ["", "Dear all,", "== received ==\n== end ==\n"])
def test_what_is_no_receipt_ends_with_5(log: Log, tmp_path: Path, text: str) -> None:
    path = tmp_path / "receipt.txt"
    path.write_text(text, encoding="utf-8")
    ended = talanoa("record", "verify", path)
    assert (ended.code, ended.out, ended.err[:21]) == (5, "", "This is not a receipt")


def test_a_receipt_that_is_not_there_ends_with_5(log: Log, tmp_path: Path) -> None:
    assert talanoa("record", "verify", tmp_path / "nowhere").code == 5


def test_an_audit_that_holds_ends_with_0_and_counts(receipt: Path) -> None:
    answer = told("record", "audit")
    assert (answer["holds"], answer["wrong"], answer["entries"]) == (True, [], Log.objects.get().size)
    assert talanoa("record", "audit").out.startswith("The record holds: ")


def test_a_row_that_was_changed_by_sql_ends_with_1(receipt: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE inputs_input SET title = 'Walls'")
    ended = talanoa("record", "audit", "--json")
    assert (ended.code, ended.told["holds"], len(ended.told["wrong"])) == (1, False, 1)
    assert "The record does NOT hold" in talanoa("record", "audit").err


def test_two_checkpoints_of_one_log_fit(receipt: Path, send: Send, yusuf: Person, tmp_path: Path) -> None:
    first = checkpoint(tmp_path, "first")
    send(yusuf, "More.")
    second = checkpoint(tmp_path, "second")
    assert told("record", "compare", first, second)["same_log"] is True
    assert told("record", "compare", receipt, second)["same_log"] is True


def test_checkpoints_that_do_not_fit_end_with_1(receipt: Path, tmp_path: Path) -> None:
    good = checkpoint(tmp_path, "good")
    size = Log.objects.get().size
    bad = tmp_path / "bad"
    bad.write_text(good.read_text(encoding="utf-8").replace(f"\n{size}\n", "\n1\n"), encoding="utf-8")
    ended = talanoa("record", "compare", good, bad, "--json")
    assert (ended.code, ended.told["same_log"]) == (1, False)


def test_the_export_names_its_files(receipt: Path, tmp_path: Path) -> None:
    folder = tmp_path / "export"
    answer = told("record", "export", folder)
    files = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
    assert (answer["files"], answer["directory"]) == (len(files), str(folder))
    assert {"checkpoint", "entries.jsonl", "key", "verify.html"} < set(files)


def test_a_folder_that_cannot_be_written_ends_with_5(log: Log, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert talanoa("record", "export", tmp_path / "file" / "export").code == 5


@pytest.mark.parametrize(
    "words", [("audit",), ("export", "x"), ("verify", __file__), ("compare", __file__, __file__)]
)
def test_without_a_record_one_is_told_to_make_it(db: None, words: tuple[str, ...]) -> None:
    ended = talanoa("record", *words, "--json")
    assert (ended.code, ended.told["code"]) == (3, "log_missing")
    assert "talanoa init" in ended.told["message"]
