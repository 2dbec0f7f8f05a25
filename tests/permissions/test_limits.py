"""Hostile requests: too large, too many, of the wrong kind. Each gets a 4xx or is read as nothing; none breaks."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from permissions import acts, places
from permissions.asking import Browser
from permissions.crawler import Page
from permissions.matrix import Line, lines
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
    "/record/99999999999999999999999/",
    "/record/entry/99999999999999999999999.json",
    "/record/tile/0/x999/x999/x999/x999/x999/999",
    "/record/tile/../../../etc/passwd",
    "/record/tile/%00",
    "/p/p-open/charter/1-99999999999999999999999/",
    "/account/2fa/webauthn/keys/99999999999999999999999/remove/",
)
REFUSED = range(400, 500)


def pages() -> list[Line]:
    """Each address that is read, once."""
    found = {
        line.name: line
        for line in reversed(lines())
        if line.method == "GET" and line.state not in ("on", "off")
    }
    return list(found.values())


def posts() -> list[Line]:
    """Each address that takes a form, once, where its form is open."""
    found = {
        line.name: line
        for line in reversed(lines())
        if line.method == "POST" and line.state not in ("draft", "off")
    }
    return list(found.values())


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
    return list(acting(page)) if page.is_html and b"no-script-needed" not in page.body else []


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
    asked = {
        line.name: browser.ask(
            world.askers[who(line)],
            "POST",
            places.url(world, line.name, line.state),
            content,
            content_type=kind,
        )
        for line in posts()
    }
    assert {name: found.outcome for name, found in asked.items()} == dict.fromkeys(asked, "400")


def odd() -> dict[str, Any]:
    """Values of the wrong kind for every field that any form has."""
    names = {name for sent in acts.FIXED.values() for name in sent} | {
        "chosen",
        "theme",
        "person",
        "next",
        "to",
        "file",
    }
    return dict.fromkeys(names | {"confirmed", "release", "discard", "approve", "unknown"}, "")


@pytest.mark.parametrize(
    "value",
    ["\0", "-1", "9" * 5000, "\ud800", "x" * 100_000, HOSTILE, "٣", "[]", "None"],
    ids=lambda value: repr(value[:12]),
)
def test_no_value_breaks_a_form_or_acts_in_the_page_that_shows_it_again(world: World, value: str) -> None:
    browser, sent = Browser(), dict.fromkeys(odd(), value.encode("utf-8", "surrogatepass"))
    asked = {
        line.name: browser.ask(
            world.askers[who(line)], "POST", places.url(world, line.name, line.state), sent
        ).response
        for line in posts()
    }
    assert {name: found.status_code for name, found in asked.items() if found.status_code >= 500} == {}
    assert {name: moving(found) for name, found in asked.items() if moving(found)} == {}


@pytest.mark.parametrize("kind", ["application/json", "text/plain", f"{FORM}; charset=nonsense", ""])
def test_a_body_of_another_kind_is_read_as_nothing_or_refused(world: World, kind: str) -> None:
    browser = Browser()
    asked = [
        browser.ask(
            world.askers[who(line)],
            "POST",
            places.url(world, line.name, line.state),
            b"{}",
            content_type=kind,
        )
        for line in posts()
    ]
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


def test_the_names_of_files_are_lines_without_tricks(world: World) -> None:
    name = "../../etc/\u202egpj.exe\r\nX-Injected: 1;\"'<b>.txt"
    sent = acts.INPUT | {"text": "", "file": SimpleUploadedFile(name, b"Some words.")}
    asked = Browser().ask(world.askers["author"], "POST", WRITE, sent)
    assert asked.outcome == "done"
