"""Imports the inputs of an earlier consultation from a folder of files; doing it twice adds nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _

from talanoa.contributions.actions.standing import Author
from talanoa.contributions.models import Assurance, Contribution
from talanoa.inputs.actions.receiving import Words, receive_input
from talanoa.inputs.queries import by_dedup_key
from talanoa.kernel.errors import RuleBroken
from talanoa.lib.aliases import load_aliases
from talanoa.lib.form_files import Rejected
from talanoa.lib.form_register import FolderError
from talanoa.lib.form_text import FolderReading, FormInput, read_folder
from talanoa.people.actions import know_person
from talanoa.processes.models import Participant, Process, Stage
from talanoa.processes.queries import open_call

FORMATS = ("form-text",)
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of a folder: how many were read, added, there already, rejected, and why."""

    read: int
    added: int
    duplicates: int
    rejected: int
    repairs: Mapping[str, int]
    conflicts: Mapping[str, int]
    problems: tuple[Rejected, ...]


def import_folder(
    process: Process,
    *,
    by: Participant,
    directory: Path,
    register: Path | None,
    at: datetime,
    progress: Progress = lambda _done, _total: None,
) -> ImportReport:
    """Receive every input of a form-text folder, each in a transaction of its own.

    Raises RuleBroken: call_closed, folder_missing; NotAllowed. What cannot be read is counted and named.
    """
    stage = open_call(process, at)
    if stage is None:
        raise RuleBroken(_("There is no open call for input in this process."), code="call_closed")
    reading = _read(directory, register)
    added = duplicates = 0
    problems = list(reading.rejected)
    for done, form in enumerate(reading.inputs, start=1):
        try:
            is_new = _receive(process, stage, form, by=by, at=at)
        except RuleBroken as broken:
            problems.append(Rejected(form.source, broken.rule, broken.text))
        else:
            added, duplicates = added + is_new, duplicates + (not is_new)
        progress(done, len(reading.inputs))
    return ImportReport(
        read=len(reading.inputs) + len(reading.rejected),
        added=added,
        duplicates=duplicates,
        rejected=len(problems),
        repairs=reading.repairs,
        conflicts=reading.conflicts,
        problems=tuple(problems),
    )


def _read(directory: Path, register: Path | None) -> FolderReading:
    if not directory.is_dir() or (register is not None and not register.is_file()):
        raise RuleBroken(
            _("There is no folder %(folder)s, or no register beside it.") % {"folder": directory},
            code="folder_missing",
        )
    try:
        return read_folder(directory, register, load_aliases())
    except FolderError as wrong:
        raise RuleBroken(str(wrong), code=wrong.code) from wrong


def _receive(process: Process, stage: Stage, form: FormInput, *, by: Participant, at: datetime) -> bool:
    """Receive one form; tell whether it was new."""
    if by_dedup_key(process, form.sha256):
        return False
    person = know_person(
        name=form.author, group=form.group, organization=form.organization, country=form.country
    )
    author = Author(
        person=person,
        name=person.name,
        group=form.group,
        organization=person.organization,
        country=form.country,
        assurance=Assurance.IMPORTED,
    )
    words = Words(
        title=form.title,
        text=form.text,
        keywords=form.keywords,
        as_given={"source": form.source, "country": form.country_as_given, **form.form_values},
    )
    receive_input(
        stage,
        by=by,
        author=author,
        words=words,
        publication=Contribution.Publication.NAMED,
        dedup_key=form.sha256,
        channel="cli",
        source="import",
        at=at,
    )
    return True
