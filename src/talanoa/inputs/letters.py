"""What we write to somebody whose input was received: what it is called, what happens next, the receipt."""

from django.utils.translation import gettext as _

from talanoa.contributions.models import Contribution
from talanoa.contributions.receipts import receipt_text
from talanoa.lib.processkeys import label
from talanoa.mail.letters import wrapped
from talanoa.mail.outbox import confirming_link

SHOWN = 5_000
"""Characters of an input entered by somebody else that are sent to its author for confirmation."""


def received_lines(contribution: Contribution, receipt: str = "") -> tuple[str, ...]:
    """Return the lines of the answer to a received input, its receipt at the end; complete in itself.

    Who has the `receipt` already hands it over: it takes as long to make as the number itself.
    """
    called = label(contribution.process.key, contribution.number)
    lines = [
        *wrapped(
            _("Thank you. Your input to “%(title)s” has the number %(number)s.")
            % {"title": contribution.process.title, "number": called}
        ),
        "",
        *_held(contribution),
        *wrapped(_("It gets a reasoned answer before the report is published, and you will be told.")),
        _("Answer this mail with one of these words at its beginning:"),
        _("  replace    and your new text, to replace it (both stay on the record)"),
        _("  withdraw   to take it back"),
        _("  dispute    and why, when the answer misreads you"),
        _("  thanks     when the answer does you justice"),
        "",
        receipt or receipt_text(contribution),
        *_entered(contribution),
    ]
    return tuple(lines)


def _held(contribution: Contribution) -> list[str]:
    if contribution.state != Contribution.State.UNCONFIRMED:
        return []
    told = _("It is held until you confirm that it is yours: answer this mail with the one word: confirm")
    link = confirming_link(contribution.process.key)
    return [*wrapped(told), _("Or open this page, and press the button on it:"), link, ""]


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
