"""The parts and the pages of the account in Chromium: narrow, wide, light, dark, right to left, by keyboard."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from urllib.request import urlopen

import pytest

from browser.eye import needs_chromium

sync_api = pytest.importorskip("playwright.sync_api")
axe = pytest.importorskip("axe_playwright_python.sync_playwright")

WIDTHS = (320, 360, 1280)
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
CATALOG = ("/design/", "/design/?page=process", "/design/?page=form", "/design/?page=done")
ENTRANCE = ("login/", "login/code/", "signup/", "inactive/")
SIGNED_IN = (
    "email/",
    "2fa/",
    "2fa/totp/activate/",
    "2fa/recovery-codes/generate/",
    "2fa/webauthn/",
    "logout/",
)
SMALL = """() => [...document.querySelectorAll('button, input, select, textarea, summary, nav a, .button, .foot a')]
.filter(e => e.type !== 'hidden' && e.getClientRects().length)
.map(e => [e.outerHTML.slice(0, 90), e.getBoundingClientRect()])
.filter(([_, box]) => box.width < 24 || box.height < 24).map(([html]) => html)"""
FOCUS = """() => { const e = document.activeElement, s = getComputedStyle(e);
return [e.tagName, e.outerHTML.slice(0, 90), s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2] }"""
ADD_RULES = "css => { const s = new CSSStyleSheet(); s.replaceSync(css); document.adoptedStyleSheets = [s] }"
SPACED = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
SPACED += " p { margin-block-end: 2em !important }"

pytestmark = needs_chromium


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(origin: str) -> bool:
    try:
        with urlopen(f"{origin}/design/", timeout=5):
            return True
    except OSError:
        return False


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve an installation of its own, as `talanoa serve` does."""
    port = free_port()
    own = {
        "TALANOA_HOME": str(tmp_path_factory.mktemp("home")),
        "TALANOA_DEMONSTRATION": "yes",
        "TALANOA_WORKERS": "1",
    }
    command = [sys.executable, "-m", "talanoa", "serve", "--port", str(port)]
    server = subprocess.Popen(command, env={**os.environ, **own}, stdout=subprocess.DEVNULL)
    origin = f"http://localhost:{port}"
    for _ in range(600):  # it founds itself first, which takes a busy machine more than a minute
        if answers(origin) or server.poll() is not None:
            break
        time.sleep(0.5)
    yield origin
    server.terminate()
    server.wait(timeout=20)


class Reader:
    """Somebody with a browser, who notes what its console says."""

    def __init__(self, browser: "sync_api.Browser", origin: str, **settings: object) -> None:
        self.context = browser.new_context(base_url=origin, **settings)  # type: ignore[arg-type]
        self.page = self.context.new_page()
        self.said: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))

    def opens(self, path: str) -> "sync_api.Page":
        self.page.goto(path)
        return self.page

    def complains(self) -> list[str]:
        """Whatever does not fit, at every width."""
        wrong = []
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 800})
            if (wide := self.page.evaluate("document.documentElement.scrollWidth")) > width:
                wrong.append(f"{width}: {wide} wide")
            found = axe.Axe().run(self.page, options=AXE).response["violations"]
            wrong += [f"{width}: {rule['id']} {rule['nodes'][0]['html'][:120]}" for rule in found]
            wrong += [f"{width}: small {html}" for html in self.page.evaluate(SMALL)]
        return wrong + self.said


@pytest.fixture
def reader(chromium: "sync_api.Browser", site: str) -> Iterator[Reader]:
    made = Reader(chromium, site)
    yield made
    made.context.close()


def ask_for_a_code(reader: Reader, address: str) -> str:
    """Make an account for `address`; return the code that was mailed."""
    outbox = reader.context.new_page()
    page = reader.opens("/account/signup/")
    page.get_by_label("E-mail address").fill(address)
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("The code in the mail").wait_for()
    outbox.goto("/tour/outbox/")
    mail = outbox.locator("details", has_text=address).first.locator("pre").text_content() or ""
    outbox.close()
    return re.findall(r"^[A-Z0-9]{3,}-?[A-Z0-9]{3,}$", mail, re.MULTILINE)[0]


@pytest.fixture
def signed_in(reader: Reader) -> Reader:
    """The reader made an account with the code that was mailed."""
    code = ask_for_a_code(reader, f"reader{time.monotonic_ns()}@talanoa.example")
    reader.page.get_by_label("The code in the mail").fill(code)
    reader.page.get_by_role("button", name="Confirm it").click()
    reader.page.wait_for_url("**/me/**")
    reader.said.clear()
    return reader


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", CATALOG)
def test_the_catalog_is_without_fault(reader: Reader, path: str, scheme: str) -> None:
    reader.page.emulate_media(color_scheme=scheme)
    reader.opens(path)
    assert reader.complains() == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ENTRANCE)
