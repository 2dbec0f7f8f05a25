"""Voting and proposing by mail: `17 agree` line by line, `propose:` and a sentence, `unvote`.

What is wrong with a ballot is told to its sender alone: a mail that is refused is read by the desk, and no ballot is.
"""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talanoa.contributions.actions.standing import author_of
from talanoa.contributions.mail_commands import sender_of
from talanoa.contributions.receipts import receipt_text
from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.lib.ballot_lines import Read, read
from talanoa.mail import tokens
from talanoa.mail.letters import wrapped
from talanoa.mail.outbox import PROOF
from talanoa.mail.registry import MailReply, MailRequest, command
from talanoa.people.models import Person
from talanoa.processes.actions.roles import enter
from talanoa.processes.mail_commands import process_of, proven
from talanoa.processes.models import Process
from talanoa.statements.actions.proposing import Proposed, propose_statement
from talanoa.statements.actions.voting import cast_ballot, erase_votes
from talanoa.statements.letters import (
    AT_ONCE,
    PROPOSE,
    VOTE,
    asking_lines,
    counted_lines,
    received_lines,
    subject_received,
)
from talanoa.statements.models import Ballot, Round, Statement
from talanoa.statements.queries import by_dedup_key, next_statements, open_rounds, statement_numbered


@command(
    VOTE,
    takes_words=True,
    told=gettext_lazy(
        "Your votes on statements, one line for each: its number and agree, disagree or pass. Without any, you get ten"
        " statements to vote on. The last vote counts, and nobody else is told how you vote."
    ),
    example="vote: 17 agree",
)
def vote_by_mail(request: MailRequest) -> MailReply:
    """Cast a ballot, or ask for statements to vote on."""
    process = process_of(request)
    person = proven(request)
    said = _said(request)
    try:
        with transaction.atomic():
            return _voted(process, person, said, request)
    except (RuleBroken, NotAllowed) as refused:
        lines = [*wrapped(refused.text), "", _("Code: %(code)s") % {"code": refused.rule}]
        return _reply(person, request, process, _("Your votes were not counted"), lines)


def _said(request: MailRequest) -> Read:
    """Return the votes in a mail: in its own words, and in what it quotes; those of its own words come last."""
    first = f"{request.number} {request.text}" if request.number and request.text else ""
    return read(f"{request.parsed.text}\n{first}\n{request.text}")


def _voted(process: Process, person: Person, said: Read, request: MailRequest) -> MailReply:
    made = _round_of(process, list(said.votes), request)
    by = enter(process, person, at=request.at)
    if not said.votes and not said.unread:
        asked = next_statements(made, by, person, most=AT_ONCE)
        lines = asking_lines(made, asked)
        return _reply(
            person, request, process, _("Statements to vote on: %(title)s") % {"title": process.title}, lines
        )
    ballot = cast_ballot(
        made,
        by=by,
        voter=by,
        votes=said.votes,
        assurance=request.grade,
        dedup_key=request.dedup_key,
        at=request.at,
        channel="mail",
    )
    return _counted(ballot, said.unread, person, request)


def _counted(ballot: Ballot, unread: Sequence[str], person: Person, request: MailRequest) -> MailReply:
    made = ballot.voter.round
    asked = next_statements(made, ballot.voter.participant, person, most=AT_ONCE)
    lines = counted_lines(ballot, asked, unread)
    return _reply(person, request, made.process, _("Your votes are counted"), lines)


def _round_of(process: Process, numbers: Sequence[int], request: MailRequest) -> Round:
    """Return the round whose statements a mail votes on, or the one that is open now and ends first.

    Raises RuleBroken: round_closed.
    """
    for number in numbers:
        found = statement_numbered(process, number)
        if found is not None:
            return found.round
    return _open_round(process, request)


def _open_round(process: Process, request: MailRequest) -> Round:
    running = open_rounds(process, request.at)
    if not running:
        raise RuleBroken(_("There are no statements to vote on now."), code="round_closed")
    return running[0]


def _reply(
    person: Person, request: MailRequest, process: Process, subject: str, lines: Sequence[str]
) -> MailReply:
    """Answer a voter, who can vote on by answering again."""
    token = tokens.issue(person, process_key=process.key, number=None, at=request.at, word=VOTE)
    return MailReply(subject=subject, lines=tuple(lines), to=person, extra={PROOF: token})


@command(
    PROPOSE,
    takes_words=True,
    told=gettext_lazy("You propose a statement for everybody to vote on: one sentence with one idea."),
    example="propose: trainers should be paid by the day.",
)
def propose_by_mail(request: MailRequest) -> MailReply:
    """Propose a statement; an unknown sender's statement is numbered and held until confirmed."""
    return _proposed(request, differs=False)


@command(
    "differs",
    takes_words=True,
    told=gettext_lazy("You propose a statement although one says nearly the same: yours is another idea."),
    example="differs: trainers should be paid by the hour.",
)
def differs_by_mail(request: MailRequest) -> MailReply:
    """Propose a statement that is nearly the same as another one, and means something else."""
    return _proposed(request, differs=True)


def _proposed(request: MailRequest, *, differs: bool) -> MailReply:
    process = process_of(request)
    known = by_dedup_key(process, request.dedup_key)
    if known:
        return _received(known, request)
    made = _open_round(process, request)
    person = sender_of(request)
    by = enter(process, person, at=request.at)
    stated = propose_statement(
        made,
        by=by,
        author=author_of(person, assurance=request.grade, group=by.group),
        # What stands below a blank line is a farewell, not the sentence.
        proposed=Proposed(request.text.strip().partition("\n\n")[0], differs),
        dedup_key=request.dedup_key,
        at=request.at,
        channel="mail",
    )
    return _received(stated, request)


def _received(made: Statement, request: MailRequest) -> MailReply:
    contribution = made.contribution
    token = tokens.issue(
        contribution.person,
        process_key=contribution.process.key,
        number=contribution.number,
        at=request.at,
        word=VOTE,
    )
    return MailReply(
        subject=subject_received(contribution),
        lines=received_lines(made),
        number=contribution.number,
        receipt=receipt_text(contribution),
        to=contribution.person,
        extra={PROOF: token},
    )


@command(
    "unvote",
    told=gettext_lazy("All your votes on the statements that are open now are taken back and destroyed."),
    example="unvote",
)
def unvote_by_mail(request: MailRequest) -> MailReply:
    """Take all one's votes back."""
    process, person = process_of(request), proven(request)
    made = _open_round(process, request)
    by = enter(process, person, at=request.at)
    erase_votes(made, by=by, at=request.at, channel="mail")
    told = _("Your votes are erased. They count no more; that there were ballots stays on the record.")
    return _reply(person, request, process, _("Your votes are erased"), wrapped(told))
