"""Questions about rounds: which there are, their statements, how somebody votes, what to ask them next."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from talanoa.contributions.models import Contribution
from talanoa.people.models import Person
from talanoa.processes.models import Participant, Process
from talanoa.statements.models import UNSEEN, Ballot, Round, Statement, Voter
from talanoa.statements.models.statements import StatementQuerySet


def rounds_of(process: Process) -> list[Round]:
    """Return the rounds of a process, the newest first."""
    return list(process.statement_rounds.select_related("process").order_by("-number"))


def round_called(process: Process, number: int) -> Round | None:
    """Return the round with this number; for 0 the newest."""
    rows = process.statement_rounds.select_related("process").order_by("-number")
    return (rows.filter(number=number) if number else rows).first()


def open_rounds(process: Process, at: datetime) -> list[Round]:
    """Return the rounds in which people vote at `at` (aware, UTC), the one that ends first at the head."""
    rows = process.statement_rounds.filter(opened_at__lte=at, closes_at__gt=at, closed_at__isnull=True)
    return list(rows.select_related("process").order_by("closes_at", "number"))


def _rows() -> StatementQuerySet:
    return Statement.objects.select_related(
        "contribution__process", "contribution__authorship", "round__process"
    )


def statements_of(made: Round) -> StatementQuerySet:
    """Return the statements of a round in their places, whatever their state."""
    return _rows().filter(round=made).order_by("place")


def votable_among(made: Round, numbers: Iterable[int]) -> list[Statement]:
    """Return those statements of a round with these numbers that can be voted on now, in their places."""
    rows = Statement.objects.select_related("contribution").filter(round=made).votable()
    return list(rows.filter(contribution__number__in=list(numbers)).order_by("place"))


def statement_numbered(process: Process, number: int) -> Statement | None:
    """Return the statement with this number, whatever its state; what a reader may see is checked apart."""
    return _rows().filter(contribution__process=process, contribution__number=number).first()


def by_dedup_key(process: Process, key: str) -> Statement | None:
    """Return the statement that was received under this key, if any: the same thing sent twice is one statement."""
    return _rows().filter(contribution__process=process, contribution__dedup_key=key).first()


def readable(statements: Iterable[Statement], person: Person | None) -> set[int]:
    """Return the keys of those whose words `person` may read, in one query."""
    rows = Statement.objects.visible_to(person).filter(pk__in=[one.pk for one in statements])
    return set(rows.values_list("pk", flat=True))


def texts_that_stand(made: Round) -> dict[int, str]:
    """Return the words that a new statement is compared with, by number: all but what was taken back or erased."""
    kept = (Contribution.State.PUBLISHED, *Contribution.KEPT_BACK)
    rows = Statement.objects.filter(round=made, contribution__state__in=kept)
    return dict(rows.values_list("contribution__number", "text"))


def texts_for(made: Round, person: Person | None) -> dict[int, tuple[int, str]]:
    """Return place and words of the statements that `person` may read, by number."""
    rows = Statement.objects.visible_to(person).filter(round=made)
    told = rows.values_list("contribution__number", "place", "text")
    return {number: (place, text) for number, place, text in told}


def number_imported(made: Round) -> int:
    """Return how many people voted elsewhere, before the round began here with their votes."""
    return Voter.objects.imported().filter(round=made).count() if made.source else 0


def voter_of(made: Round, person: Person | None) -> Voter | None:
    """Return `person` as a voter of the round, if they have voted."""
    if person is None:
        return None
    rows = Voter.objects.visible_to(person).counted().filter(round=made)
    return rows.select_related("participant").first()


def votes_of(made: Round, person: Person | None) -> dict[int, str]:
    """Return how `person` votes, by place."""
    voter = voter_of(made, person)
    if voter is None:
        return {}
    return {place: voter.vote_at(place) for place, one in enumerate(voter.votes, 1) if one != UNSEEN}


def ballots_of(made: Round, person: Person | None) -> list[Ballot]:
    """Return the ballots that `person` sent in a round, the newest first."""
    rows = Ballot.objects.visible_to(person).filter(voter__round=made)
    return list(rows.select_related("voter__round__process", "entry").order_by("-pk"))


def asked_so_far(made: Round, group: str) -> tuple[Sequence[int], Sequence[int]]:
    """Return how often each place was voted on: by voters of `group`, and by all."""
    width = made.statements.count()
    rows = Voter.objects.counted().filter(round=made).values_list("participant__group", "votes")
    padded = [(of or "", votes.ljust(width, UNSEEN)) for of, votes in rows]
    in_group = _seen_by_place([votes for of, votes in padded if of == group], width)
    return in_group, _seen_by_place([votes for _of, votes in padded], width)


def _seen_by_place(votes: Sequence[str], width: int) -> Sequence[int]:
    """Return how many of `votes`, each `width` letters long, say something at each place; one slice for each."""
    whole = "".join(votes)
    return [len(votes) - whole[at::width].count(UNSEEN) for at in range(width)]


def next_statements(
    made: Round, by: Participant | None, person: Person | None, *, most: int
) -> list[Statement]:
    """Return up to `most` statements that somebody has not voted on, in the order to ask them (lib.opinion.routing)."""
    # Its package loads SciPy, which takes longer than most commands take in all.
    from talanoa.lib.opinion.routing import Asked, statement_order  # noqa: PLC0415

    seen: Mapping[int, str] = votes_of(made, person)
    rows = {one.place: one for one in statements_of(made).votable() if one.place not in seen}
    in_group, in_all = asked_so_far(made, by.group if by else "")
    asked = {place: Asked(in_group[place - 1], in_all[place - 1]) for place in rows}
    order = statement_order(asked, participant=by.pk if by else 0, seed=made.seed)
    return [rows[place] for place in order[:most]]
