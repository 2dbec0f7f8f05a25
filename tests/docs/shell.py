"""Runs the blocks of a page in one shell, in a folder of its own with an installation of its own."""

import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from architecture.source import ROOT
from docs.pages import Block, Page

BEGIN, END = "\x1e", "\x1f"
SECONDS = 400
_SAID = re.compile(rf"{BEGIN}(\d+)\n(.*?){END}(\d+)\n", re.DOTALL)
_REFUSED = re.compile(r"\[[a-z_]+\]\s*\Z")


@dataclass(frozen=True, slots=True)
class Step:
    """What is typed at one line of a page, and what the page says that it answers (None where it says nothing)."""

    line: int
    typed: str
    answer: str | None


@dataclass(frozen=True, slots=True)
class Said:
    """What a step answered, and with which exit code."""

    step: Step
    out: str
    code: int

    @property
    def wrong(self) -> str:
        """What is not as the page has it, or nothing. A refusal that the page shows may end with its code."""
        refusal = bool(_REFUSED.search(self.step.answer or ""))
        if (self.code != 0) != refusal:
            return f"line {self.step.line}: exit code {self.code} of {self.step.typed!r}\n{self.out[-2000:]}"
        if self.step.answer is not None and not fits(self.step.answer, self.out):
            return f"line {self.step.line}: {self.step.typed!r} answers\n{self.out}\nnot\n{self.step.answer}"
        return ""


def fits(expected: str, out: str) -> bool:
    """Tell whether `out` is what a page shows, in which `...` stands for anything."""
    parts = (re.escape(part) for part in _even(expected).split("..."))
    return re.fullmatch(".*?".join(parts), _even(out), re.DOTALL) is not None


def _even(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def steps(block: Block) -> list[Step]:
    """Return what one block asks to be typed: in `sh` all of it at once, in `console` each command."""
    if block.language == "sh":
        return [Step(block.line, f"set -e\n{block.text}set +e\n", None)]
    made: list[Step] = []
    for number, row in enumerate(block.text.splitlines(), start=block.line + 1):
        if row.startswith("$ "):
            made.append(Step(number, row[2:], ""))
        elif row.startswith("> ") and made and made[-1].answer == "":
            made[-1] = Step(made[-1].line, f"{made[-1].typed}\n{row[2:]}", "")
        else:
            made[-1] = Step(made[-1].line, made[-1].typed, f"{made[-1].answer}{row}\n")
    return made


def run(page: Page, folder: Path, **variables: str) -> list[Said]:
    """Run every block of `page` that is run, in `folder`; stop where an `sh` block fails."""
    typed = [step for block in page.blocks for step in _step_or_file(block)]
    script = "\n".join(
        f"printf '{BEGIN}%s\\n' {step.line}\n{step.typed}\nprintf '{END}%s\\n' $?" for step in typed
    )
    for name in ("content", "docs", "tests"):
        (folder / name).symlink_to(ROOT / name)
    done = subprocess.run(
        ["bash", "-u", "-c", script],
        cwd=folder,
        env=_environment(folder, variables),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=SECONDS,
        check=False,
    )
    out = done.stdout.decode(errors="replace")
    answers = {int(line): (text, int(code)) for line, text, code in _SAID.findall(out)}
    last = out.rpartition(BEGIN)[2]
    return [Said(step, *answers.get(step.line, (last, done.returncode or 1))) for step in typed]


def _step_or_file(block: Block) -> list[Step]:
    if block.is_run:
        return steps(block)
    if name := block.said("file"):
        return [Step(block.line, f"printf %s {shlex.quote(block.text)} > {shlex.quote(name)}", None)]
    return []


def _environment(folder: Path, variables: dict[str, str]) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("TALANOA_", "DATABASE_", "DJANGO_", "PYTEST_"))
    }
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {
        **kept,
        "PATH": path,
        "TALANOA_HOME": str(folder / "home"),
        "COLUMNS": "200",
        "TMPDIR": str(folder),
        **variables,
    }
