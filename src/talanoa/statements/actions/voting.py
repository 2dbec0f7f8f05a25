"""Steps of a voter: cast a ballot, take all of one's votes back."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from talanoa.kernel.errors import RuleBroken
from talanoa.lib.ballot_lines import written
from talanoa.mail.actions import forget_exchange
from talanoa.processes.actions.recording import put_on_record
from talanoa.processes.models import SYSTEM, Default, Participant, Role
from talanoa.processes.permissions import require_member
from talanoa.record.actions import entries_about, erase
from talanoa.record.events import Committed
from talanoa.statements.events import BallotCast
from talanoa.statements.models import Ballot, Round, Vote, Voter
from talanoa.statements.permissions import require_vote

GROUND = "author_request"
CHANGES, MOST = 100, 3_000
"""Ballots of one voter in a round beyond one for each vote; in all, also those that were taken back."""


@transaction.atomic
def cast_ballot(
    made: Round,
    *,
    by: Participant,
    voter: Participant,
    votes: Mapping[int, str],
    assurance: str,
    dedup_key: str,
    at: datetime,
    channel: str,
) -> Ballot:
    """Cast the votes of `voter`, by the numbers of statements; each takes the place of the one before it.

    One entry, however many votes, which only commits to them. The same `dedup_key`, or nothing new, is the last ballot.
    Raises NotAllowed; RuleBroken: round_closed, observer_has_no_voice, ballot_empty, statement_unknown, vote_unknown,
    votes_oneself, ballot_limit.
    """
    made = Round.objects.locked(made)
    process = made.process
    role, entered_by = require_vote(by, voter, process, assurance=assurance, at=at)
    known = Voter.objects.filter(round=made, participant=voter).first()
    if known and (sent := known.ballots.filter(dedup_key=dedup_key).first()):
        return sent
    made.check_open(at)
    if entered_by and known and known.ballots.filter(entered_by__isnull=True).exclude(lines="").exists():
        raise RuleBroken(
            _("This person votes by themselves: paper does not replace their votes."), code="votes_oneself"
        )
    by_place = _by_place(made, votes)
    if known and known.erased_at is None and known.with_votes(by_place) == known.votes:
        return known.ballots.latest("pk")
    _check_limit(known)
    known = known or Voter(round=made, participant=voter, voted_at=at)
    if known.erased_at is not None:
        known.erased_at, known.voted_at = None, at
    known.votes = known.with_votes(by_place)
    known.save()
    ballot = Ballot.objects.create(
        voter=known,
        lines=written(votes),
        name=voter.person.name,
        channel=channel,
        entered_by=entered_by,
        cast_at=at,
        dedup_key=dedup_key,
    )
    event = BallotCast(round=made.number, votes=Committed(ballot, "lines"), voter=Committed(ballot, "name"))
    # As of no group and no rare role: either would tell who it was. Who enters paper acts in their role.
    ballot.entry = put_on_record(process, event, by=SYSTEM, role=role, at=at, channel=channel)
    ballot.save(update_fields=["entry"])
    return ballot


def _check_limit(known: Voter | None) -> None:
    """Raise RuleBroken(ballot_limit) where somebody changed their votes as often as one may in a round.

    Whoever votes on statements for the first time is never stopped, however few a ballot holds.
    """
    if known is None:
        return
    sent = known.ballots.aggregate(all=Count("pk"), kept=Count("pk", filter=~Q(lines="")))
    if sent["kept"] >= known.n_votes + CHANGES or sent["all"] >= MOST:
        raise RuleBroken(
            _("You changed your votes %(n)s times in this round. What you said last counts.")
            % {"n": CHANGES},
            code="ballot_limit",
        )


def _by_place(made: Round, votes: Mapping[int, str]) -> dict[int, str]:
    """Return votes by place instead of number. Raises RuleBroken: ballot_empty, statement_unknown, vote_unknown."""
    if not votes:
        raise RuleBroken(
            _("The ballot holds no vote. Say for each number: agree, disagree or pass."), code="ballot_empty"
        )
    places = dict(
        made.statements.filter(contribution__number__in=list(votes))
        .votable()
        .values_list("contribution__number", "place")
    )
    unknown = sorted(set(votes) - set(places))
    if unknown:
        raise RuleBroken(
            _("These numbers are no statements that one can vote on in round %(round)s: %(numbers)s.")
            % {"round": made.number, "numbers": ", ".join(map(str, unknown[:10]))},
            code="statement_unknown",
        )
    if not set(votes.values()) <= set(Vote.values):
        raise RuleBroken(
            _("Say one of these: %(names)s.") % {"names": ", ".join(Vote.values)}, code="vote_unknown"
        )
    return {places[number]: vote for number, vote in votes.items()}


@transaction.atomic
def erase_votes(made: Round, *, by: Participant, at: datetime, channel: str) -> Voter:
    """Take all of one's own votes in a round back and destroy them; the entries and every proof stay.

    Whoever cast them does, and nobody else: nobody else knows of them. What a closed round published holds no name,
    and stays. Raises NotAllowed; RuleBroken: ballot_unknown.
    """
    process = Round.objects.locked(made).process
    require_member(by, process)
    voter = Voter.objects.counted().filter(round=made, participant=by).first()
    if voter is None:
        raise RuleBroken(
            _("You have no votes in round %(number)s.") % {"number": made.number}, code="ballot_unknown"
        )
    ballots = list(voter.ballots.exclude(lines=""))
    erase(
        entries_about(ballots),
        ground=GROUND,
        at=at,
        channel=channel,
        role=Role.PARTICIPANT,
        process=process.key,
        space=process.space,
        appeal_days=process.defaults[Default.APPEAL],
    )
    forget_exchange(
        process_key=process.key,
        address=by.person.address,
        page=f"/p/{process.key}/statements/{made.number}/mine/",
        received_at=[one.cast_at for one in ballots if one.channel == "mail"],
    )
    voter.ballots.update(lines="", name="")
    voter.votes, voter.check_word, voter.number, voter.erased_at = "", "", None, at
    voter.save()
    return voter
