"""What the pages and commands of the registry share: where the files are, what makes a correction one."""

from hashlib import sha256
from pathlib import Path

from talanoa.kernel.entropy import entropy
from talanoa.kernel.space import REAL

CONTENT = Path(__file__).resolve().parents[3] / "content"
"""The files of a checkout; an installed package has none and loads what its operator names."""


def once() -> str:
    """Return what makes a form one act, however often its button is pressed."""
    return entropy(REAL, "form").hex()


def once_key(*said: str) -> str:
    """Return what makes two sendings one: the same form with the same words."""
    return sha256(b"".join(sha256(part.encode()).digest() for part in said)).hexdigest()
