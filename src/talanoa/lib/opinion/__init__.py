"""Where a room agrees: across declared stakeholder groups and found opinion groups, recomputable by anyone.

The door is `analyze`, a pure function of votes, groups, moderation, thresholds, marks, objections and seed;
`to_json_bytes(analysis)` is the public form (cells of one to four people suppressed). The same votes in any order give
the same bytes. The votes come from `vote_table` or `read_conversation`.

Per statement and group g: a agree, d disagree, n seen (passes too), N the roster where known.
support s = (a + 1) / (n + 2); low = one-sided 90 % bound on a / n: Wilson (1927), or with a roster the 10 % quantile of
(a + BetaBinomial(N - n, a + 1, n - a + 1)) / N; a silent group has low = 0.
W = smallest low over all groups; W-1 = second smallest; B = geometric mean of s; M = mean of s; E = B / M
(1 - Atkinson's index, eps = 1). Pooled support comes last: it is a head count and depends on who turned up.
No number writes a designation: the suggestion is for the chair, who may differ with reasons.

Signatures:

    vote_table(participants, statements, values, *, at=None, known=()) -> VoteTable
    analyze(votes, groups=None, moderation=Moderation(), *, thresholds=Thresholds(), marks=Marks(),
            objections={}, seats=7, seed="") -> Analysis
    to_json_bytes(analysis, *, least=5) -> bytes
    read_conversation(folder or votes.csv) -> Conversation; write_conversation(folder, conversation)   Polis CSV
    read_groups(path) -> dict[int, str]                                                      declared groups
    statement_order(asked, *, participant, seed) -> tuple[int, ...]                          routing
    near_identical(votes); bursts(first_votes); fast_voters(castings);
    conversation_marks(conversation) -> Marks                                                vote stuffing
    Tally(statements): cast(participant, statement, value); axes(); place(participant, axes)  exact, vote by vote

`objections` are open objections per statement; `asked` says how often each unseen statement was asked in the
participant's group and in all. `seed` is public and stands in the record.
"""

from talanoa.lib.opinion.analysis import analyze
from talanoa.lib.opinion.polis_csv import (
    Casting,
    Comment,
    Conversation,
    ConversationTooLarge,
    ConversationUnreadable,
    read_conversation,
    read_groups,
    write_conversation,
)
from talanoa.lib.opinion.published import hidden_groups, to_json_bytes
from talanoa.lib.opinion.results import (
    Analysis,
    Cell,
    Distance,
    Numbers,
    OpinionMap,
    Reason,
    Result,
    Slate,
    Stuffing,
    Suggestion,
    Variant,
)
from talanoa.lib.opinion.routing import Asked, statement_order
from talanoa.lib.opinion.stuffing import (
    Burst,
    bursts,
    conversation_marks,
    fast_voters,
    near_identical,
)
from talanoa.lib.opinion.tables import (
    Groups,
    Marks,
    Moderation,
    Thresholds,
    VotesUnfit,
    VoteTable,
    vote_table,
)
from talanoa.lib.opinion.tally import Tally

__all__ = [
    "Analysis",
    "Asked",
    "Burst",
    "Casting",
    "Cell",
    "Comment",
    "Conversation",
    "ConversationTooLarge",
    "ConversationUnreadable",
    "Distance",
    "Groups",
    "Marks",
    "Moderation",
    "Numbers",
    "OpinionMap",
    "Reason",
    "Result",
    "Slate",
    "Stuffing",
    "Suggestion",
    "Tally",
    "Thresholds",
    "Variant",
    "VoteTable",
    "VotesUnfit",
    "analyze",
    "bursts",
    "conversation_marks",
    "fast_voters",
    "hidden_groups",
    "near_identical",
    "read_conversation",
    "read_groups",
    "statement_order",
    "to_json_bytes",
    "vote_table",
    "write_conversation",
]
