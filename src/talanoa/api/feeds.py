"""A process as a feed: its entries on the record, newest first, in Atom."""

from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from talanoa.processes.models import Process
from talanoa.processes.skin import process_or_404
from talanoa.record.models import Entry
from talanoa.record.queries import sentence

LENGTH = 50


class ProcessFeed(Feed):
    """What happened in one process. It says what the record says, so nothing private can be in it."""

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

    def items(self, obj: Process) -> list[Entry]:
        """Return the newest entries."""
        return list(
            Entry.objects.filter(process_key=obj.key, log__name=obj.space.log).order_by("-index")[:LENGTH]
        )

    def item_title(self, item: Entry) -> str:
        """Say what happened in one sentence."""
        return sentence(item)

    def item_description(self, item: Entry) -> str:
        """Say where to check it."""
        return _("Entry %(index)s of the record.") % {"index": item.index}

    def item_link(self, item: Entry) -> str:
        """Lead to the entry."""
        return reverse("record:entry", args=[item.index])

    def item_pubdate(self, item: Entry) -> Any:
        """Return the time of the act."""
        return item.at

    def item_updateddate(self, item: Entry) -> Any:
        """Return the time of the act: entries never change."""
        return item.at
