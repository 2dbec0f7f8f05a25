"""The five-minute tour as its page tells it, without scripts; signing in by code and by passkey; the second step."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from browser.conftest import OPERATOR, ROOT, Place, code_in
from browser.eye import needs_chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytest.importorskip("playwright.sync_api")
pytestmark = needs_chromium
SAID = "Pay the people who translate, not only those who speak."
THEME = "Who pays, and who decides"


@pytest.fixture
def context(chromium: "Browser", demonstration: Place) -> Iterator["BrowserContext"]:
    """A browser that runs no scripts."""
    made = chromium.new_context(base_url=demonstration.url, java_script_enabled=False)
    yield made
    made.close()


def tour(page: "Page", button: str) -> None:
    """Go back to the tour and press the button of a step."""
    page.get_by_role("link", name="Tour", exact=True).click()
    page.get_by_role("button", name=button, exact=True).click()


def headed(page: "Page", words: str) -> None:
    """The page that comes has this heading."""
    page.get_by_role("heading", level=1, name=words, exact=True).wait_for()


def test_the_tour_runs_as_its_page_tells_it(
    context: "BrowserContext", chromium: "Browser", demonstration: Place, tmp_path: Path
) -> None:
    page = context.new_page()
    page.goto("/")
    page.get_by_role("link", name="Take the tour").click()
    number, receipt = send(page, tmp_path)
    verify(chromium, demonstration, receipt)
    find_the_mail(page, number)
    tour(page, "Turn the clock to the end of the call")
    page.get_by_text("The clock was moved.").wait_for()
    tour(page, "As Losalini Tuvakoro: seal the report")
    page.get_by_role("button", name="Seal the report").click()
    refused = page.locator(".notice.error").inner_text()
    assert re.search(rf"inputs have no answer yet: .*\b{number}\b", refused)
    file_under_the_theme(page, number)
    approve(page)
    tour(page, "As Losalini Tuvakoro: seal the report now")
    page.get_by_role("button", name="Seal the report").click()
    page.get_by_role("button", name="Seal it and begin the review").click()
    page.get_by_text("Sealed and public. The review period runs now").wait_for()
    decide_too_early(page)
    tour(page, "Turn the clock to the end of the review period")
    decide(page)
    be_caught(page, demonstration)


def send(page: "Page", folder: Path) -> tuple[str, Path]:
    """As the participant: send an input, get its number, keep the receipt."""
    page.get_by_role("button", name="As Halima Dubow Shurie: write an input").click()
    page.get_by_label("Title").fill("Translators")
    page.get_by_label("Your input").fill(SAID)
    page.get_by_role("button", name="Send my input").click()
    number = page.locator(".reference").inner_text()
    assert re.fullmatch(r"model-17-\d+", number)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the receipt").click()
    receipt = folder / "receipt.txt"
    download.value.save_as(receipt)
    assert SAID not in receipt.read_text(encoding="utf-8")
    return number, receipt


def verify(chromium: "Browser", place: Place, receipt: Path) -> None:
    """The command finds the receipt right, and so does the page that works without the host."""
    assert place.run("record", "verify", str(receipt))[0] == 0
    context = chromium.new_context(base_url=place.url)
    page = context.new_page()
    page.goto("/record/key")
    key = page.locator("body").inner_text()
    page.goto("/record/verify.html")
    context.set_offline(True)
    page.get_by_label("Receipt").fill(receipt.read_text(encoding="utf-8"))
    page.get_by_label("Public key of the record (optional)").fill(key)
    page.get_by_role("button", name="Check").click()
    assert page.get_by_role("status").locator("[data-code]").get_attribute("data-code") == "0"
    context.close()


def find_the_mail(page: "Page", number: str) -> None:
    """The receipt is in the outbox within a few seconds."""
    page.get_by_role("link", name="Tour", exact=True).click()
    page.get_by_role("link", name="Open the outbox").click()
    mail = page.locator("details", has_text=f"Received: {number}")
    for _second in range(60):
        if mail.count():
            break
        page.wait_for_timeout(500)
        page.reload()
    mail.locator("summary").click()
    assert f"Talanoa receipt: number {number}" in mail.locator("pre").inner_text()


def file_under_the_theme(page: "Page", number: str) -> None:
    tour(page, "As Losalini Tuvakoro: sort the inputs")
    page.get_by_role("checkbox", name=number, exact=True).check()
    page.get_by_label("Put the chosen ones under").select_option(label=THEME)
    page.get_by_role("button", name="See what will happen").click()
    headed(page, f"Put 1 input under “{THEME}”?")
    page.get_by_role("button", name="Put them there").click()
    page.get_by_text(f"1 input stands under “{THEME}” now.").wait_for()


def approve(page: "Page") -> None:
    tour(page, "As Henrike Oosterbaan: approve the drafted answer")
    page.get_by_role("listitem").get_by_role("link", name=THEME).click()
    headed(page, "A drafted answer: nobody is told yet")
    page.get_by_role("button", name="Approve and tell the authors").click()
    page.get_by_text("Published: 7 inputs are answered.").wait_for()


def decide_too_early(page: "Page") -> None:
    tour(page, "As Gerald Adair-Whitlow: try to decide")
    page.get_by_role("button", name="Decide, on the record").click()
    assert "Nobody can decide before. Nothing was changed." in page.get_by_role("alert").inner_text()


def decide(page: "Page") -> None:
    tour(page, "As Gerald Adair-Whitlow: decide")
    headed(page, "Answer each recommendation")
    groups, reasons = page.get_by_role("group"), page.get_by_role("textbox")
    asked = groups.count()
    for n in range(asked):
        groups.nth(n).get_by_label("Accepted in part").check()
        reasons.nth(n).fill("Where the money reaches.")
    page.get_by_role("button", name="Decide, on the record").click()
    page.get_by_text("Decided, and on the record.").wait_for()
    assert (asked, page.locator(".ruling").count()) == (5, 5)


def be_caught(page: "Page", place: Place) -> None:
    """Run the two commands of the last step as they stand there: the record held before, and does not after."""
    assert place.run("record", "audit")[0] == 0
    page.get_by_role("link", name="Tour", exact=True).click()
    commands = page.locator("pre").inner_text()
    env = {name: value for name, value in place.environment().items() if not name.startswith("TALANOA_")}
    done = subprocess.run(
        ["/bin/bash", "-c", commands],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, "Traceback" in done.stderr) == (1, False), done


def test_an_account_is_made_with_a_code_that_stands_in_the_outbox(context: "BrowserContext") -> None:
    page = context.new_page()
    page.goto("/account/signup/")
    page.get_by_label("E-mail address").fill("ana@dili.example")
    page.get_by_role("button", name="Send me a code").click()
    outbox = context.new_page()
    outbox.goto("/tour/outbox/")
    mail = outbox.locator("details", has_text="ana@dili.example").first
    code = code_in(mail.locator("pre").text_content() or "")
    page.get_by_label("The code in the mail").fill(code)
    page.get_by_role("button", name="Confirm it").click()
    headed(page, "ana")
    assert "/me/" in page.url


# --- a real installation


@pytest.fixture
def real(chromium: "Browser", installation: Place) -> Iterator["Page"]:
    """A browser with an authenticator built in, as a telephone has one."""
    context = chromium.new_context(base_url=installation.url)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    context.close()
    assert said == []


def sign_in(
    page: "Page", place: Place, address: str, *, path: str = "signup", button: str = "Confirm it"
) -> None:
    page.goto(f"/account/{path}/")
    page.get_by_label("E-mail address").fill(address)
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("The code in the mail").wait_for()
    page.get_by_label("The code in the mail").fill(place.code(address))
    page.get_by_role("button", name=button).click()


def sign_out(page: "Page") -> None:
    page.goto("/me/")
    page.get_by_role("button", name="Sign out").click()


def add_a_key(page: "Page", name: str) -> None:
    page.goto("/account/2fa/webauthn/add/")
    page.get_by_label("What you call it").fill(name)
    page.get_by_label("This key alone lets me in, without a code").check()
    page.get_by_role("button", name="Add a key").click()
    page.wait_for_url(lambda url: not url.endswith("/add/"))


def test_a_passkey_is_added_and_then_lets_one_in(real: "Page", installation: Place) -> None:
    sign_in(real, installation, "mele@apia.example")
    headed(real, "mele")
    add_a_key(real, "My telephone")
    sign_out(real)
    real.goto("/me/")
    assert "/account/login/" in real.url
    real.get_by_role("link", name="Sign in with a passkey").click()
    real.get_by_role("button", name="Use my passkey").click()
    real.wait_for_url("**/me/")
    headed(real, "mele")


def test_the_convenor_of_a_real_process_must_show_a_second_factor(real: "Page", installation: Place) -> None:
    sign_in(real, installation, OPERATOR)
    real.goto("/p/nm/desk/")
    headed(real, "Passkeys and second step")
    assert real.url.endswith("/account/2fa/")
    assert "Your role needs a second factor." in real.get_by_role("status").inner_text()
    add_a_key(real, "My key")
    real.goto("/p/nm/desk/")
    headed(real, "Is it you?")
    real.get_by_role("button", name="Use a passkey or security key").click()
    real.wait_for_url("**/p/nm/desk/")
    headed(real, "Training")
    sign_out(real)
    sign_in(real, installation, OPERATOR, path="login", button="Sign in")
    headed(real, "The second step")
    real.get_by_role("button", name="Use a passkey or security key").click()
    real.wait_for_url("**/me/")
    real.goto("/p/nm/desk/")
    headed(real, "Training")
