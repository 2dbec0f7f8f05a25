"""What we write to somebody whose input was received: what it is called, what happens next, the receipt.

And to somebody who said something on a list: whether it is to be an input.
"""

from datetime import datetime

from django.utils.translation import gettext as _

from talanoa.contributions.letters import held_lines
from talanoa.contributions.models import Contribution
from talanoa.inputs.actions.listed import FORGOTTEN_AFTER
from talanoa.inputs.models import Input, ListReply
from talanoa.kernel.instants import moment
from talanoa.lib.languages import language_name
from talanoa.lib.processkeys import label
from talanoa.lib.shortening import shortened
from talanoa.mail.letters import wrapped
from talanoa.mail.posting import outbox
from talanoa.mail.registry import directory
from talanoa.processes.queries import open_call

SHOWN = 5_000
"""Characters of an input entered by somebody else that are sent to its author for confirmation."""
ASKED = 15_000
"""Bytes of what somebody said on a list that stand in the letter which asks about it."""


def received_lines(contribution: Contribution, receipt: str, *, is_first: bool) -> tuple[str, ...]:
    """Return the lines of the answer to a received input, its `receipt` at the end; complete in itself.

    `is_first` says that its author sent it, and said nothing here before it.
    """
    called = label(contribution.process.key, contribution.number)
    lines = [
        *wrapped(
            _("Thank you. Your input to “%(title)s” has the number %(number)s.")
            % {"title": contribution.process.title, "number": called}
        ),
        "",
        *held_lines(contribution),
        *wrapped(_("It gets a reasoned answer before the report is published, and you will be told.")),
        *_language_lines(contribution),
        *([*directory.help_at("first_input"), ""] if is_first else []),
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


def _language_lines(contribution: Contribution) -> list[str]:
    """Say in which language a program reads the input, and how its author corrects that; nothing where they said it."""
    said, number = contribution.input, contribution.number
    if said.language_source != Input.LanguageSource.DETECTED:
        return []
    if not said.language:
        told = _(
            "A program could not tell its language. You can: begin a mail with “written %(number)s: sw”."
        )
        return wrapped(told % {"number": number})
    told = _(
        "A program reads it as %(language)s. If that is wrong, begin a mail with the right one, such as"
        " “written %(number)s: sw”."
    )
    return wrapped(told % {"language": language_name(said.language), "number": number})


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


def subject_asking() -> str:
    """Return the subject of the letter that asks the author of something said on a list."""
    return _("Is what you wrote on the list to be an input?")


def asking_lines(reply: ListReply, *, at: datetime) -> list[str]:
    """Return the lines that ask the author of something said on a list whether it is to be an input."""
    process, call = reply.process, open_call(reply.process, at)
    where = reply.list.name if reply.list else _("a mailing list")
    told = [
        _("You answered the announcement of “%(title)s” on %(list)s. Your words stand below.")
        % {"title": process.title, "list": where},
        "",
        _(
            "Shall they be an input? Then they are shown here under your name, get a number and a receipt, and an"
            " answer with a reason."
        ),
        "",
        _("Yes: answer this mail with the one word: confirm"),
        _("No: answer this mail with the one word: no"),
    ]
    if call and call.closes_at:
        told.append(_("An input can be taken until %(end)s.") % {"end": moment(call.closes_at)})
    forgotten = moment(reply.noted_at + FORGOTTEN_AFTER)
    told += [
        "",
        _("If you do nothing, nothing is published here, and we forget your words on %(day)s.")
        % {"day": forgotten},
        _("If you did not write this, answer no, or do nothing."),
        "",
        _("You can also decide on the web, signed in with this address:"),
    ]
    said = shortened(reply.text, most=ASKED, tail=_("(The rest stands in your mail to the list.)"))
    return [
        *wrapped(*told),
        listed_address(reply),
        "",
        _("YOUR WORDS"),
        *([reply.permalink] if reply.permalink else []),
        *(f"| {line}".rstrip() for line in wrapped(said)),
    ]


def listed_address(reply: ListReply) -> str:
    """Return the whole address of the page on which its author decides."""
    return f"{outbox.site}/p/{reply.process.key}/listed/{reply.pk}/"
