"""How an instant is written in the words of letters, refusals and commands: as the pages write it, in UTC."""

from datetime import UTC, datetime

from django.utils.formats import date_format
from django.utils.translation import pgettext


def moment(at: datetime) -> str:
    """Return an aware instant in UTC, such as: Monday 18 September 2017, 23:59 UTC."""
    utc = at.astimezone(UTC)
    return pgettext("instant", "%(day)s, %(time)s UTC") % {
        "day": date_format(utc, pgettext("date format", "l j F Y")),
        "time": f"{utc:%H:%M}",
    }
