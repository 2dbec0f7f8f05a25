"""What happens to inputs, on the record."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from talanoa.record.events import Committed, Event


@dataclass(frozen=True)
class InputReceived(Event):
    """An input got its number. `state` says whether it is published or held; `replaces` is a number or 0.

    The channel stands in the leaf's head; `entered` tells that somebody of the secretariat entered it;
    `file_sha256` is `-` where no file came with it.
    """

    kind: ClassVar[str] = "input.received.1"
    told: ClassVar[Promise] = _("Input %(n)s was received.")
    stage: str
    state: str
    assurance: str
    entered: int
    replaces: int
    title: Committed
    text_sha256: Committed
    author: Committed
    organization: Committed
    country: Committed
    file_sha256: Committed | str = "-"


@dataclass(frozen=True)
class InputTranscribed(Event):
    """A mail that no program could read was read by a person, who wrote down its words and its author's name."""

    kind: ClassVar[str] = "input.transcribed.1"
    told: ClassVar[Promise] = _("The mail of %(n)s was read by hand.")
    title: Committed
    text_sha256: Committed
    author: Committed


@dataclass(frozen=True)
class LanguageCorrected(Event):
    """Its author, or the desk, said in which language an input is; `-` where the public cannot read the input."""

    kind: ClassVar[str] = "language.corrected.1"
    told: ClassVar[Promise] = _("It was said in which language %(n)s is written.")
    language: str


@dataclass(frozen=True)
class InputListed(Event):
    """Its author confirmed an input that they had said on a list of others first; `list` is its List-Id, or `-`.

    `permalink` is where it stands in the archive of the list, `-` where nobody can tell.
    """

    kind: ClassVar[str] = "input.listed.1"
    told: ClassVar[Promise] = _("Input %(n)s was said on a mailing list first, and confirmed by its author.")
    list: str
    permalink: Committed | str = "-"
