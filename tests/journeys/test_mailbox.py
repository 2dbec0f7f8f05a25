"""A small secretariat begins with one mailbox: a real IMAP server, real programs, and a kill at any moment."""

import ssl
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from subprocess import TimeoutExpired

import pytest

from journeys.installation import KILLED, Installation, finished, kills, write_mail
from journeys.mail_servers import AT, PASSWORD, USERS, Dovecot, dovecot, listening, needs_dovecot
from journeys.test_kill_points import ONCE
from talanoa.kernel.faults import LISTENING, MAILBOX, RECEIVING
from talanoa.mail.mailbox import MailboxTrouble, opened
from talanoa.mail.posting import Account

POLL = ("mail", "poll", "--at", AT)
HEAD = "From: P{n} <p{n}@garissa.example>\r\nMessage-ID: <{n}@garissa.example>\r\nSubject: Money {n}\r\n"
TO = "To: nm@talanoa.example\r\n"
TO_LIST = "To: all@lists.example\r\nX-Original-To: all@lists.example\r\nList-Id: <all.lists.example>\r\n"
FORWARD = "\r\n---------- Forwarded message ---------\r\nFrom: Tupou <t@a.example>\r\n\r\nMine {n}.\r\n"
MARKED = ["$TalanoaReceived", "\\Seen"]
users = iter(USERS)


def fifty_mails() -> list[bytes]:
    """44 plain ones, three forwards, two that came by a list, one that no program can read."""
    plain = [HEAD.format(n=n) + TO + f"\r\nPay the trainers {n}.\r\n" for n in range(44)]
    forwards = [
        HEAD.format(n=n) + TO + f"\r\nI pass this on.\r\n{FORWARD.format(n=n)}" for n in range(44, 47)
    ]
    trace = "Delivered-To: nm@talanoa.example\r\nReceived: by mx.talanoa.example\r\n"
    by_list = [trace + HEAD.format(n=n) + TO_LIST + f"\r\nI agree {n}.\r\n" for n in range(47, 49)]
    unparsable = HEAD.format(n=49) + TO + f"X: {'x' * 9000}\r\n\r\nWords.\r\n"
    return [mail.encode() for mail in (*plain, *forwards, *by_list, unparsable)]


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    with dovecot() as running:
        yield running


@pytest.fixture
def user() -> str:
    """Whose mailbox it is; each test has its own."""
    return next(users)


@needs_dovecot
def test_fifty_mails_and_kills_during_the_poll_are_fifty_numbers_and_receipts(
    here: Installation, server: Dovecot, user: str
) -> None:
    server.put(user, *fifty_mails())
    for enough in (5, 20, 35):
        program = here.start(*POLL, settings=server.settings(user))
        while here.one("SELECT count(*) FROM contributions_contribution") < enough:
            try:
                program.wait(0.05)
                break
            except TimeoutExpired:
                continue
        program.kill()
        program.communicate()
    assert here.run(*POLL, settings=server.settings(user))[0] == 0
    kept = here.kept()
    assert (kept.numbers, kept.received, kept.raw) == (tuple(range(1, 51)), 50, 50)
    assert (kept.queued, kept.files) == (50, 50)
    assert here.one("SELECT count(DISTINCT number) FROM mail_outgoingmessage") == 50
    assert here.rows("SELECT outcome FROM mail_rawmessage WHERE needs_person") == [("mail_header_limit",)]
    code, told = here.run(*POLL, settings=server.settings(user))
    assert (code, told) == (0, {"numbered": 0, "done": 0, "refused": 0, "failed": 0})
    assert (here.kept(), here.audit()) == (kept, True)
    stayed, moved = server.flags(user), server.flags(user, "Talanoa")
    assert stayed + moved == [MARKED] * 50
    # A kill that falls between the mark and the move leaves that one mail where it was: at most one for each.
    assert len(stayed) <= 3


@needs_dovecot
@kills(("after-commit", "after-flag", "after-move"), nightly=(*RECEIVING, *MAILBOX))
def test_a_mail_whose_fetching_was_killed_is_received_once(
    here: Installation, server: Dovecot, user: str, point: str
) -> None:
    server.put(user, (HEAD + TO + "\r\nPay the trainers.\r\n").format(n=1).encode())
    settings = server.settings(user)
    assert here.run(*POLL, fail_at=point, settings=settings)[0] == KILLED
    assert here.tree_holds()
    for _again in range(2):
        assert here.run(*POLL, settings=settings)[0] == 0
    assert (here.kept(), here.tree_holds()) == (ONCE, True)
    left = (server.flags(user), server.flags(user, "Talanoa"))
    # Killed between the two, a mail stays marked where it was: it was received, and is left alone.
    stays = point in ("after-flag", "before-move")
    assert left == (([MARKED], []) if stays else ([], [MARKED]))


