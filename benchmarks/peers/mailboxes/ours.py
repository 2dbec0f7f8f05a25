"""Ours: from the file to the table `message`."""

from pathlib import Path

from mailboxes.measuring import tell
from talanoa.lib.archive.pseudonyms import pseudonyms
from talanoa.lib.archive.reading import read
from talanoa.lib.archive.sources import Reading, Source
from talanoa.lib.archive.tables import MESSAGE, Writer, message_row


def table(path: Path, folder: Path) -> tuple[int, int]:
    pseudonym, fallback = pseudonyms(bytes(32)), 0
    with Writer(MESSAGE, folder / "message.parquet") as made:
        for number, raw in enumerate(Reading(Source(path)), 1):
            mail = read(raw)
            fallback += mail.is_fallback
            made.add(message_row(number, mail, pseudonym(mail.identity)))
    return made.n_rows, fallback


if __name__ == "__main__":
    tell(table)
