"""What happens to a process, on the record."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from talanoa.record.events import Committed, Event


@dataclass(frozen=True)
class ProcessCreated(Event):
    """A process was begun as a draft."""

    kind: ClassVar[str] = "process.created.1"
    told: ClassVar[Promise] = _("The process was begun as a draft.")


@dataclass(frozen=True)
class CharterPublished(Event):
    """A version of the charter was published; `sha256` is that of its text."""

    kind: ClassVar[str] = "charter.published.1"
    told: ClassVar[Promise] = _("Version %(version)s of the charter was published.")
    title: Committed
    text: Committed
    version: int
    sha256: str


@dataclass(frozen=True)
class ProcessOpened(Event):
    """The convenor opened the process; its stages now run by the clock. `overlap` is `checked` or `not-checked`."""

    kind: ClassVar[str] = "process.opened.1"
    told: ClassVar[Promise] = _("The process was opened.")
    version: int
    overlap: str


@dataclass(frozen=True)
class StageOpened(Event):
    """A stage opened; `until` is its end in UTC, or `-`."""

    kind: ClassVar[str] = "stage.opened.1"
    told: ClassVar[Promise] = _("A stage began: %(stage)s.")
    stages: ClassVar[dict[str, Promise]] = {
        "input": _("The call for input began."),
        "drafting": _("The drafting began."),
        "consensus": _("The consensus calls began."),
        "report": _("The work on the report began."),
        "review": _("The review period began."),
        "decision": _("The report is with those who decide."),
    }
    stage: str
    position: int
    until: str

    @classmethod
    def tell(cls, fields: Mapping[str, Any]) -> Promise:
        """Tell which stage began, in its own words."""
        return cls.stages.get(fields["stage"], cls.told)


@dataclass(frozen=True)
class StageClosed(Event):
    """A stage closed."""

    kind: ClassVar[str] = "stage.closed.1"
    told: ClassVar[Promise] = _("A stage ended: %(stage)s.")
    stages: ClassVar[dict[str, Promise]] = {
        "input": _("The call for input ended."),
        "drafting": _("The drafting ended."),
        "consensus": _("The consensus calls ended."),
        "report": _("The work on the report ended."),
        "review": _("The review period ended."),
        "decision": _("The time to decide ended."),
    }
    stage: str
    position: int

    @classmethod
    def tell(cls, fields: Mapping[str, Any]) -> Promise:
        """Tell which stage ended, in its own words."""
        return cls.stages.get(fields["stage"], cls.told)


@dataclass(frozen=True)
class StageExtended(Event):
    """The end of a stage was moved to a later time, with a reason."""

    kind: ClassVar[str] = "stage.extended.1"
    told: ClassVar[Promise] = _("The call for input was extended until %(until)s, because of: %(reason)s.")
    stage: str
    position: int
    until: str
    reason: str


@dataclass(frozen=True)
class RoleGiven(Event):
    """A role was given to a participant."""

    kind: ClassVar[str] = "role.given.1"
    told: ClassVar[Promise] = _("Somebody was given the role: %(role)s.")
    role: str
    name: Committed


@dataclass(frozen=True)
class ProcessClosed(Event):
    """The process is closed; nothing more happens in it."""

    kind: ClassVar[str] = "process.closed.1"
    told: ClassVar[Promise] = _("The process was closed.")


@dataclass(frozen=True)
class ListFollowed(Event):
    """The process follows a mailing list of others, by its List-Id: replies to our calls there can become inputs."""

    kind: ClassVar[str] = "list.followed.1"
    told: ClassVar[Promise] = _("A mailing list is followed: %(list)s.")
    list: str


@dataclass(frozen=True)
class ListLeft(Event):
    """The process stopped following a mailing list."""

    kind: ClassVar[str] = "list.left.1"
    told: ClassVar[Promise] = _("A mailing list is followed no more: %(list)s.")
    list: str


@dataclass(frozen=True)
class AnnouncementMade(Event):
    """A call to take part was published; `lists` are the List-Ids to which it was mailed, with commas, or `-`."""

    kind: ClassVar[str] = "announcement.made.1"
    told: ClassVar[Promise] = _("Announcement %(announcement)s was published; mailed to: %(lists)s.")
    announcement: int
    language: str
    lists: str
    title: Committed
    text_sha256: Committed

    @classmethod
    def tell(cls, fields: Mapping[str, Any]) -> Promise:
        """Tell where it was sent, if it was."""
        return cls.told if fields["lists"] != "-" else _("Announcement %(announcement)s was published.")


@dataclass(frozen=True)
class PeopleInvited(Event):
    """People were invited by name; the entry tells how many, and commits to the list."""

    kind: ClassVar[str] = "people.invited.1"
    told: ClassVar[Promise] = _("People were invited to take part: %(people)s.")
    round: int
    people: int
    list_sha256: Committed


@dataclass(frozen=True)
class InvitationAccepted(Event):
    """Somebody who was invited by name joined; which one, the entry does not tell."""

    kind: ClassVar[str] = "invitation.accepted.1"
    told: ClassVar[Promise] = _("Somebody who was invited joined.")


@dataclass(frozen=True)
class OverlapJudged(Event):
    """The desk said how the work of a body stands to the question, and what follows from it."""

    kind: ClassVar[str] = "overlap.judged.1"
    told: ClassVar[Promise] = _("The work of a body was judged: %(body)s, %(relation)s.")
    body: str
    relation: str
    action: str
    reason_sha256: Committed


@dataclass(frozen=True)
class LiaisonSent(Event):
    """A body that may work on the question already was written to; it can answer until `until`."""

    kind: ClassVar[str] = "liaison.sent.1"
    told: ClassVar[Promise] = _("A body was written to: %(body)s. It can answer until %(until)s.")
    letter: int
    body: str
    until: str
    text_sha256: Committed


@dataclass(frozen=True)
class LiaisonAnswered(Event):
    """A body answered."""

    kind: ClassVar[str] = "liaison.answered.1"
    told: ClassVar[Promise] = _("A body answered: %(body)s.")
    letter: int
    body: str
    text_sha256: Committed


@dataclass(frozen=True)
class OverlapCleared(Event):
    """A process goes on that does the same as a body: with its `consent`, or by an `override`."""

    kind: ClassVar[str] = "overlap.cleared.1"
    told: ClassVar[Promise] = _("A process goes on beside the same work of a body: %(body)s, by %(ground)s.")
    body: str
    ground: str
    reason_sha256: Committed


@dataclass(frozen=True)
class OverlapQuestioned(Event):
    """Somebody said that the process missed somebody who works on it already; the answer is due at `until`."""

    kind: ClassVar[str] = "overlap.questioned.1"
    told: ClassVar[Promise] = _("Somebody said that a body was missed (%(missed)s).")
    missed: int
    until: str
    text_sha256: Committed


@dataclass(frozen=True)
class OverlapExplained(Event):
    """Whoever said that somebody was missed got an answer."""

    kind: ClassVar[str] = "overlap.explained.1"
    told: ClassVar[Promise] = _("It was answered whether a body was missed (%(missed)s).")
    missed: int
    text_sha256: Committed
