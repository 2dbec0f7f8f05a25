"""What happens in a discussion, on the record."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from talanoa.record.events import Committed, Event


@dataclass(frozen=True)
class MessageReceived(Event):
    """A message got its number. `state` says whether it is published or held.

    `thread` is the number of the message that began the thread, `answers` the one that it answers; both are
    0 where it begins a thread itself.
    """

    kind: ClassVar[str] = "message.received.1"
    told: ClassVar[Promise] = _("Message %(n)s was received in the discussion.")
    state: str
    assurance: str
    thread: int
    answers: int
    subject: Committed
    text_sha256: Committed
    author: Committed
    organization: Committed
    country: Committed


@dataclass(frozen=True)
class ThreadSummarized(Event):
    """A named author of the desk pinned a summary to the thread that message `n` began; older versions stay."""

    kind: ClassVar[str] = "thread.summarized.1"
    told: ClassVar[Promise] = _("The thread that message %(n)s began was summarized (version %(version)s).")
    version: int
    text_sha256: Committed
    author: Committed
