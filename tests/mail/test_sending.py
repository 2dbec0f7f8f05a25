"""Letters leave by a real mail server: each once, in order, tried again or given up as the server says."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.mail import EmailMessage

from command_line import told
from conftest import day
from mail.mail_server import MailServer, serving
from talanoa.lib.smtp_url import SmtpServer
from talanoa.mail.actions import MOST, claim_mail, mark_sent, queue_mail
from talanoa.mail.backends import OutboxBackend
from talanoa.mail.models import Bounce, OutgoingMessage
from talanoa.mail.outbox import as_bytes, write_outbox
from talanoa.mail.posting import outbox
from talanoa.mail.sending import Sent, send_due
from talanoa.people.models import Person

YUSUF, LUCIA = "yusuf@garissa.example", "lucia@nic.example"
GONE, BUSY = "550 5.1.1 no such user here", "450 4.2.1 come back later"


@pytest.fixture
def server(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    with serving(monkeypatch) as made:
        yield made


def queue(key: str = "k", to: str = YUSUF, **more: object) -> OutgoingMessage:
    values: dict[str, object] = {"subject": "Received: nm-1", "text": "Thank you.\n", "process_key": "nm"}
    return queue_mail(key=key, to=to, at=day(1), **{**values, **more})  # type: ignore[arg-type]


def send(at: float = 1) -> Sent:
    return send_due(now=lambda: day(at))


def minutes(n: float) -> float:
    return 1 + n / 1440


def test_letters_leave_in_their_order_over_one_line(server: MailServer) -> None:
    for to in (YUSUF, LUCIA, YUSUF):
        queue(f"k{OutgoingMessage.objects.count()}", to)
    assert send() == Sent(taken=3)
    assert (server.addresses(), server.sessions) == ([YUSUF, LUCIA, YUSUF], 1)
    assert set(OutgoingMessage.objects.values_list("written_at", "error")) == {(day(1), "")}


def test_what_the_server_took_is_the_letter_and_it_is_sent_once(server: MailServer) -> None:
    message = queue()
    expected = as_bytes(message)
    send()
    send(2)
    assert [mail.raw for mail in server.taken] == [expected]


def test_each_letter_has_a_return_address_of_its_own(server: MailServer) -> None:
    queue("a")
    queue("b")
    send()
    senders = [mail.sender for mail in server.taken]
    assert len(set(senders)) == 2
    assert all(s.startswith("bounces+") and s.endswith("@talanoa.example") for s in senders)
    assert not any(mail.raw.count(b"bounces+") for mail in server.taken)


def test_with_a_mail_server_no_file_is_written(server: MailServer) -> None:
    queue()
    assert write_outbox(at=day(1)) == 0


def test_a_busy_server_is_asked_again_after_1_5_15_60_minutes_and_then_every_4_hours(
    server: MailServer,
) -> None:
    server.mailboxes[YUSUF] = BUSY
    message = queue()
    at, pauses = timedelta(0), []
    for _again in range(7):
        send_due(now=lambda at=at: day(1) + at)  # type: ignore[misc]
        message.refresh_from_db()
        assert message.next_at is not None
        pauses.append(message.next_at - (day(1) + at))
        at += pauses[-1]
    assert [pause.total_seconds() / 60 for pause in pauses] == [1, 5, 15, 60, 240, 240, 240]
    assert (message.attempts, message.error, message.failed_at) == (7, "450 4.2.1", None)


def test_before_its_time_a_letter_is_not_tried_again(server: MailServer) -> None:
    server.mailboxes[YUSUF] = BUSY
    queue()
    assert [send(), send(minutes(0.5)), send(minutes(1))] == [Sent(later=1), Sent(), Sent(later=1)]


def test_a_letter_arrives_once_the_server_is_no_longer_busy(server: MailServer) -> None:
    server.answers = ["421 4.3.2 closing", "452 4.3.1 disk full"]
    queue()
    assert [send(), send(minutes(2)), send(minutes(9))] == [Sent(later=1), Sent(later=1), Sent(taken=1)]
    assert server.addresses() == [YUSUF]


def test_after_five_days_a_letter_is_given_up(server: MailServer) -> None:
    server.mailboxes[YUSUF] = BUSY
    message = queue()
    assert [send(5.9), send(6.1), send(7)] == [Sent(later=1), Sent(never=1), Sent()]
    message.refresh_from_db()
    assert (message.failed_at, message.error) == (day(6.1), "450 4.2.1")


def test_a_mailbox_that_is_not_there_is_not_tried_again_and_counts_as_a_hard_bounce(
    server: MailServer, yusuf: Person
) -> None:
    server.mailboxes[YUSUF] = GONE
    message = queue()
    queue("b", LUCIA)
    assert [send(), send(2)] == [Sent(taken=1, never=1), Sent()]
    message.refresh_from_db()
    assert (message.failed_at, message.error) == (day(1), "550 5.1.1")
    assert list(Bounce.objects.values_list("person", "weight")) == [(yusuf.pk, 3)]


@pytest.mark.parametrize("answer", ["554 5.7.1 relaying denied", "550 5.7.26 not allowed"])
def test_a_policy_of_the_server_says_nothing_about_the_mailbox(
    server: MailServer, yusuf: Person, answer: str
) -> None:
    server.mailboxes[YUSUF] = answer
    queue()
    assert (send(), Bounce.objects.count()) == (Sent(never=1), 0)


def test_a_server_that_does_not_like_the_words_says_nothing_about_the_mailbox(
    server: MailServer, yusuf: Person
) -> None:
    server.answers = ["554 5.6.0 we do not like it"]
    queue()
    assert (send(), Bounce.objects.count()) == (Sent(never=1), 0)


def test_a_server_that_hangs_up_after_it_was_told_gets_the_same_letter_once_more_and_no_more(
    server: MailServer,
) -> None:
    server.answers = ["hang up", "hang up"]
    queue()
    assert [send(), send(minutes(2)), send(minutes(30))] == [Sent(later=1), Sent(never=1), Sent()]
    assert len({mail.letter["Message-ID"] for mail in server.taken}) == 1
    assert len(server.taken) == 2


def test_the_other_letters_leave_although_the_server_hung_up(server: MailServer) -> None:
    server.answers = ["hang up"]
    queue("a")
    queue("b", LUCIA)
    assert send() == Sent(taken=1, later=1)
    assert server.addresses() == [YUSUF, LUCIA]


def test_while_the_server_is_away_no_letter_is_blamed(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "smtp", SmtpServer("127.0.0.1", 1))
    message = queue()
    done = send()
    message.refresh_from_db()
    assert (done.down, done.later, message.attempts, message.next_at) == (
        "ConnectionRefusedError",
        0,
        0,
        None,
    )


def test_a_letter_that_another_sender_has_in_hand_is_left_to_it(server: MailServer) -> None:
    message = queue()
    assert claim_mail(message.pk, at=day(1)) == message
    assert claim_mail(message.pk, at=day(1)) is None
    assert (send(), server.taken) == (Sent(), [])


def test_a_sender_that_died_frees_its_letter_after_15_minutes(server: MailServer) -> None:
    claim_mail(queue().pk, at=day(1))
    assert [send(minutes(14)), send(minutes(15))] == [Sent(), Sent(taken=1)]


def test_two_senders_with_the_same_list_send_each_letter_once(server: MailServer) -> None:
    """The second one begins while the first has one in hand: its list is the same, and stale."""
    for n in range(3):
        queue(f"k{n}")
    stale = list(OutgoingMessage.objects.values_list("pk", flat=True))
    send()
    assert [claim_mail(pk, at=day(1)) for pk in stale] == [None, None, None]
    assert len(server.taken) == 3


def test_a_sent_letter_keeps_no_token(server: MailServer) -> None:
    queue(headers={"X-Reply-Token": "a" * 26, "Auto-Submitted": "auto-generated"})
    send()
    assert OutgoingMessage.objects.get().headers == {"Auto-Submitted": "auto-generated"}


def test_an_erased_letter_is_not_sent(server: MailServer) -> None:
    queue()
    OutgoingMessage.objects.update(text="", subject="")
    assert send() == Sent()


def test_an_address_beyond_ascii_is_reached(server: MailServer) -> None:
    queue(to="юсуф@пример.example")
    assert (send(), server.addresses()) == (Sent(taken=1), ["юсуф@пример.example"])


def test_no_word_and_no_address_stands_in_the_log(
    server: MailServer, caplog: pytest.LogCaptureFixture
) -> None:
    server.mailboxes[YUSUF] = f"550 5.1.1 {YUSUF} is unknown"
    message = queue()
    send()
    assert [r.getMessage() for r in caplog.records if r.name == "talanoa.mail.sending"] == [
        f"mail {message.pk} was not taken: 550 5.1.1"
    ]


def test_a_sign_in_code_leaves_at_once_and_nothing_else_with_it(server: MailServer) -> None:
    queue()
    assert OutboxBackend().send_messages([EmailMessage("Your code", "ABC-123", to=[LUCIA])]) == 1
    assert server.addresses() == [LUCIA]


def test_the_command_sends_what_is_due_and_says_so(server: MailServer) -> None:
    queue()
    answer = told("mail", "send")
    assert answer == {"sent": 1, "later": 0, "failed": 0, "files": 0, "down": ""}


def test_no_letter_is_longer_than_20_kb_and_a_longer_one_says_where_the_rest_is(server: MailServer) -> None:
    queue(text="\n\n".join(["Maneno mengi – слова – 言葉 " * 20] * 60), number=7)
    send()
    said = str(server.taken[0].letter.get_content())
    assert len(said.encode()) <= 20_000
    assert said.splitlines()[-1] == "The rest stands here: http://localhost:8000/p/nm/inputs/7/"
    assert MOST < 20_000


def test_a_letter_marked_as_sent_is_nobodys_any_more(server: MailServer) -> None:
    message = queue()
    mark_sent(message, at=day(1))
    assert claim_mail(message.pk, at=day(2)) is None
