"""A mailbox file to read: real list mail where it lies beside the checkout, else mail made with the same oddities."""

import lzma
import shutil
from pathlib import Path
from random import Random

from benchmarks.serving import ROOT

SLICE = ROOT.parent / "shared" / "data" / "mail" / "r-devel-slice.mbox.xz"
SEED = 8
WORDS = (
    "mast",
    "spectrum",
    "village",
    "tariff",
    "license",
    "fiber",
    "relay",
    "antenna",
    "community",
    "budget",
)


def mailbox_file(folder: Path, made: int) -> Path:
    """Return a file that stands alone in a folder of its own; `made` messages where the real ones are not asked for."""
    path = folder / "mailbox" / "list.mbox"
    path.parent.mkdir()
    if made or not SLICE.exists():
        path.write_bytes(b"".join(message(number) for number in range(made or 2000)))
    else:
        with lzma.open(SLICE) as packed, path.open("wb") as plain:
            shutil.copyfileobj(packed, plain)
    return path


def message(number: int) -> bytes:
    """Return one message: half of them hide the address, some answer others, one in a hundred is in Latin-1."""
    chance = Random(SEED + number)
    who = f"person{chance.randrange(40)}"
    name = "Zo\xeb" if not chance.randrange(100) else who.title()
    mailbox = f"{who} at list.example ({name})" if number % 2 else f"{name} <{who}@list.example>"
    answers = f"In-Reply-To: <{number - 1 - chance.randrange(9)}@list.example>\n" if number % 3 else ""
    day = f"{1 + number % 28} Mar {2000 + number // 28 % 20} 10:{number % 60:02}:00 +0200"
    text = "\n".join(" ".join(chance.choices(WORDS, k=12)) for _ in range(30))
    return (
        f"From {who} at list.example  Mon Mar  3 10:00:00 2014\nFrom: {mailbox}\nDate: {day}\n"
        f"Subject: Re: {chance.choice(WORDS)}\nMessage-ID: <{number}@list.example>\n{answers}\n{text}\n\n"
    ).encode("latin-1")
