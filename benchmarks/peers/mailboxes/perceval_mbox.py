"""Perceval's backend for mbox: one dictionary for each message, of which the same table is made."""

from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parseaddr
from pathlib import Path

from perceval.backends.core.mbox import MBox

from mailboxes.measuring import tell, written


def mails(path: Path) -> Iterator[tuple[object, ...]]:
    for one in MBox("http://localhost/list", str(path.parent)).fetch():
        data = one["data"]
        name, address = parseaddr(data["From"])
        yield (
            address or name,
            datetime.fromtimestamp(one["updated_on"], UTC),
            data["Date"],
            data["Message-ID"].strip("<> "),
            data.get("In-Reply-To") or "",
            data.get("References") or "",
            clean(data.get("Subject") or ""),
            clean(data["body"].get("plain") or ""),
        )


def clean(text: str) -> str:
    """Return `text` without the halves of characters that perceval lets through and no file can hold."""
    return text.encode("utf-8", "replace").decode()


if __name__ == "__main__":
    tell(lambda path, folder: (written(mails(path), folder), 0))
