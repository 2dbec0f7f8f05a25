"""What we write to somebody whose input was received: what it is called, what happens next, the receipt."""

from django.utils.translation import gettext as _

from talanoa.contributions.letters import held_lines
from talanoa.contributions.models import Contribution
from talanoa.lib.processkeys import label
from talanoa.mail.letters import wrapped

SHOWN = 5_000
"""Characters of an input entered by somebody else that are sent to its author for confirmation."""


def received_lines(contribution: Contribution, receipt: str) -> tuple[str, ...]:
    """Return the lines of the answer to a received input, its `receipt` at the end; complete in itself."""
    called = label(contribution.process.key, contribution.number)
    lines = [
        *wrapped(
            _("Thank you. Your input to “%(title)s” has the number %(number)s.")
            % {"title": contribution.process.title, "number": called}
        ),
        "",
        *held_lines(contribution),
        *wrapped(_("It gets a reasoned answer before the report is published, and you will be told.")),
        _("Answer this mail with one of these words at its beginning:"),
        _("  replace    and your new text, to replace it (both stay on the record)"),
        _("  withdraw   to take it back"),
        _("  dispute    and why, when the answer misreads you"),
        _("  thanks     when the answer does you justice"),
        "",
        receipt,
        *_entered(contribution),
    ]
    return tuple(lines)


def _entered(contribution: Contribution) -> list[str]:
    """Return the words that somebody else wrote down for the author, who is asked to stand by them.

    They come after the receipt, each line after a bar: so no line of theirs can pass for one of it.
    """
    if contribution.entered_by_id is None:
        return []
    text = contribution.input.text
    more = [_("(The rest stands on its page.)")] if len(text) > SHOWN else []
    told = wrapped(contribution.input.title, "", text[:SHOWN])
    return ["", _("These words were written down for you:"), *(f"| {line}".rstrip() for line in told), *more]


def subject_received(contribution: Contribution) -> str:
    """Return the subject of that answer."""
    called = label(contribution.process.key, contribution.number)
    return _("Received: %(number)s") % {"number": called}
