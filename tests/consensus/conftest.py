"""A working group with a draft and a call about it: Amina convenes, Henrike chairs, Lucía edits, others take part."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from conftest import day
from mail.example_mails import Postbox
from remembering import remembered
from steps import COMMENTED_ON, begun, member, working_group
from talanoa.consensus.actions.calling import open_call
from talanoa.consensus.actions.designating import Found, designate
from talanoa.consensus.actions.dissenting import state_minority
from talanoa.consensus.actions.ending import end_consensus
from talanoa.consensus.actions.handling import answer_objection
from talanoa.consensus.actions.positions import Reasons, raise_objection
from talanoa.consensus.models import Call, MinorityStatement, Objection
from talanoa.contributions.actions.standing import author_of
from talanoa.contributions.models import Assurance
from talanoa.drafts.models import Draft
from talanoa.people.actions import know_person
from talanoa.people.interests import Interests
from talanoa.people.models import Group, Person
from talanoa.processes.actions.interests import state_interests
from talanoa.processes.actions.roles import enter
from talanoa.processes.models import Participant, Role

CALLED = day(COMMENTED_ON)
OVER = day(COMMENTED_ON + 14)
SETTLED = day(COMMENTED_ON + 30)
Object = Callable[..., Objection]
FOUND = {
    1: Found("consensus", "The hourly rate was argued for, and who objected was answered."),
    2: Found("full_consensus", "Everybody who spoke of it wants the budget to be public."),
}
LEAVES_OUT = "The hourly rate leaves out the islands."


@pytest.fixture
def convenor(amina: Person) -> Participant:
    return working_group(amina)


@pytest.fixture
def henrike(log: None) -> Person:
    """A chair in Utrecht, academia."""
    return know_person(
        name="Henrike Maas", address="henrike@chair.example", group=Group.ACADEMIA, country="NL"
    )


@pytest.fixture
@remembered
def chair(convenor: Participant, henrike: Person) -> Participant:
    """The chair, who has stated her interests."""
    state_interests(
        convenor.process,
        by=henrike,
        interests=Interests(text="I teach at a university.", ties=()),
        at=day(41),
        channel="web",
    )
    return member(convenor, henrike, Role.CHAIR)


@pytest.fixture
def editor(convenor: Participant, lucia: Person) -> Participant:
    return member(convenor, lucia, Role.EDITOR)


@pytest.fixture
def draft(editor: Participant) -> Draft:
    return begun(editor)


@pytest.fixture
@remembered
def call(draft: Draft, chair: Participant) -> Call:
    """A call about the draft that runs for 14 days."""
    return open_call(draft, by=chair, question="Can you live with this text?", at=CALLED, channel="web")


@pytest.fixture
def voice(convenor: Participant, yusuf: Person) -> Participant:
    """Yusuf, who takes part by mail."""
    return enter(convenor.process, yusuf, at=day(1))


@pytest.fixture
def second(convenor: Participant, sione: Person) -> Participant:
    """Sione, a civil servant who takes part."""
    return enter(convenor.process, sione, at=day(1))


@pytest.fixture
def objects() -> Object:
    """Let somebody object to a call."""

    def act(
        call: Call, by: Participant, *, to: int = 1, at: datetime = CALLED, key: str = "", **said: str
    ) -> Objection:
        reasons = Reasons(
            about=said.get("about", "evidence"),
            text=said.get("text", "Nobody has counted the hours."),
            resolves=said.get("resolves", "Count them for one year first."),
        )
        return raise_objection(
            call,
            by=by,
            author=author_of(by.person, assurance=Assurance.PROVEN, group=by.group),
            reasons=reasons,
            recommendation=to,
            dedup_key=key or f"objection-{by.pk}-{to}",
            at=at,
            channel="mail",
        )

    return act


@pytest.fixture
@remembered
def objection(call: Call, voice: Participant, objects: Object) -> Objection:
    """Yusuf objects to recommendation 1."""
    return objects(call, voice)


@pytest.fixture
@remembered
def answered(objection: Objection, editor: Participant) -> Objection:
    """Yusuf's objection, answered on the day it was raised."""
    answer_objection(objection, by=editor, text="They were counted in 2025.", at=CALLED, channel="web")
    objection.refresh_from_db()
    return objection


@pytest.fixture
@remembered
def declared(answered: Objection, chair: Participant) -> Call:
    """The outcome on day 91: recommendation 1 with an objection that remains, 2 with none."""
    return designate(answered.call, by=chair, found=FOUND, at=SETTLED, channel="web")


@pytest.fixture
@remembered
def statement(declared: Call, second: Participant) -> MinorityStatement:
    """Sione dissents from recommendation 1, number 2."""
    return state_minority(
        declared,
        by=second,
        author=author_of(second.person, assurance=Assurance.PROVEN, group=second.group),
        text=LEAVES_OUT,
        recommendation=1,
        dedup_key="minority",
        at=day(92),
        channel="mail",
    )


@pytest.fixture
@remembered
def ended(declared: Call, convenor: Participant) -> Participant:
    """The convenor, who has ended the calls on day 93."""
    end_consensus(convenor.process, by=convenor, at=day(93), channel="web")
    return convenor


@pytest.fixture
def postbox(convenor: Participant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Postbox:
    return Postbox(tmp_path, monkeypatch)


@pytest.fixture
@remembered
def clerk(convenor: Participant) -> Participant:
    """Dalia, secretariat, Cairo, who prepares the hearing of appeals."""
    return member(
        convenor,
        know_person(name="Dalia Mansour", address="dalia@talanoa.example", country="EG"),
        Role.SECRETARIAT,
    )
