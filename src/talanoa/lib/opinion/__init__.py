"""Where a room agrees: across declared stakeholder groups and found opinion groups, recomputable by anyone.

The door is `analyze(votes, groups, moderation=..., thresholds=..., marks=..., objections=..., seed=...)`, a pure function;
`to_json_bytes(analysis)` is the public form (cells of one to four people suppressed). The same votes in any order give
the same bytes. `votes` comes from `vote_table(participants, statements, values, at=...)` or `read_conversation(folder)`.

Per statement and group g: a agree, d disagree, n seen (passes too), N the roster where known.
support s = (a + 1) / (n + 2); low = one-sided 90 % bound on a / n: Wilson (1927), or with a roster the 10 % quantile of
(a + BetaBinomial(N - n, a + 1, n - a + 1)) / N; a silent group has low = 0.
W = smallest low over all groups; W-1 = second smallest; B = geometric mean of s; M = mean of s; E = B / M
(1 - Atkinson's index, eps = 1). Pooled support comes last: it is a head count and depends on who turned up.
No number writes a designation: the suggestion is for the chair, who may differ with reasons.

Signatures:

    vote_table(participants, statements, values, *, at=None, known=()) -> VoteTable                       tables
    analyze(votes, groups=None, moderation=Moderation(), *, thresholds=Thresholds(), marks=Marks(),
            objections={}, seats=7, seed="") -> Analysis                                                  analysis
    to_json_bytes(analysis, *, least=5) -> bytes                                                          published
    read_conversation(folder) -> Conversation; write_conversation(folder, conversation)                   polis_csv
    statement_order(asked, *, participant, seed) -> tuple[int, ...]                                       routing
    bursts(first_votes) -> tuple[Burst, ...]; fast_voters(castings) -> tuple[int, ...]                    stuffing
    Tally(statements).cast(participant, statement, value); .map(seed)                                     tally

`objections` are open objections per statement; `asked` says how often each unseen statement was asked in the
participant's group and in all. `seed` is public and stands in the record.
"""
