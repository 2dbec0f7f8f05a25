"""A whole consultation by command line: from an empty installation to a decision and a record that others check.

Twelve invented texts of the repository go through it in every run, and the 187 of NETmundial 2014 where
the shared data are.
"""

import csv
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pymerkle
import pytest
from django.db import connection

from command_line import CREATE, SAMPLES, refused, talanoa, told
from mail.example_mails import DIGEST, Postbox, answer, mail, words

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "netmundial-2014"
OPENED, SENT, CLOSED = "2014-03-01T00:00Z", "2014-03-02T00:00Z", "2014-04-12T00:00Z"
ANSWERED, SEALED, IN_REVIEW = "2014-04-13T00:00Z", "2014-04-14T00:00Z", "2014-04-20T00:00Z"
AFTER_REVIEW, DECIDED = "2014-05-06T00:00Z", "2014-05-07T00:00Z"
TUPOU = "Tupou Fifita <tupou@nukualofa.example>"
HEAD = "numbers,theme,summary,status,response,change,where\n"
COLUMNS = ["commenter", "section", "comment", "response", "change", "where"]
REPORT = """# What we heard

Government and others wrote to us [nm-1].

Recommendation 1. Teach by mail and radio.

Recommendation 2. Publish who pays.
"""
RULINGS = """answers:
  - {number: 1, answer: accepted, reason: It costs little.}
  - {number: 2, answer: accepted_in_part, reason: From next year on.}
"""