@kills(("after-commit", "before-move"), nightly=(*RECEIVING, "before-move", "after-move"))
def test_a_mail_of_a_maildir_whose_taking_was_killed_is_received_once(
    here: Installation, tmp_path: Path, point: str
) -> None:
    maildir = new_maildir(tmp_path)
    write_mail(maildir / "new")
    words = (*POLL, "--maildir", str(maildir))
    assert here.run(*words, fail_at=point)[0] == KILLED
    assert here.run(*words)[0] == 0
    assert here.run(*words)[1] == {"numbered": 0, "done": 0, "refused": 0, "failed": 0}
    assert (here.kept(), here.tree_holds()) == (ONCE, True)
    assert [path.name for path in maildir.rglob("*.eml*")] == ["1.eml:2,S"]


@kills(("before-commit", "after-ack"), nightly=(*RECEIVING, *LISTENING))
def test_a_mail_whose_delivery_was_killed_is_received_once_when_it_comes_again(
    here: Installation, tmp_path: Path, point: str
) -> None:
    raw = (HEAD + TO + "\r\nPay the trainers.\r\n").format(n=1).encode()
    with listening(here, fail_at=point) as broken:
        client = broken.client()
        client.mail("p1@garissa.example")
        client.rcpt("nm@talanoa.example")
        try:
            is_acknowledged = client.data(raw)[0] == 250
        except OSError:
            is_acknowledged = False
        client.close()
        assert broken.killed()
    assert here.tree_holds()
    if not is_acknowledged:
        with listening(here) as listener:
            assert listener.deliver(raw, "nm@talanoa.example") == [(250, "2.0.0 nm-1 received")]
    assert here.run("tick", "--at", AT)[0] == 0
    # Answers are written beside: a kill may leave a half-written file under its own name, which nobody reads.
    letters = [path for path in here.files() if path.suffix == ".eml"]
    assert (replace(here.kept(), files=len(letters)), here.tree_holds()) == (ONCE, True)


def new_maildir(folder: Path) -> Path:
    for name in ("new", "cur", "tmp"):
        (folder / "maildir" / name).mkdir(parents=True)
    return folder / "maildir"


def test_a_maildir_is_read_oldest_first_and_what_is_too_large_is_numbered(
    here: Installation, tmp_path: Path
) -> None:
    maildir = new_maildir(tmp_path)
    for number in (1, 2):
        write_mail(maildir / "new", number)
    write_mail(maildir / "new", 3, text="x" * 10_500_000)
    (maildir / "new" / ".hidden").write_text("no mail")
    code, told = here.run(*POLL, "--maildir", str(maildir))
    assert (code, told["numbered"]) == (0, 3)
    rows = here.rows(
        "SELECT number, needs_person, outcome, length(data) < 70000 FROM mail_rawmessage ORDER BY id"
    )
    assert [tuple(map(str, row[:3])) for row in rows][2][2] == "mail_too_large"
    assert [bool(row[1]) for row in rows] == [False, False, True]
    assert [bool(row[3]) for row in rows] == [True, True, True]
    assert here.run(*POLL, "--maildir", str(tmp_path / "nowhere"))[0] == 5


@needs_dovecot
def test_a_mail_over_ten_megabytes_keeps_its_header_and_gets_a_number(
    here: Installation, server: Dovecot, user: str
) -> None:
    large = (HEAD + TO + "\r\n").format(n=1).encode() + b"0123456789\r\n" * 900_000
    server.put(user, large, (HEAD + TO + "\r\nSmall.\r\n").format(n=2).encode())
    assert here.run(*POLL, settings=server.settings(user))[1]["numbered"] == 2
    rows = here.rows("SELECT number, data, outcome FROM mail_rawmessage ORDER BY number")
    assert [(number, outcome) for number, _data, outcome in rows] == [(1, "mail_too_large"), (2, "received")]
    assert bytes(rows[0][1]) == (HEAD + TO + "\r\n").format(n=1).encode()
    assert here.one("SELECT count(*) FROM mail_outgoingmessage") == 2


