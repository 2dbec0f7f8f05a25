"""Statements to vote on.

A Round is the stage of a process in which a room votes on statements, from one time to another. A Statement holds the
words of one contribution of kind `statement`, with its place in the round. A Voter is one participant of a round with
how they vote now; nobody else reads it. Each Ballot is what they sent at once: it never changes, and the record holds
a commitment to it. A Result is what the votes said at one time, with the table that it can be computed from again.
"""

from talanoa.statements.models.results import Result
from talanoa.statements.models.rounds import Round
from talanoa.statements.models.statements import Statement
from talanoa.statements.models.votes import UNSEEN, Ballot, Vote, Voter

__all__ = ["UNSEEN", "Ballot", "Result", "Round", "Statement", "Vote", "Voter"]
