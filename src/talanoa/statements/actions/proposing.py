"""Steps by which a statement comes and goes: propose it, erase it; it is moderated as everything that people say."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.contributions.actions.erasing import erase_contribution
from talanoa.contributions.actions.moderating import quarantine
from talanoa.contributions.actions.standing import Author, note_mentions, register
from talanoa.contributions.models import Assurance, Contribution
from talanoa.contributions.moderation import quarantine_until
from talanoa.contributions.permissions import require_speaker
from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.text import clean_line, clean_text
from talanoa.lib.processkeys import label
from talanoa.lib.statement_texts import nearest, same, says_one_thing
from talanoa.processes.actions.recording import put_on_record
from talanoa.processes.models import SYSTEM, Actor, Participant, Process
from talanoa.processes.permissions import ORGANIZERS
from talanoa.record.events import Committed
from talanoa.statements.events import StatementReceived
from talanoa.statements.models import Round, Statement
from talanoa.statements.models.rounds import check_no_vote
from talanoa.statements.queries import by_dedup_key, texts_that_stand

MOST, MOST_OF_ONE = 1_000, 20
"""Statements of a round, and of one person in it who is not the convenor's."""
KIND = "statement"
_READ = 4_000


@dataclass(frozen=True, slots=True)
class Proposed:
    """A sentence, and whether its author says that it differs from one that is nearly the same."""

    text: str
    differs: bool = False


@transaction.atomic
def propose_statement(
    made: Round,
    *,
    by: Participant,
    author: Author,
    proposed: Proposed,
    dedup_key: str,
    at: datetime,
    channel: str,
) -> Statement:
    """Put a statement into a round, numbered and on the record; the same `dedup_key` returns the first one.

    One whose sender is not confirmed is numbered and held. `at` is an aware UTC time. What stands already is compared
    under the lock, so that of two people with one idea only the first one's stands.
    Raises NotAllowed; RuleBroken: round_closed, text_empty, text_too_long, reads_as_vote, one_idea, statement_known,
    statement_similar, statement_limit, line_too_long.
    """
    made = Round.objects.locked(made)
    process = made.process
    known = by_dedup_key(process, dedup_key)
    if known:
        return known
    role, entered_by = require_speaker(by, process, person=author.person, assurance=author.assurance)
    made.check_open(at)
    text = _clean(proposed.text)
    is_convenors = role in ORGANIZERS and entered_by is None
    _check_limits(made, author, is_convenors=is_convenors)
    _check_new(made, process, text, differs=proposed.differs)
    is_held = author.assurance == Assurance.CLAIMED
    until = None if is_held or entered_by else quarantine_until(author.person, process, at=at)
    contribution = register(
        process,
        kind=KIND,
        author=author.within(by),
        entered_by=entered_by,
        state=Contribution.State.UNCONFIRMED if is_held else Contribution.State.PUBLISHED,
        publication=Contribution.Publication.NAMED,
        dedup_key=dedup_key,
        channel=channel,
        at=at,
    )
    place = made.statements.count() + 1
    stated = Statement.objects.create(
        contribution=contribution, round=made, place=place, text=text, is_convenors=is_convenors
    )
    note_mentions(contribution, (text,))
    _receive_on_record(stated, by=by, role=role, at=at, channel=channel)
    if until is not None:
        stated.contribution = quarantine(contribution, until=until, at=at, channel=channel)
    return stated


def _clean(text: str) -> str:
    """Return the sentence on one line. Raises RuleBroken: text_empty, text_too_long, reads_as_vote, one_idea."""
    limit = Statement.TEXT_LIMIT
    try:
        said = clean_text(text, _READ)
        line = clean_line(said, limit)
    except ValueError as long:
        raise RuleBroken(
            _("A statement has up to %(limit)s characters: say one thing.") % {"limit": limit},
            code="text_too_long",
        ) from long
    if not line:
        raise RuleBroken(_("The statement has no words yet."), code="text_empty")
    check_no_vote(line)
    if not says_one_thing(said):
        raise RuleBroken(
            _(
                "Say one idea in one sentence that one can agree or disagree with: no question, no list, no second"
                " sentence. Propose each idea by itself."
            ),
            code="one_idea",
        )
    return line


def _check_limits(made: Round, author: Author, *, is_convenors: bool) -> None:
    """Raise RuleBroken(statement_limit) where the round, or this person in it, has as many as may be."""
    if made.statements.count() >= MOST:
        raise RuleBroken(
            _("This round has %(most)s statements already.") % {"most": MOST}, code="statement_limit"
        )
    own = made.statements.filter(contribution__person=author.person).count()
    if own >= MOST_OF_ONE and not is_convenors:
        raise RuleBroken(
            _("You proposed %(most)s statements in this round. Leave room for others.")
            % {"most": MOST_OF_ONE},
            code="statement_limit",
        )


def _check_new(made: Round, process: Process, text: str, *, differs: bool) -> None:
    """Raise RuleBroken where the same stands already (statement_known), or nearly the same (statement_similar)."""
    others = texts_that_stand(made)
    if (number := same(text, others)) is not None:
        raise RuleBroken(
            _("Number %(number)s says this already. Vote on it instead.")
            % {"number": label(process.key, number)},
            code="statement_known",
        )
    if not differs and (number := nearest(text, others)) is not None:
        raise RuleBroken(
            _("Number %(number)s says nearly this. Vote on it; or say that yours is another idea.")
            % {"number": label(process.key, number)},
            code="statement_similar",
        )


def _receive_on_record(made: Statement, *, by: Participant, role: str, at: datetime, channel: str) -> None:
    contribution, authorship = made.contribution, made.contribution.authorship
    event = StatementReceived(
        state=contribution.state,
        assurance=authorship.assurance,
        round=made.round.number,
        origin="convenor" if made.is_convenors else "participant",
        text_sha256=Committed(made, "text_sha256"),
        author=Committed(authorship, "name"),
        organization=Committed(authorship, "organization"),
        country=Committed(authorship, "country"),
    )
    # Who only claims to be somebody speaks for no group: the entry would tell the group of the one they name.
    actor: Actor = SYSTEM if authorship.assurance == Assurance.CLAIMED else by
    contribution.entry = put_on_record(
        contribution.process, event, by=actor, role=role, at=at, channel=channel, number=contribution.number
    )
    contribution.save(update_fields=["entry"])


@transaction.atomic
def erase_proposed(made: Statement, *, by: Actor, ground: str, at: datetime, channel: str) -> Statement:
    """Destroy the words of a statement; number, place, votes, entry and every proof stay.

    The convenor's act, on the grounds of any erasure. It can be voted on no more, and counts nowhere.
    Raises NotAllowed; RuleBroken: ground_unknown, wrong_state.
    """
    made.contribution = erase_contribution(
        made.contribution, [made], by=by, ground=ground, at=at, channel=channel
    )
    made.text = ""
    made.save(update_fields=["text"])
    return made
