"""What the host of the demonstrated place does: declares funders and seats in its charter, tells and corrects news."""

from datetime import datetime
from typing import Any

from talanoa.conf.demonstration.acts import CHANNEL, holder
from talanoa.lib.processkeys import PLACE
from talanoa.place.actions import correct_news, publish_news
from talanoa.processes.actions.chartering import publish_charter, write_charter
from talanoa.processes.models import Process, Role
from talanoa.processes.queries import working_charter


def declare(facts: dict[str, Any], *, at: datetime) -> None:
    """Say in a second version of the charter who pays, who has a seat, and what happens in the end."""
    place = Process.objects.get(key=PLACE)
    host = holder(place, Role.CONVENOR)
    write_charter(place, by=host, facts=working_charter(place).facts | facts, at=at)
    publish_charter(place, by=host, at=at, channel=CHANNEL)


def tell(row: dict[str, Any], *, at: datetime) -> None:
    """Publish news."""
    place = Process.objects.get(key=PLACE)
    said = {"title": row["title"], "text": row["text"]}
    publish_news(place, by=holder(place, Role.CONVENOR), **said, language="en", at=at, channel=CHANNEL)


def correct(row: dict[str, Any], number: int, *, at: datetime) -> None:
    """Correct news."""
    place = Process.objects.get(key=PLACE)
    said = {"title": row["title"], "text": row["corrected"]["text"], "correction": row["corrected"]["why"]}
    correct_news(place, by=holder(place, Role.CONVENOR), number=number, **said, at=at, channel=CHANNEL)
