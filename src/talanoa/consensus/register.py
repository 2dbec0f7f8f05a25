"""The declaration of a call as the register of objections tells it: what the chair edits, never begins from nothing."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from talanoa.consensus.levels import LEVEL_NAMES
from talanoa.consensus.models import Call, Objection
from talanoa.consensus.queries import register_of
from talanoa.kernel.instants import moment
from talanoa.lib.decision_rules import SETTLED
from talanoa.lib.processkeys import label


def declaration(call: Call, levels: Mapping[int, str]) -> str:
    """Return in Markdown what was found, each objection and how it was handled, who dissents, and how to reopen it.

    `levels` maps recommendations, 0 for the whole text, to levels of the rule of the call.
    """
    rows = list(register_of(call).prefetch_related("handlings"))
    dissents = [row for row in rows if row.standing not in SETTLED]
    parts = [
        _("Call %(number)s asked about revision %(revision)s of “%(title)s”: %(question)s")
        % {
            "number": call.number,
            "revision": call.revision.number,
            "title": call.draft.document.title,
            "question": call.question,
        },
        "## " + _("What was found"),
        "\n".join(_found(number, level) for number, level in sorted(levels.items())),
        "## " + _("Objections, and how each was handled"),
        *([_objection(row) for row in rows] or [_("There was none.")]),
        "## " + _("Who still dissents"),
        _("The objections %(numbers)s remain beside what was found.")
        % {"numbers": ", ".join(_called(row) for row in dissents)}
        if dissents
        else _("Nobody who objected maintains it."),
        "## " + _("What would reopen it"),
        _("A change of the text, or something that was not known or could not be said before %(day)s.")
        % {"day": moment(call.closes_at)},
    ]
    return "\n\n".join(parts) + "\n"


def _found(number: int, level: str) -> str:
    what = _("Recommendation %(number)s") % {"number": number} if number else _("The whole text")
    return f"- {what}: {LEVEL_NAMES[level]}"


def _called(row: Objection) -> str:
    return label(row.contribution.process.key, row.contribution.number)


def _objection(row: Objection) -> str:
    """Return one objection with the last thing that was said of it.

    Its own words stand under its number: a declaration never changes, and they may be erased one day.
    """
    last = list(row.handlings.all())[-1:]
    told = [f"- {_called(row)}, {row.get_kind_display()}: {row.standing.label}."]
    told += [f"{handling.name}: {handling.text}" for handling in last if handling.text]
    return " ".join(told)
