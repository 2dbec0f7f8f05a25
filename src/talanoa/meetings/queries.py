"""Questions about meetings: what is announced, who speaks in minutes, who was there, whom to tell."""

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from talanoa.contributions.models import Contribution
from talanoa.kernel.errors import RuleBroken
from talanoa.lib.minutes_text import Spoken
from talanoa.lib.processkeys import label, number_in
from talanoa.meetings.models import (
    Attendance,
    Meeting,
    MeetingDecision,
    MeetingQuerySet,
    SpokenLine,
)
from talanoa.people.models import Person
from talanoa.processes.models import Participant, Process
from talanoa.processes.queries import GROUP_FLOOR


def _whole(rows: MeetingQuerySet) -> QuerySet[Meeting]:
    return rows.select_related("process", "minutes").prefetch_related("versions")


def meetings(process: Process, person: Person | None) -> QuerySet[Meeting]:
    """Return the meetings of `process` that `person` may read, newest number first."""
    return _whole(Meeting.objects.visible_to(person).filter(process=process)).order_by("-number")


def meeting_numbered(process: Process, number: int, person: Person | None) -> Meeting | None:
    """Return the meeting of `process` with this number, where `person` may read it."""
    return meetings(process, person).filter(number=number).first()


def lines_of(meeting: Meeting, person: Person | None) -> list[tuple[SpokenLine, bool]]:
    """Return each line of the minutes, with whether `person` may read its words."""
    readable = set(
        SpokenLine.objects.visible_to(person).filter(minutes__meeting=meeting).values_list("pk", flat=True)
    )
    rows = SpokenLine.objects.filter(minutes__meeting=meeting).prefetch_related("corrections")
    return [(row, row.pk in readable) for row in rows.order_by("number")]


def own_lines(meeting: Meeting, person: Person) -> QuerySet[SpokenLine]:
    """Return the lines of the minutes whose recorded speaker is `person`, in order."""
    rows = SpokenLine.objects.visible_to(person).filter(minutes__meeting=meeting, speaker__person=person)
    return rows.select_related("minutes__meeting__process", "speaker").order_by("number")


def newest_minuted(process: Process, person: Person) -> Meeting | None:
    """Return the newest meeting of `process` whose minutes record `person` as a speaker."""
    spoke = SpokenLine.objects.visible_to(person).filter(speaker__person=person)
    rows = meetings(process, person).filter(minutes__in=spoke.values("minutes"))
    return rows.order_by("-minutes__published_at").first()


def decisions_of(meeting: Meeting, person: Person | None) -> QuerySet[MeetingDecision]:
    """Return what a meeting decided, in order, where `person` may read it."""
    rows = MeetingDecision.objects.visible_to(person).filter(minutes__meeting=meeting)
    return rows.select_related("minutes__meeting__process").order_by("number")


def attendance_by_group(meeting: Meeting) -> dict[str, int] | None:
    """Return how many of each group were there; counts below five are left out. None where nobody counted."""
    newest = Attendance.objects.filter(meeting=meeting).first()
    return shown_counts(newest) if newest else None


def shown_counts(attendance: Attendance) -> dict[str, int]:
    """Return the counts of which at least five share the group: all that ever leaves the database."""
    rows = attendance.counts.filter(people__gte=GROUP_FLOOR).order_by("group")
    return dict(rows.values_list("group", "people"))


def room(process: Process) -> QuerySet[Person]:
    """Return everybody in the room of `process` who can be reached by mail."""
    rows = Person.objects.filter(participations__process=process).exclude(address="")
    return rows.distinct().order_by("pk")


def speakers(process: Process, lines: Sequence[Spoken]) -> list[Participant | None]:
    """Return who speaks in each of `lines`, found by address or by the number of something they said.

    None where the line gives a name only. Raises RuleBroken(speaker_unknown) where nobody who takes part is found.
    """
    known = {called: _speaker(process, called) for called in {line.called for line in lines if line.called}}
    missing = [called for called, found in sorted(known.items()) if found is None]
    if missing:
        raise RuleBroken(
            _(
                "Nobody who takes part is found as %(called)s. Write the name alone, and the line is marked so."
            )
            % {"called": ", ".join(missing[:5])},
            code="speaker_unknown",
            subjects=missing,
        )
    return [known.get(line.called) for line in lines]


def _speaker(process: Process, called: str) -> Participant | None:
    rows = Participant.objects.filter(process=process).select_related("person")
    if "@" in called:
        return rows.filter(person__address=called.lower()).first()
    number = number_in(called) or 0
    if called.lower().lstrip("#") not in (str(number), label(process.key, number)):
        return None
    said = Contribution.objects.filter(process=process, number=number)
    return rows.filter(person__in=said.values("person")).first()


def numbered_lines(lines: Iterable[SpokenLine], numbers: Iterable[int]) -> list[SpokenLine]:
    """Return those of `lines` with these numbers. Raises RuleBroken(line_unknown) where one is not among them."""
    known = {line.number: line for line in lines}
    wanted = list(dict.fromkeys(numbers))
    if any(number not in known for number in wanted):
        raise RuleBroken(
            _("Your lines in these minutes are: %(numbers)s.")
            % {"numbers": ", ".join(map(str, sorted(known))) or "-"},
            code="line_unknown",
        )
    return [known[number] for number in wanted]
