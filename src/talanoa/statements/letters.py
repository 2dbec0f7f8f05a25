"""Letters about statements: ten to vote on, the receipt of a ballot, the receipt of a statement."""

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from talanoa.contributions.letters import held_lines
from talanoa.contributions.models import Contribution
from talanoa.contributions.receipts import receipt_text
from talanoa.kernel.instants import moment
from talanoa.lib.processkeys import label
from talanoa.mail.letters import wrapped
from talanoa.mail.outbox import whole_address
from talanoa.mail.posting import outbox
from talanoa.statements.models import Ballot, Round, Statement
from talanoa.statements.receipts import ballot_receipt

VOTE, PROPOSE = "vote", "propose"
"""The mail commands of a round."""
AT_ONCE = 10
"""Statements that one letter, or one page, asks about."""


def round_page(made: Round) -> str:
    """Return the whole address of a round, for letters."""
    return f"{outbox.site}{reverse('statements:round', args=[made.process.key, made.number])}"


def mine_page(made: Round) -> str:
    """Return the whole address of the page where somebody sees how they vote, for letters."""
    return f"{outbox.site}{reverse('statements:mine', args=[made.process.key, made.number])}"


def asking_lines(made: Round, statements: Sequence[Statement]) -> list[str]:
    """Return up to ten statements and how one votes on them by answering; complete in itself."""
    if not statements:
        return wrapped(_("You voted on everything that stands now. New statements may still come."))
    return [
        *wrapped(
            _("Do you agree? Answer this mail with one line for each statement, in any order:"),
            "  " + _("its number, and one of: agree, disagree, pass"),
        ),
        "",
        *(line for one in statements for line in _asked(one)),
        *wrapped(
            _("You can change every vote until %(day)s. Nobody else is told how you vote.")
            % {"day": moment(made.closes_at)}
        ),
    ]


def _asked(one: Statement) -> list[str]:
    whose = [_("(a statement of the convenor)")] if one.is_convenors else []
    first, *more = wrapped(one.text, *whose)
    number = f"{one.contribution.number}  "
    indent = " " * len(number)
    # By its address erasure finds every letter that brought a statement.
    page = whole_address(one.contribution.process.key, one.contribution.number)
    return [number + first, *(indent + line for line in (*more, page)), ""]


def opened_lines(made: Round, statements: Sequence[Statement]) -> list[str]:
    """Return the letter that begins a round."""
    return [
        made.process.title,
        "",
        *wrapped(made.question),
        round_page(made),
        "",
        *asking_lines(made, statements),
        "",
        *wrapped(
            _(
                "To propose a statement of your own, begin a mail with the word propose and a colon: one sentence, one"
                " idea. To get more statements to vote on, answer with the one word: vote"
            )
        ),
    ]


def counted_lines(ballot: Ballot, statements: Sequence[Statement], unread: Iterable[str] = ()) -> list[str]:
    """Return the answer to a ballot: what was counted, what could not be read, what to vote on next, the receipt."""
    made = ballot.voter.round
    lost = [
        *wrapped(_("These lines could not be read as votes, and nothing came of them:")),
        *(f"  {line}" for line in unread),
        "",
    ]
    return [
        *wrapped(_("Your votes are counted. In this ballot:")),
        *(f"  {line}" for line in ballot.lines.split("; ")),
        "",
        *(lost if list(unread) else []),
        *asking_lines(made, statements),
        "",
        *wrapped(_("All your votes, and how to take them back:")),
        mine_page(made),
        "",
        *wrapped(
            _(
                "Keep this receipt: with it you find your votes in the table that is published when the round is over."
            )
        ),
        "",
        ballot_receipt(ballot),
    ]


def entered_lines(ballot: Ballot) -> list[str]:
    """Return the letter to somebody for whom the secretariat entered a ballot from paper, the receipt at its end."""
    made = ballot.voter.round
    return [
        *wrapped(
            _("The secretariat entered a ballot of yours from paper, about: %(question)s")
            % {"question": made.question},
        ),
        "",
        *(f"  {line}" for line in ballot.lines.split("; ")),
        "",
        *wrapped(
            _(
                "If it is not as you voted, answer this mail with the right lines: what you say yourself counts from"
                " then on. All your votes:"
            )
        ),
        mine_page(made),
        "",
        ballot_receipt(ballot),
    ]


def closed_lines(made: Round) -> list[str]:
    """Return the letter that a round is closed: where the result is, and how one finds the own ballot in it."""
    key = made.process.key
    return [
        made.process.title,
        "",
        *wrapped(made.question),
        "",
        *wrapped(_("The round is over and counted. Where the room agrees, across its groups:")),
        f"{outbox.site}{reverse('statements:results', args=[key, made.number])}",
        "",
        *wrapped(_("Did you vote? Here you see that your ballot is counted:")),
        f"{outbox.site}{reverse('statements:check', args=[key, made.number])}",
    ]


def subject_received(contribution: Contribution) -> str:
    """Return the subject of the answer to somebody who proposed a statement."""
    return _("Received: %(number)s") % {"number": label(contribution.process.key, contribution.number)}


def received_lines(made: Statement) -> tuple[str, ...]:
    """Return the lines of that answer, the receipt at its end."""
    contribution = made.contribution
    key = contribution.process.key
    told = _("Thank you. Your statement in “%(title)s” has the number %(number)s. Everybody can vote on it.")
    path = reverse("statements:show", args=[key, contribution.number])
    return (
        *wrapped(told % {"title": contribution.process.title, "number": label(key, contribution.number)}),
        f"{outbox.site}{path}",
        "",
        *held_lines(contribution),
        *wrapped(_("To take it back, answer with the one word: withdraw")),
        "",
        receipt_text(contribution),
    )
