"""What tests of challenges and appeals do again and again: find on a call, bring people who can hear, decide."""

from collections.abc import Sequence
from datetime import datetime

from conftest import day
from consensus.actions.test_calling import FOUND
from consensus.conftest import CALLED, SETTLED
from talanoa.consensus.actions.contesting import admit_appeal, bring_appeal
from talanoa.consensus.actions.designating import designate
from talanoa.consensus.actions.empaneling import announce_draw, draw_panel
from talanoa.consensus.actions.hearing import give_opinion
from talanoa.consensus.actions.positions import take_position
from talanoa.consensus.models import Call, Designation, PanelAppeal, PanelDraw, PanelMember
from talanoa.consensus.queries import newest_draw
from talanoa.contributions.models import Assurance
from talanoa.people.actions import know_person, prove_address
from talanoa.people.interests import Interests
from talanoa.people.models import Group, Person
from talanoa.processes.actions.interests import state_interests
from talanoa.processes.actions.roles import enter
from talanoa.processes.models import Participant, Process

SETTLED_DAY = 91
APPEALED, HEARD = day(95), day(98)
WHY = ("Nobody asked those who are paid by the day.", "The rate was not in the text that we read.")
SOURCES = (
    "State lottery of Uruguay, 5 de Oro, first draw after day 96",
    "Closing level of the Nairobi index",
)
KNOWN, SAID = day(96), ("9 18 26 34 41 45", "9319.50")
JURORS = ("Wanjiru Kamau", "Tomás Rivera", "Aiko Tanaka", "Siaosi Tupou", "Leila Haddad")


def speak(call: Call, by: Participant, option: str = "support") -> None:
    """Take part in a call."""
    take_position(call, by=by, option=option, assurance=Assurance.PROVEN, at=CALLED, channel="mail")


def found_on(call: Call, chair: Participant) -> Designation:
    """What the chair found on recommendation 1, on day 91."""
    designate(call, by=chair, found=FOUND, at=SETTLED, channel="web")
    return call.designations.get(recommendation=1)


def fit(process: Process, person: Person) -> Participant:
    """Let somebody take part with a confirmed address and a current statement of interests."""
    prove_address(person, at=day(1))
    state_interests(
        process, by=person, interests=Interests(text="I train people."), at=day(41), channel="web"
    )
    return enter(process, person, at=day(41))


def jurors(process: Process, names: Sequence[str] = JURORS) -> list[Participant]:
    """People who can hear an appeal, in the order of `names`."""
    found = []
    for number, name in enumerate(names, start=1):
        person = know_person(
            name=name, address=f"juror{number}@pool.example", group=Group.ACADEMIA, country="KE"
        )
        found.append(fit(process, person))
    return found


def entry_of(designation: Designation) -> int:
    """The index of the entry of a designation."""
    assert designation.entry
    return designation.entry.index


def appealed(designation: Designation, by: Participant, at: datetime = APPEALED) -> PanelAppeal:
    """An appeal against a designation, which nobody has admitted."""
    return bring_appeal(
        designation.call, by=by, entry=entry_of(designation), arguments=WHY, at=at, channel="web"
    )


def announced(appeal: PanelAppeal, by: Participant, **other: object) -> PanelDraw:
    """The draw of its panel, announced on day 95 by `by`, who admits it too."""
    if appeal.admitted_at is None:
        admit_appeal(appeal, by=by, at=day(95), channel="web")
    said: dict[str, object] = {
        "sources": SOURCES,
        "known_at": KNOWN,
        "method": "rfc3797",
        "at": day(95),
        "channel": "web",
    } | other
    return announce_draw(appeal, by=by, **said)  # type: ignore[arg-type]


def empaneled(appeal: PanelAppeal, by: Participant) -> list[PanelMember]:
    """The members of its panel, drawn on day 97."""
    announced(appeal, by)
    made = draw_panel(appeal, by=by, said=SAID, at=day(97), channel="web")
    return list(made.members.seated().select_related("participant__person"))


def opine(
    appeal: PanelAppeal, member: PanelMember, outcome: str, *, at: datetime = HEARD, why: str = ""
) -> PanelAppeal:
    """Find on an appeal as a member of its panel, with reasons for each argument."""
    numbers = appeal.arguments.values_list("number", flat=True)
    reasons = {number: why or f"On {number}: {outcome}, says seat {member.place}." for number in numbers}
    return give_opinion(appeal, by=member.participant, outcome=outcome, reasons=reasons, at=at, channel="web")


def decide(appeal: PanelAppeal, members: Sequence[PanelMember], *outcomes: str) -> PanelAppeal:
    """Let the panel decide, seat by seat."""
    for member, outcome in zip(members, outcomes, strict=True):
        opine(appeal, member, outcome)
    return PanelAppeal.objects.select_related("appeal", "process").get(pk=appeal.pk)


def seats_of(appeal: PanelAppeal) -> list[PanelMember]:
    """Who has a seat now."""
    draw = newest_draw(appeal)
    assert draw
    return list(draw.members.seated())
