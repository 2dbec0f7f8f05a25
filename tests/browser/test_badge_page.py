"""The page check.html says in Chromium, from a file and without a network, what badge_verdicts.verify says."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

import talanoa.badges
from browser.eye import needs_chromium
from lib.example_badges import AWARDED, ISSUER, LIST, STRANGER, example, random_badge
from talanoa.lib import vc_jwt
from talanoa.lib.badge_texts import BadgeMissing, found_in, lines_of
from talanoa.lib.badge_verdicts import Code, verify
from talanoa.lib.open_badges import credential
from talanoa.lib.status_lists import credential as listed

sync_api = pytest.importorskip("playwright.sync_api")
axe = pytest.importorskip("axe_playwright_python.sync_playwright")

PAGE = (Path(talanoa.badges.__file__).parent / "check.html").as_uri()
NOW = AWARDED + timedelta(days=400)
TOKEN = ISSUER.seal(example())
LETTER = "\n".join(["Good day", *lines_of(TOKEN), "Bye"])
ENDED = ISSUER.seal(replace(example(), valid_until=AWARDED + timedelta(days=1)))
LATER = ISSUER.seal(replace(example(), awarded_at=NOW + timedelta(days=1)))
MORE = vc_jwt.seal(credential(example()) | {"more": "x"}, public=ISSUER.public, sign=ISSUER.key.sign)
OLD = vc_jwt.seal(
    listed(LIST, ISSUER.did, [], at=AWARDED, until=NOW), public=ISSUER.public, sign=ISSUER.key.sign
)
CHANCE = Random(3)

pytestmark = needs_chromium


@pytest.fixture
def page(chromium: "sync_api.Browser") -> Iterator["sync_api.Page"]:
    context = chromium.new_context(offline=True)
    page = context.new_page()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(PAGE)
    yield page
    context.close()
    assert requests == [PAGE]


def by_page(page: "sync_api.Page", asked: list[tuple[str, str]]) -> list[str]:
    """What the page finds of badges, each with its status list."""
    found: list[str] = page.evaluate(
        "([asked, did, now]) => Promise.all(asked.map(([text, list]) =>"
        " check(text, did, list, now).catch(error => error).then(({ code = 'unreadable' }) => code)))",
        [asked, ISSUER.did, NOW.timestamp()],
    )
    return found


def by_us(text: str, status_list: str) -> str:
    try:
        token = found_in(text)
    except BadgeMissing:
        return Code.UNREADABLE
    return verify(token, issuer_keys=[ISSUER.public], status_list=status_list or None, at=NOW).code.value


CASES = {
    "right": (TOKEN, ""),
    "right, in its letter": (LETTER, ""),
    "right, quoted": ("\r\n".join(f"> {line}" for line in LETTER.split("\n")), ""),
    "not revoked": (TOKEN, ISSUER.status_list(76, 78)),
    "revoked": (TOKEN, ISSUER.status_list(77)),
    "a list of somebody else": (TOKEN, STRANGER.status_list()),
    "a list that is too old": (TOKEN, OLD),
    "another list": (TOKEN, ISSUER.status_list(url=f"{LIST}0")),
    "no list": (TOKEN, TOKEN),
    "over": (ENDED, ""),
    "not yet": (LATER, ""),
    "no badge of ours": (MORE, ""),
    "of somebody else": (
        STRANGER.seal(replace(example(), issuer=replace(example().issuer, did=STRANGER.did))),
        "",
    ),
    "two": (LETTER + LETTER, ""),
    "half": (LETTER.partition("== end")[0], ""),
    "nothing": ("Hello", ""),
}


@pytest.mark.parametrize("case", CASES)
def test_the_page_finds_what_the_command_finds(page: "sync_api.Page", case: str) -> None:
    assert by_page(page, [CASES[case]]) == [by_us(*CASES[case])]


def test_the_page_takes_the_badges_of_anybody(page: "sync_api.Page") -> None:
    tokens = [ISSUER.seal(random_badge(CHANCE)) for _ in range(50)]
    assert by_page(page, [(token, "") for token in tokens]) == [by_us(token, "") for token in tokens]
    assert {by_us(token, "") for token in tokens} == {"ok"}


def test_what_the_command_refuses_for_one_changed_letter_the_page_refuses_too(page: "sync_api.Page") -> None:
    places = [*range(0, len(TOKEN), 7), len(TOKEN) - 1]
    texts = [TOKEN[:at] + chr(ord(TOKEN[at]) ^ 1) + TOKEN[at + 1 :] for at in places]
    found = by_page(page, [(text, "") for text in texts])
    assert found == [by_us(text, "") for text in texts]
    assert "ok" not in found


def test_a_badge_is_shown_with_all_that_it_says(page: "sync_api.Page") -> None:
    page.get_by_label("Badge", exact=True).fill(LETTER)
    page.get_by_label("Key of the issuer (optional)").fill(ISSUER.did)
    page.get_by_role("button", name="Check").click()
    told = page.get_by_role("status").locator("[data-code=ok]").inner_text()
    for words in (
        "The badge holds",
        "Yusuf Abdi",
        "A3: Read a charter",
        "Entry 17 of the record",
        "Not asked",
    ):
        assert words in told
    assert datetime.now(UTC) > NOW


def test_without_a_key_the_page_says_that_it_proves_nobody(page: "sync_api.Page") -> None:
    page.get_by_label("Badge", exact=True).fill(TOKEN)
    page.get_by_role("button", name="Check").click()
    assert "only a key tells that you have from elsewhere" in page.locator("[data-code=no_key]").inner_text()


def test_the_page_can_be_used_by_everybody(page: "sync_api.Page") -> None:
    assert axe.Axe().run(page).response["violations"] == []