@dataclass(frozen=True, slots=True)
class Consultation:
    """One process called `nm`: its imported texts, and the mailbox of those who write to it."""

    texts: Path
    register: Path
    n_texts: int
    folder: Path
    postbox: Postbox

    @property
    def n_inputs(self) -> int:
        """The texts, and two that come by mail."""
        return self.n_texts + 2

    def file(self, name: str, content: str | bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def receive(self, raw: bytes, *, at: str) -> dict[str, Any]:
        return told("mail", "receive", self.file("mail.eml", raw), "--at", at)

    def open(self) -> None:
        told("init")
        title = ("--key", "nm", "--title", "NETmundial 2014", "--open", "--at", OPENED)
        assert told(*CREATE, *title)["state"] == "open"

    def bring_in(self) -> None:
        """Import the folder twice, the second time for nothing."""
        command = ("input", "import", "nm", self.texts, "--register", self.register, "--at", SENT)
        answers = [told(*command) for _twice in range(2)]
        counted = [tuple(a[name] for name in ("read", "added", "duplicates", "rejected")) for a in answers]
        assert counted == [(self.n_texts, self.n_texts, 0, 0), (self.n_texts, 0, self.n_texts, 0)]

    def write_in(self) -> None:
        """Two people write by mail; one mail is delivered twice, and its sender confirms it."""
        raw = mail("Keep the courses by mail.")
        assert [self.receive(raw, at=SENT)["number"] for _twice in range(2)] == [self.n_texts + 1] * 2
        assert self.receive(answer(self.postbox.last(), "confirm"), at=SENT)["number"] == self.n_texts + 1
        assert self.receive(mail("Teach by radio.", sender=TUPOU), at=SENT)["number"] == self.n_inputs

    def refuse_to_seal(self) -> None:
        """After its end the call takes nothing, and the seal names what has no answer."""
        assert told("tick", "--at", CLOSED)["stages"] == 1
        late = self.file("late.eml", mail("Too late."))
        assert refused("mail", "receive", late, "--at", CLOSED) == (3, "call_closed")
        ended = talanoa("report", "seal", "nm", "--at", CLOSED, "--json")
        assert (ended.code, ended.told["code"], ended.told["subjects"][:2]) == (
            3,
            "input_unanswered",
            ["nm-1", "nm-2"],
        )
        assert ended.told["message"].startswith(f"{self.n_inputs} inputs have no answer yet: nm-1, nm-2,")

    def answer(self) -> None:
        """Answer everything, one theme for each stakeholder group; the same table again answers nobody."""
        rows = told("input", "list", "nm", "--at", ANSWERED)["inputs"]
        command = ("respond", "import", "nm", self.file("answers.csv", in_themes(rows)), "--at", ANSWERED)
        done = told(*command)
        assert (done["answered"], done["waiting"]) == (self.n_inputs, 0)
        assert told(*command) == {"responses": 0, "answered": 0, "waiting": 0}

    def seal(self) -> None:
        sealed = told("report", "seal", "nm", "--file", self.file("report.md", REPORT), "--at", SEALED)
        assert sealed["review_ends_at"] == "2014-05-05T00:00:00Z"
        told("tick", "--at", SEALED)
        assert self.decide(IN_REVIEW) == (3, "review_period_running")

    def comment(self) -> None:
        """A comment in the review period is an input; until it has its answer the report is not final."""
        letter = self.postbox.last("yusuf@garissa.example")
        assert letter["Subject"] == "The report is public, before anybody acts on it"
        number = self.receive(answer(letter, "Say who pays for it."), at=IN_REVIEW)["number"]
        assert number == self.n_inputs + 1
        assert told("tick", "--at", AFTER_REVIEW)["final"] == 0
        assert self.decide(AFTER_REVIEW) == (3, "report_not_final")
        last = self.file("last.csv", f"{HEAD}{number},,,noted,The charter names who pays.,,\n")
        assert told("respond", "import", "nm", last, "--at", AFTER_REVIEW)["waiting"] == 0
        assert told("tick", "--at", AFTER_REVIEW)["final"] == 1

    def decide(self, at: str) -> tuple[int, str]:
        """Try to decide; return exit code and state, or the code of the refusal."""
        ended = talanoa("decide", "nm", self.file("rulings.yaml", RULINGS), "--at", at, "--json")
        return ended.code, ended.told.get("code", "decided")

    def finish(self) -> None:
        assert self.decide(DECIDED) == (0, "decided")
        told("tick", "--at", DECIDED)
        shown = told("process", "show", "nm", "--at", DECIDED)
        assert (shown["state"], shown["received"]) == ("decided", self.n_inputs + 1)

    def matrix(self) -> None:
        """The table has a line for each answer, and each input has one."""
        table = told("report", "matrix", "nm", "--at", DECIDED)
        header, *lines = csv.reader(StringIO(table["csv"]))
        assert (header, table["rows"], len(lines)) == (COLUMNS, self.n_inputs + 1, self.n_inputs + 1)
        assert [line[2] for line in lines] == [f"nm-{n}" for n in range(1, self.n_inputs + 2)]

    def verify(self) -> None:
        """The receipt of the first mail holds, a changed one does not, and after erasing it says so."""
        letter = self.postbox.files()[0].read_bytes()
        kept = self.file("receipt.eml", letter)
        forged = self.file("forged.eml", letter.replace(b"Training by mail", b"Training by rail"))
        command = ("record", "verify", "--at", DECIDED)
        assert [talanoa(*command, path).code for path in (kept, forged)] == [0, 1]
        number = str(self.n_texts + 1)
        told("input", "erase", "nm", number, "--ground", "author_request", "--at", DECIDED)
        assert talanoa(*command, kept).code == 4

    def audit(self) -> int:
        """The record holds; a row changed behind its back is found. Return the number of entries."""
        found = told("record", "audit", "--at", DECIDED)
        assert (found["holds"], found["wrong"], found["erased"]) == (True, [], 5)
        by_sql("UPDATE inputs_input SET title = title || '!' WHERE id = (SELECT min(id) FROM inputs_input)")
        ended = talanoa("record", "audit", "--at", DECIDED, "--json")
        assert (ended.code, len(ended.told["wrong"])) == (1, 1)
        return int(found["entries"])

    def export(self, n_entries: int) -> None:
        """Somebody else's library folds the exported entries to the signed root."""
        told("record", "export", self.folder / "export", "--at", DECIDED)
        tree = pymerkle.InmemoryTree(algorithm="sha256")
        for leaf in exported_leaves(self.folder / "export"):
            tree.append_entry(leaf)
        note = (self.folder / "export" / "checkpoint").read_text(encoding="utf-8").split("\n")
        assert note[:3] == ["localhost:8000/record", str(n_entries), b64encode(tree.get_root()).decode()]


def in_themes(rows: list[dict[str, Any]]) -> str:
    """A table of answers with one line for each stakeholder group."""
    groups: dict[str, list[str]] = {}
    for row in rows:
        groups.setdefault(row["group"], []).append(str(row["number"]))
    out = StringIO()
    for group, numbers in sorted(groups.items()):
        said = f"We read all that {group} wrote, and it changed section 1."
        line = [
            ",".join(numbers),
            group,
            f"What {group} asks for.",
            "accepted",
            said,
            "A section",
            "Section 1",
        ]
        csv.writer(out).writerow(line)
    return HEAD + out.getvalue()


def exported_leaves(folder: Path) -> Iterator[bytes]:
    """Every entry of an export: each stands in a bundle with its length before it, two bytes."""
    bundles = sorted(path for path in (folder / "tile" / "entries").rglob("*") if path.is_file())
    for bundle in bundles:
        data = bundle.read_bytes()
        while data:
            end = 2 + int.from_bytes(data[:2], "big")
            yield data[2:end]
            data = data[end:]


def by_sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def run(consultation: Consultation) -> None:
    """The whole way, step by step."""
    consultation.open()
    consultation.bring_in()
    consultation.write_in()
    consultation.refuse_to_seal()
    consultation.answer()
    consultation.seal()
    consultation.comment()
    consultation.finish()
    consultation.matrix()
    consultation.verify()
    consultation.export(consultation.audit())


@pytest.fixture
def postbox(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Postbox:
    """The outbox of a demonstration, whose acts may be dated."""
    settings.TALANOA_DEMONSTRATION = True
    return Postbox(tmp_path, monkeypatch)


def test_twelve_texts_from_the_call_to_the_decision(postbox: Postbox, tmp_path: Path) -> None:
    run(Consultation(SAMPLES, SAMPLES / "register.csv", 12, tmp_path, postbox))


@pytest.mark.shared_data
def test_the_187_of_netmundial_from_the_call_to_the_decision(postbox: Postbox, tmp_path: Path) -> None:
    if not SHARED.is_dir():
        pytest.skip("needs ../shared/data/netmundial-2014")
    run(Consultation(SHARED / "contributions", SHARED / "register.csv", 187, tmp_path, postbox))


def test_everybody_who_can_be_reached_is_told_once_of_each_event(postbox: Postbox, tmp_path: Path) -> None:
    run(Consultation(SAMPLES, SAMPLES / "register.csv", 12, tmp_path, postbox))
    subjects = [str(letter["Subject"]) for letter in postbox.letters("tupou@nukualofa.example")]
    assert [subject for subject in subjects if subject != DIGEST] == [
        "Received: nm-14",
        "The answer to your input nm-14",
        "The report is public, before anybody acts on it",
        "The report is final",
        "The decision, recommendation by recommendation",
    ]
    assert "1. Accepted. It costs little." in words(postbox.last("tupou@nukualofa.example"))
