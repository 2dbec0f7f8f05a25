"""`talanoa statements`: open and close a round, propose statements, vote, see and take back one's votes."""

import sys
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from talanoa.contributions.actions.standing import author_of
from talanoa.contributions.models import Assurance
from talanoa.contributions.receipts import receipt_text
from talanoa.kernel.commands import Told, read_bytes
from talanoa.kernel.entropy import entropy
from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.space import REAL
from talanoa.lib.ballot_lines import read
from talanoa.lib.processkeys import label
from talanoa.lib.receipts import ReceiptUnreadable
from talanoa.processes.actions.roles import enter
from talanoa.processes.commands import ActingVerb, acting, acting_person, process_called
from talanoa.statements.actions.proposing import Proposed, propose_statement
from talanoa.statements.actions.rounds import LONGEST, SHORTEST, USUAL, close_round, open_round
from talanoa.statements.actions.voting import cast_ballot, erase_votes
from talanoa.statements.checking import counted_under, word_of_receipt
from talanoa.statements.models import Round
from talanoa.statements.queries import ballots_of, round_called, statements_of, votes_of
from talanoa.statements.receipts import ballot_receipt
from talanoa.statements.skin import lines_of


class Command(ActingVerb):
    help = "Statements that a room votes on: open a round, propose, vote, take votes back."
    verbs = ("list", "open", "close", "propose", "vote", "mine", "unvote", "check")

    def describe(self, verb: str, parser: CommandParser) -> None:
        parser.add_argument("key")
        if verb == "open":
            parser.add_argument("question", help="what the statements are about")
            parser.add_argument("--days", type=int, default=USUAL, help=f"{SHORTEST} to {LONGEST}")
            return
        parser.add_argument(
            "--round", type=int, default=0, metavar="N", help="its number; by default the newest"
        )
        if verb == "propose":
            parser.add_argument("text", help="one sentence with one idea")
            parser.add_argument(
                "--differs", action="store_true", help="it is another idea than a similar one"
            )
        elif verb == "check":
            parser.add_argument("file", help="the receipt of a ballot; - reads standard input")
        elif verb == "vote":
            parser.add_argument("votes", nargs="+", help="such as 17=agree 18=pass")

    def act_list(self, options: dict[str, Any]) -> Told:
        """List the statements of a round."""
        made = _round(options)
        person = acting_person(options)
        rows = [
            {
                "number": line.contribution.number,
                "state": line.contribution.state,
                "convenor": line.statement.is_convenors,
                "text": line.statement.text if line.may_read else "",
            }
            for line in lines_of(statements_of(made), person, votes_of(made, person))
        ]
        lines = [f"{row['number']:>5}  {row['text'] or row['state']}" for row in rows]
        return Told(
            {"round": made.number, "question": made.question, "statements": rows}, (made.question, *lines)
        )

    def act_open(self, options: dict[str, Any]) -> Told:
        """Open a round of statements about a question."""
        process = process_called(options["key"])
        made = open_round(
            process,
            by=acting(options, process),
            question=options["question"],
            days=options["days"],
            at=options["at"],
            channel="cli",
        )
        until = f"{made.closes_at:%Y-%m-%dT%H:%MZ}"
        return Told({"round": made.number, "until": until}, (f"{made.number}  {until}",))

    def act_close(self, options: dict[str, Any]) -> Told:
        """Close and count a round whose time is over."""
        made = _round(options)
        made = close_round(made, by=acting(options, made.process), at=options["at"], channel="cli")
        result = made.results.get(is_final=True)
        data = {"round": made.number, "voters": result.n_voters, "sha256": result.body_sha256}
        return Told(data, (f"{made.number}  {result.n_voters}  {result.body_sha256}",))

    def act_propose(self, options: dict[str, Any]) -> Told:
        """Propose a statement."""
        made, person, at = _round(options), acting_person(options), options["at"]
        by = enter(made.process, person, at=at)
        stated = propose_statement(
            made,
            by=by,
            author=author_of(person, assurance=Assurance.PROVEN, group=by.group),
            proposed=Proposed(options["text"], options["differs"]),
            dedup_key=entropy(REAL, "proposed on the command line").hex(),
            at=at,
            channel="cli",
        )
        receipt = receipt_text(stated.contribution)
        return Told({"number": stated.contribution.number, "receipt": receipt}, (receipt,))

    def act_vote(self, options: dict[str, Any]) -> Told:
        """Cast a ballot."""
        made, person, at = _round(options), acting_person(options), options["at"]
        said = read("\n".join(options["votes"]))
        if said.unread:
            raise RuleBroken(
                _("These are no votes: %(lines)s.") % {"lines": ", ".join(said.unread)}, code="vote_unknown"
            )
        by = enter(made.process, person, at=at)
        ballot = cast_ballot(
            made,
            by=by,
            voter=by,
            votes=said.votes,
            assurance=Assurance.PROVEN,
            dedup_key=entropy(REAL, "voted on the command line").hex(),
            at=at,
            channel="cli",
        )
        receipt = ballot_receipt(ballot)
        return Told({"round": made.number, "votes": ballot.lines, "receipt": receipt}, (receipt,))

    def act_mine(self, options: dict[str, Any]) -> Told:
        """Show how one votes, and the newest receipt."""
        made, person = _round(options), acting_person(options)
        votes, sent = votes_of(made, person), ballots_of(made, person)
        rows = {
            row.contribution.number: votes[row.place] for row in statements_of(made) if row.place in votes
        }
        receipt = ballot_receipt(sent[0]) if sent and sent[0].lines else ""
        lines = [f"{label(made.process.key, number)}  {vote}" for number, vote in rows.items()]
        return Told({"round": made.number, "votes": rows, "receipt": receipt}, (*lines, receipt))

    def act_check(self, options: dict[str, Any]) -> Told:
        """Say how the ballot of a receipt is counted in the published table of a closed round."""
        made = _round(options)
        text = read_bytes(options["file"], sys.stdin).decode("utf-8-sig")
        try:
            found = counted_under(made, word_of_receipt(text))
        except (ReceiptUnreadable, KeyError) as wrong:
            raise RuleBroken(
                _("This is no receipt of a ballot: %(why)s") % {"why": wrong}, code="receipt_unreadable"
            ) from wrong
        if found is None:
            raise RuleBroken(
                _(
                    "No row of the table follows from this receipt: it is not of the last ballot, or the round is"
                    " not closed."
                ),
                code="ballot_not_counted",
            )
        data = {
            "round": made.number,
            "row": found.number,
            "check_word": found.check_word,
            "votes": found.lines,
        }
        return Told(data, (f"{found.number}  {found.check_word}  {found.lines}",))

    def act_unvote(self, options: dict[str, Any]) -> Told:
        """Take all one's votes back and have them destroyed."""
        made, person, at = _round(options), acting_person(options), options["at"]
        erase_votes(made, by=enter(made.process, person, at=at), at=at, channel="cli")
        return Told({"round": made.number, "erased": True}, (_("Your votes are erased."),))


def _round(options: dict[str, Any]) -> Round:
    process = process_called(options["key"])
    found = round_called(process, options["round"])
    if found is None:
        raise RuleBroken(
            _("There is no such round of statements in %(key)s.") % {"key": process.key}, code="round_unknown"
        )
    return found
