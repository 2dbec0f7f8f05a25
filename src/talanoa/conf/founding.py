"""Makes an installation ready: tables, the log with its key, the operator, the registry of bodies, its own charter."""

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.badges.actions.awarding import open_issuer
from talanoa.lib.processkeys import PLACE
from talanoa.lib.registry_files import digest, read
from talanoa.people.actions import appoint_convenor, know_person
from talanoa.people.models import Person
from talanoa.processes.actions.chartering import create_process, publish_charter
from talanoa.processes.charter import template
from talanoa.processes.models import Process
from talanoa.record.actions import open_log
from talanoa.registry.actions import load_registry
from talanoa.registry.models import Registry
from talanoa.registry.skin import CONTENT


def found(*, at: datetime) -> Person:
    """Set everything up; doing it again changes nothing. Returns the operator."""
    call_command("migrate", verbosity=0, interactive=False)
    open_log(origin=f"{urlsplit(settings.TALANOA_URL).netloc}/record", at=at)
    open_issuer(name=settings.ENV["TALANOA_NAME"], site=settings.TALANOA_URL, at=at)
    operator = know_person(name="Operator", address=settings.ENV["TALANOA_OPERATOR"])
    appoint_convenor(operator, at=at, channel="cli")
    _load(at)
    if not Process.objects.filter(key=PLACE).exists():
        _charter_place(operator, at=at)
    return operator


@transaction.atomic
def _charter_place(operator: Person, *, at: datetime) -> None:
    """Begin the process about the place itself, and publish its charter; what nobody said stands as not declared.

    Its call for input opens when the host opens it: no clock runs that somebody would have to answer by himself.
    """
    said = {
        "runs": settings.ENV["TALANOA_RUN_BY"] or _demonstrated(_("Whoever started this demonstration.")),
        "payer": settings.ENV["TALANOA_PAID_BY"] or _demonstrated(_("Nobody: all of it is invented.")),
    }
    facts = template(PLACE) | {name: told for name, told in said.items() if told}
    note = _demonstrated(_("A demonstration: its people are invented"))
    process = create_process(
        by=operator, key=PLACE, facts=facts, at=at, channel="cli", demonstration_note=note
    )
    host = process.participants.get(person=operator)
    publish_charter(process, by=host, at=at, channel="cli")


def _demonstrated(told: str) -> str:
    """Return what a demonstration says where its operator has said nothing."""
    return told if settings.TALANOA_DEMONSTRATION else ""


def _load(at: datetime) -> None:
    """Load the registry where its files are there and not loaded yet: a checkout has them, a package has none."""
    found = digest(CONTENT)
    if found and not Registry.objects.filter(sha256=found).exists():
        load_registry(read(CONTENT), at=at, channel="cli")
