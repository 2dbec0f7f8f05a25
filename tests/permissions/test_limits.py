"""Hostile requests: too large, too many, of the wrong kind. Each gets a 4xx or is read as nothing; none breaks."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from permissions import acts, places
from permissions.asking import Asked, Browser
from permissions.crawler import Page
from permissions.matrix import NIGHTLY, Line, lines
from permissions.stages import KEYS
from permissions.test_reach import acting
from permissions.world import World
from talanoa.site.uploads import LIMIT

pytestmark = pytest.mark.django_db
WRITE = f"/p/{KEYS['open']}/inputs/write/"
FORM = "application/x-www-form-urlencoded"
HOSTILE = "\"><script>alert(1)</script><img src=x onerror=alert(1)>'javascript:alert(1)"
QUERIES = (
    "page=99999999999999999999999",
    "page=-1&page=x",
    f"page={'9' * 5000}",
    "page=%00&process=%00&group=%00&theme=%00&words=%00&show=%00&next=%00&passkey=%00",
    "page=%ff%fe&process=%ff&group=%ed%a0%80&theme=%f0&words=%c3%28&show=%80",
    "process=" + "a" * 8000,
    "words=" + "%25" * 3000 + "&theme=" + "x" * 3000,
    "a[]=1&b[c]=2&__class__=3&" + "&".join(f"k{n}=1" for n in range(900)),
    f"page={HOSTILE}&process={HOSTILE}&group={HOSTILE}&words={HOSTILE}&next=javascript:alert(1)",
)
PATHS = (
    "/p/%00/",
    "/p/%ff/",
    "/p/..%2f..%2fetc/",
    "/p/" + "a" * 5000 + "/",
    "/p/p-open/inputs/99999999999999999999999/",
    f"/p/p-open/inputs/{'9' * 5000}/",
    "/p/p-open/desk/drafts/99999999999999999999999/",
    "/p/p-open/themes/%00/",
    "/p/p-open/confirm/%00/",
    f"/p/p-open/confirm/{'a' * 5000}/",
    "/p/p-open/invitation/%00/",
    "/record/99999999999999999999999/",
    "/record/entry/99999999999999999999999.json",
    "/record/tile/0/x999/x999/x999/x999/x999/999",
    "/record/tile/../../../etc/passwd",
    "/record/tile/%00",
    "/p/p-open/charter/1-99999999999999999999999/",
    "/account/2fa/webauthn/keys/99999999999999999999999/remove/",
)
REFUSED = range(400, 500)
ALONE = ("record:verify", "badges:page")
"""Pages that work from a file and read no query."""


def pages() -> list[Line]:
    """Each address that is read, once."""
    found = {
        line.name: line
        for line in reversed(lines())
        if line.method == "GET" and line.state not in ("on", "off") and line.name not in ALONE
    }
    return _asked(found)


def _asked(found: dict[str, Line]) -> list[Line]:
    """By day every second address, by night all of them: what refuses is the same for each."""
    return list(found.values()) if NIGHTLY else list(found.values())[::2]


def posts() -> list[Line]:
    """Each address that takes a form, once, where its form is open."""
    found = {
        line.name: line
        for line in reversed(lines())
        if line.method == "POST" and line.state not in ("draft", "off")
    }
    return _asked(found)


def post(browser: Browser, world: World, line: Line, content: bytes, kind: str) -> Asked:
    url = places.url(world, line.name, line.state)
    as_it_is = "application/octet-stream"  # the test client leaves such a body alone
    return browser.ask(
        world.askers[who(line)], "POST", url, content, content_type=as_it_is, CONTENT_TYPE=kind
    )


def who(line: Line) -> str:
    """One who gets furthest."""
    return "author" if line.expected["author"] in ("done", "200") else "convenor"


@pytest.mark.parametrize("line", pages(), ids=str)
def test_no_query_breaks_a_page_or_writes_into_it(world: World, line: Line) -> None:
    browser, url = Browser(), places.url(world, line.name, line.state)
    asked = {
        query[:40]: browser.ask(world.askers[who(line)], "GET", f"{url}?{query}").response
        for query in QUERIES
    }
    assert {query: found.status_code for query, found in asked.items() if found.status_code >= 500} == {}
    assert {query: moving(found) for query, found in asked.items() if moving(found)} == {}


def moving(response: Any) -> list[str]:
    page = Page("", response.status_code, dict(response.items()), response.getvalue(), (), "")
    return list(acting(page)) if page.is_html else []


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path[:60])
def test_an_address_that_cannot_be_is_not_found(world: World, path: str) -> None:
    assert Browser().ask(world.askers["convenor"], "GET", path).outcome == "404"


def bodies() -> dict[str, tuple[bytes, str]]:
    """Bodies with their content types, each of which no form can take."""
    parts = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n'
    files = (
        b'--x\r\nContent-Disposition: form-data; name="f"; filename="f.txt"\r\n\r\n1\r\n' * 21 + b"--x--\r\n"
    )
    return {
        "1,001 fields": ("&".join(f"k{n}=1" for n in range(1001)).encode(), FORM),
        "3 MB in one field": (b"text=" + b"a" * 3_000_000, FORM),
        "1,001 parts": (parts * 1001 + b"--x--\r\n", "multipart/form-data; boundary=x"),
        "21 files": (files, "multipart/form-data; boundary=x"),
        "no boundary": (parts, "multipart/form-data"),
        "a boundary that is none": (parts, "multipart/form-data; boundary=\xff"),
    }


@pytest.mark.parametrize("body", bodies())
def test_a_body_beyond_the_limits_is_refused_everywhere(world: World, body: str) -> None:
    browser, (content, kind) = Browser(enforce_csrf_checks=True, secret="a" * 32), bodies()[body]
    asked = {line.name: post(browser, world, line, content, kind) for line in posts()}
    assert {name: found.outcome for name, found in asked.items()} == dict.fromkeys(asked, "400")


NAMES = {name for sent in acts.FIXED.values() for name in sent} | {"chosen", "theme", "person", "next", "to"}
# Django's own JSON field knows no refusal for a number of more than 4,300 digits; who is signed in sees a 500.
TOO_MANY_DIGITS, THEIRS = 5000, {"mfa_add_webauthn"}
BY_NIGHT = ("-1", "x" * 20_000, "٣", "[]", "None") if NIGHTLY else ()
MORE = {"file", "confirmed", "release", "discard", "approve", "unknown"}


@pytest.mark.parametrize(
    "value",
    ["\0", "9" * TOO_MANY_DIGITS, "\ud800", HOSTILE]
    + [pytest.param(value, marks=pytest.mark.nightly) for value in BY_NIGHT],
    ids=lambda value: repr(value[:12]),
)
def test_no_value_breaks_a_form_or_acts_in_the_page_that_shows_it_again(world: World, value: str) -> None:
    browser = Browser()
    sent = urlencode(dict.fromkeys(NAMES | MORE, value), errors="surrogatepass").encode()
    asked = {line.name: post(browser, world, line, sent, FORM).response for line in posts()}
    broken = {name for name, found in asked.items() if found.status_code >= 500}
    assert broken == (THEIRS & asked.keys() if len(value) == TOO_MANY_DIGITS else set())
    assert {name: moving(found) for name, found in asked.items() if moving(found)} == {}


@pytest.mark.parametrize("kind", ["application/json", "text/plain", f"{FORM}; charset=nonsense", ""])
def test_a_body_of_another_kind_is_read_as_nothing_or_refused(world: World, kind: str) -> None:
    browser = Browser()
    asked = [post(browser, world, line, b"{}", kind) for line in posts()]
    assert [found.outcome for found in asked if found.outcome.startswith("5")] == []


def test_a_request_that_announces_more_than_any_form_takes_is_refused_unread(world: World) -> None:
    sent = acts.INPUT | {"file": SimpleUploadedFile("a.txt", b"a" * LIMIT)}
    asked = Browser().ask(world.askers["author"], "POST", WRITE, sent)
    assert (asked.outcome, asked.written) == ("400", ())


def test_a_file_above_its_limit_is_refused_with_its_code(world: World) -> None:
    sent = acts.INPUT | {"text": "", "file": SimpleUploadedFile("a.txt", b"a" * (LIMIT - 1_000_000))}
    asked = Browser().ask(world.askers["author"], "POST", WRITE, sent)
    assert asked.response.context["form"].errors["file"] == ["A file may have up to 10 MB."]
    assert asked.written == ()


def test_the_name_of_a_file_is_one_line_without_a_path_or_tricks(world: World) -> None:
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = world.askers["author"].session
    file = SimpleUploadedFile("../../etc/\u202egnp.'<b>é;x.txt", b"Some words.")
    page = client.post(WRITE, acts.INPUT | {"text": "", "file": file})["Location"]
    answer = client.get(page.replace("received/", "file"))
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''gnp.%27%3Cb%3E%C3%A9%3Bx.txt"
    assert (answer["Content-Type"], answer.content) == ("application/octet-stream", b"Some words.")
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
