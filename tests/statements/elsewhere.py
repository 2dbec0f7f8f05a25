"""A conversation that was held elsewhere, in the files of Polis: forty people in two camps, nine statements."""

from pathlib import Path

from talanoa.lib.imported_votes import ImportedConversation, imported
from talanoa.lib.opinion import Casting, Comment, Conversation, read_conversation, write_conversation
from talanoa.lib.opinion.polis_csv import table_of

SOURCE = "A conversation of 2024, published by its convenors (CC BY 4.0)"
ASKED = "How should the square be used?"
PEOPLE, STATEMENTS, OUT = 40, 9, 8
MINUTE = 60_000
BEGAN = 1_700_000_000_000
TEXTS = (
    "The square should be closed to cars.",
    "Shops need places to park.",
    "Trees should be planted on the square.",
    "The market should be held on two days.",
    "Music should end at ten in the evening.",
    "Benches should stand in the shade.",
    "The fountain should be repaired first.",
    "Buses should stop at the square.",
    "Something that nobody should read.",
)


def made() -> Conversation:
    """Return it with the times of the votes; the last statement is moderated out."""
    comments = tuple(
        Comment(at, at % 3, text, -1 if at == OUT else 1, written_at=BEGAN) for at, text in enumerate(TEXTS)
    )
    castings = tuple(
        Casting(BEGAN + MINUTE * (60 * who + what), what, who, _vote(who, what))
        for who in range(PEOPLE)
        for what in range(STATEMENTS)
        if (who * 5 + what) % 7
    )
    return Conversation(comments, table_of(castings, list(range(STATEMENTS))), castings)


def _vote(who: int, what: int) -> int:
    if (who + 3 * what) % 11 == 0:
        return 0
    return 1 if (who % 2 == 0) == (what % 2 == 0) or what == 2 else -1


def written(folder: Path) -> Path:
    """Write it into a folder, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    write_conversation(folder, made())
    return folder


def brought(folder: Path) -> ImportedConversation:
    """Return the conversation in a folder, ready to be imported."""
    return imported(read_conversation(folder))