def test_the_way_in_is_without_fault(reader: Reader, path: str, scheme: str) -> None:
    reader.page.emulate_media(color_scheme=scheme)
    reader.opens(f"/account/{path}")
    assert reader.complains() == []


def test_the_passkey_page_runs_its_scripts_and_no_other_does(reader: Reader) -> None:
    answer = reader.page.goto("/account/login/?passkey=1")
    if "script-src" not in (answer.headers["content-security-policy"] if answer else ""):
        pytest.skip("the policy allows no script with a nonce, so the ceremony cannot run")
    assert reader.complains() == []
    assert reader.page.evaluate("typeof allauth.webauthn.forms.loginForm") == "function"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_of_an_account_are_without_fault(signed_in: Reader, scheme: str) -> None:
    signed_in.page.emulate_media(color_scheme=scheme)
    wrong = {}
    for path in SIGNED_IN:
        signed_in.opens(f"/account/{path}")
        wrong[path] = signed_in.complains()
    assert wrong == {path: [] for path in SIGNED_IN}


def test_a_wrong_code_is_said_where_it_was_written(reader: Reader) -> None:
    ask_for_a_code(reader, f"hasty{time.monotonic_ns()}@talanoa.example")
    page = reader.page
    page.get_by_label("The code in the mail").fill("WRONG1")
    page.get_by_role("button", name="Confirm it").click()
    assert page.get_by_role("alert").evaluate("element => element === document.activeElement")
    assert page.get_by_label("The code in the mail").get_attribute("aria-invalid") == "true"
    assert reader.complains() == []


def test_the_errors_of_a_form_lead_to_their_fields(reader: Reader) -> None:
    page = reader.opens("/design/?page=form")
    page.get_by_role("alert").get_by_role("link", name="E-mail address").click()
    assert page.evaluate("document.activeElement.id") == "id_address"


@pytest.mark.parametrize("path", ["/design/?page=process", "/design/?page=form", "/account/login/"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_keyboard_reaches_everything_and_the_focus_is_seen(
    reader: Reader, path: str, scheme: str
) -> None:
    reader.page.emulate_media(color_scheme=scheme)
    page = reader.opens(path)
    page.evaluate("document.activeElement.blur()")
    unseen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        tag, html, seen = page.evaluate(FOCUS)
        if tag == "BODY":
            break
        if not seen:
            unseen.append(html)
    assert (tag, unseen) == ("BODY", [])


def test_the_first_key_offers_to_skip_to_the_content(reader: Reader) -> None:
    page = reader.opens("/design/?page=process")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", CATALOG)
def test_nothing_is_cut_off_from_right_to_left(
    chromium: "sync_api.Browser", site: str, path: str, width: int
) -> None:
    reader = Reader(chromium, site, locale="ar", viewport={"width": width, "height": 800})
    page = reader.opens(path)
    assert page.evaluate("[document.dir, document.documentElement.scrollWidth]") == ["rtl", width]
    reader.context.close()


@pytest.mark.parametrize("path", CATALOG)
def test_nothing_is_cut_off_with_wider_spacing(reader: Reader, path: str) -> None:
    """WCAG 2.2, 1.4.12."""
    reader.page.set_viewport_size({"width": 320, "height": 800})
    page = reader.opens(path)
    page.evaluate(
        "css => { const s = new CSSStyleSheet(); s.replaceSync(css); document.adoptedStyleSheets = [s] }",
        SPACED,
    )
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_a_print_is_light_and_leaves_out_what_can_be_pressed(reader: Reader) -> None:
    reader.page.emulate_media(media="print", color_scheme="dark")
    page = reader.opens("/design/?page=process")
    page.wait_for_function(
        "getComputedStyle(document.documentElement).color === 'rgb(30, 36, 39)'", timeout=10_000
    )
    assert [page.locator(part).first.is_visible() for part in (".acts", ".top nav", ".facts")] == [
        False,
        False,
        True,
    ]


def test_with_forced_colors_the_action_and_the_states_keep_their_edges(reader: Reader) -> None:
    reader.page.emulate_media(forced_colors="active")
    page = reader.opens("/design/?page=process")
    edges = "part => getComputedStyle(document.querySelector(part)).borderTopWidth"
    assert [page.evaluate(edges, part) for part in (".now", ".button", ".key b", "progress")] == [
        "1px",
        "2px",
        "1px",
        "1px",
    ]


def test_a_page_asks_for_three_files_and_weighs_little(reader: Reader) -> None:
    sizes: list[int] = []
    reader.page.on("response", lambda answer: sizes.append(answer.request.sizes()["responseBodySize"]))
    reader.opens("/design/?page=process")
    reader.page.wait_for_load_state("networkidle")
    assert (len(sizes) <= 3, sum(sizes) <= 40_000) == (True, True)
