"""Practice rooms.

A Room is a process in practice space, with a log and a clock of its own, made from a scenario whose files are frozen in
it. Its Seats are people of the room, whom somebody plays, or a script where nobody does. A Done is one act that was
performed, in order: what rules, debrief and replay see of the room.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import lru_cache

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from talanoa.kernel.errors import RuleBroken
from talanoa.lib.course_files import Files
from talanoa.lib.debriefs import Finding, Override, profile
from talanoa.lib.practice_acts import Act
from talanoa.lib.scenario_files import read
from talanoa.lib.scenarios import Scenario
from talanoa.people.models import Person
from talanoa.processes.models import Participant, Process

FIRST_MORNING = timedelta(0)
LATER_MORNING = timedelta(hours=2)
NIGHT = timedelta(hours=1, minutes=30)
"""On day 1 people sit down early, on the others two hours later; the night ends half an hour before that.

So a draft that opens one hour into day 1 has been open for its day when a call can begin in the first night.
"""


class RoomQuerySet(models.QuerySet["Room"]):
    """Filters on rooms; `visible_to` is the one rule of who may see that there is one."""

    def visible_to(self, person: Person | None) -> "RoomQuerySet":
        """Return the rooms in which `person` plays a seat, has played one, or facilitates."""
        if person is None:
            return self.none()
        seats = Seat.objects.filter(Q(player=person) | Q(left_by=person))
        return self.filter(Q(facilitator=person) | Q(pk__in=seats.values("room")))

    def locked(self, room: "Room") -> "Room":
        """Return `room` as it stands now; nobody else acts in it until the step ends.

        Its process is read after the wait: in one query PostgreSQL gives it as it stood before.
        """
        return self.select_for_update(no_key=True).get(pk=room.pk)


class Room(models.Model):
    """A practice room. `began_at`, `now` and `day` are those of its own clock; `created_at` is the world's."""

    class Mode(models.TextChoices):
        """Who takes part."""

        SOLO = "solo", _("On my own, with scripts in the other seats")
        COHORT = "cohort", _("With a group, led by a trainer")

    class State(models.TextChoices):
        """Where it stands."""

        GATHERING = "gathering", _("People take their seats")
        RUNNING = "running", _("Running")
        OVER = "over", _("Over: the debrief is open")

    process = models.OneToOneField(Process, on_delete=models.PROTECT, related_name="room")
    scenario_id = models.CharField(max_length=40)
    files = models.JSONField()
    sha256 = models.CharField(max_length=64)
    mode = models.CharField(max_length=8, choices=Mode)
    state = models.CharField(max_length=12, choices=State, default=State.RUNNING)
    facilitator = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="rooms")
    code = models.CharField(max_length=12, unique=True)
    day = models.PositiveSmallIntegerField(default=1)
    began_at = models.DateTimeField()
    now = models.DateTimeField()
    created_at = models.DateTimeField()
    parent = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="forks")
    forked_on = models.PositiveSmallIntegerField(null=True)

    objects = RoomQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.process.key

    @property
    def scenario(self) -> Scenario:
        """The scenario as it stood when the room was opened."""
        return scenario_of(self.scenario_id, self.files)

    @property
    def is_over(self) -> bool:
        """Tell whether the last day has ended: then every brief and every reason is open to all in the room."""
        return self.state == self.State.OVER

    def morning(self, day: int) -> datetime:
        """Return when a day of the room begins, on its own clock."""
        return self.began_at + timedelta(days=day - 1) + (LATER_MORNING if day > 1 else FIRST_MORNING)

    def night(self) -> datetime:
        """Return when the night after the present day is."""
        return self.began_at + timedelta(days=self.day) + NIGHT

    def acts(self) -> tuple[Act, ...]:
        """Return all that was done, in order: the number of an act is its place, from 1."""
        return tuple(done.as_act() for done in self.done.order_by("number"))

    def played(self) -> frozenset[str]:
        """Return the seats that persons play now."""
        return frozenset(self.seats.filter(player__isnull=False).values_list("role", flat=True))

    def free_seat(self, role: str) -> "Seat":
        """Return a seat that nobody plays. Raises RuleBroken(seat_unknown)."""
        found = self.seats.filter(role=role, player=None).first()
        if found is None:
            raise RuleBroken(_("There is no such free seat in this room."), code="seat_unknown")
        return found

    def check_over(self) -> None:
        """Raise RuleBroken(debrief_closed) until the last day has ended."""
        if not self.is_over:
            raise RuleBroken(_("The debrief opens when the last day has ended."), code="debrief_closed")

    def check_running(self) -> None:
        """Raise RuleBroken: room_gathering before the first day has begun, room_over once the last one has ended."""
        if self.state == self.State.GATHERING:
            raise RuleBroken(
                _("People are taking their seats. Whoever leads the room begins the first day."),
                code="room_gathering",
            )
        if self.is_over:
            raise RuleBroken(_("This room is over. Its debrief is open."), code="room_over")


