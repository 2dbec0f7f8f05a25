"""The citations in a report: `[nm-17]` or `[#17]` for a contribution, `[theme:slug]` for a theme.

What counts is decided by the Markdown reader itself, so code, links and images never hold a citation; a
bracket after a backslash or an exclamation mark is none. Errors: TextTooLong of paragraphs.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import quote

from markdown_it.common.utils import normalizeReference
from markdown_it.token import Token

from talanoa.lib.paragraphs import MAX_CHARS, TextTooLong, commonmark

_READER = commonmark()
_DEFINITIONS = commonmark().disable("inline")
_OPEN, _CLOSE = "\ue000", "\ue001"
_MARKS = re.compile(f"[{_OPEN}{_CLOSE}]")
_MARKED = re.compile(rf"{_OPEN}(\d+){_CLOSE}\[")
_BREAK = "\n"
_KEPT_IN_URLS = ":/?#@!$&'*+,;=%~-._"
_SIGNS = re.compile(r"([!-/:-@\[-`{-~])")


@dataclass(frozen=True, slots=True)
class Citations:
    """The numbers of contributions and the slugs of themes that a text cites."""

    numbers: frozenset[int]
    themes: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Citation:
    """One citation from `start` to `end` of the source; `number` is 0 where it cites a theme."""

    start: int
    end: int
    number: int
    theme: str


def citations(markdown: str, process_key: str) -> Citations:
    """Return what `markdown` cites of the process `process_key`; case does not matter. Raises TextTooLong."""
    found = list(_found(markdown, process_key))
    return Citations(
        frozenset(citation.number for citation in found if citation.number),
        frozenset(citation.theme for citation in found if citation.theme),
    )


def link(
    markdown: str,
    process_key: str,
    *,
    number_url: Callable[[int], str | None],
    theme_url: Callable[[str], str | None],
    theme_name: Callable[[str], str | None] = lambda _slug: None,
) -> str:
    """Return `markdown` with each citation that has a URL made a link; the others stay as they are.

    The words of a link to a theme are its name, where `theme_name` knows one. Raises TextTooLong.
    """
    made: list[str] = []
    done = 0
    for citation in _found(markdown, process_key):
        url = number_url(citation.number) if citation.number else theme_url(citation.theme)
        if url:
            name = theme_name(citation.theme) if citation.theme else None
            words = f"[{_literally(name)}]" if name else markdown[citation.start : citation.end]
            made += [markdown[done : citation.start], words, "(", quote(url, safe=_KEPT_IN_URLS), ")"]
            done = citation.end
    return "".join(made) + markdown[done:]


def name_themes(text: str, process_key: str, name: Callable[[str], str | None]) -> str:
    """Return `text` with each cited theme called by its name, for readers of plain text. Raises TextTooLong."""
    made: list[str] = []
    done = 0
    for citation in _found(text, process_key):
        called = name(citation.theme) if citation.theme else None
        if called:
            made += [text[done : citation.start], f"[{called}]"]
            done = citation.end
    return "".join(made) + text[done:]


def _literally(words: str) -> str:
    """Return `words` so that Markdown takes none of its signs for markup (CommonMark 0.31, section 2.4)."""
    return _SIGNS.sub(r"\\\1", words)


def _found(markdown: str, process_key: str) -> Iterator[_Citation]:
    if len(markdown) > MAX_CHARS:
        raise TextTooLong(f"{len(markdown)} characters")
    candidates = list(_pattern(process_key).finditer(markdown))
    live = _live(markdown, candidates) if candidates else set()
    for at, found in enumerate(candidates):
        if at in live:
            yield _Citation(
                found.start(), found.end(), int(found["number"] or 0), (found["theme"] or "").lower()
            )


def _pattern(process_key: str) -> re.Pattern[str]:
    number = rf"(?:{re.escape(process_key)}-|\#)(?P<number>[1-9][0-9]{{0,6}})"
    theme = r"theme:(?P<theme>[a-z0-9][a-z0-9-]{0,79})"
    return re.compile(rf"(?<![\\!])\[(?:{number}|{theme})\]", re.IGNORECASE | re.ASCII)


def _live(markdown: str, candidates: list[re.Match[str]]) -> set[int]:
    """Return which candidates the reader leaves as text.

    Each gets a mark with its place in the list before its bracket; where the mark and the bracket come back
    side by side in plain text, the reader has made nothing of them. Labels that the text defines are links
    whatever stands before them, so they get no mark: it would keep their definition from being one.
    """
    defined = _defined(markdown)
    clean = _MARKS.sub("\ufffd", markdown)
    marked: list[str] = []
    done = 0
    for at, found in enumerate(candidates):
        if normalizeReference(found[0][1:-1]) not in defined:
            marked += [clean[done : found.start()], f"{_OPEN}{at}{_CLOSE}"]
            done = found.start()
    tokens = _READER.parse("".join(marked) + clean[done:])
    return {int(found[1]) for token in tokens for found in _MARKED.finditer(_plain(token.children or []))}


def _defined(markdown: str) -> set[str]:
    """Return the labels of the link definitions, in the library's normal form."""
    env: dict[str, dict[str, object]] = {}
    _DEFINITIONS.parse(markdown, env)
    return set(env.get("references", {}))


def _plain(children: list[Token]) -> str:
    """Join the plain text of one block; links, code and images leave a break."""
    parts: list[str] = []
    depth = 0
    for child in children:
        depth += child.nesting if child.type in {"link_open", "link_close"} else 0
        parts.append(child.content if child.type == "text" and not depth else _BREAK)
    return "".join(parts)
