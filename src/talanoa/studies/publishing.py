"""Packs that may leave: the tables of processes and archives, protected, with what is measured on them.

The key of the pseudonyms is drawn for one pack and kept by nobody, so that no two packs can be joined by it.
"""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from talanoa.lib.archive.pseudonyms import pseudonyms
from talanoa.lib.studies.protecting import protect
from talanoa.lib.studies.running import run
from talanoa.lib.studies.study_files import Source, Study
from talanoa.processes.models import Process
from talanoa.studies.tables import write_tables

AUDIT = """\
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


def audit_pack(process: Process, folder: Path, *, contact: str, key: bytes) -> Study:
    """Write the audit pack of `process` into `folder`, which must be new or empty.

    `contact` is whom to write to; `key`, 32 octets, is to be thrown away. Raises StudyWrong; OSError.
    """
    words = {"title": process.title, "contact": contact, "key": process.key}
    told = AUDIT.format_map({name: _quoted(value) for name, value in words.items()})
    return _protected(told, folder, key, lambda _source, raw: _write(process, raw, key))


def _protected(told: str, folder: Path, key: bytes, write: Callable[[Source, Path], object]) -> Study:
    """Run a study with tables that are protected before anything is measured."""

    def protect_all(source: Source, kept: Path) -> None:
        with TemporaryDirectory(prefix="talanoa-raw-") as raw:
            write(source, Path(raw))
            protect(Path(raw), kept, key)

    with TemporaryDirectory(prefix="talanoa-study-") as place:
        file = Path(place) / "study.toml"
        file.write_text(told, encoding="utf-8")
        return run(file, folder, protect_all)


def _write(process: Process, raw: Path, key: bytes) -> None:
    write_tables(process, raw, pseudonym=pseudonyms(key))


def _quoted(value: str) -> str:
    """Return a value as it may stand in a basic string of TOML."""
    return value.replace("\\", "\\\\").replace('"', '\\"')
