"""Where an input may stand before an act, and where it stands after it."""

from collections.abc import Callable
from typing import Any

from talanoa.contributions.actions.moderating import (
    hold_contribution,
    reject_contribution,
    release_contribution,
)
from talanoa.contributions.actions.standing import confirm, withdraw

Act = Callable[..., Any]
# From which states an act on an input may start, and to which it leads.
STANDING: dict[Act, tuple[set[str], str]] = {
    confirm: ({"unconfirmed"}, "published"),
    release_contribution: ({"unconfirmed", "withheld", "rejected", "published"}, "published"),
    hold_contribution: ({"published", "unconfirmed"}, "withheld"),
    reject_contribution: ({"published", "unconfirmed", "withheld"}, "rejected"),
    withdraw: ({"published", "unconfirmed", "withheld", "rejected"}, "withdrawn"),
}
