"""The step by which a conversation from elsewhere becomes a round, in which people here vote on."""

from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.contributions.actions.standing import Author, Spoken, register_all
from talanoa.contributions.conduct import ELSEWHERE
from talanoa.contributions.models import Assurance, Contribution
from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.text import clean_line
from talanoa.lib.imported_votes import ImportedConversation, ImportedStatement
from talanoa.people.actions import know_person
from talanoa.people.models import Group
from talanoa.processes.actions.recording import line_of, put_all_on_record
from talanoa.processes.models import Actor, Participant, Process
from talanoa.record.events import Committed
from talanoa.statements.actions.proposing import KIND, MOST
from talanoa.statements.actions.rounds import USUAL, open_round
from talanoa.statements.events import RoundImported, StatementReceived
from talanoa.statements.models import Round, Statement, Voter
from talanoa.statements.models.rounds import check_no_vote
from talanoa.statements.permissions import require_opener

MOST_VOTERS, LARGEST_PSEUDONYM = 50_000, 9_999_999
BATCH = 1_000


@transaction.atomic
def import_conversation(
    process: Process,
    *,
    by: Actor,
    brought: ImportedConversation,
    question: str,
    source: str,
    days: int = USUAL,
    at: datetime,
    channel: str,
) -> Round:
    """Open a round with the statements and votes of a conversation that was held elsewhere; `source` says where.

    The act of convenor or secretariat. The same conversation again is the round that it became. Its voters are numbers
    and no participants, in no stakeholder group; their votes count as they are, marked as imported in every table.
    Raises NotAllowed; RuleBroken: those of opening a round, source_missing, conversation_empty, conversation_too_large,
    text_empty, text_too_long, statement_limit, reads_as_vote.
    """
    process = Process.objects.select_for_update(no_key=True).get(pk=process.pk)
    role, opener = require_opener(by, process)
    digest = brought.sha256
    known = process.statement_rounds.filter(import_sha256=digest).first()
    if known:
        return known
    said = _checked_source(source)
    _check_size(brought)
    texts = [_text(one) for one in brought.statements]
    made = open_round(process, by=opener, question=question, days=days, at=at, channel=channel)
    made.source, made.import_sha256 = said, digest
    made.save(update_fields=["source", "import_sha256"])
    process.refresh_from_db()
    stated = _add_statements(made, process, brought, texts, opener=opener, at=at, channel=channel)
    _add_voters(made, brought, at=at)
    event = RoundImported(
        round=made.number,
        statements=len(stated),
        voters=len(brought.voters),
        votes=brought.n_votes,
        sha256=digest,
        source=Committed(made, "source"),
    )
    received = [
        line_of(_received(one), by=opener, role=role, number=one.contribution.number) for one in stated
    ]
    [_whole, *entries] = put_all_on_record(
        process, [line_of(event, by=opener, role=role), *received], at=at, channel=channel
    )
    for one, entry in zip(stated, entries, strict=True):
        one.contribution.entry = entry
    rows = [one.contribution for one in stated]
    Contribution.objects.bulk_update(rows, ["entry"], batch_size=BATCH // 4)
    return made


def _checked_source(source: str) -> str:
    """Return where the conversation is from, on one line. Raises RuleBroken: source_missing, text_too_long."""
    try:
        said = clean_line(source, Round.SOURCE_LIMIT)
    except ValueError as long:
        raise RuleBroken(
            _("Say in up to %(limit)s characters where it is from.") % {"limit": Round.SOURCE_LIMIT},
            code="text_too_long",
        ) from long
    if not said:
        raise RuleBroken(
            _("Say where the conversation is from: everybody who reads its votes should know."),
            code="source_missing",
        )
    return said


def _check_size(brought: ImportedConversation) -> None:
    """Raise RuleBroken: conversation_empty, statement_limit, conversation_too_large."""
    if not brought.statements or not brought.voters:
        raise RuleBroken(_("There is nothing in it that anybody voted on."), code="conversation_empty")
    if len(brought.statements) > MOST:
        raise RuleBroken(
            _("A round has up to %(most)s statements, and this conversation has %(n)s.")
            % {"most": MOST, "n": len(brought.statements)},
            code="statement_limit",
        )
    numbers = [one.number for one in brought.voters]
    if len(numbers) > MOST_VOTERS or not 0 <= min(numbers) <= max(numbers) <= LARGEST_PSEUDONYM:
        raise RuleBroken(
            _("A conversation of up to %(most)s people can be imported, their numbers from 0 to %(largest)s.")
            % {"most": MOST_VOTERS, "largest": LARGEST_PSEUDONYM},
            code="conversation_too_large",
        )


def _text(one: ImportedStatement) -> str:
    """Return the words of a statement on one line. Raises RuleBroken: text_empty, text_too_long, reads_as_vote.

    What was moderated out may have none.
    """
    limit = Statement.IMPORTED_LIMIT
    try:
        text = clean_line(one.text, limit)
    except ValueError as long:
        raise RuleBroken(
            _("Statement %(number)s of the files has more than %(limit)s characters.")
            % {"number": one.number, "limit": limit},
            code="text_too_long",
        ) from long
    if not text and not one.is_out:
        raise RuleBroken(
            _("Statement %(number)s of the files has no words.") % {"number": one.number}, code="text_empty"
        )
    check_no_vote(text)
    return text


def _add_statements(
    made: Round,
    process: Process,
    brought: ImportedConversation,
    texts: Sequence[str],
    *,
    opener: Participant,
    at: datetime,
    channel: str,
) -> list[Statement]:
    """Number the statements, each of a person who is known by the number of its author only."""
    authors = {number: _author(number) for number in dict.fromkeys(one.author for one in brought.statements)}
    states = [
        Contribution.State.REJECTED if one.is_out else Contribution.State.PUBLISHED
        for one in brought.statements
    ]
    spoken = [
        Spoken(
            authors[one.author],
            opener,
            state,
            Contribution.Publication.NAMED,
            sha256(f"{made.import_sha256} {one.number}".encode()).hexdigest(),
            channel,
        )
        for one, state in zip(brought.statements, states, strict=True)
    ]
    rows = register_all(process, spoken, kind=KIND, at=at)
    out = [row.pk for row in rows if row.state == Contribution.State.REJECTED]
    Contribution.objects.filter(pk__in=out).update(reason=ELSEWHERE)
    for row in rows:
        row.reason = ELSEWHERE if row.state == Contribution.State.REJECTED else ""
    return Statement.objects.bulk_create(
        (
            Statement(contribution=row, round=made, place=place, text=text)
            for place, (row, text) in enumerate(zip(rows, texts, strict=True), 1)
        ),
        batch_size=BATCH,
    )


def _author(number: int) -> Author:
    """Return the author whom the source calls by a number."""
    name = _("Participant %(number)s elsewhere") % {"number": number}
    person = know_person(name=name)
    return Author(person=person, name=name, group=Group.OTHER, assurance=Assurance.IMPORTED)


def _received(one: Statement) -> StatementReceived:
    authorship = one.contribution.authorship
    return StatementReceived(
        state=one.contribution.state,
        assurance=authorship.assurance,
        round=one.round.number,
        origin="imported",
        text_sha256=Committed(one, "text_sha256"),
        author=Committed(authorship, "name"),
        organization=Committed(authorship, "organization"),
        country=Committed(authorship, "country"),
    )


def _add_voters(made: Round, brought: ImportedConversation, *, at: datetime) -> None:
    """Keep how everybody voted elsewhere; when they first did, where the files tell a time before now."""
    latest = int(at.timestamp() * 1000)
    Voter.objects.bulk_create(
        (
            Voter(
                round=made,
                pseudonym=one.number,
                votes=one.votes,
                voted_at=_instant(brought.first_at.get(one.number), latest) or at,
            )
            for one in brought.voters
        ),
        batch_size=BATCH,
    )


def _instant(ms: int | None, latest: int) -> datetime | None:
    return None if ms is None or not 0 <= ms <= latest else datetime.fromtimestamp(ms / 1000, tz=UTC)
