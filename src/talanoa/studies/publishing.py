"""Packs that may leave: the tables of processes and archives, protected, with what is measured on them.

The key of the pseudonyms is drawn for one pack and kept by nobody, so that no two packs can be joined by it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.archives.models import Archive
from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.text import fitting_line
from talanoa.lib.archive.pseudonyms import pseudonyms
from talanoa.lib.studies.packs import Pack, packed
from talanoa.lib.studies.protecting import protect
from talanoa.lib.studies.running import FILE, run, run_again
from talanoa.lib.studies.study_files import Source, Study, read_study
from talanoa.people.models import Person
from talanoa.processes.models import Participant, Process
from talanoa.processes.permissions import require_office
from talanoa.studies.actions import publish_of_process, withdraw_publication
from talanoa.studies.models import Publication
from talanoa.studies.tables import write_rounds, write_tables

LICENSE_LIMIT = 200


@dataclass(frozen=True, slots=True)
class Made:
    """How something is published: a `key` that nobody keeps, whom to write to, when (aware, UTC), by which channel."""

    key: bytes
    contact: str
    at: datetime
    channel: str


_AUDIT = """\
title = "Was it multistakeholder? {title}"
question = "How open, balanced, responsive, transparent, accountable and equally accessible was this process?"
purpose = "A report for those who took part, and for whoever pays or decides, to discuss. It is no grade."
contact = "{contact}"
legal_basis = "What everybody may read on the pages of the process, pseudonymized."
keep_until = "As long as the pages of the process are public"
report = "audit"

[[input]]
name = "{key}"
process = "{key}"
"""
_DATASET = """\
title = "Data of the process: {title}"
question = "Who spoke, by group, region and day; what was answered, decided and contested."
purpose = "For research and for whoever wants to check what is said of the process."
contact = "{contact}"
legal_basis = "What everybody may read on the pages of the process, pseudonymized."
keep_until = "As long as the pages of the process are public, or until somebody asks for its removal"
license = "{license}"
measures = []

[[input]]
name = "{key}"
process = "{key}"
"""


def audit_pack(process: Process, folder: Path, *, contact: str, key: bytes) -> Study:
    """Write the audit pack of `process` into `folder`, which must be new or empty.

    `contact` is whom to write to; `key`, 32 octets, is to be thrown away. Raises StudyWrong; OSError.
    """
    return _protected(process, folder, _AUDIT, {"contact": contact}, key)


def audit_of(process: Process, *, contact: str, key: bytes) -> Pack:
    """Return the audit pack of `process`. Raises StudyWrong."""
    return _packed(lambda folder: audit_pack(process, folder, contact=contact, key=key))


def dataset_of(process: Process, *, contact: str, license_: str, key: bytes) -> Pack:
    """Return the data of `process` as they may leave, under `license_`. Raises StudyWrong."""
    words = {"contact": contact, "license": license_}
    return _packed(lambda folder: _protected(process, folder, _DATASET, words, key, with_votes=True))


def study_of(finished: Path, *, key: bytes) -> Pack:
    """Return a finished study as it may leave: its measures taken anew of protected tables.

    Raises StudyWrong; RuleBroken: source_private where it stands on what not everybody may read.
    """
    _check_sources(read_study((finished / FILE).read_text(encoding="utf-8")))

    def keep(raw: Path, kept: Path) -> None:
        protect(raw, kept, key)

    return _packed(lambda folder: run_again(finished, folder, keep))


def publish(process: Process, kind: str, license_: str, *, by: Participant, how: Made) -> Publication:
    """Make the audit or the data set of `process`, and publish it.

    Raises NotAllowed; StudyWrong; RuleBroken: line_too_long, and what `publish_of_process` raises.
    """
    pack = _made(process, kind, license_, by, how)
    return publish_of_process(process, pack, kind=kind, by=by, at=how.at, channel=how.channel)


def withdraw(
    publication: Publication, reason: str, *, by: Participant | Person, again: bool, how: Made
) -> Publication | None:
    """Withdraw a publication; return what was published anew in its place, of a process and where that is wanted.

    Both happen or nothing. Raises StudyWrong; RuleBroken; NotAllowed.
    """
    publication.check_standing()
    process, kind, at, channel = publication.process, publication.kind, how.at, how.channel
    if not (again and process and isinstance(by, Participant)):
        withdraw_publication(publication, by=by, reason=reason, at=at, channel=channel)
        return None
    pack = _made(process, kind, publication.words.get("license", ""), by, how)
    with transaction.atomic():
        anew = publish_of_process(process, pack, kind=kind, by=by, at=at, channel=channel)
        withdraw_publication(publication, by=by, reason=reason, instead=anew, at=at, channel=channel)
    return anew


def _made(process: Process, kind: str, license_: str, by: Participant, how: Made) -> Pack:
    """Return the pack; nobody else waits for it, and who may not publish it makes none."""
    require_office(by, process)
    license_ = fitting_line(license_, LICENSE_LIMIT)
    if kind == Publication.Kind.DATASET:
        return dataset_of(process, contact=how.contact, license_=license_, key=how.key)
    return audit_of(process, contact=how.contact, key=how.key)


def _check_sources(study: Study) -> None:
    """Raise RuleBroken(source_private) where an archive or a process is not for everybody to read."""
    for one in study.inputs.values():
        is_private = {
            "archive": not Archive.objects.visible_to(None).filter(name=one.name).exists(),
            "process": not Process.objects.visible_to(None).filter(key=one.name).exists(),
        }
        if is_private.get(one.kind):
            raise RuleBroken(
                _("Not everybody may read what this study stands on: %(name)s.") % {"name": one.name},
                code="source_private",
            )


def _packed(write: Callable[[Path], object]) -> Pack:
    with TemporaryDirectory(prefix="talanoa-pack-") as place:
        write(Path(place) / "pack")
        return packed(Path(place) / "pack")


def _protected(
    process: Process, folder: Path, told: str, words: dict[str, str], key: bytes, *, with_votes: bool = False
) -> Study:
    """Run a study of `process` on tables that are protected before anything is measured."""
    words = words | {"title": process.title, "key": process.key}

    def write(_source: Source, kept: Path) -> None:
        with TemporaryDirectory(prefix="talanoa-raw-") as raw:
            write_tables(process, Path(raw), pseudonym=pseudonyms(key))
            protect(Path(raw), kept, key)
        if with_votes:
            write_rounds(process, kept, key)

    with TemporaryDirectory(prefix="talanoa-study-") as place:
        file = Path(place) / FILE
        file.write_text(told.format_map({k: _quoted(v) for k, v in words.items()}), encoding="utf-8")
        return run(file, folder, write)


def _quoted(value: str) -> str:
    """Return a value as it may stand in a basic string of TOML."""
    return " ".join(value.replace("\\", "\\\\").replace('"', '\\"').split())
