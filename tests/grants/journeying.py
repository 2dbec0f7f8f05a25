"""How people act in the journey of a call: on pages, by mail, by command, on the clock."""

import re
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from conftest import day
from grants.applicants import Asks
from mail.example_mails import Postbox, answer, mail, words
from talanoa.conf.clockwork import tick
from talanoa.people.queries import person_at
from talanoa.record.models import Entry
from talanoa.record.queries import public_fields
from web import Hands, Page, Reader

AMINA, DALIA = "amina@talanoa.example", "dalia@talanoa.example"
IVANA, MAARTEN = "ivana@zagreb.example", "maarten@fund.example"


def flat(text: str) -> str:
    return " ".join(text.split())


def _tells(letter: EmailMessage, about: str) -> bool:
    """Tell whether a subject holds some words; a number at their end is the whole number."""
    return re.search(rf"{re.escape(about)}(?!\d)", str(letter["Subject"])) is not None


def agreed(amount: int) -> str:
    """An agreement on that amount, shared by both funders, paid in two parts."""
    return f"""starts: 2026-07-01
ends: 2027-06-30
budget people: {amount}
funder 1: {amount * 6 // 10}
funder 2: {amount * 4 // 10}
milestone: 2026-07-01; {amount * 4 // 10}; The plan; advance
milestone: 2026-12-01; {amount * 6 // 10}; Data and text
conditions: The data are published under an open license."""


class Journey:
    """Everybody in it, with their hands on pages, mails and commands."""

    def __init__(self, hands: Hands, postbox: Postbox, folder: Path) -> None:
        self.hands, self.postbox, self.folder = hands, postbox, folder
        self.readers: dict[str, Reader] = {}
        self.answered = hands.at
        self.read: dict[Path, EmailMessage] = {}

    def turn_to(self, number: float) -> None:
        tick(at=self.hands.turn_to(day(number)))

    def reader(self, address: str) -> Reader:
        """The browser of somebody, in which they stay signed in."""
        if address not in self.readers:
            person = person_at(address)
            assert person, address
            office = address in (AMINA, DALIA, IVANA, MAARTEN)
            self.readers[address] = Reader(person, in_office=office)
        return self.readers[address]

    def open(self, address: str, path: str) -> Page:
        return self.reader(address).open(path)

    def write(self, one: Asks, text: str, **more: str) -> None:
        sender = f"{one.name} <{one.address}>"
        raw = mail(text, sender=sender, to="grants@talanoa.example", subject="Our application", **more)  # type: ignore[arg-type]
        self.postbox.receive(raw, at=self.hands.at)

    def reply(self, address: str, text: str, *, about: str = "") -> str:
        """Answer the newest letter whose subject holds `about`, some minutes later; what comes back."""
        found = [one for one in self.letters(address) if _tells(one, about)]
        # A program answers at once, a person later.
        self.answered = max(self.hands.at, self.answered) + timedelta(minutes=10)
        self.postbox.receive(answer(found[-1], text, sender=f"A <{address}>"), at=self.answered)
        return flat(words(self.letters(address)[-1]))

    def letter(self, address: str, about: str) -> str:
        found = [one for one in self.letters(address) if _tells(one, about)]
        assert found, (address, about, [str(one["Subject"]) for one in self.letters(address)])
        return flat(words(found[-1]))

    def letters(self, address: str) -> list[EmailMessage]:
        """The letters to an address, oldest first; each file is read once, as there are hundreds."""
        for path in self.postbox.files():
            if path not in self.read:
                self.read[path] = message_from_bytes(path.read_bytes(), policy=default)
        return [one for one in self.read.values() if str(one["To"]) == address]

    def file(self, text: str) -> Path:
        made = self.folder / "file.txt"
        made.write_text(text, encoding="utf-8")
        return made

    def entries(self, kind: str) -> list[dict[str, Any]]:
        rows = Entry.objects.filter(kind__startswith=kind).order_by("index")
        return [public_fields(row) for row in rows]
