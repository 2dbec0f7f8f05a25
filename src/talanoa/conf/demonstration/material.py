"""Reads the demonstration's texts from content/demonstration (it needs a checkout, not only the package)."""

from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).resolve().parents[4] / "content" / "demonstration"


def read(name: str) -> Any:
    """Return what stands in one of the YAML files."""
    return yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))


def text(name: str) -> str:
    """Return one of the text files."""
    return (FOLDER / name).read_text(encoding="utf-8")
