"""Draw a panel by lot so that anybody can draw again: announce, draw, leave a seat to the next (RFC 3797)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.consensus.actions.hearing import close_if_decided
from talanoa.consensus.events import DrawAnnounced, PanelDrawn, SeatLeft
from talanoa.consensus.models import Opinion, PanelAppeal, PanelDraw, PanelMember
from talanoa.consensus.panels import pool_for
from talanoa.consensus.permissions import require_clerk, require_seat
from talanoa.consensus.queries import newest_draw
from talanoa.contributions.conduct import checked_words
from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.instants import moment
from talanoa.kernel.text import fitting_line
from talanoa.lib import draws
from talanoa.processes.actions.recording import put_on_record
from talanoa.processes.models import Actor, Default, Participant, Role
from talanoa.record.events import Committed

State = PanelMember.State
SEATS = 3


@transaction.atomic
def announce_draw(
    appeal: PanelAppeal,
    *,
    by: Actor,
    sources: Sequence[str],
    known_at: datetime,
    method: str = "sha256",
    seats: int = SEATS,
    at: datetime,
    channel: str,
) -> PanelDraw:
    """Fix the numbered pool, the method and the public sources of numbers, before these are known at `known_at`.

    `sources` name what will be read, such as a lottery and its date; both times are aware, UTC. Once announced nothing
    of it changes. Source: RFC 3797, section 3. Raises NotAllowed; RuleBroken: same_person, own_case, appeal_decided,
    wrong_state, draw_announced, method_unknown, seats_uneven, draw_date_unfit, sources_missing, line_too_long,
    pool_too_small.
    """
    appeal = PanelAppeal.objects.locked(appeal)
    role, clerk = require_clerk(by, appeal)
    appeal.check_admitted()
    last = _spent(newest_draw(appeal))
    _check_terms(method, seats, known_at, at)
    named = _named(sources)
    pool = _pool(appeal, seats, at)
    made = PanelDraw.objects.create(
        appeal=appeal,
        number=(last.number if last else 0) + 1,
        method=method,
        seats=seats,
        sources=named,
        known_at=known_at,
        announced_at=at,
        announced_by=clerk,
    )
    PanelMember.objects.bulk_create(
        PanelMember(draw=made, number=number, participant=member, name=member.person.name)
        for number, member in enumerate(pool, start=1)
    )
    event = DrawAnnounced(
        appeal=appeal.number,
        draw=made.number,
        method=method,
        seats=seats,
        pool=len(pool),
        known=f"{known_at:%Y-%m-%dT%H:%MZ}",
        names=Committed(made, "pool_sha256"),
        sources=Committed(made, "sources_sha256"),
    )
    put_on_record(appeal.process, event, by=clerk, role=role, at=at, channel=channel)
    return made


def _spent(draw: PanelDraw | None) -> PanelDraw | None:
    """Return the last draw if all who were in it have left; refuse where it still can give a panel."""
    if draw is not None and (draw.drawn_at is None or draw.members.exclude(state=State.LEFT).exists()):
        raise RuleBroken(
            _("Draw %(number)s of this appeal is announced: nothing of it changes.")
            % {"number": draw.number},
            code="draw_announced",
        )
    return draw


def _pool(appeal: PanelAppeal, seats: int, at: datetime) -> list[Participant]:
    pool = pool_for(appeal, at)
    if len(pool) < seats:
        raise RuleBroken(
            _(
                "%(count)s can hear this appeal now, and it takes %(seats)s: people with a confirmed address and a"
                " current statement of interests, who neither decided, wrote, took a side nor ratify."
            )
            % {"count": len(pool), "seats": seats},
            code="pool_too_small",
        )
    return pool


def _check_terms(method: str, seats: int, known_at: datetime, at: datetime) -> None:
    if method not in draws.METHODS:
        raise RuleBroken(
            _("A draw is done by one of: %(names)s.") % {"names": ", ".join(sorted(draws.METHODS))},
            code="method_unknown",
        )
    if seats not in PanelDraw.SEATS:
        raise RuleBroken(
            _("A panel has one of these numbers of seats: %(numbers)s.")
            % {"numbers": ", ".join(map(str, PanelDraw.SEATS))},
            code="seats_uneven",
        )
    if not at < known_at <= at + timedelta(days=PanelDraw.LONGEST_DAYS):
        raise RuleBroken(
            _("Nobody may know yet what the sources say: name a time within the next %(days)s days.")
            % {"days": PanelDraw.LONGEST_DAYS},
            code="draw_date_unfit",
        )


def _named(sources: Sequence[str]) -> list[str]:
    named = [line for text in sources if (line := fitting_line(text, PanelDraw.SOURCE_LIMIT))]
    if not 1 <= len(named) <= PanelDraw.MOST_SOURCES:
        raise RuleBroken(
            _("Name 1 to %(most)s public sources of numbers.") % {"most": PanelDraw.MOST_SOURCES},
            code="sources_missing",
        )
    return named


@transaction.atomic
def draw_panel(
    appeal: PanelAppeal, *, by: Actor, said: Sequence[str], at: datetime, channel: str
) -> PanelDraw:
    """Draw the panel with what the announced sources said, in their order; refused before they are known.

    The whole pool gets its place, so that the next of the draw takes a seat that is left. The time of the panel begins.
    Source: RFC 3797, section 4. Raises NotAllowed; RuleBroken: same_person, own_case, appeal_decided, wrong_state,
    draw_missing, draw_done, draw_too_early, source_unreadable.
    """
    appeal = PanelAppeal.objects.locked(appeal)
    role, clerk = require_clerk(by, appeal)
    appeal.check_admitted()
    made = _announced(appeal, at)
    values = [" ".join(value.split()) for value in said]
    members = list(made.members.order_by("number"))
    done = _drawn(made, values, len(members))
    by_number = {member.number: member for member in members}
    for place, number in enumerate(done.selected, start=1):
        member = by_number[number]
        member.place = place
        if place <= made.seats:
            member.state, member.seated_at = State.SEATED, at
    PanelMember.objects.bulk_update(members, ["place", "state", "seated_at"])
    made.said, made.key, made.drawn_at = values, done.key, at
    made.speak_by = at + timedelta(days=appeal.process.defaults[Default.APPEAL_DECISION])
    made.save(update_fields=["said", "key", "drawn_at", "speak_by"])
    event = PanelDrawn(
        appeal=appeal.number,
        draw=made.number,
        key=made.key,
        selected=",".join(map(str, done.selected)),
        until=f"{made.speak_by:%Y-%m-%dT%H:%MZ}",
    )
    put_on_record(appeal.process, event, by=clerk, role=role, at=at, channel=channel)
    return made


def _announced(appeal: PanelAppeal, at: datetime) -> PanelDraw:
    """Return the draw that can be done at `at` (aware, UTC)."""
    made = newest_draw(appeal)
    if made is None:
        raise RuleBroken(
            _("Announce the draw first: its pool, its method and its sources."), code="draw_missing"
        )
    if made.drawn_at is not None:
        raise RuleBroken(_("The panel was drawn already, and is not drawn again."), code="draw_done")
    if at < made.known_at:
        raise RuleBroken(
            _("What the sources say is known on %(day)s; nobody draws before.")
            % {"day": moment(made.known_at)},
            code="draw_too_early",
        )
    return made


def _drawn(made: PanelDraw, values: list[str], pool: int) -> draws.Draw:
    """Draw the order of the whole pool."""
    if len(values) != len(made.sources):
        raise _unreadable(min(len(values), len(made.sources)) + 1)
    try:
        return draws.draw(values, pool=pool, select=pool, method=made.method)
    except draws.SourceUnreadable as wrong:
        raise _unreadable(wrong.number) from wrong


def _unreadable(number: int) -> RuleBroken:
    return RuleBroken(
        _(
            "Source %(number)s cannot be read. Each of the announced sources says up to 16 whole numbers between"
            " blanks, or one number with a fraction such as 3.5."
        )
        % {"number": number},
        code="source_unreadable",
    )


@transaction.atomic
def leave_seat(appeal: PanelAppeal, *, by: Actor, text: str, at: datetime, channel: str) -> PanelMember:
    """Decline a seat, or recuse oneself, for a public reason; the next of the draw takes it.

    Raises NotAllowed; RuleBroken: appeal_decided, wrong_state, opinion_given, reason_missing, text_too_long.
    """
    appeal = PanelAppeal.objects.locked(appeal)
    draw = newest_draw(appeal)
    seat = require_seat(by, draw)
    appeal.check_admitted()
    if Opinion.objects.filter(member=seat).exists():
        raise RuleBroken(_("You have given your opinion; it counts."), code="opinion_given")
    seat.reason, seat.state, seat.left_at = checked_words(text), State.LEFT, at
    seat.save(update_fields=["reason", "state", "left_at"])
    following = seat.draw.members.filter(state=State.POOL).order_by("place").first()
    if following is not None:
        following.state, following.seated_at = State.SEATED, at
        following.save(update_fields=["state", "seated_at"])
    event = SeatLeft(
        appeal=appeal.number,
        draw=seat.draw.number,
        member=seat.number,
        next=following.number if following else 0,
        reason=Committed(seat, "reason_sha256"),
    )
    put_on_record(appeal.process, event, by=seat.participant, role=Role.PARTICIPANT, at=at, channel=channel)
    close_if_decided(appeal, at=at, channel=channel)
    return seat
