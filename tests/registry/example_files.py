"""A small registry of invented bodies, and ways to change one of its files."""

import shutil
from pathlib import Path

REGISTRY = Path(__file__).with_name("example")


def copied(to: Path) -> Path:
    """Return a copy of the small registry that a test may change."""
    return Path(shutil.copytree(REGISTRY, to / "content"))


def change(folder: Path, name: str, old: str, new: str) -> None:
    """Replace words in one file; they must stand there."""
    file = folder / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
