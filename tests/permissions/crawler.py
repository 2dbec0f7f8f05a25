"""Reads everything that somebody can reach: each address of the matrix, each link on a page, their mails."""

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import default
from functools import cached_property
from html.parser import HTMLParser
from io import BytesIO, StringIO
from pathlib import Path
from urllib.parse import urldefrag, urljoin
from zipfile import ZipFile

from django.conf import settings
from django.core.management import call_command

from permissions.asking import Browser
from permissions.canaries import ROLES, canaries
from permissions.cast import address
from permissions.matrix import lines
from permissions.places import url
from permissions.stages import KEYS
from permissions.world import World
from talanoa.mail.posting import outbox

MOST = 1000
_TOKEN = re.compile(r"kn[a-z]+?zz", re.IGNORECASE)


class Markup(HTMLParser):
    """The tags of a page with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))


@dataclass(frozen=True)
class Page:
    """What came back from one address."""

    url: str
    status: int
    headers: dict[str, str]
    body: bytes
    written: tuple[str, ...]
    linked_from: str

    @property
    def is_html(self) -> bool:
        return self.headers.get("Content-Type", "").startswith("text/html")

    @property
    def is_taken_away(self) -> bool:
        """Whether a browser keeps it as a file, which needs its own look where no style sheet of the site is."""
        return self.headers.get("Content-Disposition", "").startswith("attachment")

    @cached_property
    def markup(self) -> Markup:
        return Markup(self.body.decode())

    @cached_property
    def text(self) -> str:
        """The whole answer as text: headers, and a document's own text where it is packed, and all files of a pack."""
        head = "\n".join(f"{name}: {value}" for name, value in self.headers.items())
        kind = self.headers.get("Content-Type", "")
        if "wordprocessingml" in kind or kind == "application/zip":
            with ZipFile(BytesIO(self.body)) as packed:
                return head + "".join(
                    packed.read(name).decode("utf-8", "replace") for name in packed.namelist()
                )
        return head + self.body.decode("utf-8", "replace").replace("\r\n ", "")

    def links(self) -> Iterator[str]:
        for _tag, attrs in self.markup.tags if self.is_html else ():
            target = attrs.get("href") or attrs.get("src") or ""
            if target and not target.startswith(("mailto:", "#")):
                yield urldefrag(urljoin(self.url, target))[0]


@dataclass
class Reach:
    """Everything that one role came across."""

    role: str
    others: dict[str, str]
    sessions: list[str]
    reply_tokens: list[str]
    pages: list[Page] = field(default_factory=list)

    @cached_property
    def seen(self) -> dict[str, str]:
        """The canaries, each with the place where it was first seen."""
        found: dict[str, str] = {}
        told = [(page.url, page.text) for page in self.pages] + list(self.others.items())
        for place, text in told:
            for token in tokens_in(text):
                found.setdefault(token, place)
        return found


def tokens_in(text: str) -> set[str]:
    """The canaries in a text."""
    return {token.lower() for token in _TOKEN.findall(text)} & canaries().keys()


def reach(world: World, role: str) -> Reach:
    """Open every mail, ask for everything, follow every link of our own."""
    sessions = [asker.session for asker in world.askers.values()]
    found = Reach(role, dict(letters(role)), sessions, reply_tokens())
    asker, browser = world.askers[role], Browser()
    known = dict.fromkeys([*_seeds(world), *(link for text in found.others.values() for link in links(text))])
    waiting = deque((seed, "") for seed in known)
    while waiting and len(found.pages) < MOST:
        place, linked_from = waiting.popleft()
        asked = browser.ask(asker, "GET", place)
        response = asked.response
        body = b"".join(response) if response.streaming else response.content
        page = Page(place, response.status_code, dict(response.items()), body, asked.written, linked_from)
        found.pages.append(page)
        for target in page.links() if page.status == 200 else ():
            if _is_worth(target) and target not in known:
                known[target] = None
                waiting.append((target, place))
    return found


def _seeds(world: World) -> list[str]:
    """Every address in every state, save the one that is known only to whom we wrote."""
    named = [line for line in lines() if line.method == "GET" and line.state not in ("on", "valid")]
    return [url(world, line.name, line.state) for line in named]


def links(text: str) -> list[str]:
    """The addresses of our own in a mail, as paths."""
    return re.findall(rf"{re.escape(settings.TALANOA_URL)}(/[^\s>]*)", text)


def _is_worth(target: str) -> bool:
    """Follow our own links, save those to the same entry in other forms, of which the matrix has enough."""
    return target.startswith("/") and not target.startswith(("/static/", "/record/entry/"))


def letters(role: str) -> Iterator[tuple[str, str]]:
    """The letters to this role, headers and words."""
    directory = outbox.directory
    assert directory
    for file in sorted(directory.glob("*.eml")):
        mail = message_from_bytes(file.read_bytes(), policy=default)
        if str(mail["To"]) == address(role):
            head = "\n".join(f"{name}: {value}" for name, value in mail.items())
            yield f"mail {file.name}", f"{head}\n\n{mail.get_content()}"


def reply_tokens() -> list[str]:
    """The tokens in the answer addresses of all letters, and those that end letters."""
    told = "".join(text for role in ROLES for text in dict(letters(role)).values())
    return re.findall(r"(?m)^(?:Reply-To|List-Unsubscribe): [^+\n]+\+([a-z2-7]{26})@", told)


def commanded(*words: str) -> str:
    """What a command prints."""
    out = StringIO()
    call_command(*words, stdout=out, stderr=StringIO())
    return out.getvalue()


def listed(role: str) -> dict[str, str]:
    """What the command line lists when it acts as this role."""
    actor = ("--as", address(role), "--json")
    return {f"input list {key}": commanded("input", "list", key, *actor) for key in KEYS.values()}


def given_away(directory: Path) -> dict[str, str]:
    """What leaves without anybody asking as somebody: the export of the record, the response tables."""
    call_command("record", "export", str(directory), stdout=StringIO())
    files = {
        str(file): file.read_bytes().decode("utf-8", "replace")
        for file in directory.rglob("*")
        if file.is_file()
    }
    return files | {f"report matrix {key}": commanded("report", "matrix", key) for key in KEYS.values()}
