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
from talanoa.contributions.models import Appeal, Authorship, Contribution, Dispute, Flag, ModerationAct
from talanoa.inputs.models import Input
from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.people.actions import appoint_convenor, know_person
from talanoa.people.models import Group, Person
from talanoa.processes import charter
from talanoa.processes.actions.chartering import create_process, publish_charter
from talanoa.processes.actions.roles import enter, give_role
from talanoa.processes.actions.stages import open_process
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
KEPT = (Contribution, Authorship, Input, Dispute, Flag, ModerationAct, Appeal, Entry)


@dataclass(slots=True)
class Noted:
    """What the observer noted of one input."""

    author: str
    text: str
    state: str
    publication: str
    is_answered: bool = False
    was_replaced_in_public: bool = False
    is_sure: bool = True
    disputes: list[str] = field(default_factory=list)
    flaggers: set[str] = field(default_factory=set)
    deciders: set[str] = field(default_factory=set)
    appeal: Appeal | None = None

    @property
    def is_public(self) -> bool:
        is_shown = self.state == "published" or (self.state == "superseded" and self.was_replaced_in_public)
        return is_shown and self.publication != "private"

    @property
    def is_counted(self) -> bool:
        return self.state in {"published", "withheld", "rejected", "unconfirmed"}


class Place:
    """One process with all its roles but the chair's, and a second one whose convenor is a stranger here."""

    def __init__(self) -> None:
        self.log: Log = open_log(origin="talanoa.example/record", at=START)
        self.people = {name: _person(name) for name in NAMES}
        self.process = _process("nm", self.people["amina"])
        self.elsewhere = _process("elsewhere", self.people["stranger"])
        for name in NAMES[1:-1]:
            enter(self.process, self.people[name], at=START)
        for name, role in ROLES.items():
            self.give(name, role)

    def give(self, name: str, role: Role) -> None:
        convenor = _member(self.process, self.people["amina"])
        give_role(self.process, self.people[name], role=role, by=convenor, at=START, channel="web")

    def members(self) -> dict[str, Participant]:
        """Everybody as a participant, the stranger of the other process."""
        places = dict.fromkeys(NAMES, self.process) | {"stranger": self.elsewhere}
        return {name: _member(places[name], person) for name, person in self.people.items()}


class World:
    """What happens in a place from now on: the time, and what the observer noted."""

    def __init__(self, place: Place, *, has_chair: bool) -> None:
        if has_chair:
            place.give("kofi", Role.CHAIR)
        self.now = START
        self.log, self.people, self.process = place.log, place.people, place.process
        self.members = place.members()
        self.office = OFFICE if has_chair else OFFICE - {"kofi"}
        self.approvers = {"kofi"} if has_chair else {"amina"}
        self.moderators = {"amina", "dalia"}
        self.noted: dict[int, Noted] = {}
        self.seen: dict[type[models.Model], int] = {}
        self.review_ends: datetime | None = None

    def attempt(
        self, who: str | None, may: set[str], act: Callable[[Participant], T], *, on_record: bool = True
    ) -> T | None:
        """Let `who` do `act`, or one of those who may where it is nobody in particular; None where refused.

        It is done or refused, and nothing else can happen. Who may not is told so before any other rule; a
        refusal leaves no entry, an act on the record leaves one at least, a working act none.
        """
        actor = who or min(may, default="stranger")
        before = Entry.objects.count()
        try:
            done = act(self.members[actor])
        except NotAllowed:
            assert actor not in may, "refused to somebody who may"
            assert Entry.objects.count() == before
            return None
        except RuleBroken:
            assert actor in may, "somebody who may not was told of another rule"
            assert Entry.objects.count() == before
            return None
        assert actor in may, "done by somebody who may not"
        assert (Entry.objects.count() > before) is on_record
        return done

    def input(self, number: int) -> Input | None:
        """The input that a drawn number means, if there is any input yet."""
        if not self.noted:
            return None
        return Input.objects.get(contribution__number=1 + number % len(self.noted))

    def note_of(self, made: Input) -> Noted:
        return self.noted[made.contribution.number]

    def waiting(self) -> list[int]:
        """The numbers that count and have no answer."""
        return [number for number, note in self.noted.items() if note.is_counted and not note.is_answered]

    def counts(self) -> dict[type[models.Model], int]:
        return {model: model._default_manager.count() for model in KEPT}


def _person(name: str) -> Person:
    group = list(Group.values)[NAMES.index(name) % len(Group.values)]
    return know_person(name=f"NAME-{name}", address=f"{name}@talanoa.example", group=group, country="KE")


def _process(key: str, by: Person) -> Process:
    facts = charter.template("open-consultation", title="How should training be funded?")
    appoint_convenor(by, at=START, channel="cli")
    made = create_process(by=by, key=key, facts=facts, at=START, channel="web")
    convenor = _member(made, by)
    publish_charter(made, by=convenor, at=START, channel="web")
    return open_process(made, by=convenor, at=START, channel="web")


def _member(process: Process, person: Person) -> Participant:
    found = participant(process, person)
    assert found
    return found


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
