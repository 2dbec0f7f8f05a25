"""What each role comes across when it reads everything: no secret of others, no broken page, nothing that acts."""

import csv
import re
from collections.abc import Iterator
from io import StringIO

import pytest
from _pytest.mark import ParameterSet
from django.conf import settings

from permissions.canaries import ROLES, canaries
from permissions.crawler import Page, Reach, reach
from permissions.matrix import NIGHTLY
from permissions.world import World
from talanoa.site.middleware import PasskeyScriptsMiddleware

pytestmark = pytest.mark.django_db
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\0")
HANDLED = {"href", "src", "action", "formaction", "data", "poster", "xlink:href"}
FORBIDDEN = {"iframe", "object", "embed", "img", "base"}
BY_DAY = ("visitor", "participant")
POLICY = "default-src 'none'"


def walks() -> list[ParameterSet]:
    """A walk takes 20 s, so most of them are for the night."""
    by_night = [pytest.param(role, marks=pytest.mark.nightly) for role in ROLES if role not in BY_DAY]
    return [pytest.param(role) for role in BY_DAY] + (by_night if NIGHTLY else [])


@pytest.fixture(scope="module", params=walks())
def reached(request: pytest.FixtureRequest, world: World) -> Reach:
    return reach(world, request.param)


def test_everybody_comes_across_what_they_may_and_nothing_else(reached: Reach) -> None:
    may = {token for token, found in canaries().items() if reached.role in found.seen_by}
    assert {token: place for token, place in reached.seen.items() if token not in may} == {}
    assert may - reached.seen.keys() == set()


def test_reading_changes_nothing(reached: Reach) -> None:
    assert {page.url: page.written for page in reached.pages if page.written} == {}


def test_every_page_answers_and_every_link_leads_somewhere(reached: Reach) -> None:
    broken = [
        page for page in reached.pages if page.status >= 500 or (page.linked_from and page.status >= 400)
    ]
    no_pdf = [page for page in broken if page.url.endswith("/report.pdf") and page.status == 409]
    assert [(page.url, page.status, page.linked_from) for page in broken if page not in no_pdf] == []


def acting(page: Page) -> Iterator[str]:
    """What in a page could run or lead astray: scripts, handlers, styles, strange addresses, a second head."""
    tags = page.markup.tags
    styles = 1 if page.is_taken_away else 0
    if [tag for tag, _attrs in tags].count("style") > styles:
        yield "style"
    for tag, attrs in tags:
        yield from (f"{tag} {name}" for name in attrs if name.startswith("on") or name == "style")
        for name in HANDLED & attrs.keys():
            if not re.match(r"(?:/(?!/)|\?|#|https?:|mailto:|$)", attrs[name]):
                yield f"{tag} {name}={attrs[name]}"
        if tag in FORBIDDEN:
            yield tag
        if tag == "script" and not (attrs.get("nonce") or attrs.get("type") == "application/json"):
            yield "script without nonce"
    if [tag for tag, _attrs in tags].count("title") > 1 + sum(tag == "svg" for tag, _attrs in tags):
        yield "title"


OWN_POLICY = {"/record/verify.html", "/badges/check.html"}
"""Pages that work from a file without a line; each carries a stricter policy of its own."""


def is_own_policy(page: Page) -> bool:
    return page.url in OWN_POLICY


def test_no_page_holds_anything_that_acts(reached: Reach) -> None:
    pages = [page for page in reached.pages if page.is_html and not is_own_policy(page)]
    assert {page.url: list(acting(page)) for page in pages if list(acting(page))} == {}


def test_no_text_turns_around_what_stands_beside_it(reached: Reach) -> None:
    pages = [page for page in reached.pages if not page.url.endswith("/file")]
    assert [page.url for page in pages if TURNING.search(page.text)] == []


def test_no_cell_of_a_table_is_a_formula(reached: Reach) -> None:
    tables = [page for page in reached.pages if page.headers.get("Content-Type", "").startswith("text/csv")]
    cells = [cell for page in tables for row in csv.reader(StringIO(page.body.decode())) for cell in row]
    assert [cell for cell in cells if cell.startswith(FORMULA)] == []
    assert len(tables) >= 4


def test_every_answer_says_how_a_browser_may_use_it(reached: Reach) -> None:
    wanted = {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "X-Frame-Options": "DENY",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    lacking = [page.url for page in reached.pages if not wanted.items() <= page.headers.items()]
    assert lacking == []


def test_every_page_but_those_with_their_own_has_the_policy(reached: Reach) -> None:
    pages = [page for page in reached.pages if page.is_html]
    without = {page.url for page in pages if POLICY not in page.headers.get("Content-Security-Policy", "")}
    assert without == OWN_POLICY


def test_scripts_run_on_the_pages_of_the_passkey_only(reached: Reach) -> None:
    pages = [
        page for page in reached.pages if "script-src" in page.headers.get("Content-Security-Policy", "")
    ]
    passkey = {
        "/account/2fa/webauthn/add/",
        "/account/2fa/authenticate/",
        "/account/2fa/webauthn/reauthenticate/",
    }
    assert {page.url.partition("?")[0] for page in pages} <= passkey | {"/account/login/"}
    assert len(PasskeyScriptsMiddleware.pages) == len(passkey)


def test_what_one_person_sees_stays_out_of_shared_caches(reached: Reach) -> None:
    pages = [page for page in reached.pages if not page.url.startswith("/record/tile/")]
    shared = [
        page for page in pages if not re.search("private|no-store", page.headers.get("Cache-Control", ""))
    ]
    assert bool(shared) is (reached.role == "visitor")


def test_no_secret_of_the_installation_stands_anywhere(reached: Reach) -> None:
    keys = [settings.SECRET_KEY, *(asker for asker in reached.sessions if asker), *reached.reply_tokens]
    pages = [page for page in reached.pages if not re.search("/(?:confirm|invitation)/", page.url)]
    assert [(page.url, key) for page in pages for key in keys if key in page.text] == []
    assert reached.reply_tokens
