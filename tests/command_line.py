"""Runs `talanoa` commands on the test's own database, as a shell would see them: output, messages, exit code."""

import json
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import CommandError, call_command

SAMPLES = Path(__file__).resolve().parents[1] / "content" / "samples" / "form-text"
CREATE = ("process", "create", "--template", "open-consultation")


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended: what it wrote, what it wrote beside it, and its exit code."""

    out: str
    err: str
    code: int

    @property
    def told(self) -> dict[str, Any]:
        """The one object that `--json` writes."""
        told = json.loads(self.out)
        assert isinstance(told, dict)
        return told


def talanoa(name: str, *words: object) -> Ended:
    """Run one command."""
    out, err, code = StringIO(), StringIO(), 0
    try:
        call_command(name, *map(str, words), stdout=out, stderr=err)
    except SystemExit as ended:
        code = int(str(ended.code))
    except CommandError as wrong:
        err.write(str(wrong))
        code = wrong.returncode
    return Ended(out.getvalue(), err.getvalue(), code)


def told(name: str, *words: object) -> dict[str, Any]:
    """Run one command with `--json`, which must succeed, and return its answer."""
    ended = talanoa(name, *words, "--json")
    assert ended.code == 0, ended
    assert ended.err == ""
    return ended.told


def refused(name: str, *words: object) -> tuple[int, str]:
    """Run one command with `--json`, which must be refused; return exit code and code of the rule."""
    ended = talanoa(name, *words, "--json")
    assert ended.told["message"] != ""
    return ended.code, ended.told["code"]
