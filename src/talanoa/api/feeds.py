"""Feeds in Atom: a process with its entries on the record, newest first; the news of the place."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from talanoa.discussions.events import MessageReceived
from talanoa.discussions.models import Message
from talanoa.discussions.queries import numbered_in
from talanoa.kernel.markdown import render, render_plain
from talanoa.lib.processkeys import label
from talanoa.place.models import NewsVersion
from talanoa.place.queries import newest_news
from talanoa.processes.events import AnnouncementMade
from talanoa.processes.models import Announcement, Process
from talanoa.processes.skin import process_or_404
from talanoa.record.models import Entry
from talanoa.record.queries import public_fields, sentence

LENGTH = 50


@dataclass(frozen=True, slots=True)
class Happened:
    """An entry; with it the message or the announcement that it tells of, where everybody may read that."""

    entry: Entry
    message: Message | None
    announcement: Announcement | None = None


class ProcessFeed(Feed):
    """What happened in one process: what the record says, and the words of the messages that are public."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Process:  # noqa: ARG002 - Django's signature
        """Return the process, if the reader may see it."""
        return process_or_404(request, kwargs["key"])

    def title(self, obj: Process) -> str:
        """Name the feed."""
        return _("%(title)s: what happens") % {"title": obj.title}

    def link(self, obj: Process) -> str:
        """Lead to the process."""
        return reverse("site:process", args=[obj.key])

    def items(self, obj: Process) -> list[Happened]:
        """Return the newest entries; whoever reads the feed, only what is public for everybody comes with them."""
        rows = Entry.objects.filter(process_key=obj.key, log__name=obj.space.log).order_by("-index")
        entries = list(rows[:LENGTH])
        numbers = [entry.number for entry in entries if entry.kind == MessageReceived.kind and entry.number]
        said = numbered_in(obj, numbers, None)
        made = _announced(obj, entries)
        return [
            Happened(
                entry,
                said.get(entry.number or 0) if entry.kind == MessageReceived.kind else None,
                made.get(entry.pk),
            )
            for entry in entries
        ]

    def item_title(self, item: Happened) -> str:
        """Say what happened in one sentence; of a message, its subject; of an announcement, its title."""
        if item.announcement is not None:
            return item.announcement.title
        if item.message is None:
            return sentence(item.entry)
        contribution = item.message.contribution
        return f"{label(contribution.process.key, contribution.number)}: {item.message.title}"

    def item_author_name(self, item: Happened) -> str | None:
        """Name the author of a message."""
        return item.message.contribution.authorship.shown().name if item.message else None

    def item_description(self, item: Happened) -> str:
        """Say where to check it; of a message or an announcement, its words."""
        told = _("Entry %(index)s of the record.") % {"index": item.entry.index}
        if item.announcement is not None:
            return f"{render(item.announcement.text)}\n<p>{told}</p>"
        return f"{render_plain(item.message.text)}\n<p>{told}</p>" if item.message else told

    def item_link(self, item: Happened) -> str:
        """Lead to the entry, or to the message or announcement."""
        if item.announcement is not None:
            return reverse("processes:announcement", args=[item.entry.process_key, item.announcement.number])
        if item.message is None:
            return reverse("record:entry", args=[item.entry.index])
        return reverse("discussions:show", args=[item.message.contribution.process.key, item.message.hash])

    def item_pubdate(self, item: Happened) -> Any:
        """Return the time of the act."""
        return item.entry.at

    def item_updateddate(self, item: Happened) -> Any:
        """Return the time of the act: entries never change."""
        return item.entry.at


def _announced(process: Process, entries: list[Entry]) -> dict[int, Announcement]:
    """Return the announcements that `entries` tell of, by the key of the entry."""
    numbers = {
        entry.pk: public_fields(entry)["announcement"]
        for entry in entries
        if entry.kind == AnnouncementMade.kind
    }
    if not numbers:
        return {}
    made = {row.number: row for row in process.announcements.filter(number__in=numbers.values())}
    return {pk: made[number] for pk, number in numbers.items()}


class NewsFeed(Feed):
    """The news of the host: each in its newest version."""

    feed_type = Atom1Feed

    def title(self) -> str:
        """Name the feed."""
        return _("%(name)s: news") % {"name": settings.ENV["TALANOA_NAME"]}

    def link(self) -> str:
        """Lead to the news."""
        return reverse("place:news")

    def items(self) -> list[NewsVersion]:
        """Return the newest news."""
        return newest_news()[:LENGTH]

    def item_title(self, item: NewsVersion) -> str:
        """Return the title."""
        return item.title

    def item_description(self, item: NewsVersion) -> str:
        """Return the words, and above them what was corrected."""
        told = _("Corrected: %(what)s") % {"what": item.correction} if item.correction else ""
        return f"{render_plain(told)}{render(item.text)}" if told else render(item.text)

    def item_link(self, item: NewsVersion) -> str:
        """Lead to its page."""
        return reverse("place:read", args=[item.number])

    def item_pubdate(self, item: NewsVersion) -> Any:
        """Return when it was published first."""
        return item.first_at

    def item_updateddate(self, item: NewsVersion) -> Any:
        """Return when its newest version was published."""
        return item.said_at