def scenario_of(name: str, files: Mapping[str, str]) -> Scenario:
    """Return the scenario that files tell, by their paths in its folder. Raises ScenarioWrong."""
    return _scenario(name, tuple(sorted(files.items())))


@lru_cache(maxsize=16)
def _scenario(name: str, files: tuple[tuple[str, str], ...]) -> Scenario:
    return read(Files(name, {path: text.encode() for path, text in files}))


class SeatQuerySet(models.QuerySet["Seat"]):
    """Filters on seats."""

    def visible_to(self, person: Person | None) -> "SeatQuerySet":
        """Return the seats of the rooms that `person` may see."""
        return self.filter(room__in=Room.objects.visible_to(person).values("pk"))

    def briefed(self, person: Person | None) -> "SeatQuerySet":
        """Return those whose confidential brief `person` may read: their own, and all once the room is over."""
        return self.visible_to(person).filter(Q(room__state=Room.State.OVER) | Q(player=person))


class Seat(models.Model):
    """Somebody of the room: `participant` is who acts in its process, `player` the person behind it, or none.

    `left_by` is who played it before its script took over; `ended_day` the last day that its player ended.
    `promise` is what its player means to do in the next real process, as they said in the debrief at `promised_at`;
    `asked_at` is when they were asked whether they did. Both are times of the world.
    """

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="seats")
    role = models.CharField(max_length=40)
    participant = models.OneToOneField(Participant, on_delete=models.PROTECT, related_name="seat")
    player = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="seats")
    left_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    handed_on = models.PositiveSmallIntegerField(null=True)
    handed_at = models.DateTimeField(null=True)
    acted_on = models.PositiveSmallIntegerField(default=1)
    ended_day = models.PositiveSmallIntegerField(default=0)
    promise = models.CharField(max_length=500, blank=True)
    promised_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["room", "role"], name="seat_once"),
            models.UniqueConstraint(
                fields=["room", "player"], condition=Q(player__isnull=False), name="one_seat_each"
            ),
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.room}: {self.role}"

    def profile(self) -> tuple[Finding, ...]:
        """Return what the rules saw of this seat, and what whoever leads the room found, by criterion."""
        said = tuple(row.as_override() for row in self.levels.all())
        return profile(self.room.scenario, self.room.acts(), self.role, said)


class Level(models.Model):
    """The level, 0 to 3, that whoever leads a room gives a seat in one criterion of the rubric, and why.

    It counts before what the rules saw.
    """

    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="levels")
    criterion = models.CharField(max_length=40)
    level = models.PositiveSmallIntegerField()
    sentence = models.CharField(max_length=500)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seat", "criterion"], name="level_once")]

    def __str__(self) -> str:
        return f"{self.seat}: {self.criterion}"

    def as_override(self) -> Override:
        """Return it as the debrief reads it."""
        return Override(self.criterion, self.level, self.sentence)


class Done(models.Model):
    """One act that was performed, on its day; `numbers` are those that its words have in the process of the room.

    `at` is a time of the room; `done_at` one of the world, and `channel` how it reached us.
    """

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="done")
    number = models.PositiveIntegerField()
    day = models.PositiveSmallIntegerField()
    seat = models.CharField(max_length=40)
    kind = models.CharField(max_length=12)
    rule = models.CharField(max_length=60, blank=True)
    numbers = models.JSONField()
    act = models.JSONField()
    at = models.DateTimeField()
    channel = models.CharField(max_length=12)
    done_at = models.DateTimeField()
    dedup_key = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["room", "number"], name="done_once"),
            models.UniqueConstraint(
                fields=["room", "dedup_key"], condition=~Q(dedup_key=""), name="done_once_by_key"
            ),
        ]
        ordering = ["room", "number"]

    def __str__(self) -> str:
        return f"{self.room} {self.number} {self.kind}"

    def as_act(self) -> Act:
        """Return it as rules and debrief see it."""
        package = self.act.get("package")
        return Act(**self.act | {"package": tuple(package) if package is not None else None})


class Taken(models.Model):
    """A mail whose lines were done, so that the same mail again does nothing twice."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="taken")
    key = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return f"{self.room}: {self.key[:12]}"
