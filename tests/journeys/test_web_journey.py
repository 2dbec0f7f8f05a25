"""One small process twice: by web forms without scripts, and by command line and mail; the record says the same.

Everything that a form asks is given by the name of its field, every button is pressed by what it says, and
every page is reached by a link or by an address that somebody was mailed.
"""

import re
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from command_line import refused, talanoa, told
from conftest import day
from mail.example_mails import Postbox, answer, mail, words
from talanoa.contributions.actions.answering import reply_to_dispute
from talanoa.contributions.actions.standing import Author, author_of
from talanoa.contributions.models import Assurance, Contribution, Dispute
from talanoa.inputs.actions.receiving import Words, receive_input
from talanoa.inputs.uploads import read_upload
from talanoa.people.actions import know_person
from talanoa.people.models import Group, Person
from talanoa.people.queries import person_at
from talanoa.processes import charter
from talanoa.processes.actions.roles import enter
from talanoa.processes.models import Process, Role
from talanoa.processes.queries import open_call
from talanoa.record.models import Entry
from talanoa.record.queries import opened, public_fields
from talanoa.reports.actions import note_follow_up
from web import Hands, Page, Reader

TITLE = "How should training be funded?"
CHARTER = {
    "question": "Who pays the trainers, and in which currency?",
    "runs": "Amina Wanjiru, Nairobi: amina@talanoa.example",
    "takes_part": "Anyone",
    "decides": "The fund decides on each recommendation.",
    "how": "A report answers every input; then the fund decides.",
    "scope_in": ["Pay of trainers", "Travel"],
    "scope_out": ["What is taught: the schools decide that"],
    "success": ["Every input has an answer"],
    "time_cost": "Five minutes",
    "languages": ["en", "sw", "so"],
    "groups": ["government", "civil_society", "technical_community"],
    "decision_rule": "No vote: reasons are weighed.",
    "appeal": "To the convenor, within 28 days",
    "commitment": "Each recommendation gets an answer.",
    "payer": "The fund, which sees no draft.",
    "related": "The schools of Internet governance",
    "overlap": "not checked, because this is a rehearsal.",
}
DAYS = {"input": 40, "review": 21}
DALIA, IVANA, MAARTEN = "dalia@talanoa.example", "ivana@zagreb.example", "maarten@fund.example"
OFFICE = (
    (DALIA, "Dalia Mansour", Role.SECRETARIAT),
    (IVANA, "Ivana Horvat", Role.CHAIR),
    (MAARTEN, "Maarten de Wit", Role.SPONSOR),
)
TUPOU = "tupou@nukualofa.example"
SAID = "Pay the trainers in their own currency.\n\nTransfers eat a tenth of it."
FILE = b"A year of courses costs less than one meeting.\n"
VISITOR = ("Courses on the outer islands", "Come to us by boat: the mail takes two weeks.")
PAPER = {"title": "A letter from Garissa", "text": "The battery of the school lasts two hours."}
INTERVIEW = {"title": "Sione Vea, by telephone", "text": "The ministry pays for rooms, not for people."}
MONEY = {"label": "Money", "summary": "People and not rooms should be paid."}
ACCEPTED = {"status": "accepted", "text": "Yes: it costs little.", "change": "A budget line", "where": "1"}
NOTED = {"status": "noted", "text": "It is counted in the annex.", "change": "", "where": ""}
DISPUTE, REPLY = "I spoke of currency, not of rooms.", "You are right; the summary says so now."
REPORT = """# Training

Money is what lacks [nm-1].

Recommendation 1. Pay the trainers.

Recommendation 2. Publish the budget.
"""
COMMENT = {"title": "On recommendation 2", "text": "Publish it in Somali, too."}
RULINGS = {1: ("accepted", "The money is there."), 2: ("not_accepted", "The budget is public already.")}
FOLLOW_UP = "The first trainers were paid in May."
KINDS = [
    *("process.created", "charter.published", "process.opened", "stage.opened"),
    *("role.given", "role.given", "role.given"),
    *("input.received", "input.received", "input.received", "contribution.confirmed"),
    *("input.received", "input.received", "contribution.confirmed"),
    *("response.published", "response.disputed", "dispute.replied"),
    *("stage.closed", "stage.opened", "response.published"),
    *("report.sealed", "stage.closed", "stage.opened", "input.received", "response.published"),
    *("report.final", "stage.closed", "stage.opened", "decision.taken", "followup.noted"),
]
COLUMNS = "numbers,theme,summary,status,response,change,where"


