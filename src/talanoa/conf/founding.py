"""Makes an installation ready: tables, the log with its key, the operator, the registry of bodies."""

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command

from talanoa.lib.registry_files import digest, read
from talanoa.people.actions import appoint_convenor, know_person
from talanoa.people.models import Person
from talanoa.record.actions import open_log
from talanoa.registry.actions import load_registry
from talanoa.registry.models import Registry
from talanoa.registry.skin import CONTENT


def found(*, at: datetime) -> Person:
    """Set everything up; doing it again changes nothing. Returns the operator."""
    call_command("migrate", verbosity=0, interactive=False)
    open_log(origin=f"{urlsplit(settings.TALANOA_URL).netloc}/record", at=at)
    operator = know_person(name="Operator", address=settings.ENV["TALANOA_OPERATOR"])
    appoint_convenor(operator, at=at, channel="cli")
    _load(at)
    return operator


def _load(at: datetime) -> None:
    """Load the registry where its files are there and not loaded yet: a checkout has them, a package has none."""
    found = digest(CONTENT)
    if found and not Registry.objects.filter(sha256=found).exists():
        load_registry(read(CONTENT), at=at, channel="cli")
