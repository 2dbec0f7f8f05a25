"""How an act of a room becomes a step of its process: the one place that knows which action performs which kind.

Every step is the spine's own action, at the time of the room's clock. Nothing here decides whether it may happen.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import override

from talanoa.consensus.actions.calling import open_call
from talanoa.consensus.actions.designating import Found, designate
from talanoa.consensus.actions.handling import answer_objection
from talanoa.consensus.actions.positions import Reasons, raise_objection, take_position
from talanoa.consensus.models import Call, Objection, Option
from talanoa.contributions.actions.standing import Author, author_of, withdraw
from talanoa.contributions.models import Assurance, Contribution
from talanoa.documents.models import Revision
from talanoa.drafts.actions.disposing import accept_suggestion
from talanoa.drafts.actions.remarking import Remarked, comment_on, suggest
from talanoa.drafts.actions.writing import begin_draft, revise_draft
from talanoa.drafts.models import Draft, Suggestion
from talanoa.inputs.actions.receiving import Words, receive_input
from talanoa.lib import practice_acts as kinds
from talanoa.lib.practice_acts import Act
from talanoa.lib.replacing import replace_block
from talanoa.lib.scenarios import Scenario
from talanoa.practice.models import Done, Room
from talanoa.practice.queries import anchors, office_of, person_of
from talanoa.processes.actions.stages import keep_stage
from talanoa.processes.models import Participant, Role, Stage

CHANNEL = "web"
"""One channel for all that is done in rooms, so that a replay gives the same record whatever skin it came by."""
ANSWER = "It was read, and the text was not changed. It stands as it was raised, beside the finding."
POSITIONS = {
    kinds.SUPPORT: Option.SUPPORT,
    kinds.LIVE: Option.LIVE_WITH,
    kinds.CONCERN: Option.CONCERN,
    kinds.ABSTAIN: Option.ABSTAIN,
}
AGREED, NOT_AGREED = "full_consensus", "divergence"
MINUTE = timedelta(minutes=1)
Numbers = list[int]


@dataclass(frozen=True, slots=True)
class Scene:
    """An act that is about to be performed: its room and scenario, who acts, and the name under which it is kept."""

    room: Room
    scenario: Scenario
    act: Act
    by: Participant
    key: str

    @property
    def author(self) -> Author:
        """Who speaks; the people of a room need no confirmation."""
        return author_of(self.by.person, assurance=Assurance.PROVEN, group=self.by.group)

    @property
    def draft(self) -> Draft:
        """The draft of the room."""
        return Draft.objects.select_related("document").get(process=self.room.process_id)

    @property
    def newest(self) -> Revision:
        """The newest revision of it."""
        found = self.draft.document.latest()
        assert found is not None  # noqa: S101 - a draft is begun with its first revision
        return found

    @property
    def call(self) -> Call:
        """The newest consensus call."""
        return Call.objects.filter(process=self.room.process_id).latest("number")


@transaction.atomic(savepoint=False)
def perform(room: Room, act: Act, *, dedup_key: str = "", at: datetime, channel: str) -> Done:
    """Perform an act by the action of a real process, at the time of the room, and keep it. The room is locked.

    `at` is the world's time (aware, UTC).
    Raises what that action raises.
    """
    if act.kind not in (kinds.STATE, kinds.READ):
        begin_drafting(room)
    number = room.done.count() + 1
    scene = Scene(room, room.scenario, act, person_of(room, act.seat), f"act-{number}")
    # What the program says by itself goes on the record of the room: in the room's language, whoever acts.
    with override(scene.scenario.language):
        numbers = _BY_KIND[act.kind](scene)
    made = Done.objects.create(
        room=room,
        number=number,
        day=act.day,
        seat=act.seat,
        kind=act.kind,
        rule=act.rule,
        numbers=numbers,
        act=asdict(act),
        at=room.now,
        channel=channel,
        done_at=at,
        dedup_key=dedup_key,
    )
    room.now += MINUTE
    room.save(update_fields=["now"])
    return made


@transaction.atomic(savepoint=False)
def begin_drafting(room: Room) -> None:
    """End the call for input and publish the first draft, where that has not happened. The room is locked."""
    stage = room.process.stages.get(kind=Stage.Kind.INPUT)
    if stage.closed_at is not None:
        return
    assert stage.closes_at is not None  # noqa: S101 - the charter of a room gives its call one day
    room.now = max(room.now, stage.closes_at)
    room.save(update_fields=["now"])
    keep_stage(stage, at=room.now)
    scenario = room.scenario
    begin_draft(
        room.process,
        by=office_of(room, Role.SECRETARIAT),
        title=scenario.title,
        text="\n\n".join((scenario.preface.strip(), *scenario.wording(scenario.draft))),
        at=room.now,
        channel=CHANNEL,
    )


def _read(_scene: Scene) -> Numbers:
    return []


def _state(scene: Scene) -> Numbers:
    """Hand in an input; who comes after the call for input comments on the whole draft instead."""
    stage = scene.room.process.stages.get(kind=Stage.Kind.INPUT)
    if not stage.is_open(scene.room.now):
        return _say(scene)
    made = receive_input(
        stage,
        by=scene.by,
        author=scene.author,
        words=Words(title="", text=scene.act.text, language=scene.scenario.language),
        publication=Contribution.Publication.NAMED,
        dedup_key=scene.key,
        channel=CHANNEL,
        at=scene.room.now,
    )
    return [made.contribution.number]


def _say(scene: Scene) -> Numbers:
    anchor = anchors(scene.scenario, scene.newest)[scene.act.slot] if scene.act.slot else ""
    made = comment_on(
        scene.newest,
        by=scene.by,
        author=scene.author,
        said=Remarked(anchor, scene.act.text),
        dedup_key=scene.key,
        channel=CHANNEL,
        at=scene.room.now,
    )
    return [made.contribution.number]


def _propose(scene: Scene) -> Numbers:
    """Suggest the wording of each paragraph that would change; of a package that changes none, say so."""
    assert scene.act.package is not None  # noqa: S101 - checked before it is performed
    newest = scene.newest
    found: Numbers = []
    texts = dict(newest.paragraphs.values_list("anchor", "text"))
    places = anchors(scene.scenario, newest)
    for slot, words in zip(scene.scenario.slots, scene.scenario.wording(scene.act.package), strict=True):
        if texts[places[slot.id]] == words:
            continue
        made = suggest(
            newest,
            by=scene.by,
            author=scene.author,
            said=Remarked(places[slot.id], scene.act.text if not found else "", replacement=words),
            dedup_key=f"{scene.key}-{slot.id}",
            channel=CHANNEL,
            at=scene.room.now,
        )
        found.append(made.contribution.number)
    return found or _say(scene)


def _object(scene: Scene) -> Numbers:
    made = raise_objection(
        scene.call,
        by=scene.by,
        author=scene.author,
        reasons=Reasons(Objection.Kind.GOAL, scene.act.text, scene.act.remedy),
        dedup_key=scene.key,
        at=scene.room.now,
        channel=CHANNEL,
    )
    return [made.contribution.number]


def _withdraw(scene: Scene) -> Numbers:
    raised = scene.room.done.get(number=scene.act.objection)
    rows = Contribution.objects.filter(process=scene.room.process_id, number__in=raised.numbers)
    for contribution in rows:
        withdraw(contribution, by=scene.by, at=scene.room.now, channel=CHANNEL)
    return [*raised.numbers]


def _position(scene: Scene) -> Numbers:
    take_position(
        scene.call,
        by=scene.by,
        option=POSITIONS[scene.act.kind],
        reason=scene.act.text,
        assurance=Assurance.PROVEN,
        at=scene.room.now,
        channel=CHANNEL,
    )
    return []


def _revise(scene: Scene) -> Numbers:
    """Take suggestions up where one has the very words, and write the others anew; the secretariat's pen."""
    assert scene.act.package is not None  # noqa: S101 - the chair names what it takes up
    editor = office_of(scene.room, Role.SECRETARIAT)
    taken = []
    for slot, words in zip(scene.scenario.slots, scene.scenario.wording(scene.act.package), strict=True):
        newest = scene.newest
        now = newest.paragraphs.get(anchor=anchors(scene.scenario, newest)[slot.id])
        if now.text == words:
            continue
        made = _suggested(scene, now.anchor, words, now.text)
        if made is not None:
            accept_suggestion(made, by=editor, at=scene.room.now, channel=CHANNEL)
            taken.append(made.contribution.number)
            continue
        text = replace_block(newest.text, now.position, words)
        revise_draft(
            scene.draft, by=editor, text=text, rewritten=now.anchor, at=scene.room.now, channel=CHANNEL
        )
    return taken


