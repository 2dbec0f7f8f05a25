"""Writes the page `docs/settings.md` from the table of settings; a test holds the two together."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from talanoa.conf import env

PAGE = Path("docs/settings.md")
READ_AS: dict[Callable[[str], Any], str] = {
    Path: "path",
    int: "number",
    str: "text",
    env.yes: "yes or no",
    env.yes_no_or_home: "yes, no or empty",
    env.words: "words with commas",
    env.fault: "name of a point",
    env.read_smtp_url: "address of a server",
}
_OPENING = """# Settings

Every setting is an environment variable, read once when the program starts. Where a value is a secret, put it
into a file and name that file in `<NAME>_FILE`. A value that cannot be read stops the program with the name
of the variable. This page is written by `talanoa settings --write` from `src/talanoa/conf/env.py`.

| Variable | Read as | Default | What it does |
|---|---|---|---|
"""


def page() -> str:
    """Return the whole page in Markdown: one line of a table for each setting, in the order of the code."""
    return _OPENING + "".join(_line(setting) for setting in env.TABLE)


def _line(setting: env.Setting) -> str:
    default = f"`{setting.default}`" if setting.default else "empty"
    told = setting.help.replace("|", "\\|")
    return f"| `{setting.name}` | {READ_AS[setting.read]} | {default} | {told} |\n"
