"""What the pages of a room share: finding it, and telling an act in words."""

import re
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talanoa.kernel.errors import NotAllowed
from talanoa.lib import practice_acts as kinds
from talanoa.lib.practice_acts import Act, Package
from talanoa.lib.scenarios import Scenario
from talanoa.people.middleware import asking
from talanoa.people.models import Person
from talanoa.practice.models import Room, Seat

SAID: dict[str, Any] = {
    kinds.STATE: gettext_lazy("hands in an input"),
    kinds.READ: gettext_lazy("has read"),
    kinds.ASK: gettext_lazy("asks"),
    kinds.TELL: gettext_lazy("says"),
    kinds.REPAIR: gettext_lazy("puts something right"),
    kinds.PROPOSE: gettext_lazy("suggests"),
    kinds.AGREE: gettext_lazy("could live with"),
    kinds.DOUBT: gettext_lazy("could not live with"),
    kinds.OBJECT: gettext_lazy("objects"),
    kinds.WITHDRAW: gettext_lazy("withdraws an objection"),
    kinds.SUPPORT: gettext_lazy("supports the text"),
    kinds.LIVE: gettext_lazy("can live with the text"),
    kinds.CONCERN: gettext_lazy("has a concern, and does not stand in the way"),
    kinds.ABSTAIN: gettext_lazy("abstains"),
    kinds.REVISE: gettext_lazy("changes the draft"),
    kinds.CALL: gettext_lazy("opens the consensus call"),
    kinds.CLOSE: gettext_lazy("closes the consensus call"),
    kinds.DESIGNATE: gettext_lazy("finds"),
    kinds.END: gettext_lazy("ends the room"),
}


_LINE_END = re.compile(r"(?<!\n)\n(?!\n)")
"""What a file of a scenario breaks its lines with; what a person breaks stays broken."""


@dataclass(frozen=True, slots=True)
class ShownAct:
    """An act as a page tells it; `values` are the values of a package, by paragraph."""

    number: int
    day: int
    who: str
    does: str
    to: str
    paragraph: int
    title: str
    values: tuple[tuple[int, str, str], ...]
    text: str
    remedy: str
    is_script: bool


def me(request: HttpRequest) -> Person:
    """Return who is signed in. Raises NotAllowed."""
    person = asking(request)
    if person is None:
        raise NotAllowed(_("Sign in first."))
    return person


def room_or_404(request: HttpRequest, key: str) -> Room:
    """Return the room if the one who asks is in it, or leads it."""
    rows = Room.objects.visible_to(asking(request)).select_related("process", "facilitator")
    return get_object_or_404(rows, process__key=key)


def seat_of(room: Room, person: Person) -> Seat | None:
    """Return the seat that somebody plays now, if they do."""
    return room.seats.filter(player=person).first()


def name_of(scenario: Scenario, seat: str) -> str:
    """Return how a seat is called."""
    return _("The chair") if seat == kinds.CHAIR else scenario.seat(seat).name


def shown(scenario: Scenario, number: int, act: Act) -> ShownAct:
    """Return an act as a page tells it."""
    slot = scenario.slot(act.slot) if act.slot else None
    return ShownAct(
        number=number,
        day=act.day,
        who=name_of(scenario, act.seat),
        does=str(SAID[act.kind]),
        to=name_of(scenario, act.to) if act.to and act.kind != kinds.READ else act.to,
        paragraph=slot.paragraph if slot else 0,
        title=slot.title if slot else "",
        values=values_of(scenario, act.package) if act.kind in WITH_VALUES else (),
        text=_LINE_END.sub(" ", act.text) if act.rule else act.text,
        remedy=act.remedy,
        is_script=bool(act.rule),
    )


WITH_VALUES = (kinds.PROPOSE, kinds.AGREE, kinds.DOUBT, kinds.REVISE)


def values_of(scenario: Scenario, package: Package | None) -> tuple[tuple[int, str, str], ...]:
    """Return the number and title of each paragraph, and the value that a package has there."""
    if package is None:
        return ()
    return tuple(
        (slot.paragraph, slot.title, slot.option(key).text)
        for slot, key in zip(scenario.slots, package, strict=True)
    )
