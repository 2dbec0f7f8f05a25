"""The world in which random acts happen, and what an observer with pencil and paper expects of it.

The pencil knows each input's state from the acts alone; the tests compare it with what the database shows.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import connection, models, transaction

from conftest import START
from talanoa.contributions.models import Authorship, Contribution, Dispute
from talanoa.inputs.models import Input
from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.people.actions import appoint_convenor, know_person
from talanoa.people.models import Group, Person
from talanoa.processes import charter
from talanoa.processes.actions import create_process, enter, give_role, open_process, publish_charter
from talanoa.processes.models import Participant, Process, Role
from talanoa.processes.queries import participant
from talanoa.record.actions import open_log
from talanoa.record.models import Entry, Log

T = TypeVar("T")
NAMES = ("amina", "dalia", "kofi", "maarten", "noor", "yusuf", "lucia", "stranger")
ROLES = {"dalia": Role.SECRETARIAT, "maarten": Role.SPONSOR, "noor": Role.OBSERVER}
OFFICE = {"amina", "dalia", "kofi"}
REVIEW = timedelta(days=21)
# Rows of these tables are never deleted by anybody, whatever happens.
KEPT = (Contribution, Authorship, Input, Dispute, Entry)


@dataclass(slots=True)
class Noted:
    """What the observer noted of one input."""

    author: str
    text: str
    state: str
    publication: str
    is_answered: bool = False
    words_of_disputes: list[str] = field(default_factory=list)

    @property
    def is_public(self) -> bool:
        return self.state in {"published", "superseded"} and self.publication != "private"

    @property
    def is_counted(self) -> bool:
        return self.state in {"published", "withheld", "unconfirmed"}


class World:
    """One process with all its roles, a second one whose convenor is a stranger here, and the time."""

    def __init__(self, *, has_chair: bool) -> None:
        self.now = START
        self.log: Log = open_log(origin="talanoa.example/record", at=START)
        self.people = {name: self._person(name) for name in NAMES}
        self.process = self._process("nm", self.people["amina"])
        elsewhere = self._process("elsewhere", self.people["stranger"])
        roles = ROLES | ({"kofi": Role.CHAIR} if has_chair else {})
        convenor = self._member(self.process, "amina")
        for name in NAMES[1:-1]:
            enter(self.process, self.people[name], at=START)
            if name in roles:
                person = self.people[name]
                give_role(self.process, person, role=roles[name], by=convenor, at=START, channel="web")
        self.members = {name: self._member(self.process, name) for name in NAMES[:-1]}
        self.members["stranger"] = self._member(elsewhere, "stranger")
        self.office = OFFICE if has_chair else OFFICE - {"kofi"}
        self.approvers = {"kofi"} if has_chair else {"amina"}
        self.noted: dict[int, Noted] = {}
        self.seen: dict[type[models.Model], int] = {}
        self.review_ends: datetime | None = None

    def _person(self, name: str) -> Person:
        group = list(Group.values)[NAMES.index(name) % len(Group.values)]
        return know_person(name=f"NAME-{name}", address=f"{name}@talanoa.example", group=group, country="KE")

    def _process(self, key: str, by: Person) -> Process:
        facts = charter.template("open-consultation", title="How should training be funded?")
        appoint_convenor(by, at=START, channel="cli")
        made = create_process(by=by, key=key, facts=facts, at=START, channel="web")
        convenor = participant(made, by)
        assert convenor
        publish_charter(made, by=convenor, at=START, channel="web")
        return open_process(made, by=convenor, at=START, channel="web")

    def _member(self, process: Process, name: str) -> Participant:
        found = participant(process, self.people[name])
        assert found
        return found

    def attempt(self, act: Callable[[], T], *, may: bool, on_record: bool = True) -> T | None:
        """Do `act`; it is done or refused, and nothing else can happen. None where it is refused.

        Who may not is told so first; a refusal leaves no entry, an act on the record leaves one at least.
        """
        before = Entry.objects.count()
        try:
            done = act()
        except NotAllowed:
            assert not may, "refused to somebody who may"
            assert Entry.objects.count() == before
            return None
        except RuleBroken:
            assert may, "somebody who may not was told of another rule"
            assert Entry.objects.count() == before
            return None
        assert may, "done by somebody who may not"
        assert (Entry.objects.count() > before) is on_record
        return done

    def input(self, number: int) -> Input | None:
        """The input that a drawn number means, if there is any input yet."""
        if not self.noted:
            return None
        return Input.objects.get(contribution__number=1 + number % len(self.noted))

    def note_of(self, made: Input) -> Noted:
        return self.noted[made.contribution.number]

    def counts(self) -> dict[type[models.Model], int]:
        return {model: model._default_manager.count() for model in KEPT}


@contextmanager
def undone() -> Iterator[None]:
    """Undo everything that happened inside, whatever it was."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def whole_database() -> str:
    """Everything in every table, as text."""
    parts: list[str] = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                parts += [
                    bytes(v).decode("utf-8", "replace") if isinstance(v, bytes | memoryview) else str(v)
                    for v in row
                ]
    return "\n".join(parts)
