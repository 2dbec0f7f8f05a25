"""Steps by which a round begins and ends."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.contributions.conduct import checked_words
from talanoa.kernel.errors import RuleBroken
from talanoa.lib.published_votes import LEAST
from talanoa.processes.actions.recording import put_on_record
from talanoa.processes.models import SYSTEM, Actor, Process
from talanoa.record.events import Committed
from talanoa.statements.counting import numbered_voters, result_text, running_voters, table_of
from talanoa.statements.events import RoundClosed, RoundOpened
from talanoa.statements.models import Ballot, Result, Round, Voter
from talanoa.statements.models.rounds import check_no_vote
from talanoa.statements.permissions import require_closer, require_opener

SHORTEST, USUAL, LONGEST = 3, 21, 180
"""Days that a round lasts: at least, by default, at most."""
LARGE, RARELY = 1_000, timedelta(minutes=10)
"""Voters of a room that is counted more rarely while it runs, and how rarely."""
_OPEN_STATES = (Process.State.OPEN, Process.State.REPORT_DRAFT)


@transaction.atomic
def open_round(
    process: Process, *, by: Actor, question: str, days: int = USUAL, at: datetime, channel: str
) -> Round:
    """Begin a round of statements about `question`, which ends after `days`.

    The act of convenor or secretariat, from the opening of the process until its report is sealed.
    Raises NotAllowed; RuleBroken: space_crossed, wrong_state, round_length, reason_missing, text_too_long,
    reads_as_vote.
    """
    process = Process.objects.select_for_update(no_key=True).get(pk=process.pk)
    role, opener = require_opener(by, process)
    process.check_real()
    process.check_state(*_OPEN_STATES)
    if not SHORTEST <= days <= LONGEST:
        raise RuleBroken(
            _("A round of statements lasts for %(least)s to %(most)s days.")
            % {"least": SHORTEST, "most": LONGEST},
            code="round_length",
        )
    asked = checked_words(question, Round.QUESTION_LIMIT)
    check_no_vote(asked)
    made = Round.objects.create(
        process=process,
        number=process.statement_rounds.count() + 1,
        question=asked,
        by=opener,
        name=opener.person.name,
        opened_at=at,
        closes_at=at + timedelta(days=days),
    )
    event = RoundOpened(
        round=made.number,
        until=f"{made.closes_at:%Y-%m-%dT%H:%MZ}",
        question=Committed(made, "question_sha256"),
        name=Committed(made, "name"),
    )
    put_on_record(process, event, by=opener, role=role, at=at, channel=channel)
    return made


@transaction.atomic
def close_round(made: Round, *, by: Actor, at: datetime, channel: str) -> Round:
    """Close a round whose time is over, count it, and put the hashes of result and table on the record.

    The clock's act; whoever is at the desk need not wait for it. Raises NotAllowed; RuleBroken: round_closed,
    round_running.
    """
    made = Round.objects.locked(made)
    process = made.process
    role = require_closer(by, process)
    made.check_closable(at)
    voters = numbered_voters(made)
    # By these rows people find themselves in the table, and of who voted elsewhere nobody is here.
    here = [voter for voter in voters if voter.pseudonym is None]
    Voter.objects.bulk_update(here, ["number", "check_word"], batch_size=500)
    table = table_of(made, voters)
    made.results.filter(is_final=False).delete()
    result = Result.objects.create(
        round=made,
        is_final=True,
        counted_at=at,
        n_voters=len(voters),
        body=result_text(table),
        table=table.to_json(),
    )
    made.closed_at = at
    made.save(update_fields=["closed_at"])
    event = RoundClosed(
        round=made.number,
        voters=len(voters),
        statements=len(table.statements) - len(table.out),
        result_sha256=result.body_sha256,
        table_sha256=result.table_sha256,
    )
    put_on_record(process, event, by=by, role=role, at=at, channel=channel)
    return made


def close_rounds(*, at: datetime) -> int:
    """Close every round that is due at `at` (aware, UTC); return how many. The clock's own act."""
    due = list(Round.objects.due(at).select_related("process"))
    for made in due:
        close_round(made, by=SYSTEM, at=at, channel="tick")
    return len(due)


def count_running(made: Round, *, at: datetime) -> bool:
    """Count a round that still runs, once five people have voted since the last count; tell whether it was done.

    People who voted elsewhere, before it was imported, count for the first time. So nobody learns a vote from what one
    ballot changes. A large room is counted every ten minutes at most. A working act of the clock: nothing is final.
    """
    last = made.results.defer("body", "table").first()
    if not made.is_open(at) or (last and last.n_voters >= LARGE and at - last.counted_at < RARELY):
        return False
    since = last.counted_at if last else made.opened_at
    moved = Ballot.objects.filter(voter__round=made, cast_at__gt=since).values("voter").distinct().count()
    moved += 0 if last else Voter.objects.imported().filter(round=made).count()
    if moved < LEAST:
        return False
    # Counting takes seconds in a large room: meanwhile people vote on.
    voters = running_voters(made)
    body = result_text(table_of(made, voters))
    return _keep_running(made, {"counted_at": at, "n_voters": len(voters), "body": body, "table": ""}, at=at)


@transaction.atomic
def _keep_running(made: Round, facts: dict[str, Any], *, at: datetime) -> bool:
    if not Round.objects.locked(made).is_open(at):
        return False
    Result.objects.update_or_create(round=made, is_final=False, defaults=facts)
    return True


def count_all_running(*, at: datetime) -> int:
    """Count every round that runs at `at` (aware, UTC) where enough has changed; return how many."""
    running = Round.objects.filter(closed_at__isnull=True, opened_at__lte=at, closes_at__gt=at)
    return sum(count_running(made, at=at) for made in running)
