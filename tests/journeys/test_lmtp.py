"""Mail by LMTP from a real client to the real program: one reply for each recipient, and none before the commit."""

import smtplib
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from journeys.installation import Installation, drop
from journeys.mail_servers import Listening, listening

MAIL = (
    b"From: Yusuf Abdi <yusuf%d@garissa.example>\r\nTo: nm@talanoa.example\r\nSubject: Money\r\n"
    b"Message-ID: <%d@garissa.example>\r\n\r\nPay the trainers.\r\n"
)


def numbered(number: int) -> bytes:
    return MAIL % (number, number)


@pytest.fixture(scope="module")
def founded(founded: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """The installation of all journeys, with a second open process, `geo`."""
    made = founded.copy(tmp_path_factory.mktemp("two") / "home")
    words = ("process", "create", "--template", "open-consultation", "--key", "geo", "--title", "Maps")
    assert made.run(*words, "--open", "--at", "2026-03-02T09:00Z")[0] == 0
    yield made
    drop([made])


@pytest.fixture
def listener(here: Installation) -> Iterator[Listening]:
    with listening(here) as made:
        yield made


def test_each_recipient_has_a_reply_with_the_number(listener: Listening, here: Installation) -> None:
    replies = listener.deliver(
        numbered(1), "nm@talanoa.example", "nobody@talanoa.example", "GEO@talanoa.example"
    )
    assert replies == [(250, "2.0.0 nm-1 received"), (250, "2.0.0 geo-1 received")]
    assert here.rows("SELECT recipient FROM mail_rawmessage ORDER BY id") == [
        ("nm@talanoa.example",),
        ("geo@talanoa.example",),
    ]
    assert here.one("SELECT count(*) FROM mail_outgoingmessage") == 2


def test_a_process_that_is_not_here_is_refused_before_the_mail_is_sent(listener: Listening) -> None:
    client = listener.client()
    client.mail("yusuf@garissa.example")
    assert client.rcpt("zz@talanoa.example") == (550, b"5.1.1 There is no process of this name here")
    assert client.rcpt("nm+talk@talanoa.example")[0] == 250
    assert client.rcpt(f"nm+{'x' * 400}@talanoa.example")[0] == 553
    client.quit()


def test_a_mail_with_an_empty_sender_is_taken_and_not_answered(
    listener: Listening, here: Installation
) -> None:
    raw = b"Return-Path: <>\r\n" + numbered(1)
    assert listener.deliver(raw, "nm@talanoa.example", sender="") == [(250, "2.0.0 nm-1 received")]
    assert here.one("SELECT count(*) FROM mail_outgoingmessage") == 0


def test_a_refusal_is_said_and_the_mail_is_kept(listener: Listening, here: Installation) -> None:
    raw = numbered(1).replace(b"Pay the trainers.", b"withdraw 1")
    replies = listener.deliver(raw, "nm@talanoa.example")
    assert replies == [(250, "2.0.0 Kept, and its sender is told: not_allowed")]
    assert here.rows("SELECT outcome, process_key FROM mail_rawmessage") == [("not_allowed", "nm")]


def test_a_mail_that_is_too_large_is_refused_for_each_recipient_and_the_next_one_is_taken(
    listener: Listening,
) -> None:
    client = listener.client()
    assert client.esmtp_features["size"] == str(10 * 1024 * 1024)
    client.mail("yusuf@garissa.example")
    for address in ("nm@talanoa.example", "geo@talanoa.example"):
        client.rcpt(address)
    replies = [client.data(numbered(1) + b"0123456789\r\n" * 900_000), client.getreply()]
    assert replies == [(552, b"5.3.4 The mail is larger than 10 MB")] * 2
    client.mail("yusuf@garissa.example")
    client.rcpt("nm@talanoa.example")
    assert client.data(numbered(2)) == (250, b"2.0.0 nm-1 received")
    client.quit()


def test_a_line_that_never_ends_is_refused(listener: Listening) -> None:
    assert listener.deliver(numbered(1) + b"x" * 3_000_000 + b"\r\nEnd.", "nm@talanoa.example") == [
        (554, "5.6.0 A line of the mail is longer than 64 kB")
    ]
    assert listener.deliver(numbered(1) + b"x" * 60_000, "nm@talanoa.example") == [
        (250, "2.0.0 nm-1 received")
    ]


def test_dots_come_as_they_were_written_and_no_mail_smuggles_another(
    listener: Listening, here: Installation
) -> None:
    smuggled = b"\n.\nMAIL FROM:<evil@a.example>\nRCPT TO:<nm@talanoa.example>\nDATA\n"
    raw = numbered(1) + b".\r\n..two\r\n." + smuggled
    with (
        socket.create_connection(("127.0.0.1", listener.port), timeout=60) as wire,
        wire.makefile("rb") as said,
    ):
        stuffed = (raw + b"\r\n").replace(b"\r\n.", b"\r\n..")
        wire.sendall(
            b"LHLO a.example\r\nMAIL FROM:<y@a.example>\r\nRCPT TO:<nm@talanoa.example>\r\nDATA\r\n"
            + stuffed
            + b".\r\nQUIT\r\n"
        )
        codes = [line[:3] for line in said if line[3:4] == b" "]
    assert codes == [b"220", b"250", b"250", b"250", b"354", b"250", b"221"]
    assert here.rows("SELECT data FROM mail_rawmessage") == [(raw + b"\r\n",)]


def test_more_than_fifty_recipients_come_again(listener: Listening) -> None:
    client = listener.client()
    client.mail("yusuf@garissa.example")
    codes = [client.rcpt("nm@talanoa.example")[0] for _each in range(51)]
    assert codes == [250] * 50 + [452]
    client.quit()


def test_more_than_twenty_connections_come_again(listener: Listening) -> None:
    clients = [listener.client() for _each in range(20)]
    with pytest.raises(smtplib.SMTPConnectError) as refused:
        smtplib.LMTP("127.0.0.1", listener.port)
    assert refused.value.smtp_code == 421
    for client in clients:
        client.quit()
    assert listener.deliver(numbered(1), "nm@talanoa.example")[0][0] == 250


def test_it_speaks_lmtp_and_nothing_else(listener: Listening) -> None:
    client = smtplib.SMTP("127.0.0.1", listener.port)
    assert client.ehlo()[0] == 500
    assert client.docmd("DATA")[0] == 503
    client.quit()


def test_mails_on_several_connections_at_once_get_numbers_without_gap(
    listener: Listening, here: Installation
) -> None:
    with ThreadPoolExecutor(6) as pool:
        replies = list(pool.map(lambda n: listener.deliver(numbered(n), "nm@talanoa.example"), range(1, 31)))
    numbers = sorted(int(said.split()[1].removeprefix("nm-")) for ((_code, said),) in replies)
    assert numbers == list(range(1, 31))
    assert here.one("SELECT count(*) FROM mail_outgoingmessage") == 30
    assert here.audit()


def test_while_the_database_is_away_the_mail_server_is_asked_to_come_again(here: Installation) -> None:
    with listening(here) as listener:
        client = listener.client()
        client.mail("yusuf@garissa.example")
        assert client.rcpt("nm@talanoa.example")[0] == 250
        here.rows_written("ALTER TABLE mail_rawmessage RENAME TO mail_away")
        assert client.data(numbered(1)) == (451, b"4.3.0 This cannot be kept now; please deliver it again")
        client.quit()
        here.rows_written("ALTER TABLE mail_away RENAME TO mail_rawmessage")
        assert listener.deliver(numbered(1), "nm@talanoa.example") == [(250, "2.0.0 nm-1 received")]
