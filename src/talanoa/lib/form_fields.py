"""What one form says: its labeled values, its abstract and its document, taken from one text.

A form is a title, then lines `Area:`, `Entitled by:` (author), `Region:`, `Organization:`, `Sector:`,
`Keywords:` and any number of `Doc Attached:`, then a line `Abstract` and a line `Document`, each with text
below it. Values may run over several lines; a label or the line `Abstract` may be glued to the end of the
line before it. Errors: NotAForm, a ValueError, when no label is found.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from talanoa.lib.text_repair import Notes, unwrap

LABELS = {
    "Area": "area",
    "Entitled by": "author",
    "Region": "region",
    "Organization": "organization",
    "Organisation": "organization",
    "Sector": "sector",
    "Keywords": "keywords",
    "Doc Attached": "attached",
}
_ORDER = tuple(dict.fromkeys(LABELS.values()))
_LABEL = re.compile(rf"({'|'.join(LABELS)}):[^\S\n]*")
_ABSTRACT = re.compile(r"(?m)(?:^|(?<=\S))Abstract(?:\n+Abstract)?$")
_DOCUMENT = re.compile(r"(?m)^Document$")
_OWN_LABELS = {
    name: re.compile(rf"\A{label}(?: - |: )", re.IGNORECASE)
    for name, label in {
        "region": "Region",
        "organization": "Organi[sz]ation",
        "sector": "Sector",
        "keywords": "Key ?words",
        "abstract": "Abstract",
    }.items()
}
_BETWEEN_KEYWORDS = re.compile(r"[,;]")
_MAX_VALUE = 1_000
_MAX_KEYWORDS = 50
_MAX_KEYWORD = 200
_MAX_TITLE = 120


class NotAForm(ValueError):
    """The text has none of the labels of a form."""


@dataclass(frozen=True, slots=True)
class Form:
    """The values of one form, each on one line; `abstract` and `document` may have several."""

    title: str
    area: str
    author: str
    region: str
    organization: str
    sector: str
    keywords: tuple[str, ...]
    abstract: str
    document: str


def parse_form(text: str, notes: Notes) -> Form:
    """Return the values of a form from its cleaned text (text_repair.clean). Raises NotAForm."""
    labels = tuple(_labels(text, notes))
    if not labels:
        raise NotAForm("no label of a form")
    head, abstract, document = _parts(text, labels[-1].end(), notes)
    values: dict[str, str] = {}
    ends = [label.start() for label in labels[1:]] + [len(head)]
    for label, end in zip(labels, ends, strict=True):
        values.setdefault(LABELS[label[1]], _value(head[label.end() : end], notes))
    title, keywords = _title_or_keywords(_value(text[: labels[0].start()], notes), notes)
    once = {name: without_label(name, values.get(name, ""), notes) for name in _ORDER}
    return Form(
        title=title,
        area=once["area"],
        author=once["author"],
        region=once["region"],
        organization=once["organization"],
        sector=once["sector"],
        keywords=_keywords(once["keywords"] or keywords),
        abstract=without_label("abstract", _paragraphs(abstract, notes), notes),
        document=document.strip(),
    )


def title_from(text: str) -> str:
    """Return the first line of `text`, cut at 120 characters, for a form that has no title of its own."""
    line = next(filter(None, text.split("\n")), "")
    return line if len(line) <= _MAX_TITLE else f"{line[: _MAX_TITLE - 1].rstrip()}…"


def without_label(name: str, value: str, notes: Notes) -> str:
    """Return `value` without its own label, which some authors typed once more in front of it."""
    own = _OWN_LABELS.get(name)
    return notes.changed("label_in_value", value, own.sub("", value)) if own else value


def _labels(text: str, notes: Notes) -> Iterator[re.Match[str]]:
    """Yield the labels in the order of a form: at the start of a line, or glued if no line starts with it."""
    found = tuple(_LABEL.finditer(text, 0, _end_of_head(text)))
    on_a_line = {LABELS[label[1]] for label in found if _starts_line(text, label)}
    reached = 0
    for label in found:
        name = LABELS[label[1]]
        place = _ORDER.index(name)
        glued = not _starts_line(text, label)
        if place < reached or (glued and (name in on_a_line or text[label.start() - 1] == " ")):
            continue
        reached = place if name == "attached" else place + 1
        if glued:
            notes.add("label_glued")
        yield label


def _end_of_head(text: str) -> int:
    """Return where the labels must end: at the line `Abstract` or `Document`, whichever comes first."""
    ends = (mark.search(text) for mark in (_ABSTRACT, _DOCUMENT))
    return min((end.start() for end in ends if end), default=len(text))


def _starts_line(text: str, label: re.Match[str]) -> bool:
    return label.start() == 0 or text[label.start() - 1] == "\n"


def _parts(text: str, start: int, notes: Notes) -> tuple[str, str, str]:
    """Return head, abstract and document of a form whose last label ends at `start`."""
    abstract = _ABSTRACT.search(text, start)
    document = _DOCUMENT.search(text, abstract.end() if abstract else start)
    end = document.start() if document else len(text)
    below = text[document.end() :] if document else ""
    if abstract is None:
        return text[:end], "", below
    if not _starts_line(text, abstract):
        notes.add("label_glued")
    return text[: abstract.start()], text[abstract.end() : end], below


def _value(lines: str, notes: Notes) -> str:
    """Return one value on one line, cut at 1,000 characters."""
    value = unwrap(lines, notes)
    return notes.changed("value_cut", value, value[:_MAX_VALUE])


def _title_or_keywords(title: str, notes: Notes) -> tuple[str, str]:
    """Return the title and no keywords; or no title where an author put the keywords in its place."""
    keywords = without_label("keywords", title, notes)
    return (title, "") if keywords == title else ("", keywords)


def _paragraphs(lines: str, notes: Notes) -> str:
    return "\n\n".join(unwrap(part, notes) for part in lines.strip().split("\n\n"))


def _keywords(value: str) -> tuple[str, ...]:
    """Return the keywords between commas and semicolons, each once whatever its case."""
    once: dict[str, str] = {}
    for word in _BETWEEN_KEYWORDS.split(value):
        keyword = word.strip(" .")[:_MAX_KEYWORD]
        if keyword:
            once.setdefault(keyword.casefold(), keyword)
    return tuple(once.values())[:_MAX_KEYWORDS]
