"""What may stand on the record: a closed list of kinds, each a frozen dataclass.

A field is public (it stands in the leaf as it is) or `Committed` (only its HMAC stands there; the value
stays in an ordinary row, its salt in the vault). A released kind never changes; the next form of it
gets the next number. Public values hold no blanks, so a receipt survives any re-wrapping by mail.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, ClassVar

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

KINDS: dict[str, type["Event"]] = {}
_HEAD = frozenset({"v", "k", "p", "n", "t", "r", "g", "ch", "c"})


@dataclass(frozen=True, slots=True)
class Committed:
    """A value that leaves only a commitment: the attribute `attribute` of the saved row `row`.

    The value must be one line (a long text is committed by its digest). It is read again from the row
    whenever the entry is opened or audited, so the row must never change it.
    """

    row: Model
    attribute: str

    @property
    def value(self) -> str:
        """The value as it is committed."""
        return str(getattr(self.row, self.attribute))


@dataclass(frozen=True)
class Event:
    """Base of all kinds; a subclass names its `kind`, such as `input.received.1`, and how it is told to people."""

    kind: ClassVar[str]
    told: ClassVar[Promise]

    def __init_subclass__(cls, **kwargs: object) -> None:
        super().__init_subclass__(**kwargs)
        if KINDS.setdefault(cls.kind, cls).__qualname__ != cls.__qualname__:
            raise TypeError(f"Two events are called {cls.kind}")

    @classmethod
    def tell(cls, fields: Mapping[str, Any]) -> Promise:  # noqa: ARG003 - a kind may tell by its fields
        """Return how an entry with these public `fields` is told to people."""
        return cls.told

    def public(self) -> dict[str, str | int]:
        """Return the fields that stand in the leaf as they are."""
        values = {f.name: getattr(self, f.name) for f in fields(self)}
        taken = _HEAD & values.keys()
        if taken:
            raise TypeError(f"{self.kind} uses names of the leaf itself: {sorted(taken)}")
        return {name: value for name, value in values.items() if not isinstance(value, Committed)}

    def committed(self) -> dict[str, Committed]:
        """Return the fields of which the leaf holds only a commitment."""
        return {f.name: value for f in fields(self) if isinstance(value := getattr(self, f.name), Committed)}


@dataclass(frozen=True)
class LogOpened(Event):
    """The log begins here; its public key is part of the first entry."""

    kind: ClassVar[str] = "log.opened.1"
    told: ClassVar[Promise] = _("The record begins here.")
    vkey: str


@dataclass(frozen=True)
class ContentErased(Event):
    """Content of an earlier entry was erased; that entry and every proof stay valid."""

    kind: ClassVar[str] = "redaction.made.1"
    told: ClassVar[Promise] = _("Content of entry %(entry)s was erased: %(ground)s.")
    entry: int
    ground: str
    fields: str
    appeal_until: str
