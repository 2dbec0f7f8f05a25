"""A conversation from elsewhere, from the import to the result that somebody else computes again.

It is imported, people here vote on by web and by mail, the clock closes the round, its files are exported; then another
machine, which has neither this place nor its database, computes the result from them: the same bytes.
"""

import os
import subprocess
import sys
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest

from architecture.source import ROOT
from command_line import talanoa, told
from conftest import day
from mail.example_mails import Postbox, answer, words
from statements import elsewhere
from statements.conftest import LATE
from talanoa.conf.clockwork import tick
from talanoa.lib.ballot_lines import check_word
from talanoa.lib.published_votes import from_json
from talanoa.lib.receipts import parse
from talanoa.people.models import Person
from talanoa.processes.actions.roles import enter
from talanoa.processes.models import Participant, Process
from talanoa.record.auditing import audit
from talanoa.record.models import Log
from talanoa.record.queries import public_fields
from talanoa.statements.events import RoundClosed, RoundImported
from talanoa.statements.models import Ballot, Voter
from web import Hands, Reader

LONDON = ROOT.parent / "shared" / "data" / "polis" / "london.youth.policing"
ONE = "/p/nm/statements/1/"


@dataclass(frozen=True, slots=True)
class Conversation:
    """Where its files are, and how many voted in it."""

    folder: Path
    voters: int


@pytest.fixture(params=[pytest.param("made"), pytest.param("london", marks=pytest.mark.shared_data)])
def conversation(request: pytest.FixtureRequest, tmp_path: Path) -> Conversation:
    if request.param == "made":
        return Conversation(elsewhere.written(tmp_path / "polis"), elsewhere.PEOPLE)
    if not LONDON.is_dir():
        pytest.skip("the conversations are not beside this checkout (../shared/data)")
    return Conversation(LONDON, 26)


@pytest.fixture
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    return Hands(monkeypatch, day(1))


@pytest.fixture
def voters(process: Process, convenor: Participant, sione: Person, yusuf: Person) -> tuple[Person, Person]:
    """Sione, who votes on the pages, and Yusuf, who takes part and gets the letter."""
    enter(process, yusuf, at=day(1))
    return sione, yusuf


def test_what_began_elsewhere_is_voted_on_closed_and_computed_again_by_others(
    conversation: Conversation, voters: tuple[Person, Person], postbox: Postbox, hands: Hands, tmp_path: Path
) -> None:
    sione, yusuf = voters
    _import(conversation)
    hands.turn_to(day(2))
    tick(at=day(2))
    _vote_on_pages(sione)
    receipt = _vote_by_mail(yusuf, postbox)
    hands.turn_to(LATE)
    tick(at=LATE)
    folder, digest = tmp_path / "export", _closed_with(conversation.voters + 2)
    assert told("opinion", "export", "nm", folder) == {"round": 1, "sha256": digest}
    _is_all_there(folder, conversation, receipt)
    assert _verified_elsewhere(folder, digest, tmp_path) == f"The same to the byte.\n{digest}\n"
    assert audit(Log.objects.get(name="real")).wrong == []


def _import(conversation: Conversation) -> None:
    words_ = ("--source", elsewhere.SOURCE, "--question", elsewhere.ASKED, "--as", "amina@talanoa.example")
    made = told("opinion", "import", "nm", conversation.folder, *words_)
    assert made["voters"] == conversation.voters
    [entry] = Log.objects.get(name="real").entries.filter(kind=RoundImported.kind)
    assert public_fields(entry)["sha256"] == made["sha256"]


def _vote_on_pages(person: Person) -> None:
    reader = Reader(person)
    assert f"where {_imported()} people voted" in reader.open(ONE).text
    reader.follow("Vote")
    reader.press("Agree")
    reader.press("Disagree")
    reader.open(ONE)
    reader.follow("Vote on ten at once")
    name = next(name for name in sorted(reader.page.form_with("Cast these votes").names) if "vote_" in name)
    assert "You voted on 3 statements." in reader.press("Cast these votes", **{name: "pass"}).text


def _imported() -> int:
    return Voter.objects.imported().count()


def _vote_by_mail(person: Person, postbox: Postbox) -> str:
    """Answer the letter with two votes; return the receipt."""
    letter = postbox.last(person.address)
    asked = [line.split()[0] for line in words(letter).splitlines() if line[:1].isdigit()]
    postbox.receive(answer(letter, f"{asked[1]} disagree\n{asked[0]} agree"), at=day(2.1))
    told_ = words(postbox.last(person.address))
    assert "Your votes are counted." in told_
    return told_


def _closed_with(voters: int) -> str:
    """Return the digest of the result as the record has it."""
    [entry] = Log.objects.get(name="real").entries.filter(kind=RoundClosed.kind)
    fields = public_fields(entry)
    assert fields["voters"] == voters
    page = Reader().open(f"{ONE}results/").text
    assert f"{voters} people voted. The round is closed." in page
    return str(fields["result_sha256"])


def _is_all_there(folder: Path, conversation: Conversation, receipt: str) -> None:
    """Check that the files hold what was imported beside the two ballots, and the row of the one who has a receipt."""
    table = from_json((folder / "votes.json").read_text(encoding="utf-8"))
    by_word = {one.check_word: one for one in table.voters}
    assert sum(word.startswith("imported-") for word in by_word) == conversation.voters
    mine = by_word[check_word(parse(receipt).salts["votes"])]
    assert (mine.votes.count("a"), mine.votes.count("d")) == (1, 1)
    assert Ballot.objects.count() == 4
    on_page = Reader().client.get(f"{ONE}votes.json").content
    assert on_page == (folder / "votes.json").read_bytes()
    assert talanoa("opinion", "analyse", folder).out.startswith(f"{len(table.voters)} people")


def _verified_elsewhere(folder: Path, digest: str, tmp_path: Path) -> str:
    """Return what `talanoa opinion verify` says in a process of its own, whose home is empty."""
    home = tmp_path / "elsewhere"
    home.mkdir()
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT / "src"),
        "HOME": str(home),
        "TALANOA_HOME": str(home),
        "DATABASE_URL": "",
    }
    words_ = [sys.executable, "-m", "talanoa", "opinion", "verify", str(folder), "--sha256", digest]
    done = subprocess.run(words_, cwd=home, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert not [path for path in home.rglob("*.sqlite3") if path.stat().st_size]
    assert sha256((folder / "result.json").read_bytes()).hexdigest() == digest
    return done.stdout
