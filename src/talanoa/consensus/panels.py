"""The panel of an appeal: who is in its pool, how the draw is done again, what its members found together."""

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from talanoa.consensus.models import About, Challenge, Opinion, PanelAppeal, PanelDraw
from talanoa.consensus.permissions import deciders_in
from talanoa.consensus.queries import register_of
from talanoa.contributions.models import Appeal
from talanoa.drafts.queries import authors_of
from talanoa.lib import draws
from talanoa.people.models import Standing
from talanoa.people.queries import Disclosed, disclosures
from talanoa.processes.models import Participant, Role

RATIFIERS = (Role.CONVENOR, Role.SECRETARIAT, Role.SPONSOR)
"""They ratify, or work for who does (reference: process, rule 15)."""


def parties_to(appeal: PanelAppeal) -> set[int]:
    """Return the keys of the participants who took a side: who appeals or supports it, who challenged, who objected."""
    sides = {appeal.by_id, *appeal.supporters.values_list("by", flat=True)}
    sides |= set(Challenge.objects.filter(designation__call=appeal.call_id).values_list("by", flat=True))
    if appeal.refused:
        sides |= parties_to(appeal.refused)
    return sides


def pool_for(appeal: PanelAppeal, at: datetime) -> list[Participant]:
    """Return who may hear an appeal, as it stands at `at` (aware, UTC), in the order in which they joined.

    They have a confirmed address and a current statement of interests. Nobody is among them who decided in the call,
    wrote the text, took a side, ratifies, or observes (reference: process, rule 15; W3C Process, Council).
    """
    barred = deciders_in(appeal) | parties_to(appeal)
    wrote = authors_of(appeal.call.draft)
    if appeal.about == About.FINDING:
        wrote |= set(register_of(appeal.call).values_list("contribution__person", flat=True))
    rows = Participant.objects.filter(process=appeal.process_id, person__address_proven_at__isnull=False)
    rows = rows.exclude(pk__in=barred).exclude(person__in=wrote).exclude(person__address="")
    rows = rows.exclude(roles__role__in=(*RATIFIERS, Role.OBSERVER)).select_related("person")
    found = list(rows.order_by("joined_at", "pk"))
    stated = disclosures([row.person_id for row in found], appeal.process.key)
    return [row for row in found if stated.get(row.person_id, Disclosed()).standing(at) == Standing.CURRENT]


def drawn_again(draw: PanelDraw) -> draws.Draw | None:
    """Return the draw done again from what its sources said; None before they did."""
    if draw.drawn_at is None:
        return None
    pool = draw.members.count()
    return draws.draw(draw.said, pool=pool, select=pool, method=draw.method)


def command_of(draw: PanelDraw) -> str:
    """Return the command that draws it again anywhere; what the sources say stands as `...` before they did."""
    pool = draw.members.count()
    said = draw.said or ["..."] * len(draw.sources)
    words = ["talanoa", "draw", "--method", draw.method, "--pool", str(pool), "--select", str(pool)]
    for value in said:
        words += ["--source", value]
    return shlex.join(words)


def draw_data(draw: PanelDraw) -> dict[str, Any]:
    """Return all that it takes to draw again, offline; `talanoa draw verify` reads it too."""
    again = drawn_again(draw)
    members = draw.members.order_by("number")
    made = {
        "sources": list(draw.said),
        "key": again.key if again else "",
        "digests": list(again.digests) if again else [],
        "selected": list(again.selected) if again else [],
    }
    return {
        "process": draw.appeal.process.key,
        "appeal": draw.appeal.number,
        "draw": draw.number,
        "method": draw.method,
        "pool": len(members),
        "seats": draw.seats,
        **made,
        "source_names": list(draw.sources),
        "known_at": f"{draw.known_at:%Y-%m-%dT%H:%M:%SZ}",
        "announced_at": f"{draw.announced_at:%Y-%m-%dT%H:%M:%SZ}",
        "members": [
            {
                "number": row.number,
                "name": row.name,
                "place": row.place,
                "state": row.state,
                "reason": row.reason,
            }
            for row in members
        ],
        "command": command_of(draw),
    }


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a panel found together: the outcome, and the reasons for each argument, of most and of the others."""

    outcome: str
    reasons: Mapping[int, tuple[str, ...]]
    minority: Mapping[int, tuple[str, ...]]


def ruling_of(draw: PanelDraw, at: datetime) -> Ruling | None:
    """Return what the panel decided, or None while it has not.

    It has once every seat has spoken: what was done stands unless most of the seats overturn it. At the end of its time
    it has where most of the seats agree.
    """
    size = draw.members.seated().count()
    given = list(Opinion.objects.filter(member__in=draw.members.seated().values("pk")))
    for_it = [one for one in given if one.outcome == Appeal.Outcome.UPHELD]
    against = [one for one in given if one.outcome == Appeal.Outcome.OVERTURNED]
    if 2 * len(against) > size:
        outcome, most, others = Appeal.Outcome.OVERTURNED, against, for_it
    else:
        outcome, most, others = Appeal.Outcome.UPHELD, for_it, against
    is_whole = size > 0 and len(given) == size
    is_enough = draw.is_over(at) and 2 * len(most) > size
    if not (is_whole or is_enough):
        return None
    return Ruling(outcome, _by_argument(most), _by_argument(others))


def _by_argument(opinions: list[Opinion]) -> dict[int, tuple[str, ...]]:
    """Return the reasons for each argument in the order of their words, which tells nothing of whose they are."""
    numbers = sorted({int(number) for one in opinions for number in one.reasons})
    return {number: tuple(sorted(one.reasons[str(number)] for one in opinions)) for number in numbers}


def decision_text(appeal: PanelAppeal, ruling: Ruling) -> str:
    """Return the decision in Markdown: argument by argument the reasons, and those of the minority, by nobody's name.

    Source: W3C Process, Council report.
    """
    parts = []
    for argument in appeal.arguments.order_by("number"):
        parts += ["## " + _("Argument %(number)s") % {"number": argument.number}]
        parts += ruling.reasons.get(argument.number, ())
        minority = ruling.minority.get(argument.number, ())
        parts += ["### " + _("Opinion of the minority"), *minority] if minority else []
    return "\n\n".join(parts) + "\n"
