"""A round of 300 statements in which 5,000 people voted elsewhere, and into which 4,000 ballots come over HTTP.

Eight clients post ten votes each: 2,000 ballots with a second between an answer and the next ballot, which is faster
than anybody reads ten statements, and 2,000 without a pause, which tells the limit; some come a second time. Afterwards
everything is counted: in the tables, on the record, and vote by vote. Then the round is counted and its page of results
is asked for.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from importlib import import_module
from pathlib import Path

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connections

from benchmarks.figures import Figure, at_most, seconds, shown
from benchmarks.installation import OPENED, add_people, kept, nothing_to_tell, open_one
from benchmarks.opinion import room
from benchmarks.page import served
from benchmarks.serving import ROOT, Served, Told
from talanoa.lib.ballot_lines import VOTES
from talanoa.lib.imported_votes import UNSEEN, ImportedConversation, ImportedStatement, ImportedVoter
from talanoa.people.models import Person, User
from talanoa.processes.models import SYSTEM, Process
from talanoa.record.models import Entry
from talanoa.statements.actions.importing import import_conversation
from talanoa.statements.actions.rounds import close_round, count_running
from talanoa.statements.events import BallotCast
from talanoa.statements.models import Ballot, Round, Voter
from talanoa.statements.queries import votes_of

ONE = "/p/nm/statements/1/"
AT_ONCE = 10
SOON = OPENED + timedelta(days=1)
_LETTERS = {1: "a", 0: "p", -1: "d"}


@dataclass(frozen=True, slots=True)
class Size:
    """Who voted elsewhere, statements, ballots each time, clients; every how manieth comes twice.

    `pause` and `seconds` are in seconds: between two ballots of a client, and of asking for the page of results.
    """

    people: int = 5_000
    statements: int = 300
    ballots: int = 2_000
    clients: int = 8
    pause: float = 1
    twice: int = 20
    seconds: float = 10


TINY = Size(people=30, statements=12, ballots=6, clients=2, pause=0.05, twice=3, seconds=1)


def figures(size: Size, folder: Path) -> Iterator[Figure]:
    """Yield the time of a ballot, what was lost or doubled, and the time of the page of results."""
    process = open_one()
    made = begun(process, size)
    numbers = list(made.statements.order_by("place").values_list("contribution__number", flat=True))
    people = [member.person for member in add_people(process, 2 * size.ballots)]
    forms = [form(numbers, at) for at in range(2 * size.ballots)]
    lines = [[*session, one] for session, one in zip(signed_in(people), forms, strict=True)]
    nothing_to_tell()
    connections.close_all()
    with served(folder) as page:
        errors = 0.0
        for part, pause in ((lines[: size.ballots], size.pause), (lines[size.ballots :], 0.0)):
            write = posted(page, part, size, folder, pause=pause)
            errors += write["errors"]
            yield at_most(
                100,
                f"{size.ballots:,} ballots by {size.clients} clients, {pause:g} s between, write p95",
                write["p95"],
                " ms",
                f"p50 {shown(write['p50'])} ms, {shown(write['rate'])}/s, {write['errors']:.0f} errors; "
                f"{shown(write['processor'])} ms of processor each",
            )
        again = posted(page, lines[:: size.twice], size, folder)
        yield from counted(made, people, forms, errors=errors + again["errors"])
        yield from results(page, made, size)


def begun(process: Process, size: Size) -> Round:
    """Begin a round with a conversation of that size, drawn with the seed of the opinion benchmark."""
    table = room(size.people, size.statements)
    voters = []
    for row in range(size.people):
        letters = [UNSEEN] * size.statements
        part = slice(int(table.starts[row]), int(table.starts[row + 1]))
        for column, value in zip(table.columns[part].tolist(), table.values[part].tolist(), strict=True):
            letters[column] = _LETTERS[value]
        voters.append(ImportedVoter(row, "".join(letters)))
    statements = tuple(
        ImportedStatement(at, at % 50, f"Trainers should have the thing called {at:03d}, and in time.")
        for at in range(size.statements)
    )
    return import_conversation(
        process,
        by=process.participants.order_by("pk")[0],
        brought=ImportedConversation(statements, tuple(voters)),
        question="What should training be like?",
        source="Made for this benchmark",
        at=OPENED,
        channel="cli",
    )


def form(numbers: list[int], at: int) -> dict[str, str]:
    """Return the form of ballot `at`: ten votes, each on another statement."""
    chosen = [numbers[(7 * at + step) % len(numbers)] for step in range(AT_ONCE)]
    votes = {f"vote_{number}": VOTES[(at + number) % len(VOTES)] for number in chosen}
    return votes | {"once": sha256(str(at).encode()).hexdigest()}


def signed_in(people: list[Person]) -> list[tuple[str, str]]:
    """Give each of them a login and a session; return the name of its cookie and its key."""
    users = kept(User(email=one.address, password="!") for one in people)
    kept(EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users)
    for person, user in zip(people, users, strict=True):
        person.user = user
    Person.objects.bulk_update(people, ["user"], batch_size=400)
    store = import_module(settings.SESSION_ENGINE).SessionStore
    keys = []
    for user in users:
        session = store()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.create()
        keys.append((settings.SESSION_COOKIE_NAME, str(session.session_key)))
    return keys


def posted(page: Served, lines: list[list[object]], size: Size, folder: Path, *, pause: float = 0) -> Told:
    """Post these ballots; return what came of it, with the server's ms of processor for each."""
    file = folder / "ballots.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    address = page.address.replace("/p/nm/", f"{ONE}ballot/")
    words = [sys.executable, "-m", "benchmarks.casting", address, str(file), "--clients", str(size.clients)]
    words += ["--pause", str(pause)]
    before = page.processor()
    done = subprocess.run(words, cwd=ROOT, check=True, capture_output=True)
    told: Told = json.loads(done.stdout)
    return told | {"processor": 1000 * (page.processor() - before) / len(lines)}


