"""The pages of the documentation as their tests read them: blocks of commands, links, and words in code.

A block in `sh` or `console` is run, in the order of its page, unless the words behind its language say
`skip:` and a reason, or `needs:` and the name of a variable that must be set. A block of any other language
is written to a file where its words say `file:` and a name. In `console`, a line after `$ ` is a command, one
after `> ` goes on with it, and the rest is what it answers; `...` stands for anything.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from architecture.source import ROOT

TAUGHT = {"lessons", "facilitator"}
"""Folders of a course: their texts are no pages about this program, and tests/learning reads them."""
SCENARIOS = ROOT / "content" / "scenarios"
"""What stands in a folder below is played, and tests/lib reads it."""
PAGES = sorted(
    path
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "content").rglob("*.md")]
    if path.parent.name not in TAUGHT and SCENARIOS not in path.parents[1:]
)
SHELLS = ("sh", "console")

_BLOCK = re.compile(
    r"^(?P<indent> *)```(?P<language>\w+)(?P<note>[^\n]*)\n(?P<text>.*?)^(?P=indent)```$",
    re.MULTILINE | re.DOTALL,
)
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_SPAN = re.compile(r"`([^`\n]+)`")
_HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block: where it stands, what it is, and its text without the page's indent."""

    page: str
    line: int
    language: str
    note: str
    text: str

    def said(self, word: str) -> str:
        """What stands behind `word:` after the language, or nothing."""
        return self.note.partition(f"{word}:")[2].strip()

    @property
    def is_run(self) -> bool:
        return self.language in SHELLS and not self.said("skip")


@dataclass(frozen=True, slots=True)
class Page:
    """One Markdown file."""

    name: str
    text: str

    @property
    def blocks(self) -> list[Block]:
        return [self._block(found) for found in _BLOCK.finditer(self.text)]

    def _block(self, found: re.Match[str]) -> Block:
        line = self.text.count("\n", 0, found.start()) + 1
        lines = (row.removeprefix(found["indent"]) for row in found["text"].splitlines(keepends=True))
        return Block(self.name, line, found["language"], found["note"].strip(), "".join(lines))

    @property
    def prose(self) -> str:
        """The page without its blocks."""
        return _BLOCK.sub("", self.text)

    @property
    def links(self) -> list[str]:
        return _LINK.findall(self.prose)

    @property
    def spans(self) -> list[str]:
        return _SPAN.findall(self.prose)

    @property
    def anchors(self) -> set[str]:
        """The names of its headings in links: small letters, digits, hyphens for blanks."""
        told = (re.sub(r"[^\w\s-]", "", heading.lower()) for heading in _HEADING.findall(self.prose))
        return {re.sub(r"\s", "-", heading.strip()) for heading in told}

    @property
    def commands(self) -> str:
        """Everything that a reader may type: spans and blocks of a shell."""
        return "\n".join([*self.spans, *(block.text for block in self.blocks if block.language in SHELLS)])


def read(path: Path) -> Page:
    """Return the page at `path`."""
    return Page(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))


def all_pages() -> list[Page]:
    """Every page of the checkout."""
    return [read(path) for path in PAGES]
