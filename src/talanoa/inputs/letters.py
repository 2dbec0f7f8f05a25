"""What we write to somebody whose input was received: what it is called, what happens next, the receipt."""

from django.utils.translation import gettext as _

from talanoa.contributions.models import Contribution
from talanoa.contributions.receipts import receipt_text
from talanoa.lib.processkeys import label


def received_lines(contribution: Contribution) -> tuple[str, ...]:
    """Return the lines of the answer to a received input, its receipt at the end; complete in itself."""
    called = label(contribution.process.key, contribution.number)
    lines = [
        _("Thank you. Your input to “%(title)s” has the number %(number)s.")
        % {"title": contribution.process.title, "number": called},
        "",
    ]
    if contribution.state == Contribution.State.UNCONFIRMED:
        lines += [
            _("It is held until you confirm that it is yours: answer this mail with the one word: confirm"),
            "",
        ]
    lines += [
        _("It gets a reasoned answer before the report is published, and you will be told."),
        _("Answer this mail with one of these words at its beginning:"),
        _("  replace    and your new text, to replace it (both stay on the record)"),
        _("  withdraw   to take it back"),
        _("  dispute    and why, when the answer misreads you"),
        _("  thanks     when the answer does you justice"),
        "",
        receipt_text(contribution),
    ]
    return tuple(lines)


def subject_received(contribution: Contribution) -> str:
    """Return the subject of that answer."""
    called = label(contribution.process.key, contribution.number)
    return _("Received: %(number)s") % {"number": called}
