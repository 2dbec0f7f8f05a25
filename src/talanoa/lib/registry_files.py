"""The files of the registry: one for each body, process, training and source of money, read and checked.

How they are written stands in content/bodies/README.md. Everything that is wrong is told at once, with file
and line.
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import yaml

from talanoa.lib.languages import is_language
from talanoa.lib.overlap import GLOBAL, Topic
from talanoa.lib.regions import REGION_NAMES, places

BODIES, PROCESSES = "bodies", "opportunities/processes"
TRAININGS, FUNDING = "opportunities/trainings", "opportunities/funding"
TOPICS = "topics.yaml"
SIZE_LIMIT, LINE, WORDS = 20_000, 200, 2000
BODY_KINDS = (
    "standards", "names-numbers", "forum", "intergovernmental", "regulator", "operators", "civil-society", "industry",
    "research", "incident-response", "training", "funder",
)  # fmt: skip
STATUSES = ("open", "announced", "recurring", "closed")
FEED_KINDS = ("atom", "rss", "ical", "datatracker", "hyperkitty", "mbox")
GROUPS = ("government", "private_sector", "civil_society", "technical", "academia", "igo")
COSTS, MODES = ("free", "fee", "fellowship"), ("online", "in person", "both")
TAKEN = frozenset({"correct", "corrections", "funding", "take-part", "trainings"})
"""Names of pages beside those of the bodies."""
NEVER = "never"
_KEY = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])")
_WEB = re.compile(r"https?://[^\s<>\"]{4,500}")
_CONTACT = re.compile(r"https?://[^\s<>\"]{4,500}|[^\s<>\"@]+@[^\s<>\"@]+\.[a-z]+")
Made = TypeVar("Made")


class FilesWrong(ValueError):
    """Files of the registry cannot be taken; `wrong` tells each fault as `file:line: what`."""

    def __init__(self, wrong: list[str]) -> None:
        super().__init__("\n".join(wrong))
        self.wrong = wrong


@dataclass(frozen=True, slots=True)
class Listed:
    """What every file says; `checked` is None where nobody could hold it against its sources yet."""

    key: str
    url: str
    topics: tuple[str, ...]
    jurisdictions: tuple[str, ...]
    keywords: tuple[str, ...]
    sources: tuple[str, ...]
    checked: date | None


@dataclass(frozen=True, slots=True)
class Body(Listed):
    """A body that works on something."""

    name: str
    short: str
    kind: str
    remit: str
    addressees: tuple[str, ...]
    documents: tuple[str, ...]
    contact: str
    feeds: tuple[tuple[str, str], ...]
    parent: str


@dataclass(frozen=True, slots=True)
class Dated(Listed):
    """What somebody can take part in or apply for, with its dates where its source states them."""

    body: str
    title: str
    summary: str
    opens: date | None
    closes: date | None
    recurring: str
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OutsideProcess(Dated):
    """A process of another body."""

    status: str


@dataclass(frozen=True, slots=True)
class Offer(Dated):
    """A training, or a source of money."""

    provider: str
    cost: str
    languages: tuple[str, ...]
    mode: str
    length: str
    amount: str


@dataclass(frozen=True, slots=True)
class Files:
    """Everything that the files say, and the SHA-256 over them."""

    sha256: str
    topics: list[Topic] = field(default_factory=list)
    bodies: list[Body] = field(default_factory=list)
    processes: list[OutsideProcess] = field(default_factory=list)
    trainings: list[Offer] = field(default_factory=list)
    funding: list[Offer] = field(default_factory=list)


def digest(folder: Path) -> str:
    """Return the SHA-256 over the names and bytes of all files of the registry in `folder`; empty where it has none."""
    hashed = hashlib.sha256()
    paths = [folder / TOPICS, *_paths(folder, BODIES, PROCESSES, TRAININGS, FUNDING)]
    if not paths[0].is_file():
        return ""
    for path in paths:
        hashed.update(f"{path.relative_to(folder).as_posix()} {path.stat().st_size}\n".encode())
        hashed.update(path.read_bytes())
    return hashed.hexdigest()


def read(folder: Path) -> Files:
    """Return what the files in `folder` say. Raises FilesWrong with every fault; FileNotFoundError without topics."""
    wrong: list[str] = []
    (folder / TOPICS).stat()
    topics = _topics(folder / TOPICS, wrong)
    known = frozenset(row.key for row in topics)
    bodies = list(_each(folder, BODIES, partial(_body, known=known), wrong))
    keys = frozenset(row.key for row in bodies)
    take = partial(_offer, known=known, bodies=keys)
    found = Files(
        sha256=digest(folder),
        topics=topics,
        bodies=bodies,
        processes=list(_each(folder, PROCESSES, partial(_process, known=known, bodies=keys), wrong)),
        trainings=list(_each(folder, TRAININGS, take, wrong)),
        funding=list(_each(folder, FUNDING, take, wrong)),
    )
    wrong += [
        f"{BODIES}/{row.key}.yaml:1: there is no body {row.parent}"
        for row in bodies
        if row.parent and (row.parent not in keys or row.parent == row.key)
    ]
    trained = {row.key for row in found.trainings}
    wrong += [
        f"{FUNDING}/{row.key}.yaml:1: key is that of a training"
        for row in found.funding
        if row.key in trained
    ]
    if wrong:
        raise FilesWrong(sorted(wrong))
    return found


def _paths(folder: Path, *kinds: str) -> list[Path]:
    return [path for kind in kinds for path in sorted((folder / kind).glob("*.yaml"))]


def _topics(path: Path, wrong: list[str]) -> list[Topic]:
    name = path.name
    try:
        rows: Any = _value(yaml.compose(_text(path), Loader=yaml.SafeLoader))
        found = [Topic(row["key"], row["name"], tuple(row["terms"])) for row in rows]
    except (yaml.YAMLError, ValueError, KeyError, TypeError) as broken:
        wrong.append(f"{name}:{_line_of(broken)}: a topic has key, name and terms, no more: {_first(broken)}")
        return []
    keys = [row.key for row in found]
    wrong += [
        f"{name}:1: the topic {key} is there twice" for key in sorted({k for k in keys if keys.count(k) > 1})
    ]
    return found


def _each(folder: Path, kind: str, make: Callable[["Reader"], Made], wrong: list[str]) -> Iterator[Made]:
    for path in _paths(folder, kind):
        reader = Reader(f"{kind}/{path.name}")
        try:
            reader.open(_text(path))
            made = make(reader)
        except (yaml.YAMLError, ValueError) as broken:
            wrong.append(f"{reader.name}:{_line_of(broken)}: {_first(broken)}")
            continue
        reader.end()
        wrong += reader.wrong
        yield made


def _text(path: Path) -> str:
    data = path.read_bytes()
    if len(data) > SIZE_LIMIT:
        raise ValueError(f"a file has at most {SIZE_LIMIT} bytes")
    return data.decode("utf-8")


def _first(broken: Exception) -> str:
    return " ".join(str(getattr(broken, "problem", None) or broken).split())[:LINE]


def _line_of(broken: Exception) -> int:
    mark = getattr(broken, "problem_mark", None)
    return mark.line + 1 if mark else 1


def _value(node: yaml.Node | None, depth: int = 0) -> object:
    """Return what a node holds: every scalar as the text that was written, so that `no` and dates stay as they are."""
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    if depth > 2:  # noqa: PLR2004 - a list of mappings of texts is the deepest there is
        raise ValueError("this is nested too deep")
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, depth + 1) for item in node.value]
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): _value(item, depth + 1) for key, item in node.value}
    return ""


class Reader:
    """One file: hands out its fields one by one, and notes what is wrong with each at its line."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.wrong: list[str] = []
        self._fields: dict[str, object] = {}
        self._lines: dict[str, int] = {}
        self._asked: set[str] = set()

    def open(self, text: str) -> None:
        """Take the text of the file apart. Raises YAMLError or ValueError where it is no list of `field: value`."""
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        if not isinstance(node, yaml.MappingNode):
            raise ValueError("a file is a list of `field: value` lines")  # noqa: TRY004 - the file is wrong, not a type
        for key, value in node.value:
            self._lines[str(key.value)] = key.start_mark.line + 1
            if key.value in self._fields:
                self.blame(str(key.value), "stands there twice")
            self._fields[str(key.value)] = _value(value)

    def end(self) -> None:
        """Note the fields that nobody asked for."""
        for name in self._fields.keys() - self._asked:
            self.blame(name, "is no field of such a file")

    def blame(self, name: str, what: str) -> None:
        """Note that the field `name` is wrong."""
        self.wrong.append(f"{self.name}:{self._lines.get(name, 1)}: {name} {what}")

    def text(self, name: str, *, most: int = LINE, required: bool = True, among: tuple[str, ...] = ()) -> str:
        """Return the text of a field on one line; empty where it is missing."""
        found = self._take(name, required=required)
        said = " ".join(found.split()) if isinstance(found, str) else ""
        if found and not isinstance(found, str):
            self.blame(name, "is one text")
        if len(said) > most:
            self.blame(name, f"has more than {most} characters")
        if said and among and said not in among:
            self.blame(name, f"is none of {', '.join(among)}")
        return said

    def texts(
        self, name: str, *, required: bool = False, most: int = 20, among: frozenset[str] | None = None
    ) -> tuple[str, ...]:
        """Return the texts of a list."""
        found = self._take(name, required=required)
        if not isinstance(found, list) or not all(isinstance(item, str) for item in found):
            if found:
                self.blame(name, "is a list of texts")
            return ()
        made = tuple(" ".join(item.split()) for item in found)
        if len(made) > most or any(len(item) > LINE for item in made):
            self.blame(name, f"has at most {most} texts of {LINE} characters")
        strange = [item for item in made if among is not None and item not in among]
        if strange:
            self.blame(name, f"holds what is none of the known ones: {', '.join(strange)}")
        return made

    def links(self, name: str) -> tuple[str, ...]:
        """Return the addresses of a list."""
        found = self.texts(name, required=True, most=6)
        if any(not _WEB.fullmatch(link) for link in found):
            self.blame(name, "holds what is no https address")
        return found

    def pattern(self, name: str, like: re.Pattern[str], what: str) -> str:
        """Return the text of a field that looks like `like`."""
        found = self.text(name, most=500)
        if found and not like.fullmatch(found):
            self.blame(name, what)
        return found

    def day(self, name: str, *, required: bool = False) -> date | None:
        """Return the day of a field; None where it is missing, or `never`."""
        said = self.text(name, required=required)
        if not said or said == NEVER:
            return None
        try:
            return date.fromisoformat(said)
        except ValueError:
            self.blame(name, "is a day such as 2026-11-25")
            return None

    def rows(self, name: str) -> list[Mapping[str, object]]:
        """Return the mappings of a list."""
        found = self._take(name, required=False)
        if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
            if found:
                self.blame(name, "is a list of mappings")
            return []
        return [item for item in found if isinstance(item, dict)]

    def _take(self, name: str, *, required: bool) -> object:
        self._asked.add(name)
        found = self._fields.get(name, "")
        if required and not found:
            self.blame(name, "is missing")
        return found


