"""A program may die at any moment: nothing is lost, nothing is doubled, and the next run goes on.

Every test starts real programs on a real database; what they left is read with plain SQL.
"""

import os
import resource
from collections.abc import Callable
from pathlib import Path
from random import Random
from subprocess import TimeoutExpired

import pytest

from journeys.installation import KILLED, SERVER, Installation, Kept, finished, kills, write_mail
from talanoa.kernel.faults import RECEIVING

NIGHTLY = bool(os.environ.get("TALANOA_NIGHTLY"))
ONCE = Kept(numbers=(1,), last_number=1, received=1, raw=1, queued=1, files=1)
KILLS = 200
DONE = [
    "input.received.1",
    "response.published.1",
    "stage.closed.1",
    "stage.opened.1",
    "report.sealed.1",
    "stage.closed.1",
    "stage.opened.1",
    "report.final.1",
    "stage.closed.1",
    "stage.opened.1",
    "decision.taken.1",
]
New = Callable[[], Installation]


@kills(RECEIVING, nightly=RECEIVING)
def test_a_mail_whose_receiving_was_killed_is_received_once_when_it_comes_again(
    here: Installation, tmp_path: Path, point: str
) -> None:
    mail = write_mail(tmp_path)
    assert here.receive(mail, fail_at=point)[0] == KILLED
    assert here.tree_holds()
    code, told = here.receive(mail)
    assert (code, told["number"]) == (0, 1)
    assert (here.kept(), here.tree_holds()) == (ONCE, True)


@pytest.mark.nightly
@pytest.mark.skipif(not NIGHTLY, reason="six commands, each killed once; make nightly")
def test_a_whole_process_goes_on_although_every_command_is_killed_once(
    here: Installation, tmp_path: Path
) -> None:
    answers, decision = tmp_path / "answers.csv", tmp_path / "decision.yaml"
    answers.write_text(
        "numbers,theme,summary,status,response\nall,Money,They need it.,accepted,It is right.\n"
    )
    decision.write_text("answers:\n- {number: 1, answer: accepted, reason: There is money for it.}\n")
    before = len(here.rows("SELECT id FROM record_entry"))
    for words, at in (
        (("mail", "receive", str(write_mail(tmp_path)), "--to", "nm"), "2026-03-03T09:00Z"),
        (("respond", "import", "nm", str(answers)), "2026-03-04T09:00Z"),
        (("tick",), "2026-04-12T09:00Z"),
        (("report", "seal", "nm", "--outline"), "2026-04-13T09:00Z"),
        (("tick",), "2026-05-05T09:00Z"),
        (("decide", "nm", str(decision)), "2026-05-06T09:00Z"),
    ):
        assert here.run(*words, "--at", at, fail_at="after-append")[0] == KILLED, words
        assert here.run(*words, "--at", at)[0] == 0, words
    kinds = [kind for (kind,) in here.rows('SELECT kind FROM record_entry ORDER BY "index"')[before:]]
    assert kinds == DONE
    assert here.audit()


def test_a_mail_of_ours_whose_writing_was_killed_is_written_once(here: Installation, tmp_path: Path) -> None:
    assert here.receive(write_mail(tmp_path), fail_at="after-commit")[0] == KILLED
    assert here.run("tick", "--at", "2026-03-02T10:00Z", fail_at="after-file")[0] == KILLED
    assert here.run("tick", "--at", "2026-03-02T10:00Z")[0] == 0
    assert here.kept() == ONCE


def test_one_mail_from_four_programs_at_once_and_once_more_is_one_input(
    here: Installation, tmp_path: Path
) -> None:
    mail = write_mail(tmp_path)
    assert delivered(here, [mail] * 4) == [1, 1, 1, 1]
    assert here.receive(mail)[1]["number"] == 1
    assert (here.kept(), here.tree_holds()) == (ONCE, True)


def test_mails_of_strangers_to_each_other_at_once_get_numbers_without_gap(
    here: Installation, tmp_path: Path
) -> None:
    assert delivered(here, [write_mail(tmp_path, n) for n in range(1, 5)]) == [1, 2, 3, 4]
    assert here.kept() == Kept((1, 2, 3, 4), last_number=4, received=4, raw=4, queued=4, files=4)
    assert here.audit()


def test_three_mails_of_one_person_at_once_make_one_person(here: Installation, tmp_path: Path) -> None:
    mails = [write_mail(tmp_path, n, sender="lucia@nic.example") for n in range(1, 4)]
    assert delivered(here, mails) == [1, 2, 3]
    assert here.one("SELECT count(*) FROM people_person WHERE address = 'lucia@nic.example'") == 1


def delivered(here: Installation, mails: list[Path]) -> list[int]:
    """Deliver all at once, each by a program of its own; return the numbers in order."""
    at = ("--at", "2026-03-03T09:00Z", "--json")
    running = [here.start("mail", "receive", str(mail), "--to", "nm", *at) for mail in mails]
    told = [finished(program) for program in running]
    assert [code for code, _ in told] == [0] * len(mails), told
    return sorted(answer["number"] for _, answer in told)


@pytest.mark.skipif(bool(SERVER), reason="the disk is the database server's own")
@pytest.mark.parametrize("quota", [50_000, 640_000])
def test_on_a_full_disk_nothing_is_half_done_and_the_mail_can_come_again(
    here: Installation, tmp_path: Path, quota: int
) -> None:
    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (quota, resource.RLIM_INFINITY))

    mail = write_mail(tmp_path, text="Pay the trainers. " * 10_000)
    code, told = here.receive(mail, preexec_fn=limited)
    assert (code, told["code"]) == (6, "disk_full")
    assert (here.kept().numbers, here.files(), here.tree_holds()) == ((), [], True)
    assert here.receive(mail)[1]["number"] == 1
    assert (here.kept(), here.tree_holds()) == (ONCE, True)


def test_a_clock_that_runs_backwards_does_no_harm(here: Installation, tmp_path: Path) -> None:
    at = ("2026-03-09T09:00Z", "2026-03-05T09:00Z", "2026-03-02T09:00Z")
    numbers = [
        here.receive(write_mail(tmp_path, n), at=when)[1]["number"] for n, when in enumerate(at, start=1)
    ]
    assert (numbers, here.audit()) == ([1, 2, 3], True)


def test_a_real_installation_has_no_fault_points(here: Installation, tmp_path: Path) -> None:
    mail = write_mail(tmp_path)
    code, told = here.receive(mail, fail_at="before-raw", demonstration="no")
    assert (code, told["code"]) == (3, "call_closed")


@pytest.mark.nightly
@pytest.mark.skipif(not NIGHTLY, reason="200 random kills; make nightly")
def test_random_kills_lose_and_double_nothing(here: Installation, tmp_path: Path) -> None:
    chance = Random(20260302)
    mails = [write_mail(tmp_path, n) for n in range(1, KILLS // 10 + 1)]
    for _round in range(KILLS):
        program = here.start(
            "mail", "receive", str(chance.choice(mails)), "--to", "nm", "--at", "2026-03-03T09:00Z"
        )
        try:
            program.wait(timeout=chance.uniform(0.5, 1.6))
        except TimeoutExpired:
            program.kill()
        program.communicate()
    assert delivered(here, mails) == list(range(1, len(mails) + 1))
    assert here.kept().numbers == tuple(range(1, len(mails) + 1))
    assert here.audit()
