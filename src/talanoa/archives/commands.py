"""What commands about archives share: the archive that is named, and the operator's own tables of affiliations."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from talanoa.archives.models import Archive
from talanoa.archives.queries import archive_called
from talanoa.kernel.errors import RuleBroken
from talanoa.lib.archive.affiliations import Directory, directory
from talanoa.people.models import Person

TABLES = ("domains", "organizations", "people")


def archive_named(name: str, person: Person) -> Archive:
    """Return the archive. Raises RuleBroken: archive_unknown."""
    found = archive_called(name, person)
    if found is None:
        raise RuleBroken(_("There is no archive “%(name)s” here.") % {"name": name}, code="archive_unknown")
    return found


def add_tables(parser: CommandParser) -> None:
    """Add the arguments that name the operator's tables."""
    for table in TABLES:
        parser.add_argument(f"--{table}", type=Path, help="a table of yours, CSV; see researcher.md")


def directory_of(options: dict[str, Any]) -> Directory:
    """Return what the operator's tables say. Raises OSError, UnicodeDecodeError; KeyError for a missing column."""
    return directory(**{table: options[table] for table in TABLES})
