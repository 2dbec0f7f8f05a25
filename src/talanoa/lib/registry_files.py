"""The files of the registry: one for each body, process, training and source of money, read and checked.

How they are written stands in content/bodies/README.md. Everything that is wrong is told at once, with file
and line.
"""

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar

import yaml

from talanoa.lib.fields import Fields, fault, parsed, parsed_rows
from talanoa.lib.languages import is_language
from talanoa.lib.overlap import GLOBAL, Topic
from talanoa.lib.regions import REGION_NAMES, places

BODIES, PROCESSES = "bodies", "opportunities/processes"
TRAININGS, FUNDING = "opportunities/trainings", "opportunities/funding"
TOPICS = "topics.yaml"
SIZE_LIMIT, WORDS = 20_000, 2000
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
    found = []
    try:
        for row in parsed_rows(path.name, _text(path), wrong):
            found.append(Topic(row.text("key"), row.text("name"), row.texts("terms", most=200)))
            row.end()
    except (yaml.YAMLError, ValueError) as broken:
        wrong.append(fault(path.name, broken))
    keys = [row.key for row in found]
    wrong += [
        f"{path.name}:1: the topic {key} is there twice"
        for key in sorted({k for k in keys if keys.count(k) > 1})
    ]
    return found


def _each(folder: Path, kind: str, make: Callable[[Fields], Made], wrong: list[str]) -> Iterator[Made]:
    for path in _paths(folder, kind):
        name = f"{kind}/{path.name}"
        try:
            fields = parsed(name, _text(path), wrong)
            made = make(fields)
        except (yaml.YAMLError, ValueError) as broken:
            wrong.append(fault(name, broken))
            continue
        fields.end()
        yield made


def _text(path: Path) -> str:
    data = path.read_bytes()
    if len(data) > SIZE_LIMIT:
        raise ValueError(f"a file has at most {SIZE_LIMIT} bytes")
    return data.decode("utf-8")


def _links(fields: Fields, name: str) -> tuple[str, ...]:
    """Return the addresses of a list."""
    found = fields.texts(name, required=True, most=6)
    if any(not _WEB.fullmatch(link) for link in found):
        fields.blame(name, "holds what is no https address")
    return found


def _listed(fields: Fields, known: frozenset[str]) -> dict[str, object]:
    key = fields.pattern("key", _KEY, "has 2 to 40 characters of a-z, 0-9 and -")
    if key and fields.name.rpartition("/")[2] != f"{key}.yaml":
        fields.blame("key", "is not the name of the file")
    where = frozenset({GLOBAL, *REGION_NAMES, *places()})
    return {
        "key": key,
        "url": fields.pattern("url", _WEB, "is no https address"),
        "topics": fields.texts("topics", required=True, most=8, among=known),
        "jurisdictions": fields.texts("jurisdictions", required=True, among=where),
        "keywords": fields.texts("keywords"),
        "sources": _links(fields, "sources"),
        "checked": fields.day("checked", required=True, never=NEVER),
    }


def _body(fields: Fields, known: frozenset[str]) -> Body:
    told = _listed(fields, known)
    if told["key"] in TAKEN:
        fields.blame("key", "is the name of another page")
    feeds = tuple((row.text("kind"), row.text("url", most=500)) for row in fields.rows("feeds"))
    if any(kind not in FEED_KINDS or not _WEB.fullmatch(link) for kind, link in feeds):
        fields.blame("feeds", f"has rows of kind ({', '.join(FEED_KINDS)}) and url")
    return Body(
        **told,  # type: ignore[arg-type]
        name=fields.text("name"),
        short=fields.text("short", required=False, most=40),
        kind=fields.text("kind", among=BODY_KINDS),
        remit=fields.text("remit", most=WORDS),
        addressees=fields.texts("addressees", required=True),
        documents=fields.texts("documents", most=60),
        contact=fields.pattern("contact", _CONTACT, "is a page or a public address of the body"),
        feeds=feeds,
        parent=fields.text("parent", required=False, most=40),
    )


def _dated(
    fields: Fields, known: frozenset[str], bodies: frozenset[str], *, owned: bool
) -> dict[str, object]:
    told = _listed(fields, known)
    body = fields.text("body", required=owned, most=40)
    if body and body not in bodies:
        fields.blame("body", "is the key of no body")
    opens, closes = fields.day("opens"), fields.day("closes")
    if opens and closes and closes < opens:
        fields.blame("closes", "lies before opens")
    return told | {
        "body": body,
        "title": fields.text("title"),
        "summary": fields.text("summary", most=WORDS),
        "opens": opens,
        "closes": closes,
        "recurring": fields.text("recurring", required=False),
        "groups": fields.texts("groups", among=frozenset(GROUPS)),
    }


def _process(fields: Fields, known: frozenset[str], bodies: frozenset[str]) -> OutsideProcess:
    told = _dated(fields, known, bodies, owned=True)
    return OutsideProcess(**told, status=fields.text("status", among=STATUSES))  # type: ignore[arg-type]


def _offer(fields: Fields, known: frozenset[str], bodies: frozenset[str]) -> Offer:
    told = _dated(fields, known, bodies, owned=False)
    provider = fields.text("provider", required=not told["body"])
    languages = fields.texts("languages")
    if any(not is_language(code) for code in languages):
        fields.blame("languages", "holds what is no code of a language")
    return Offer(
        **told,  # type: ignore[arg-type]
        provider=provider,
        cost=fields.text("cost", required=False, among=COSTS),
        languages=languages,
        mode=fields.text("mode", required=False, among=MODES),
        length=fields.text("length", required=False),
        amount=fields.text("amount", required=False),
    )
