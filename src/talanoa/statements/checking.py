"""Whether a ballot is counted: the row of the published table that a check word, or a receipt, leads to."""

from dataclasses import dataclass

from talanoa.lib.ballot_lines import check_word, written
from talanoa.lib.published_votes import PublishedVoter, PublishedVotes, from_json
from talanoa.lib.receipts import parse
from talanoa.statements.models import Result, Round

_VOTES = {"a": "agree", "d": "disagree", "p": "pass"}


@dataclass(frozen=True, slots=True)
class Counted:
    """A row of the table: its number, its check word, its votes in the form of a ballot."""

    number: int
    check_word: str
    lines: str


def final_result(made: Round) -> Result | None:
    """Return the result of a closed round, if it is closed; its table, which is large, is read by whoever asks it."""
    return made.results.filter(is_final=True).defer("table").first()


def counted_under(made: Round, word: str) -> Counted | None:
    """Return the row with this check word in the table of a closed round."""
    result = final_result(made)
    if result is None or not word:
        return None
    table = from_json(result.table)
    found = next((one for one in table.voters if one.check_word == word.strip().lower()), None)
    return _counted(table, found) if found else None


def word_of_receipt(text: str) -> str:
    """Return the check word that follows from the receipt of a ballot. Raises ReceiptUnreadable; KeyError."""
    return check_word(parse(text).salts["votes"])


def _counted(table: PublishedVotes, found: PublishedVoter) -> Counted:
    votes = {
        number: _VOTES[letter]
        for number, letter in zip(table.statements, found.votes, strict=False)
        if letter in _VOTES
    }
    return Counted(found.number, found.check_word, written(votes))
