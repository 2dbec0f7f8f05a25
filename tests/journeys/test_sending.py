"""Sending by a real mail server with real programs: one that dies, two at once, and the same letters once each."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from journeys.installation import KILLED, Installation, finished, write_mail
from mail.mail_server import MailServer, serving

LATER = "2026-03-02T09:20Z"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    with serving(monkeypatch) as made:
        monkeypatch.setenv("TALANOA_SMTP_URL", f"smtp://127.0.0.1:{made.port}")
        yield made


@pytest.mark.parametrize(("point", "copies"), [("before-send", 1), ("after-send", 2)])
def test_a_sender_that_dies_loses_no_letter_and_repeats_at_most_the_one_it_had_in_hand(
    here: Installation, server: MailServer, tmp_path: Path, point: str, copies: int
) -> None:
    """Between the server's 250 and our mark nobody can know: it goes out again, under the same Message-ID."""
    for number in (1, 2, 3):
        assert here.receive(write_mail(tmp_path, number))[0] == 0
    assert here.run("mail", "send", "--at", "2026-03-02T09:00Z", fail_at=point)[0] == KILLED
    code, told = here.run("mail", "send", "--at", LATER)
    assert (code, told["sent"], told["files"]) == (0, 3, 0)
    sent = Counter(str(mail.letter["Message-ID"]) for mail in server.taken)
    assert sorted(sent.values()) == [1, 1, copies]
    assert here.run("mail", "send", "--at", "2026-03-03T09:00Z")[1]["sent"] == 0


def test_two_senders_at_once_send_each_letter_once(
    here: Installation, server: MailServer, tmp_path: Path
) -> None:
    for number in range(1, 9):
        assert here.receive(write_mail(tmp_path, number))[0] == 0
    both = [here.start("mail", "send", "--json", "--at", LATER) for _sender in range(2)]
    ended = [finished(program) for program in both]
    assert [code for code, _told in ended] == [0, 0]
    assert sum(told["sent"] for _code, told in ended) == 8
    assert set(Counter(server.addresses()).values()) == {1}