def _listed(reader: Reader, known: frozenset[str]) -> dict[str, object]:
    key = reader.pattern("key", _KEY, "has 2 to 40 characters of a-z, 0-9 and -")
    if key and reader.name.rpartition("/")[2] != f"{key}.yaml":
        reader.blame("key", "is not the name of the file")
    where = frozenset({GLOBAL, *REGION_NAMES, *places()})
    return {
        "key": key,
        "url": reader.pattern("url", _WEB, "is no https address"),
        "topics": reader.texts("topics", required=True, most=8, among=known),
        "jurisdictions": reader.texts("jurisdictions", required=True, among=where),
        "keywords": reader.texts("keywords"),
        "sources": reader.links("sources"),
        "checked": reader.day("checked", required=True),
    }


def _body(reader: Reader, known: frozenset[str]) -> Body:
    told = _listed(reader, known)
    if told["key"] in TAKEN:
        reader.blame("key", "is the name of another page")
    feeds = tuple((str(row.get("kind", "")), str(row.get("url", ""))) for row in reader.rows("feeds"))
    if any(kind not in FEED_KINDS or not _WEB.fullmatch(link) for kind, link in feeds):
        reader.blame("feeds", f"has rows of kind ({', '.join(FEED_KINDS)}) and url")
    return Body(
        **told,  # type: ignore[arg-type]
        name=reader.text("name"),
        short=reader.text("short", required=False, most=40),
        kind=reader.text("kind", among=BODY_KINDS),
        remit=reader.text("remit", most=WORDS),
        addressees=reader.texts("addressees", required=True),
        documents=reader.texts("documents", most=60),
        contact=reader.pattern("contact", _CONTACT, "is a page or a public address of the body"),
        feeds=feeds,
        parent=reader.text("parent", required=False, most=40),
    )