def counted(
    made: Round, people: list[Person], forms: list[dict[str, str]], *, errors: float
) -> Iterator[Figure]:
    """Yield how many ballots were lost, doubled or changed on the way, in the tables and on the record."""
    rows = Ballot.objects.filter(voter__round=made)
    entries = Entry.objects.filter(kind=BallotCast.kind)
    places = dict(made.statements.values_list("contribution__number", "place"))
    wrong = sum(
        votes_of(made, person)
        != {places[int(name[5:])]: vote for name, vote in one.items() if name != "once"}
        for person, one in zip(people, forms, strict=True)
    )
    voters = Voter.objects.filter(round=made, participant__isnull=False).count()
    told = f"{voters:,} voters, {rows.count():,} ballots, {entries.count():,} entries; {errors:.0f} errors"
    lost = abs(len(forms) - voters) + wrong + sum(abs(len(forms) - n.count()) for n in (rows, entries))
    yield at_most(0, "lost, doubled or changed", lost, "", told)


def results(page: Served, made: Round, size: Size) -> Iterator[Figure]:
    """Yield how long counting takes, and the page of results of the closed round."""
    took = seconds(lambda: count_running(made, at=SOON))
    yield Figure("counted while it runs", f"{shown(took)} s")
    over = made.closes_at
    took = seconds(lambda: close_round(made, by=SYSTEM, at=over, channel="tick"))
    yield Figure("closed and counted", f"{shown(took)} s")
    asked = Served(page.address.replace("/p/nm/", f"{ONE}results/"), page.process)
    run = asked.load(seconds=size.seconds, clients=1)
    told = f"p50 {shown(run['p50'])} ms, {run['asked']:.0f} pages, {run['errors']:.0f} errors"
    yield at_most(1_000, f"results of {size.people:,} x {size.statements}, p95", run["p95"], " ms", told)
