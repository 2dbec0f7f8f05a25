"""Makes an installation ready: tables, the log with its key, the operator."""

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command

from talanoa.people.actions import appoint_convenor, know_person
from talanoa.people.models import Person
from talanoa.record.actions import open_log


def found(*, at: datetime) -> Person:
    """Set everything up; doing it again changes nothing. Returns the operator."""
    call_command("migrate", verbosity=0, interactive=False)
    open_log(origin=f"{urlsplit(settings.TALANOA_URL).netloc}/record", at=at)
    operator = know_person(name="Operator", address=settings.ENV["TALANOA_OPERATOR"])
    return appoint_convenor(operator, at=at, channel="cli")
