"""A closed round as files in the form of Polis, with a dictionary, and as the table that its result comes from."""

import csv
from pathlib import Path

from talanoa.lib.counted_votes import table_of
from talanoa.lib.opinion import Comment, Conversation, write_conversation
from talanoa.lib.published_votes import PublishedVotes, from_json
from talanoa.statements.models import Result, Round
from talanoa.statements.queries import texts_for

VOTES, RESULT, VOTERS, DICTIONARY = "votes.json", "result.json", "voters.csv", "DICTIONARY.txt"
DICTIONARY_TEXT = """comments.csv: the statements. comment-id is their number; author-id is always 0, so that no vote is
tied to an author; moderated is 1 (shown) or -1 (not shown: it has no text here and counts nowhere).
participants-votes.csv: one row for each voter; 1 agree, -1 disagree, 0 pass, empty not seen.
voters.csv: participant; stakeholder group, empty where fewer than five of it voted; check word, by which the holder of
a receipt finds the row, or imported- and a number for somebody who voted elsewhere, as the source calls them; burst, 1
for who came in an hour with far more people than usual.
votes.json: the same votes in the one form whose SHA-256 stands on the record.
result.json: the numbers, whose SHA-256 stands on the record; `talanoa opinion verify` computes them again.
"""


def write_export(made: Round, result: Result, folder: Path) -> None:
    """Write the files of a closed round into `folder`, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    table = from_json(result.table)
    texts = {number: text for number, (_place, text) in texts_for(made, None).items()}
    write_conversation(folder, Conversation(_comments(table, texts), table_of(table)))
    _write_voters(folder / VOTERS, table)
    (folder / VOTES).write_text(result.table, encoding="utf-8")
    (folder / RESULT).write_text(result.body, encoding="utf-8")
    (folder / DICTIONARY).write_text(DICTIONARY_TEXT, encoding="utf-8")


def _comments(table: PublishedVotes, texts: dict[int, str]) -> tuple[Comment, ...]:
    return tuple(
        Comment(number, 0, texts.get(number, ""), -1 if number in table.out else 1)
        for number in table.statements
    )


def _write_voters(path: Path, table: PublishedVotes) -> None:
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(("participant", "group", "check-word", "burst"))
        writer.writerows((one.number, one.group, one.check_word, int(one.in_burst)) for one in table.voters)