def member(address: str) -> Any:
    process = Process.objects.get(key="nm")
    person = person_at(address)
    assert person
    return process.participants.get(person=person)


def link_in(letter: Any) -> str:
    """The path of the one address in a mail that confirms an input."""
    found = re.findall(r"^\S+/confirm/\S+$", words(letter), re.MULTILINE)
    assert len(found) == 1
    return urlsplit(found[0]).path


class ByWeb:
    """Everybody has a browser; those with a role showed a second factor."""

    def __init__(self, amina: Person, hands: Hands, postbox: Postbox) -> None:
        self.hands, self.postbox = hands, postbox
        self.amina = Reader(amina, in_office=True)

    def office(self, address: str) -> Reader:
        person = person_at(address)
        assert person
        return Reader(person, in_office=True)

    def begin(self) -> None:
        """The charter is written in a form that tells what is missing, and cannot be published before."""
        self.amina.open("/new/")
        self.amina.press("Make the draft", title=TITLE, key="nm", template="open-consultation")
        gaps = {"payer": "", "overlap": ""}
        lines = {key: "\n".join(value) for key, value in CHARTER.items() if isinstance(value, list)}
        facts = {**CHARTER, **lines, "groups": CHARTER["groups"], "languages": ["en", "sw"]}
        days = {"input_days": DAYS["input"], "review_days": DAYS["review"], "more_languages": "so"}
        page = self.amina.press("Save", **{**facts, **days, **gaps})
        assert ("16 of 18 facts are stated" in page.text, "Publish the charter" in page.text) == (True, False)
        self.amina.press("Save", payer=CHARTER["payer"], overlap=CHARTER["overlap"])
        assert "The charter is published" in self.amina.press("Publish the charter").text
        assert "Its stages run by the clock" in self.amina.press("Open the process").text
        for address, name, role in OFFICE:
            self.amina.open("/p/nm/desk/people/")
            self.amina.press("Give the role", address=address, name=name, role=role)

    def send(self, yusuf: Person, lucia: Person) -> None:
        mine = Reader(yusuf)
        mine.open("/p/nm/")
        mine.follow("Write your input")
        assert "Your input: The input has no words yet." in mine.press("Send my input", text="").text
        page = mine.press("Send my input", title="Money", text=SAID)
        assert ("Your number nm-1" in page.text, "talanoa record verify" in page.text) == (True, True)
        hers = Reader(lucia)
        hers.open("/p/nm/inputs/write/")
        file = SimpleUploadedFile("costs.txt", FILE, content_type="text/plain")
        hers.press("Send my input", title="Costs", file=file, publication="group_only")

    def visit(self) -> None:
        """Somebody without a login is numbered at once and shown once the mailed link was used."""
        visitor = Reader()
        visitor.open("/p/nm/inputs/write/")
        title, text = VISITOR
        you = {"name": "Tupou Fifita", "address": TUPOU}
        assert (
            "held until you confirm it" in visitor.press("Send my input", title=title, text=text, **you).text
        )
        told("tick")
        assert title not in visitor.open("/p/nm/inputs/").text
        self.confirm(TUPOU, day(2))

    def confirm(self, address: str, at: Any) -> None:
        """Opening the link confirms nothing, as a mail scanner does it; the button on its page does."""
        self.hands.turn_to(at)
        visitor = Reader()
        visitor.open(link_in(self.postbox.last(address)))
        before = Entry.objects.count()
        visitor.open(visitor.path)
        assert Entry.objects.count() == before
        assert "Confirmed" in visitor.press("Yes, it is mine").text

    def enter(self) -> None:
        hers = self.office(DALIA)
        hers.open("/p/nm/desk/")
        hers.follow("Enter an input for somebody")
        assert (
            "entered by the secretariat"
            in hers.press("Enter it", source="paper", name="Halima", **PAPER).text
        )
        hers.open("/p/nm/desk/enter/")
        person = {"name": "Sione Vea", "address": "sione@gov.example", "group": "government", "country": "TO"}
        hers.press("Enter it", source="interview", **INTERVIEW, **person)
        told("tick")
        self.confirm("sione@gov.example", day(3))

    def answer(self) -> None:
        """Filing has a preview and an undo; an answer is drafted by one and approved by another."""
        hers = self.office(DALIA)
        hers.open("/p/nm/desk/inputs/")
        hers.press("Make the theme", **MONEY)
        self.file(hers)
        assert "Money: 4 inputs" in hers.press("Put them there").text
        assert "Money: 0 inputs" in hers.press("Undo: take them from “Money” again").text
        self.file(hers)
        hers.press("Put them there")
        hers.follow("draft an answer: Money")
        assert "It serves 4 inputs" in hers.press("Save the draft and see whom it reaches", **ACCEPTED).text
        assert "The chair approves answers" in hers.page.text
        self.approve()

    def file(self, hers: Reader) -> None:
        rows = Contribution.objects.exclude(number=2).order_by("number")
        theme = hers.page.form_with("See what will happen")
        assert theme.values["chosen"] == []
        pk = str(Process.objects.get(key="nm").themes.get().pk)
        page = hers.press("See what will happen", chosen=[str(row.pk) for row in rows], theme=pk)
        assert "Put 4 inputs under “Money”?" in page.text

    def approve(self) -> None:
        """The chair finds the draft on their own page."""
        chair = self.office(IVANA)
        chair.open("/me/")
        chair.follow("Approve a drafted answer")
        assert "Published:" in chair.press("Approve and tell the authors").text

    def dispute(self, yusuf: Person) -> None:
        mine = Reader(yusuf)
        mine.open("/me/")
        mine.follow("Your input 1 has an answer")
        mine.follow("It misreads me")
        assert DISPUTE in mine.press("Say so", text=DISPUTE).text
        chair = self.office(IVANA)
        chair.open("/p/nm/desk/inputs/")
        chair.follow("Reply: nm-1")
        chair.press("Publish the reply", text=REPLY)
        assert REPLY in mine.open("/p/nm/inputs/1/").text

    def seal_too_early(self) -> None:
        hers = self.office(DALIA)
        hers.open("/p/nm/desk/report/")
        hers.press("Save a revision", text=REPORT)
        self.amina.open("/p/nm/desk/report/")
        assert "1 input has no answer yet: nm-2" in self.amina.press("Seal the report").text

    def answer_one(self, number: int) -> None:
        hers = self.office(DALIA)
        hers.open(f"/p/nm/desk/inputs/{number}/")
        hers.follow("Draft an answer to this one")
        hers.press("Save the draft and see whom it reaches", **NOTED)
        self.approve()

    def seal(self) -> None:
        self.amina.open("/p/nm/desk/report/")
        self.amina.press("Seal the report")
        page = self.amina.press("Seal it and begin the review")
        assert ("Sealed and public." in page.text, self.amina.path) == (True, "/p/nm/report/")

    def comment(self, lucia: Person) -> None:
        hers = Reader(lucia)
        hers.open("/p/nm/report/")
        hers.follow("Write a comment")
        assert "Your number nm-6" in hers.press("Send my comment", **COMMENT).text

    def decide(self) -> Page:
        sponsor = self.office(MAARTEN)
        sponsor.open("/me/")
        sponsor.follow(TITLE)
        given = {}
        for number, (status, reason) in RULINGS.items():
            given |= {f"answer_{number}": status, f"reason_{number}": reason}
        return sponsor.press("Decide, on the record", **given)

    def decide_too_early(self) -> None:
        assert (
            "The review period runs until Monday 4 May 2026, 09:00 UTC. Nobody can decide before."
            in self.decide().text
        )

    def decide_in_time(self) -> None:
        assert RULINGS[2][1] in self.decide().text

    def follow_up(self) -> None:
        self.amina.open("/p/nm/desk/")
        self.amina.follow("Follow-up")
        assert FOLLOW_UP in self.amina.press("Publish the note", text=FOLLOW_UP).text


