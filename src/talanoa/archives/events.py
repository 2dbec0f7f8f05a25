"""What happens to archives, on the record."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from talanoa.record.events import Event


@dataclass(frozen=True)
class ArchiveImported(Event):
    """Files were read into an archive; `manifest_sha256` covers their names, hashes and counts."""

    kind: ClassVar[str] = "archive.imported.1"
    told: ClassVar[Promise] = _("%(added)s messages were added to the archive %(archive)s.")
    archive: str
    files: int
    read: int
    added: int
    duplicates: int
    rejected: int
    manifest_sha256: str


@dataclass(frozen=True)
class ArchiveReleased(Event):
    """Everybody may read an archive from now on."""

    kind: ClassVar[str] = "archive.released.1"
    told: ClassVar[Promise] = _("The archive %(archive)s was released with %(messages)s messages.")
    archive: str
    messages: int


@dataclass(frozen=True)
class MergeDecided(Event):
    """It was decided whether two senders of an archive are one person; `decision` is same, different or open again."""

    kind: ClassVar[str] = "merge.decided.1"
    told: ClassVar[Promise] = _(
        "Whether two senders of the archive %(archive)s are one person: %(decision)s."
    )
    archive: str
    merge: int
    decision: str


@dataclass(frozen=True)
class ArchivedMessageErased(Event):
    """The words of a message of an archive were destroyed, on one of the listed grounds; its number stays."""

    kind: ClassVar[str] = "archive.erased.1"
    told: ClassVar[Promise] = _("Message %(message)s of the archive %(archive)s was erased: %(ground)s.")
    archive: str
    message: int
    ground: str
