"""`talanoa mail receive`: number and receipt, or the code of the refusal."""

from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from command_line import refused, talanoa, told
from mail.example_mails import Postbox, mail
from talanoa.kernel import clock
from talanoa.lib import receipts
from talanoa.lib.notes import Verifier
from talanoa.lib.rfc5322 import MAX_MESSAGE
from talanoa.lib.rfc5322.limits import MAX_HEADER_BLOCK
from talanoa.mail.actions import queue_mail
from talanoa.mail.models import RawMessage, Subscription
from talanoa.people.models import Person
from talanoa.processes.models import Process, Stage
from talanoa.record.models import Log


@pytest.fixture
def postbox(process: Process, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Postbox:
    """A process that is open now, by the real clock."""
    Stage.objects.filter(kind="input").update(opened_at=clock.now(), closes_at=None)
    return Postbox(tmp_path, monkeypatch)


def written(folder: Path, raw: bytes) -> Path:
    path = folder / "1.eml"
    path.write_bytes(raw)
    return path


def test_a_mail_gets_its_number_and_a_receipt_that_holds(postbox: Postbox, tmp_path: Path, log: Log) -> None:
    answer = told("mail", "receive", written(tmp_path, mail()), "--to", "nm")
    assert (answer["number"], answer.keys()) == (1, {"number", "receipt", "message"})
    verdict = receipts.check(receipts.parse(answer["receipt"]), [Verifier.parse(log.vkey)])
    assert (verdict.code, len(postbox.files())) == (receipts.OK, 1)


def test_twice_is_the_first_number_again(postbox: Postbox, tmp_path: Path) -> None:
    file = written(tmp_path, mail())
    assert [told("mail", "receive", file, "--to", "nm")["number"] for _twice in range(2)] == [1, 1]


def test_without_a_key_the_mail_says_itself_for_whom_it_is(postbox: Postbox, tmp_path: Path) -> None:
    assert told("mail", "receive", written(tmp_path, mail()))["number"] == 1


@pytest.mark.parametrize("size", [MAX_MESSAGE + 1, MAX_MESSAGE + 9_000_000])
def test_of_a_mail_that_is_too_large_the_head_is_kept_and_it_is_numbered(
    postbox: Postbox, tmp_path: Path, size: int
) -> None:
    head = mail("x")
    told("mail", "receive", written(tmp_path, head + b"x" * (size - len(head))), "--to", "nm")
    kept = RawMessage.objects.get()
    assert (kept.number, kept.outcome, len(kept.data)) == (1, "mail_too_large", MAX_HEADER_BLOCK)


def test_a_mail_comes_from_standard_input_too(postbox: Postbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(mail())))
    assert told("mail", "receive", "-")["number"] == 1


def test_people_read_the_letter_itself(postbox: Postbox, tmp_path: Path) -> None:
    ended = talanoa("mail", "receive", written(tmp_path, mail()))
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("Thank you. Your input to “How should training be funded?” has the number")


def test_a_refusal_has_a_code_and_says_what_to_do(postbox: Postbox, tmp_path: Path) -> None:
    ended = talanoa("mail", "receive", written(tmp_path, mail()), "--to", "zz")
    assert (ended.code, ended.out) == (3, "")
    assert ended.err == (
        "There is no process “zz” here. Each process page shows the address to write to.\n\nOpen now:\n"
        "  nm@talanoa.example  How should training be funded? [call_unknown]\n"
    )


@pytest.mark.parametrize(
    ("raw", "answer"), [(mail("input"), (3, "text_empty")), (mail("withdraw 1"), (4, "not_allowed"))]
)
def test_refusals_end_with_3_and_acts_of_nobody_known_with_4(
    postbox: Postbox, tmp_path: Path, raw: bytes, answer: tuple[int, str]
) -> None:
    assert refused("mail", "receive", written(tmp_path, raw)) == answer


def test_a_mail_that_cannot_be_read_by_program_is_a_number_all_the_same(
    postbox: Postbox, tmp_path: Path
) -> None:
    assert told("mail", "receive", written(tmp_path, b"\0\0\0"), "--to", "nm")["number"] == 1


@pytest.mark.parametrize("name", ["nowhere.eml", "."])
def test_a_file_that_cannot_be_read_ends_with_5(postbox: Postbox, tmp_path: Path, name: str) -> None:
    assert refused("mail", "receive", tmp_path / name, "--to", "nm") == (5, "file_unreadable")


def test_how_much_mail_somebody_gets_is_chosen_on_the_command_line_too(
    postbox: Postbox, yusuf: Person
) -> None:
    answer = told("mail", "level", "nm", "every", "--as", yusuf.address)
    assert (answer["process"], answer["level"], answer["paused_until"]) == ("nm", "every", None)
    told("mail", "level", "nm", "digest", "--pause", "7", "--as", yusuf.address)
    row = Subscription.objects.get(person=yusuf)
    assert (row.level, row.paused_until is not None) == ("digest", True)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("nm", "hourly", "--as", "yusuf@garissa.example"), "level_unknown"),
        (("zz", "every", "--as", "yusuf@garissa.example"), "process_unknown"),
        (("nm", "every", "--as", "nobody@garissa.example"), "person_unknown"),
    ],
)
def test_what_cannot_be_chosen_is_refused(
    postbox: Postbox, yusuf: Person, words: tuple[str, ...], code: str
) -> None:
    assert refused("mail", "level", *words) == (3, code)


def test_without_a_mail_server_waiting_letters_become_files(postbox: Postbox) -> None:
    queue_mail(key="k", to="yusuf@garissa.example", subject="S", text="W.", at=clock.now())
    assert told("mail", "send") == {"sent": 0, "later": 0, "failed": 0, "files": 1, "down": ""}
