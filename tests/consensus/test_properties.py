"""Random acts in a consensus call: nothing closes over an unanswered objection, outlives its text, or counts heads."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from consensus.conftest import CALLED, FOUND, Object
from journeys.random_world import undone
from steps import DRAFT
from talanoa.consensus.actions.calling import open_call
from talanoa.consensus.actions.designating import Found, designate
from talanoa.consensus.actions.handling import answer_objection, find_on_objection, maintain_objection
from talanoa.consensus.actions.positions import take_position
from talanoa.consensus.models import Call, Designation, Objection, Option, Position
from talanoa.consensus.queries import designations_in_force
from talanoa.contributions.actions.standing import withdraw
from talanoa.contributions.models import Assurance
from talanoa.documents.models import Revision
from talanoa.drafts.actions.writing import revise_draft
from talanoa.drafts.models import Draft
from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.lib.decision_rules import FINDINGS
from talanoa.processes.models import Participant

SEED = 9
PROFILE = settings(
    max_examples=8,
    stateful_step_count=20,
    phases=[Phase.generate],
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
CROWD = 40
LEVELS = st.sampled_from(["full_consensus", "consensus", "consensus", "divergence"])
WHICH = st.integers(0, 3)


@dataclass(frozen=True, slots=True)
class Room:
    """Who acts, and about what."""

    draft: Draft
    chair: Participant
    editor: Participant
    others: Sequence[Participant]
    objects: Object


class Calls(RuleBasedStateMachine):
    """Everybody in the room does what comes to mind; what is refused is refused."""

    room: Room
    n_found: int
    n_refused_over_objections: int

    def __init__(self) -> None:
        super().__init__()
        self.now, self.serial = CALLED, count(1)
        self.waiting: set[int] = set()
        self.undo = undone()
        self.undo.__enter__()

    def teardown(self) -> None:
        self.undo.__exit__(None, None, None)

    def attempt(self, act: Callable[[], Any]) -> Any:
        """Do `act`; None where a rule or a role forbids it."""
        with suppress(RuleBroken, NotAllowed):
            return act()
        return None

    def call(self) -> Call | None:
        return self.room.draft.process.calls.order_by("-number").first()

    def objection(self, which: int) -> Objection | None:
        rows = list(Objection.objects.order_by("-pk")[:4])
        return rows[which % len(rows)] if rows else None

    @rule(days=st.sampled_from([6, 15, 30]))
    def wait(self, days: int) -> None:
        self.now += timedelta(days=days)

    @initialize(objects=st.booleans(), answers=st.booleans())
    def begin(self, *, objects: bool, answers: bool) -> None:
        """A call is over; somebody may have objected to its text, and may have an answer."""
        self.open()
        if objects:
            self.object(who=0, to=1)
        if objects and answers:
            self.answer(which=0)
        self.now += timedelta(days=15)

    @rule()
    def ask(self) -> None:
        self.open()

    def open(self) -> None:
        self.attempt(
            lambda: open_call(
                self.room.draft,
                by=self.room.chair,
                question="Can you live with it?",
                because=f"Reason {next(self.serial)}.",
                at=self.now,
                channel="web",
            )
        )

    @rule(dares=st.sampled_from([False, False, False, True]))
    def revise(self, *, dares: bool) -> None:
        call = self.call()
        if not dares and call and call.declared_at is None:
            return
        text = DRAFT.replace("year.", f"year, {next(self.serial)}.")
        if self.attempt(
            lambda: revise_draft(self.room.draft, by=self.room.editor, text=text, at=self.now, channel="web")
        ):
            assert designations_in_force(self.room.draft.process) == []

    @rule(who=WHICH, option=st.sampled_from(Option.values), to=st.integers(0, 2))
    def stand(self, who: int, option: str, to: int) -> None:
        """Take a position, which changes nothing that was found and finds nothing."""
        call, before = self.call(), list(Designation.objects.values())
        by = self.room.others[who % len(self.room.others)]
        if call:
            self.attempt(
                lambda: take_position(
                    call,
                    by=by,
                    option=option,
                    reason="Because.",
                    recommendation=to,
                    assurance=Assurance.PROVEN,
                    at=self.now,
                    channel="web",
                )
            )
        assert list(Designation.objects.values()) == before

    @rule(who=WHICH, to=st.integers(0, 2))
    def object(self, who: int, to: int) -> None:
        call, by = self.call(), self.room.others[who % len(self.room.others)]
        key = f"random-{next(self.serial)}"
        made = call and self.attempt(lambda: self.room.objects(call, by, to=to, at=self.now, key=key))
        if made:
            self.waiting.add(made.pk)

    @rule(which=WHICH)
    def answer(self, which: int) -> None:
        found = self.objection(which)
        if found and self.attempt(
            lambda: answer_objection(
                found, by=self.room.editor, text="It was weighed.", at=self.now, channel="web"
            )
        ):
            self.waiting.discard(found.pk)

    @rule(which=WHICH)
    def take_back(self, which: int) -> None:
        found = self.objection(which)
        if found:
            by = Participant.objects.get(person=found.contribution.person, process=self.room.draft.process)
            if self.attempt(lambda: withdraw(found.contribution, by=by, at=self.now, channel="web")):
                self.waiting.discard(found.pk)

    @rule(which=WHICH)
    def maintain(self, which: int) -> None:
        found = self.objection(which)
        if found:
            by = Participant.objects.get(person=found.contribution.person, process=self.room.draft.process)
            self.attempt(
                lambda: maintain_objection(found, by=by, text="Not so.", at=self.now, channel="mail")
            )

    @rule(which=WHICH, finding=st.sampled_from(FINDINGS))
    def weigh(self, which: int, finding: str) -> None:
        found = self.objection(which)
        if found and self.attempt(
            lambda: find_on_objection(
                found,
                by=self.room.chair,
                finding=finding,
                text="It was read and weighed.",
                alternatives="To wait.",
                at=self.now,
                channel="web",
            )
        ):
            self.waiting.discard(found.pk)

    @rule(first=LEVELS, second=LEVELS)
    def find(self, first: str, second: str) -> None:
        """Declare the outcome; with a crowd that supports the text it would be the same."""
        call = self.call()
        if call is None:
            return
        found = {1: Found(first, FOUND[1].reasons), 2: Found(second, FOUND[2].reasons)}
        with undone():
            self.gather(call)
            with_a_crowd = self.outcome(call, found)
        alone = self.outcome(call, found)
        assert alone == with_a_crowd
        type(self).n_refused_over_objections += alone == ["objection_unanswered"]
        if len(alone) == len(found):
            type(self).n_found += 1
            assert self.waiting == set(), "closed over an objection that nobody answered"

    def gather(self, call: Call) -> None:
        by = self.room.others[0]
        Position.objects.bulk_create(
            Position(call=call, participant=by, name="", group="", option="support", stated_at=self.now)
            for _n in range(CROWD)
        )

    def outcome(self, call: Call, found: dict[int, Found]) -> list[str]:
        """What comes of declaring: the levels, or the code of the refusal."""
        try:
            designate(call, by=self.room.chair, found=found, at=self.now, channel="web")
        except RuleBroken as broken:
            return [broken.rule]
        return [row.level for row in call.designations.order_by("recommendation")]

    @invariant()
    def what_is_in_force_is_about_the_newest_text(self) -> None:
        newest = Revision.objects.filter(document=self.room.draft.document_id).latest("number")
        held = {row.call.revision_id for row in designations_in_force(self.room.draft.process)}
        assert held <= {newest.pk}


@pytest.fixture
def room(draft: Draft, chair: Participant, editor: Participant, objects: Object) -> Room:
    return Room(draft, chair, editor, (), objects)


def test_whatever_the_room_does_objections_texts_and_reasons_decide_and_no_count(
    room: Room, voice: Participant, second: Participant
) -> None:
    Calls.room = replace(room, others=(voice, second))
    Calls.n_found = Calls.n_refused_over_objections = 0
    run_state_machine_as_test(seed(SEED)(Calls), settings=PROFILE)
    assert Calls.n_found > 0
    assert Calls.n_refused_over_objections > 0
