"""Challenges and appeals as pages show them: what each is against, where it stands, who sits, how they were drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from talanoa.consensus.contestable import open_acts
from talanoa.consensus.letters.contesting import act_name, part_name
from talanoa.consensus.models import Call, Challenge, Opinion, PanelAppeal, PanelDraw, PanelMember
from talanoa.consensus.panels import command_of, drawn_again
from talanoa.consensus.permissions import may_prepare
from talanoa.consensus.queries import due_at, newest_draw
from talanoa.processes.models import Default, Participant, Process

STANDINGS: dict[str, str | Promise] = {
    "open": _("Waits for its answer"),
    "overdue": _("Overdue"),
    "kept": _("The designation is kept"),
    "annulled": _("The designation is annulled"),
    "moot": _("The designation was annulled before"),
    "raised": _("To be admitted"),
    "refused": _("Not heard"),
    "admitted": _("Heard; the draw is not announced yet"),
    "announced": _("The draw of its panel is announced"),
    "drawn": _("Before its panel"),
    "upheld": _("What was done stands"),
    "overturned": _("Overturned"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A challenge or an appeal in a list: its number, what it is against, who brought it, where it stands."""

    number: int
    against: str
    name: str
    at: datetime
    stands: str | Promise
    is_overdue: bool


def challenge_rows(process: Process, at: datetime, *, call: Call | None = None) -> list[Row]:
    """Return the challenges of a process, or of one call, as they stand at `at` (aware, UTC), the newest first."""
    rows = process.challenges.select_related("designation__call").order_by("-number")
    if call is not None:
        rows = rows.filter(designation__call=call)
    return [
        Row(
            number=row.number,
            against=f"{row.call.number}: {part_name(row.designation.recommendation)}",
            name=row.name,
            at=row.raised_at,
            stands=STANDINGS[row.standing(at)],
            is_overdue=row.is_overdue(at),
        )
        for row in rows
    ]


def appeal_rows(
    process: Process, at: datetime, *, challenge: Challenge | None = None, call: Call | None = None
) -> list[Row]:
    """Return the appeals of a process as they stand at `at` (aware, UTC), the newest first.

    Or only those about one challenge, or one call.
    """
    rows = process.panel_appeals.select_related(
        "appeal__entry",
        "call",
        "designation",
        "handling__objection__contribution__process",
        "challenge",
        "refused",
    ).prefetch_related("draws")
    if challenge is not None:
        rows = rows.filter(challenge=challenge)
    if call is not None:
        rows = rows.filter(call=call)
    return [_row(row, at) for row in rows.order_by("-number")]


def _row(row: PanelAppeal, at: datetime) -> Row:
    draw = max(row.draws.all(), key=lambda one: one.number, default=None)
    return Row(
        number=row.number,
        against=act_name(row),
        name=row.name,
        at=row.appeal.raised_at,
        stands=STANDINGS[stage_of(row, draw)],
        is_overdue=is_overdue(row, at),
    )


def stage_of(appeal: PanelAppeal, draw: PanelDraw | None) -> str:
    """Return how far an appeal has come; a key of STANDINGS."""
    if appeal.appeal.outcome:
        return appeal.appeal.outcome
    if appeal.is_refused:
        return "refused"
    if draw is not None:
        return "drawn" if draw.drawn_at else "announced"
    return "admitted" if appeal.admitted_at else "raised"


def is_overdue(appeal: PanelAppeal, at: datetime) -> bool:
    """Tell whether an appeal should be decided by now; while a panel sits, its time counts."""
    if appeal.appeal.decided_at is not None or appeal.is_refused:
        return False
    return at >= due_at(appeal)


@dataclass(frozen=True, slots=True)
class Contests:
    """What contests a call: its challenges and appeals with kind and page, and what can be done still."""

    rows: Sequence[tuple[str, str, Row]]
    challenge_until: datetime | None
    may_appeal: bool


def contests_of(call: Call, at: datetime) -> Contests:
    """Return what contests a call as it stands at `at` (aware, UTC), and whether more can."""
    key, acts = call.process.key, open_acts(call, at)
    ends = [
        row.until(Default.CHALLENGE) for row in call.designations.standing().select_related("call__process")
    ]
    challenges, appeals = (
        challenge_rows(call.process, at, call=call),
        appeal_rows(call.process, at, call=call),
    )
    rows = [
        *(
            (gettext("Challenge"), reverse("consensus:challenged", args=[key, r.number]), r)
            for r in challenges
        ),
        *((gettext("Appeal"), reverse("consensus:appealed", args=[key, r.number]), r) for r in appeals),
    ]
    until = max((end for end in ends if at < end), default=None)
    return Contests(rows, until, bool(acts))


@dataclass(frozen=True, slots=True)
class Drawn:
    """A draw on its page: the pool by number, the order drawn, what the sources said, the command, who spoke."""

    draw: PanelDraw
    members: Sequence[PanelMember]
    order: Sequence[int]
    digests: Sequence[str]
    sources: Sequence[tuple[str, str]]
    command: str
    seats: Sequence[PanelMember]
    left: Sequence[PanelMember]
    spoken: int


def _drawn(draw: PanelDraw) -> Drawn:
    members = list(draw.members.order_by("number"))
    again = drawn_again(draw)
    seats = [row for row in members if row.state == PanelMember.State.SEATED]
    return Drawn(
        draw=draw,
        members=members,
        order=again.selected if again else (),
        digests=again.digests if again else (),
        sources=list(zip(draw.sources, draw.said or [""] * len(draw.sources), strict=True)),
        command=command_of(draw),
        seats=sorted(seats, key=lambda row: row.place or 0),
        left=[row for row in members if row.state == PanelMember.State.LEFT],
        spoken=Opinion.objects.filter(member__in=seats).count(),
    )


def appeal_shown(appeal: PanelAppeal, by: Participant | None, at: datetime) -> dict[str, Any]:
    """Return what the pages of an appeal show to `by` at `at` (aware, UTC)."""
    draw = newest_draw(appeal)
    is_open = not appeal.appeal.decided_at and not appeal.is_refused
    seat = draw.members.seated().filter(participant=by.pk).first() if draw and by else None
    spoke = seat is not None and Opinion.objects.filter(member=seat).exists()
    supporters = list(appeal.supporters.order_by("at", "pk"))
    known = {appeal.by_id, *(row.by_id for row in supporters)}
    return {
        "against": act_name(appeal),
        "arguments": list(appeal.arguments.order_by("number")),
        "supporters": supporters,
        "stage": stage_of(appeal, draw),
        "stands": STANDINGS[stage_of(appeal, draw)],
        "is_overdue": is_overdue(appeal, at),
        "due": due_at(appeal),
        "draws": [_drawn(row) for row in appeal.draws.order_by("-number")],
        "seat": seat,
        "has_spoken": spoke,
        "may_find": seat is not None and not spoke and is_open,
        "may_support": is_open and draw is None and by is not None and by.pk not in known,
        "may_prepare": is_open and by is not None and may_prepare(by, appeal),
        "outcome": appeal.appeal.outcome,
    }
