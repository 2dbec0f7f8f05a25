"""A learner in Garissa who has only a mail program, and what the clock does for him."""

from email.message import EmailMessage
from pathlib import Path

import pytest

from conftest import day
from mail.example_mails import Postbox, answer, mail
from talanoa.conf.clockwork import tick
from talanoa.record.models import Log

TO = "learn@talanoa.example"
LIST = "written-to-be-answered"


@pytest.fixture
def postbox(log: Log, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Postbox:
    return Postbox(tmp_path, monkeypatch)


class Correspondent:
    """Somebody who answers the newest letter of a subject, and reads what came."""

    def __init__(self, postbox: Postbox, address: str) -> None:
        self.postbox = postbox
        self.address = address

    def writes(self, text: str, *, at: float) -> EmailMessage:
        """Write to the address of the courses, out of the blue, and return what came back."""
        self.postbox.receive(mail(text, to=TO, sender=self.address), at=day(at))
        return self.newest()

    def answers(self, letter: EmailMessage, text: str, *, at: float) -> EmailMessage:
        """Answer a letter and return what came back at once."""
        self.postbox.receive(answer(letter, text, sender=self.address), at=day(at))
        return self.newest()

    def waits(self, *, at: float) -> list[EmailMessage]:
        """Let the clock do what is due, and return what came."""
        before = len(self.letters())
        tick(at=day(at))
        return self.letters()[before:]

    def letters(self) -> list[EmailMessage]:
        return self.postbox.letters(self.address)

    def newest(self) -> EmailMessage:
        return self.letters()[-1]


@pytest.fixture
def learner(postbox: Postbox) -> Correspondent:
    """A person in Garissa whom nobody here knows."""
    return Correspondent(postbox, "halima@garissa.example")


@pytest.fixture
def enrolled(learner: Correspondent) -> Correspondent:
    """The same person, one day later: enrolled by mail, with the first lesson in the mailbox."""
    asked = learner.writes(f"enroll {LIST}", at=0)
    learner.answers(asked, "confirm", at=0.1)
    learner.waits(at=0.2)
    return learner
