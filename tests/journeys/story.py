"""Who is in the journey of an agreement, and how they act: by mail alone, on the pages, on the clock."""

from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage

from conftest import day
from mail.example_mails import DIGEST, Postbox, answer, mail, words
from talanoa.conf.clockwork import tick
from talanoa.consensus.models import Call, Designation
from talanoa.processes.models import Process
from web import Hands, Reader


@dataclass(slots=True)
class Correspondent:
    """Somebody with a mail program and nothing else; `words` are the commands that they wrote."""

    postbox: Postbox
    sender: str
    address: str
    words: set[str] = field(default_factory=set)

    def writes(self, text: str, at: datetime) -> str:
        """Write a mail of one's own; what comes back."""
        name = f"{abs(hash((text, self.address)))}@mail.example"
        self.postbox.receive(mail(text, sender=self.sender, to="wg@talanoa.example", name=name), at=at)
        return self.heard()

    def answers(self, text: str, at: datetime, *, begins: str = "") -> str:
        """Answer the newest letter whose subject begins so; what comes back."""
        self.words.add(text.split(maxsplit=1)[0].rstrip(":").lower())
        self.postbox.receive(answer(self.letter(begins), text, sender=self.sender), at=at)
        return self.heard()

    def letter(self, begins: str = "") -> EmailMessage:
        """The newest letter whose subject begins so, no digest."""
        rows = [one for one in self.postbox.letters(self.address) if one["Subject"] != DIGEST]
        found = [one for one in rows if str(one["Subject"]).startswith(begins)]
        assert found, (begins, [str(one["Subject"]) for one in rows])
        return found[-1]

    def heard(self) -> str:
        return " ".join(words(self.letter()).split())


@dataclass(slots=True)
class Story:
    """Who is in it, and their hands on the clock."""

    process: Process
    hands: Hands
    yusuf: Correspondent
    sione: Correspondent
    editor: Reader
    chair: Reader
    convenor: Reader
    clerk: Reader
    sponsor: Reader
    mei: Reader

    def turn_to(self, number: float) -> datetime:
        """Let the clock go on to a day, and let what is due happen."""
        at = self.hands.turn_to(day(number))
        tick(at=at)
        return at


def is_called(story: Story, number: int, at: float, question: str) -> Call:
    """The chair asks everybody about the newest text of the draft, and the letters go out."""
    story.turn_to(at)
    story.chair.open("/p/wg/calls/open/1/")
    story.chair.press("Ask everybody", question=question, days=14)
    story.turn_to(at + 1)
    return Call.objects.get(number=number)


def finds(story: Story, call: int, level: str) -> str:
    """The chair finds one level on both recommendations; what the page says after it."""
    reasons = "The doubts were answered, and what remains of them does not outweigh the reasons."
    said = {f"level_{n}": level for n in (1, 2)} | {f"reasons_{n}": reasons for n in (1, 2)}
    story.chair.open(f"/p/wg/calls/{call}/designate/")
    return story.chair.press("Declare it, under my name", **said).text


def levels(call: int) -> list[str]:
    """What holds of a call, by recommendation."""
    rows = Designation.objects.standing().filter(call__number=call).order_by("recommendation")
    return list(rows.values_list("level", flat=True))
