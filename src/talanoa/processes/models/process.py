"""The chartered process.

A Process runs from charter to follow-up. Its Charter versions say what it is about and who decides what;
the published ones never change. Its Stages open and close by the clock; a call for input is a stage of
kind `input`, and the review period is one in which comments are inputs too. A Participant is a person in
one process, with the stakeholder group they declared for it and the roles they were given.
"""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.space import REAL, Space
from talanoa.lib.processkeys import PLACE
from talanoa.people.models import Group, Person
from talanoa.processes.models.defaults import FOUNDING, DefaultChange


class ProcessQuerySet(models.QuerySet["Process"]):
    """Filters on processes."""

    def visible_to(self, person: Person | None) -> "ProcessQuerySet":
        """Return the processes that `person` may read: the public ones, and drafts for those who work on them.

        Never one of a practice room, whoever asks: its pages are those of the room alone.
        """
        rows = self.real()
        public = ~Q(state=Process.State.DRAFT)
        if person is None:
            return rows.filter(public)
        return rows.filter(public | Q(pk__in=Participant.objects.in_office(person).values("process")))

    def real(self) -> "ProcessQuerySet":
        """Return those that no practice room is."""
        return self.filter(is_practice=False)


class Process(models.Model):
    """A chartered piece of work. `key` stands in its addresses and in the numbers of its inputs."""

    class State(models.TextChoices):
        """Where the process stands (design: process, states)."""

        DRAFT = "draft", _("Draft")
        CHARTER_REVIEW = "charter_review", _("Charter published")
        OPEN = "open", _("Open")
        REPORT_DRAFT = "report_draft", _("Report being written")
        REVIEW_PERIOD = "review_period", _("Review period")
        FINAL = "final", _("Report final")
        DECIDED = "decided", _("Decided")
        FOLLOW_UP = "follow_up", _("Follow-up")
        CLOSED = "closed", _("Closed")

    key = models.CharField(max_length=12, unique=True)
    title = models.CharField(max_length=200)
    question = models.TextField()
    state = models.CharField(max_length=20, choices=State, default=State.DRAFT)
    is_practice = models.BooleanField(default=False, editable=False)
    # What a practice room draws by, 32 bytes; a real process has none.
    seed = models.BinaryField(null=True, max_length=32, editable=False)
    demonstration_note = models.CharField(max_length=200, blank=True)
    charter = models.OneToOneField("documents.Document", on_delete=models.PROTECT, related_name="process")
    last_number = models.PositiveIntegerField(default=0)
    review_days = models.PositiveSmallIntegerField(default=21)
    created_at = models.DateTimeField()

    objects = ProcessQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(review_days__gte=14), name="review_at_least_14_days"),
        ]
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.title

    @property
    def space(self) -> Space:
        """The space that this process lives in; nothing crosses from one to another."""
        return Space("practice", self.key, bytes(self.seed or b"")) if self.is_practice else REAL

    @property
    def is_place(self) -> bool:
        """Tell whether this is the process about the place itself."""
        return self.key == PLACE

    @cached_property
    def defaults(self) -> dict[str, int]:
        """The defaults in days that held when the process was begun; it keeps them. In a practice room, all are one."""
        if self.is_practice:
            return dict.fromkeys(FOUNDING, 1)
        return DefaultChange.objects.days(self.created_at)

    def check_real(self) -> None:
        """Raise RuleBroken(space_crossed) in a practice room: nothing of it reaches anybody or anything outside."""
        if self.is_practice:
            raise RuleBroken(
                _("This is practice. Nothing is sent, announced, decided or looked up outside of the room."),
                code="space_crossed",
            )

    def check_charter_changes(self) -> None:
        """Raise RuleBroken(wrong_state) once the charter is fixed: when the call is over; that of the place never."""
        if not self.is_place:
            self.check_state(self.State.DRAFT, self.State.CHARTER_REVIEW, self.State.OPEN)

    def takes_discussion(self, at: datetime) -> bool:
        """Tell whether people may talk at `at` (aware, UTC).

        They may from the opening until the report is sealed, and again while its review period runs.
        """
        if self.state in (self.State.OPEN, self.State.REPORT_DRAFT):
            return True
        return any(stage.kind == Stage.Kind.REVIEW and stage.is_open(at) for stage in self.stages.all())

    def check_takes_discussion(self, at: datetime) -> None:
        """Raise RuleBroken(discussion_closed) unless people may talk at `at` (aware, UTC)."""
        if not self.takes_discussion(at):
            raise RuleBroken(
                _(
                    "The discussion is not open now: it runs from the opening of the process until its report is"
                    " sealed, and in the review period."
                ),
                code="discussion_closed",
            )

    def open_stage(self, *kinds: str, at: datetime) -> "Stage | None":
        """Return the stage of one of `kinds` that runs at `at` (aware, UTC), if one does."""
        return next((one for one in self.stages.all() if one.kind in kinds and one.is_open(at)), None)

    def drafts_at(self, at: datetime) -> bool:
        """Tell whether drafts are written and talked about at `at` (aware, UTC)."""
        return self.open_stage(Stage.Kind.DRAFTING, Stage.Kind.CONSENSUS, at=at) is not None

    def check_drafting(self, at: datetime) -> None:
        """Raise RuleBroken(drafting_closed) unless drafts are written and talked about at `at` (aware, UTC)."""
        if not self.drafts_at(at):
            raise RuleBroken(
                _(
                    "Drafts are written between the call for input and the report. The process page says what is"
                    " open."
                ),
                code="drafting_closed",
            )

    def check_state(self, *allowed: str) -> None:
        """Raise RuleBroken(wrong_state) unless the process stands in one of the `allowed` states."""
        if self.state not in allowed:
            raise RuleBroken(
                _("This cannot be done while the process stands at “%(state)s”.")
                % {"state": self.get_state_display()},
                code="wrong_state",
            )


