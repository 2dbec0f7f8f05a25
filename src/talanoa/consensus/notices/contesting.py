"""Who is told of a challenge, an appeal, a draw and a decision: those whom it concerns, each with what they can do."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from talanoa.consensus.letters.contesting import (
    OPINION,
    Letter,
    admission,
    announced_draw,
    annulled_lines,
    appealed_against,
    challenge_answered,
    challenged,
    decided,
    panel_drawn,
    seated,
    to_admit,
)
from talanoa.consensus.models import Challenge, Designation, PanelAppeal, PanelDraw, PanelMember
from talanoa.consensus.panels import parties_to
from talanoa.consensus.permissions import deciders_in
from talanoa.mail.letters import in_language_of, write_to
from talanoa.mail.queries import wants_letters
from talanoa.people.models import Person
from talanoa.processes.models import Participant, Role
from talanoa.processes.permissions import ORGANIZERS
from talanoa.record.models import Entry
from talanoa.record.queries import public_fields


def tell_challenged(entry: Entry) -> None:
    """Tell the chair who is to answer, or where that person is no chair any more, all chairs."""
    challenge = Challenge.objects.select_related(
        "process", "designation__call", "designation__by__person"
    ).get(entry=entry)
    by = challenge.designation.by
    chairs = [by] if by.has_role(Role.CHAIR) else _holders(challenge.process_id, Role.CHAIR)
    for chair in chairs:
        with in_language_of(chair.person):
            _write(chair.person, entry, challenge.process.key, challenged(challenge))


def tell_challenge_answered(entry: Entry) -> None:
    """Tell whoever challenged what the chair answered, and how they can appeal."""
    rows = Challenge.objects.select_related("process", "by__person", "designation__call", "answer_entry")
    challenge = rows.get(answer_entry=entry)
    with in_language_of(challenge.by.person):
        _write(challenge.by.person, entry, challenge.process.key, challenge_answered(challenge))


def tell_annulled(entry: Entry) -> None:
    """Tell everybody in the room that what was found holds no longer."""
    rows = Designation.objects.select_related("call__process", "call__draft__document")
    found = rows.get(entry__index=public_fields(entry)["entry"], entry__log=entry.log)
    key = found.call.process.key
    people = Person.objects.filter(participations__process=found.call.process_id).exclude(address="")
    for person in people.distinct().order_by("pk"):
        if wants_letters(person, key, at=entry.at):
            with in_language_of(person):
                subject = _("Consensus call %(number)s: an outcome is annulled") % {
                    "number": found.call.number
                }
                _write(person, entry, key, (subject, annulled_lines([found])), alone=False)


def tell_panel_appealed(entry: Entry) -> None:
    """Tell those who prepare the hearing, and whoever did what the appeal is against."""
    appeal = _appeal(appeal__entry__index=public_fields(entry)["entry"], appeal__entry__log=entry.log)
    if appeal is None:
        return
    involved = deciders_in(appeal)
    organizers = _holders(appeal.process_id, *ORGANIZERS)
    for clerk in (one for one in organizers if one.pk not in involved | {appeal.by_id}):
        with in_language_of(clerk.person):
            _write(clerk.person, entry, appeal.process.key, to_admit(appeal))
    for seat in _participants(involved):
        with in_language_of(seat.person):
            _write(seat.person, entry, appeal.process.key, appealed_against(appeal))


def tell_admission(entry: Entry) -> None:
    """Tell those who brought an appeal, or support it, that it is heard, or why not."""
    appeal = _numbered(entry)
    for seat in _participants(_bringers(appeal)):
        with in_language_of(seat.person):
            _write(seat.person, entry, appeal.process.key, admission(appeal))


def tell_draw(entry: Entry) -> None:
    """Tell the parties which pool a panel is drawn from, by which numbers, and when."""
    draw = _draw(entry)
    for seat in _participants(parties_to(draw.appeal) | deciders_in(draw.appeal)):
        with in_language_of(seat.person):
            _write(seat.person, entry, draw.appeal.process.key, announced_draw(draw))


def tell_drawn(entry: Entry) -> None:
    """Tell the members of the panel what they decide and how, and the parties who they are."""
    draw = _draw(entry)
    members = draw.members.filter(place__lte=draw.seats)
    _tell_seated(entry, members.order_by("place"))
    for seat in _participants(parties_to(draw.appeal) | deciders_in(draw.appeal)):
        with in_language_of(seat.person):
            _write(seat.person, entry, draw.appeal.process.key, panel_drawn(draw))


def tell_seat(entry: Entry) -> None:
    """Tell the next of the draw, who takes the seat that somebody left."""
    draw = _draw(entry)
    _tell_seated(entry, draw.members.filter(number=public_fields(entry)["next"]))


def _tell_seated(entry: Entry, members: Iterable[PanelMember]) -> None:
    for member in members:
        person = member.participant.person
        with in_language_of(person):
            key = member.draw.appeal.process.key
            _write(person, entry, key, seated(member), word=OPINION)


def tell_panel_decided(entry: Entry) -> None:
    """Tell all parties, those who sat and those who prepared it what a panel decided, with its reasons."""
    appeal = _appeal(appeal__entry__index=public_fields(entry)["entry"], appeal__entry__log=entry.log)
    if appeal is None:
        return
    sat = PanelMember.objects.filter(draw__appeal=appeal).seated().values_list("participant", flat=True)
    clerks = {one.pk for one in _holders(appeal.process_id, *ORGANIZERS)}
    for seat in _participants(parties_to(appeal) | deciders_in(appeal) | set(sat) | clerks):
        with in_language_of(seat.person):
            _write(seat.person, entry, appeal.process.key, decided(appeal))


def _bringers(appeal: PanelAppeal) -> set[int]:
    return {appeal.by_id, *appeal.supporters.values_list("by", flat=True)}


def _holders(process: int, *roles: Role) -> list[Participant]:
    """Return those who hold one of `roles`."""
    rows = Participant.objects.filter(process=process, roles__role__in=roles).select_related("person")
    return list(rows.distinct().order_by("pk"))


def _participants(keys: Iterable[int]) -> list[Participant]:
    return list(Participant.objects.filter(pk__in=set(keys)).select_related("person").order_by("pk"))


def _appeal(**which: object) -> PanelAppeal | None:
    rows = PanelAppeal.objects.select_related(
        "process",
        "appeal__entry",
        "call__draft__document",
        "designation",
        "handling__objection__contribution__process",
        "challenge",
        "refused",
        "refusal_entry",
    )
    return rows.filter(**which).first()


def _numbered(entry: Entry) -> PanelAppeal:
    """Return the appeal whose number an entry names."""
    found = _appeal(process__key=entry.process_key, number=public_fields(entry)["appeal"])
    assert found is not None  # noqa: S101 - the entry was written with it
    return found


def _draw(entry: Entry) -> PanelDraw:
    """Return the draw that an entry names."""
    appeal = _numbered(entry)
    draw = appeal.draws.get(number=public_fields(entry)["draw"])
    draw.appeal = appeal
    return draw


def _write(
    person: Person,
    entry: Entry,
    key: str,
    letter: Letter,
    *,
    word: str = "",
    alone: bool = True,
) -> None:
    """Write to one person, once for each entry."""
    subject, lines = letter
    write_to(
        person,
        key=f"{entry.kind}-{entry.pk}-{person.pk}",
        subject=f"{key}: {subject}",
        lines=lines,
        at=entry.at,
        process_key=key,
        word=word,
        alone=alone,
    )