def _dated(
    reader: Reader, known: frozenset[str], bodies: frozenset[str], *, owned: bool
) -> dict[str, object]:
    told = _listed(reader, known)
    body = reader.text("body", required=owned, most=40)
    if body and body not in bodies:
        reader.blame("body", "is the key of no body")
    opens, closes = reader.day("opens"), reader.day("closes")
    if opens and closes and closes < opens:
        reader.blame("closes", "lies before opens")
    return told | {
        "body": body,
        "title": reader.text("title"),
        "summary": reader.text("summary", most=WORDS),
        "opens": opens,
        "closes": closes,
        "recurring": reader.text("recurring", required=False),
        "groups": reader.texts("groups", among=frozenset(GROUPS)),
    }


def _process(reader: Reader, known: frozenset[str], bodies: frozenset[str]) -> OutsideProcess:
    told = _dated(reader, known, bodies, owned=True)
    return OutsideProcess(**told, status=reader.text("status", among=STATUSES))  # type: ignore[arg-type]


def _offer(reader: Reader, known: frozenset[str], bodies: frozenset[str]) -> Offer:
    told = _dated(reader, known, bodies, owned=False)
    provider = reader.text("provider", required=not told["body"])
    languages = reader.texts("languages")
    if any(not is_language(code) for code in languages):
        reader.blame("languages", "holds what is no code of a language")
    return Offer(
        **told,  # type: ignore[arg-type]
        provider=provider,
        cost=reader.text("cost", required=False, among=COSTS),
        languages=languages,
        mode=reader.text("mode", required=False, among=MODES),
        length=reader.text("length", required=False),
        amount=reader.text("amount", required=False),
    )