class CharterVersion(models.Model):
    """The facts of the charter as data, beside their text as a revision. Published versions stay."""

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="charters")
    version = models.PositiveSmallIntegerField()
    facts = models.JSONField()
    revision = models.OneToOneField("documents.Revision", on_delete=models.PROTECT, related_name="charter")
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["process", "version"], name="charter_version_once")]
        ordering = ["process", "version"]

    def __str__(self) -> str:
        return f"{self.process.key} charter {self.version}"


class Stage(models.Model):
    """A named span of the process. Planned times come from the charter, actual ones from the clock."""

    class Kind(models.TextChoices):
        """What may be done in it."""

        INPUT = "input", _("Call for input")
        DRAFTING = "drafting", _("Drafting")
        CONSENSUS = "consensus", _("Consensus calls")
        REPORT = "report", _("Report")
        REVIEW = "review", _("Review period")
        DECISION = "decision", _("Decision")

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="stages")
    kind = models.CharField(max_length=12, choices=Kind)
    position = models.PositiveSmallIntegerField()
    opens_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["process", "position"], name="stage_position_once"),
            models.CheckConstraint(
                condition=Q(closes_at__isnull=True)
                | Q(opens_at__isnull=True)
                | Q(closes_at__gt=F("opens_at")),
                name="stage_has_length",
            ),
        ]
        ordering = ["process", "position"]

    def __str__(self) -> str:
        return f"{self.process.key} {self.kind}"

    @property
    def takes_input(self) -> bool:
        """Tell whether inputs can be sent in this stage."""
        return self.kind in {self.Kind.INPUT, self.Kind.REVIEW}

    def is_open(self, at: datetime) -> bool:
        """Tell whether the stage runs at `at` (aware, UTC): opened, and neither closed nor past its end."""
        if self.opened_at is None or self.opened_at > at or self.closed_at is not None:
            return False
        return self.closes_at is None or at < self.closes_at

    def check_takes_input(self, at: datetime) -> None:
        """Raise RuleBroken(call_closed) unless inputs can be sent at `at` (aware, UTC)."""
        if not (self.takes_input and self.is_open(at)):
            raise RuleBroken(
                _(
                    "This call for input is not open now. The process page says what is open and what comes next."
                ),
                code="call_closed",
            )


class Role(models.TextChoices):
    """What a participant may do in a process (reference: process 1.5, as corrected in design/process.md)."""

    CONVENOR = "convenor", _("Convenor")
    SECRETARIAT = "secretariat", _("Secretariat")
    CHAIR = "chair", _("Chair")
    EDITOR = "editor", _("Editor")
    SPONSOR = "sponsor", _("Sponsor")
    PARTICIPANT = "participant", _("Participant")
    OBSERVER = "observer", _("Observer")


OFFICE = (Role.CONVENOR, Role.SECRETARIAT, Role.CHAIR)


class ParticipantQuerySet(models.QuerySet["Participant"]):
    """Filters on participants."""

    def in_office(self, person: Person) -> "ParticipantQuerySet":
        """Return where `person` is convenor, secretariat or chair, and may act as such now; in no practice room."""
        rows = self.filter(person=person, roles__role__in=OFFICE, process__is_practice=False)
        return rows if person.may_use_office else rows.none()


class Participant(models.Model):
    """A person in one process."""

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="participants")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="participations")
    group = models.CharField(max_length=24, choices=Group, default=Group.OTHER)
    subgroup = models.CharField(max_length=80, blank=True)
    joined_at = models.DateTimeField()

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["process", "person"], name="participant_once")]

    def __str__(self) -> str:
        return f"{self.person} in {self.process.key}"

    def has_role(self, *roles: str) -> bool:
        """Tell whether the participant holds one of `roles`."""
        return any(grant.role in roles for grant in self.roles.all())


class RoleGrant(models.Model):
    """A role given to a participant. `name` is how the person was called then."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(max_length=16, choices=Role)
    name = models.CharField(max_length=300)
    granted_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["participant", "role"], name="role_once")]

    def __str__(self) -> str:
        return self.role


class System:
    """The fixed actor of `tick`: the clock itself. It holds no role and belongs to no group."""

    def has_role(self, *roles: str) -> bool:  # noqa: ARG002 - same question as to a Participant
        """Say no: the clock holds no role."""
        return False

    def __str__(self) -> str:
        return "system"


SYSTEM = System()
Actor = Participant | System
Facts = dict[str, Any]