@needs_dovecot
def test_what_a_person_has_opened_is_taken_in_all_the_same(
    here: Installation, server: Dovecot, user: str
) -> None:
    server.put(user, (HEAD + TO + "\r\nPay the trainers.\r\n").format(n=1).encode())
    with server.client(user) as client:
        client.select()
        client.store("1", "+FLAGS", "\\Seen")
    assert here.run(*POLL, settings=server.settings(user))[1]["numbered"] == 1


@needs_dovecot
def test_a_server_that_cannot_move_has_its_mails_marked_where_they_are(here: Installation, user: str) -> None:
    with dovecot(capability="IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE IDLE LITERAL+ UIDPLUS") as old:
        old.put(user, *fifty_mails()[:3])
        assert here.run(*POLL, settings=old.settings(user))[1]["numbered"] == 3
        assert here.run(*POLL, settings=old.settings(user))[1]["numbered"] == 0
        assert old.flags(user) == [["$TalanoaReceived", "\\Seen"]] * 3


@needs_dovecot
def test_a_mailbox_that_was_made_anew_loses_and_doubles_nothing(
    here: Installation, server: Dovecot, user: str
) -> None:
    """Its UIDVALIDITY changes: every identifier of a mail means another one, and none of ours depends on it."""
    mails = fifty_mails()[:3]
    server.put(user, *mails[:2])
    for made_anew in (False, True):
        with server.client(user) as client:
            assert client.create("Project")[0] == "OK"
        server.put(user, *mails[made_anew:], folder="Project")
        settings = server.settings(user, TALANOA_IMAP_FOLDER="Project")
        assert here.run(*POLL, settings=settings)[0] == 0
        with server.client(user) as client:
            assert client.delete("Project")[0] == "OK"
    assert here.kept().numbers == (1, 2, 3)


@needs_dovecot
def test_the_test_of_a_mailbox_counts_and_changes_nothing(
    here: Installation, server: Dovecot, user: str
) -> None:
    server.put(user, *fifty_mails()[:2])
    for _again in range(2):
        code, told = here.run("mail", "test", settings=server.settings(user))
        assert (code, told) == (0, {"there": 2, "unread": 2, "waiting": 2, "moves": True})
    assert server.flags(user) == [[], []]


@needs_dovecot
@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"TALANOA_IMAP_PASSWORD": "guess"}, "mailbox_login"),
        ({"TALANOA_IMAP_PASSWORD": "gueß"}, "mailbox_login"),
        ({"TALANOA_IMAP_FOLDER": "Projekt Übersee"}, "mailbox_folder"),
        ({"TALANOA_IMAP_HOST": "127.0.0.1:1"}, "mailbox_network"),
        ({"TALANOA_IMAP_HOST": "mail.nowhere.invalid"}, "mailbox_network"),
    ],
)
def test_the_test_of_a_mailbox_says_what_is_wrong(
    here: Installation, server: Dovecot, wrong: dict[str, str], code: str
) -> None:
    ended, told = here.run("mail", "test", settings=server.settings("user59", **wrong))
    assert (ended, told["code"]) == (5, code)
    assert PASSWORD not in told["message"]


def test_without_a_mailbox_there_is_nothing_to_poll(here: Installation) -> None:
    program = here.start("mail", "poll")
    assert (finished(program)[0], "TALANOA_IMAP_HOST") == (2, "TALANOA_IMAP_HOST")


@needs_dovecot
def test_a_server_whose_certificate_nobody_vouches_for_is_not_trusted(server: Dovecot) -> None:
    place = Account("127.0.0.1", "user58", PASSWORD, port=server.tls_port, is_tls=True)
    with pytest.raises(MailboxTrouble) as refused, opened(place):
        raise AssertionError("It was opened.")
    assert (refused.value.code, "CERTIFICATE_VERIFY_FAILED" in refused.value.text) == ("mailbox_tls", True)


@needs_dovecot
def test_by_tls_a_mailbox_is_read_all_the_same(server: Dovecot) -> None:
    place = Account("localhost", "user57", PASSWORD, port=server.tls_port, is_tls=True)
    server.put("user57", *fifty_mails()[:1])
    vouched = ssl.create_default_context(cafile=server.home / "cert.pem")
    vouched.check_hostname = False
    with opened(place, context=vouched) as box:
        assert box.count().waiting == 1
