"""Counting a round: the table of its votes without names, and the result that follows from it alone."""

from collections import Counter

from talanoa.contributions.models import Contribution
from talanoa.lib.ballot_lines import check_word
from talanoa.lib.published_votes import PublishedVoter, PublishedVotes, without_small_groups
from talanoa.processes.queries import published_charter
from talanoa.record.models import Opening
from talanoa.statements.models import Ballot, Round, Voter

IMPORTED = "imported-"
"""What the check word of somebody who voted elsewhere begins with."""


def numbered_voters(made: Round) -> list[Voter]:
    """Return the voters whose votes count with number and check word, in the order of the words: as good as drawn.

    The word comes from the salt of the last ballot, so that only its receipt leads to the row; that of somebody who
    voted elsewhere says so, and by which number the source calls them. Saves nothing.
    """
    rows = list(Voter.objects.counted().filter(round=made).select_related("participant"))
    salts = _last_salts(made)
    for voter in rows:
        voter.check_word = (
            check_word(salts[voter.pk]) if voter.pseudonym is None else f"{IMPORTED}{voter.pseudonym}"
        )
    rows.sort(key=lambda voter: voter.check_word)
    for number, voter in enumerate(rows, 1):
        voter.number = number
    return rows


def running_voters(made: Round) -> list[Voter]:
    """Return the voters whose votes count so far, by a number of the machine's own; saves nothing."""
    rows = list(Voter.objects.counted().filter(round=made).select_related("participant"))
    for voter in rows:
        voter.number = voter.pk
    return rows


def _last_salts(made: Round) -> dict[int, bytes]:
    """Return the salt of the votes in the last ballot of each voter."""
    ballots = Ballot.objects.filter(voter__round=made, voter__erased_at__isnull=True).order_by("pk")
    last = {voter: entry for voter, entry in ballots.values_list("voter", "entry") if entry is not None}
    rows = Opening.objects.filter(
        field="votes", entry__ballot__voter__round=made, salt__isnull=False
    ).values_list("entry", "salt")
    salts = {entry: bytes(salt) for entry, salt in rows if salt is not None}
    return {voter: salts[entry] for voter, entry in last.items()}


def table_of(made: Round, voters: list[Voter]) -> PublishedVotes:
    """Return the votes of `voters`, who have their numbers, as everybody may have them."""
    # NumPy takes a third of a second to load, and only counting needs it.
    from talanoa.lib.opinion.stuffing import bursts  # noqa: PLC0415

    statements = list(made.statements.select_related("contribution").order_by("place"))
    out = [one for one in statements if one.contribution.state != Contribution.State.PUBLISHED]
    hasty: set[int] = set()
    # The two crowds came at other times and places: neither tells what is usual for the other.
    for is_imported in (False, True):
        crowd = [voter for voter in voters if (voter.pseudonym is not None) == is_imported]
        first = {voter.number or 0: int(voter.voted_at.timestamp() * 1000) for voter in crowd}
        hasty.update(number for burst in bursts(first) for number in burst.participants)
    rows = [
        PublishedVoter(
            voter.number or 0,
            voter.group,
            voter.check_word,
            voter.number in hasty,
            voter.votes.ljust(len(statements), "."),
        )
        for voter in voters
    ]
    return PublishedVotes(
        made.seed,
        tuple(one.contribution.number for one in statements),
        tuple(one.contribution.number for one in out),
        _silent(made, Counter(row.group for row in rows)),
        without_small_groups(rows),
    )


def _silent(made: Round, voted: Counter[str]) -> tuple[str, ...]:
    """Return the groups that the charter names and of which nobody voted."""
    charter = published_charter(made.process)
    return tuple(group for group in (charter.facts["groups"] if charter else ()) if not voted[group])


def result_text(table: PublishedVotes) -> str:
    """Return the public result of a table, as canonical JSON; of an empty one, nothing."""
    if not table.voters or not table.statements:
        return ""
    from talanoa.lib.counted_votes import result_of  # noqa: PLC0415 - as above

    return result_of(table)
