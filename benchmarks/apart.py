"""Environments of their own for the programs that we are measured against, installed from the package index once."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence

from benchmarks.serving import ROOT

# Below .venv, so that `make clean` removes it and git never sees it.
PLACE = ROOT / ".venv" / "peers"


class NotHere(RuntimeError):
    """A peer cannot be set up on this machine; the message says why."""


def interpreter(name: str, wanted: Sequence[str]) -> str:
    """Return the interpreter of the environment called `name`, made on first use with the packages `wanted`."""
    place = PLACE / name
    python = str(place / "bin" / "python")
    marker = place / "complete"
    if marker.exists():
        return python
    environment = dict(os.environ)
    run([sys.executable, "-m", "venv", "--clear", str(place)], environment)
    run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *wanted], environment)
    marker.touch()
    return python


def run(words: Sequence[str], environment: Mapping[str, str]) -> str:
    """Return what a program prints. Raises NotHere where it fails."""
    done = subprocess.run(words, env=environment, cwd=ROOT, check=False, capture_output=True, text=True)
    if done.returncode:
        raise NotHere(f"{' '.join(words[1:5])}: {done.stderr.strip()[-300:]}")
    return done.stdout