class ByCommand:
    """The same facts through `talanoa` and by mail; what no command does yet, by the action itself."""

    def __init__(self, amina: Person, hands: Hands, postbox: Postbox) -> None:
        self.amina, self.hands, self.postbox = amina, hands, postbox
        self.folder = postbox.directory.parent

    def file(self, name: str, content: str | bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def command(self, *said: object, by: str) -> dict[str, Any]:
        return told(*map(str, said), "--as", by)  # type: ignore[arg-type]

    def receive(self, raw: bytes) -> dict[str, Any]:
        return told("mail", "receive", self.file("mail.eml", raw))

    def begin(self) -> None:
        facts = charter.template("open-consultation", title=TITLE) | CHARTER
        facts["stages"] = [
            {"kind": kind, "days": DAYS.get(kind, "")} for kind in ("input", "report", "review", "decision")
        ]
        path = self.file("charter.yaml", yaml.safe_dump(facts, allow_unicode=True))
        self.command("process", "create", path, "--key", "nm", "--open", by=self.amina.address)
        for address, name, role in OFFICE:
            self.command("process", "role", "nm", address, role, "--name", name, by=self.amina.address)

    def receives(self, by: Any, author: Author, said: Words, **more: Any) -> None:
        stage = open_call(by.process, self.hands.at)
        assert stage
        key = sha256(f"{said.title}{said.text}".encode()).hexdigest()
        given = {"publication": "named", "channel": "cli", "at": self.hands.at} | more
        receive_input(stage, by=by, author=author, words=said, dedup_key=key, **given)

    def send(self, yusuf: Person, lucia: Person) -> None:
        process = Process.objects.get(key="nm")
        for person, said, shown in (
            (yusuf, Words("Money", SAID), "named"),
            (lucia, read_upload(FILE, "costs.txt", title="Costs"), "group_only"),
        ):
            by = enter(process, person, at=self.hands.at)
            self.receives(by, author_of(person, assurance=Assurance.PROVEN), said, publication=shown)

    def visit(self) -> None:
        title, text = VISITOR
        self.receive(mail(text, sender=f"Tupou Fifita <{TUPOU}>", subject=title))
        self.confirm(TUPOU, day(2))

    def confirm(self, address: str, at: Any) -> None:
        self.hands.turn_to(at)
        self.receive(answer(self.postbox.last(address), "confirm", sender=address))

    def enter(self) -> None:
        sione = {"name": "Sione Vea", "group": Group.GOVERNMENT, "country": "TO"}
        for source, said, facts, address in (
            ("paper", PAPER, {"name": "Halima", "group": Group.OTHER}, ""),
            ("interview", INTERVIEW, sione, "sione@gov.example"),
        ):
            person = know_person(address=address, **facts)
            author = Author(person=person, assurance=Assurance.ENTERED, **facts)
            self.receives(member(DALIA), author, Words(**said), source=source)
        told("tick")
        self.confirm("sione@gov.example", day(3))

    def respond(self, row: str) -> None:
        self.command("respond", "import", "nm", self.file("answers.csv", f"{COLUMNS}\n{row}\n"), by=IVANA)

    def answer(self) -> None:
        self.respond(f'"1,3-5",{",".join([*MONEY.values(), *ACCEPTED.values()])}')

    def dispute(self, yusuf: Person) -> None:
        told("tick")
        self.receive(answer(self.postbox.last(yusuf.address), f"dispute: {DISPUTE}"))
        reply_to_dispute(
            Dispute.objects.get(), by=member(IVANA), reply=REPLY, at=self.hands.at, channel="cli"
        )

    def seal_too_early(self) -> None:
        self.command("report", "write", "nm", self.file("report.md", REPORT), by=DALIA)
        assert refused("report", "seal", "nm", "--as", self.amina.address) == (3, "input_unanswered")

    def answer_one(self, number: int) -> None:
        self.respond(f"{number},,,{','.join(NOTED.values())}")

    def seal(self) -> None:
        self.command("report", "seal", "nm", by=self.amina.address)

    def comment(self, lucia: Person) -> None:
        by = enter(Process.objects.get(key="nm"), lucia, at=self.hands.at)
        self.receives(by, author_of(lucia, assurance=Assurance.PROVEN), Words(**COMMENT))

    def rulings(self) -> Path:
        rows = [{"number": n, "answer": a, "reason": why} for n, (a, why) in RULINGS.items()]
        return self.file("rulings.yaml", yaml.safe_dump({"answers": rows}))

    def decide_too_early(self) -> None:
        found = refused("decide", "nm", self.rulings(), "--as", MAARTEN)
        assert found == (3, "review_period_running")

    def decide_in_time(self) -> None:
        self.command("decide", "nm", self.rulings(), by=MAARTEN)

    def follow_up(self) -> None:
        process = Process.objects.get(key="nm")
        by = member(self.amina.address)
        note_follow_up(process, by=by, text=FOLLOW_UP, at=self.hands.at, channel="cli")


def live(way: ByWeb | ByCommand, yusuf: Person, lucia: Person) -> None:
    """Take the process from its charter to its follow-up."""
    hands = way.hands
    for at, act in (
        (day(0), way.begin),
        (day(1), lambda: way.send(yusuf, lucia)),
        (day(1.5), way.visit),
        (day(2.5), way.enter),
        (day(4), way.answer),
        (day(5), lambda: way.dispute(yusuf)),
        (day(41), lambda: told("tick")),
        (day(42), way.seal_too_early),
        (day(42), lambda: way.answer_one(2)),
        (day(42), way.seal),
        (day(43), lambda: way.comment(lucia)),
        (day(44), way.decide_too_early),
        (day(45), lambda: way.answer_one(6)),
        (day(64), lambda: told("tick")),
        (day(65), way.decide_in_time),
        (day(80), way.follow_up),
    ):
        hands.turn_to(at)
        act()


def told_by_the_record() -> list[tuple[str, dict[str, Any], dict[str, str | None]]]:
    """Kind, public fields and opened values of every entry of the process; how it reached us is left out."""
    rows = []
    for entry in Entry.objects.filter(process_key="nm").order_by("index"):
        public = {name: value for name, value in public_fields(entry).items() if name != "ch"}
        rows.append((entry.kind, public, {value.field: value.value for value in opened(entry)}))
    return rows


@pytest.fixture
def lived(
    amina: Person, yusuf: Person, lucia: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[type[ByWeb] | type[ByCommand]], Any]]:
    """Live the process in one way, read the record, and undo everything."""
    hands = Hands(monkeypatch, day(0))

    def living(kind: type[ByWeb] | type[ByCommand]) -> Any:
        folder = tmp_path / kind.__name__
        folder.mkdir()
        with transaction.atomic():
            live(kind(amina, hands, Postbox(folder, monkeypatch)), yusuf, lucia)
            assert talanoa("record", "audit").code == 0
            found = told_by_the_record()
            transaction.set_rollback(True)
        return found

    yield living
    assert not Process.objects.exists()


def test_by_web_without_scripts_and_by_command_line_the_record_says_the_same(
    lived: Callable[[type[ByWeb] | type[ByCommand]], Any],
) -> None:
    by_web, by_command = lived(ByWeb), lived(ByCommand)
    assert [kind.removesuffix(".1") for kind, _public, _opened in by_web] == KINDS
    assert by_web == by_command