def _suggested(scene: Scene, anchor: str, words: str, now: str) -> Suggestion | None:
    rows = Suggestion.objects.filter(
        draft__process=scene.room.process_id,
        anchor=anchor,
        replacement=words,
        contribution__dispositions__isnull=True,
        contribution__state=Contribution.State.PUBLISHED,
    )
    rows = rows.filter(revision__paragraphs__anchor=anchor, revision__paragraphs__text=now)
    return rows.select_related("contribution", "draft", "revision").order_by("pk").first()


def _call(scene: Scene) -> Numbers:
    """Open the call until the last night: what can be said in it can be said on every day that is left."""
    days = max(scene.scenario.days - scene.act.day, 1)
    open_call(
        scene.draft, by=scene.by, question=scene.act.text, days=days, at=scene.room.now, channel=CHANNEL
    )
    return []


def _close(scene: Scene) -> Numbers:
    """Wait for the end of the call, answer the objections that stand, and wait for their authors to reply."""
    editor = office_of(scene.room, Role.SECRETARIAT)
    scene.room.now = max(scene.room.now, scene.call.closes_at)
    rows = Objection.objects.filter(call__process=scene.room.process_id).select_related("contribution")
    answered = []
    for objection in rows:
        if objection.standing == Objection.State.OPEN:
            made = answer_objection(objection, by=editor, text=ANSWER, at=scene.room.now, channel=CHANNEL)
            scene.room.now = max(scene.room.now, made.objection.reply_by or made.at)
            answered.append(objection.contribution.number)
    return answered


def _designate(scene: Scene) -> Numbers:
    rows = Objection.objects.filter(call__process=scene.room.process_id).select_related("contribution")
    stands = any(row.standing != Objection.State.WITHDRAWN for row in rows)
    found = Found(NOT_AGREED if stands else AGREED, scene.act.text)
    designate(scene.call, by=scene.by, found={0: found}, at=scene.room.now, channel=CHANNEL)
    return []


def _end(scene: Scene) -> Numbers:
    scene.room.state = Room.State.OVER
    scene.room.save(update_fields=["state"])
    return []


_BY_KIND: dict[str, Callable[[Scene], Numbers]] = {
    kinds.READ: _read,
    kinds.STATE: _state,
    kinds.ASK: _say,
    kinds.TELL: _say,
    kinds.REPAIR: _say,
    kinds.AGREE: _say,
    kinds.DOUBT: _say,
    kinds.PROPOSE: _propose,
    kinds.OBJECT: _object,
    kinds.WITHDRAW: _withdraw,
    **dict.fromkeys(kinds.POSITIONS, _position),
    kinds.REVISE: _revise,
    kinds.CALL: _call,
    kinds.CLOSE: _close,
    kinds.DESIGNATE: _designate,
    kinds.END: _end,
}
