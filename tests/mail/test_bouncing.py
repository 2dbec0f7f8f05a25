"""Mail that comes back is counted where we know that it is ours; nobody is silenced by a forged report."""

from collections.abc import Iterator

import pytest

from conftest import day
from mail.example_mails import mail
from mail.mail_server import MailServer, serving
from mail.reports import report
from talanoa.inputs.models import Input
from talanoa.mail.actions import end_silence, queue_mail
from talanoa.mail.letters import write_to
from talanoa.mail.models import Bounce, OutgoingMessage, RawMessage, Silence
from talanoa.mail.receiving import receive
from talanoa.mail.sending import send_due
from talanoa.people.models import Person
from talanoa.processes.models import Process

YUSUF = "yusuf@garissa.example"


@pytest.fixture
def server(process: Process, monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    with serving(monkeypatch) as made:
        yield made


def sent(server: MailServer, person: Person, at: float = 1) -> str:
    """Send one letter to `person` and return the address that it comes back to."""
    n = OutgoingMessage.objects.count()
    write_to(person, key=f"k{n}", subject="S", lines=["Words."], at=day(at), process_key="nm")
    send_due(now=lambda: day(at))
    return server.taken[-1].sender


def come_back(raw: bytes, to: str, at: float = 2) -> str:
    receive(raw, to=to, at=day(at))
    return RawMessage.objects.latest("pk").outcome


def weights() -> list[int]:
    return list(Bounce.objects.order_by("pk").values_list("weight", flat=True))


@pytest.mark.parametrize(
    ("status", "told"),
    [
        ("5.1.1", ("bounce_hard", [3])),
        ("5.1.10", ("bounce_hard", [3])),
        ("5.2.1", ("bounce_hard", [3])),
        ("5.2.2", ("bounce_soft", [1])),
        ("5.7.1", ("bounce_soft", [1])),
        ("4.4.7", ("bounce_soft", [1])),
        ("nonsense", ("bounce_soft", [1])),
    ],
)
def test_a_mailbox_that_is_gone_weighs_3_and_one_that_may_work_again_1(
    server: MailServer, yusuf: Person, status: str, told: tuple[str, list[int]]
) -> None:
    back = sent(server, yusuf)
    assert (come_back(report(back, status=status), back), weights()) == told


def test_a_letter_that_is_only_late_counts_for_nothing(server: MailServer, yusuf: Person) -> None:
    back = sent(server, yusuf)
    assert come_back(report(back, action="delayed", status="4.4.1"), back) == "bounce_unread"
    assert weights() == []


def test_one_letter_comes_back_once(server: MailServer, yusuf: Person) -> None:
    back = sent(server, yusuf)
    come_back(report(back), back)
    come_back(report(back, status="5.1.10"), back)
    assert weights() == [3]


def test_at_8_within_14_days_letters_stop_and_nothing_else_changes(
    server: MailServer, yusuf: Person, process: Process
) -> None:
    for n in range(3):
        assert not Silence.objects.exists()
        back = sent(server, yusuf, 1 + n)
        come_back(report(back), back, 1 + n)
    assert Silence.objects.get().person == yusuf
    write_to(yusuf, key="more", subject="S", lines=["W."], at=day(4), process_key="nm")
    assert not OutgoingMessage.objects.filter(key="more").exists()


def test_what_came_back_longer_than_14_days_ago_is_forgotten(server: MailServer, yusuf: Person) -> None:
    for at in (1, 2, 16.5):
        back = sent(server, yusuf, at)
        come_back(report(back), back, at)
    assert (weights(), Silence.objects.count()) == ([3, 3, 3], 0)


def test_the_answer_to_a_mail_and_a_sign_in_code_still_leave(server: MailServer, yusuf: Person) -> None:
    Silence.objects.create(person=yusuf, since=day(1))
    receive(mail(), to="nm", at=day(2))
    queue_mail(key="account-1", to=YUSUF, subject="Your code", text="ABC", at=day(2))
    send_due(now=lambda: day(2))
    assert [taken.letter["Subject"] for taken in server.taken] == ["Received: nm-1", "Your code"]


def test_turned_on_again_a_person_begins_anew(server: MailServer, yusuf: Person) -> None:
    for n in range(3):
        back = sent(server, yusuf, 1 + n)
        come_back(report(back), back, 1 + n)
    end_silence(yusuf)
    back = sent(server, yusuf, 5)
    come_back(report(back), back, 5)
    assert (weights(), Silence.objects.count()) == ([3], 0)


def test_a_forged_report_silences_nobody(server: MailServer, yusuf: Person, lucia: Person) -> None:
    back = sent(server, yusuf)
    theirs = sent(server, lucia)
    forged = {
        "no token": come_back(report("bounces@talanoa.example"), "bounces@talanoa.example"),
        "a token that we never drew": come_back(report(back), f"bounces+{'a' * 26}@talanoa.example"),
        "the token of another recipient": come_back(report(theirs), theirs),
        "no report at all": come_back(mail("Go away", to=back), back),
        "too old": come_back(report(back), back, 15.5),
    }
    assert forged == {
        "no token": "bounce_unknown",
        "a token that we never drew": "bounce_unknown",
        "the token of another recipient": "bounce_unread",
        "no report at all": "bounce_unread",
        "too old": "bounce_unknown",
    }
    assert weights() == []


def test_a_letter_case_changed_on_the_way_does_not_matter(server: MailServer, yusuf: Person) -> None:
    back = sent(server, yusuf)
    assert come_back(report(back, to="Yusuf@GARISSA.example"), back.upper()) == "bounce_hard"


def test_what_comes_back_is_no_input_and_is_never_answered(server: MailServer, yusuf: Person) -> None:
    back = sent(server, yusuf)
    n_before = OutgoingMessage.objects.count()
    for raw in (report(back), mail("A word to the robot", to=back), b"\0\0"):
        come_back(raw, back)
    assert (Input.objects.count(), OutgoingMessage.objects.count()) == (0, n_before)
