"""Every page in every state that the demonstration reaches: axe, a telephone's width, the keyboard, the console."""

from typing import TYPE_CHECKING, Any

import pytest

from browser.conftest import Place
from browser.eye import AUTHOR, CHAIR, CONVENOR, SPONSOR, Eye, needs_chromium

if TYPE_CHECKING:
    from playwright.sync_api import Page

LIFE = ("forms-by-ear", "local-names", "school-link", "campus-v6", "flaw-report", "cable-break", "gare-wifi")
MAIN = "/p/model-17"
WITHDRAWN, IN_ARABIC, PRIVATE, WITHHELD, ANSWERED, ABOUT_WELLS = 48, 47, 46, 45, 3, 5
FOCUS = """() => { const e = document.activeElement, s = getComputedStyle(e), b = e.getBoundingClientRect();
const top = document.elementFromPoint(b.x + b.width / 2, b.y + Math.min(b.height / 2, 10));
return { name: e.name || e.innerText || e.id, tag: e.tagName,
  seen: s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2 && (e === top || e.contains(top)) } }"""
pytestmark = needs_chromium


def test_the_pages_of_the_site(eye: Eye) -> None:
    lesson = "/learn/in-the-room/object-with-a-remedy/"
    for path in (
        "/",
        "/badges/",
        "/badges/check/",
        "/learn/",
        "/learn/in-the-room/",
        lesson,
        "/research/",
        "/evidence/",
        "/rules/",
        "/accessibility/",
        "/source/",
        "/tour/",
    ):
        eye.open(path)
    for path in ("/tour/outbox/", "/record/", "/record/?page=2", "/record/?process=model-17", "/record/215/"):
        eye.open(path)
    for path in ("/account/login/", "/account/login/?passkey=1", "/account/signup/"):
        eye.open(path)
    eye.page.goto("/tour/outbox/")
    eye.page.locator("summary").first.click()
    eye.look("an open mail")


@pytest.mark.parametrize("key", [*LIFE, "update-years", "model-17"])
def test_a_process_in_each_state_of_its_life(eye: Eye, key: str) -> None:
    for page in ("", "charter/", "inputs/", "themes/"):
        eye.open(f"/p/{key}/{page}")
    if eye.page.get_by_role("link", name="Report", exact=True).count():
        eye.open(f"/p/{key}/report/")


def test_inputs_in_every_state_and_lists_without_any(eye: Eye) -> None:
    for number in (WITHDRAWN, IN_ARABIC, PRIVATE, WITHHELD, ANSWERED):
        eye.open(f"{MAIN}/inputs/{number}/")
    eye.open(f"{MAIN}/inputs/?group=other&theme=languages")
    eye.open(f"{MAIN}/inputs/?group=government")
    for slug in slugs(eye):
        eye.open(f"{MAIN}/themes/{slug}/")


def slugs(eye: Eye) -> list[str]:
    """The first theme and the last: an answered one, and the one that waits."""
    eye.page.goto(f"{MAIN}/themes/")
    links = eye.page.locator(".themes h3 a").evaluate_all("all => all.map(a => a.pathname.split('/').at(-2))")
    return [links[0], links[-1]]


def test_writing_an_input_with_and_without_mistakes(eye: Eye) -> None:
    eye.open(f"{MAIN}/inputs/write/")
    eye.press("Send my input", address="nobody")
    eye.look("an input with mistakes")
    assert eye.page.get_by_role("alert").evaluate("e => e === document.activeElement")
    eye.press("Send my input", text="Teach by radio.", name="Ana", address="ana@dili.example")
    eye.look("an input received from a visitor")
    eye.open(f"{MAIN}/inputs/54/")
    eye.become(AUTHOR)
    eye.open("/me/")
    eye.open("/me/about/")
    eye.press("Save", name="")
    eye.look("myself without a name")
    eye.open(f"{MAIN}/inputs/write/")
    eye.press("Send my input", text="A" * 90 + " is long.", title="Nukuʻalofa" * 18)
    eye.look("a long input received")
    eye.follow("See it on its page")
    eye.look("a long input")
    eye.follow("Replace it")
    eye.look("replacing it")
    eye.press("Send the new one", text="Shorter.")
    eye.look("the new one received")
    eye.open(f"{MAIN}/inputs/55/")
    eye.open(f"{MAIN}/inputs/")


def test_the_discussion_in_every_state(eye: Eye) -> None:
    for path in ("", "n/49/", "n/50/", "write/", "n/50/thread/"):
        eye.open(f"{MAIN}/talk/{path}", 404 if path == "n/50/thread/" else 200)
    eye.open("/p/flaw-report/talk/")
    eye.open("/p/flaw-report/talk/write/", 409)
    eye.page.goto(f"{MAIN}/talk/")
    eye.follow("Who answers questions")
    eye.look("a thread")
    thread = eye.page.url
    eye.page.locator("summary", has_text="What it quotes").click()
    eye.look("a thread with an open quote")
    eye.open(f"{thread}print/")
    eye.page.goto(f"{MAIN}/talk/write/")
    eye.press("Send my message", address="nobody")
    eye.look("a message with mistakes")
    eye.press("Send my message", subject="Radio", text="By radio.", name="Ana", address="ana@dili.example")
    eye.look("a message received from a visitor")
    eye.follow("See it on its page")
    eye.look("a held message")
    eye.become(AUTHOR)
    eye.page.goto(f"{MAIN}/talk/n/49/")
    eye.open(f"{eye.page.url}reply/")
    eye.press("Send my answer", text="Nukuʻalofa" * 30 + " as #1 says.")
    eye.follow("See it on its page")
    eye.look("a long message of mine")
    eye.press("Take it back")
    eye.look("a message taken back")
    eye.open("/me/")
    eye.become(CONVENOR)
    eye.page.goto(thread)
    eye.follow("Write a newer summary")
    eye.look("summarizing")
    eye.press("Pin it", text="")
    eye.look("summarizing without words")
    eye.press("Pin it", text="They agree.")
    eye.look("a thread with two summaries")
    eye.open(f"{MAIN}/desk/inputs/54/")
    eye.page.goto(f"{MAIN}/talk/n/52/")
    eye.page.locator("summary", has_text="Erase the content").click()
    eye.look("about to erase a message")
    eye.press("Erase the content")
    eye.look("an erased message")
    eye.open(f"{MAIN}/talk/")


def test_an_answer_is_disputed_and_replied_to(eye: Eye) -> None:
    eye.become(AUTHOR)
    eye.follow("has an answer")
    eye.look("my answered input")
    path = eye.page.url
    eye.follow("It misreads me")
    eye.look("disputing")
    eye.press("Say so", text="")
    eye.look("disputing without words")
    eye.press("Say so", text="I spoke of wells.")
    eye.look("a dispute")
    eye.become(CHAIR)
    eye.open(f"{MAIN}/desk/inputs/")
    eye.follow("Reply : model-17-")
    eye.look("replying")
    eye.press("Publish the reply", text="The summary says so now.")
    eye.look("the manager after a reply")
    eye.page.goto(path)
    eye.look("a dispute with its reply")


def test_the_desk(eye: Eye) -> None:
    eye.become(CONVENOR)
    for path in ("/me/", "/new/", f"{MAIN}/desk/", f"{MAIN}/desk/people/", f"{MAIN}/desk/report/"):
        eye.open(path)
    for path in ("inputs/?show=waiting", "inputs/?words=nothing-like-this", "inputs/45/", "inputs/47/"):
        eye.open(f"{MAIN}/desk/{path}")
    eye.open(f"{MAIN}/desk/inputs/47/respond/")
    eye.press("Save the draft and see whom it reaches")
    eye.look("an answer with mistakes")
    eye.open(f"{MAIN}/desk/enter/")
    eye.press("Enter it")
    eye.look("an entry with mistakes")
    eye.page.goto(f"{MAIN}/desk/inputs/?show=waiting")
    eye.page.get_by_role("checkbox").first.check()
    eye.page.get_by_label("Put the chosen ones under").select_option(index=1)
    eye.press("See what will happen")
    eye.look("the preview of a filing")
    eye.press("Put them there")
    eye.look("an offer to undo")
    eye.open(f"{MAIN}/report/")
    eye.become(CHAIR)
    eye.open("/me/")
    eye.follow("Approve a drafted answer")
    eye.look("a drafted answer")


def test_a_charter_is_written_published_and_changed(eye: Eye) -> None:
    eye.become(CONVENOR)
    for path in ("/p/mast-fees/", "/p/mast-fees/charter/", "/p/mast-fees/desk/", "/p/forms-by-ear/desk/"):
        eye.open(path)
    eye.open("/p/mast-fees/desk/charter/")
    eye.press("Save", payer="", review_days="2")
    eye.look("a charter with mistakes")
    eye.press("Save", review_days="14")
    eye.look("a charter with a gap")
    eye.open("/p/local-names/desk/charter/")
    eye.press("Save", payer="The registry, and nobody else.")
    eye.press("Publish the charter")
    eye.look("a charter in its second version")
    eye.open("/p/local-names/charter/1-2/")


def test_the_decision_and_what_became_of_it(eye: Eye) -> None:
    eye.become(SPONSOR)
    eye.open("/me/")
    eye.open("/p/campus-v6/desk/decision/")
    eye.press("Decide, on the record")
    eye.look("a decision before its time")
    eye.open("/p/flaw-report/desk/decision/")
    eye.press("Decide, on the record")
    eye.look("a decision with mistakes")
    eye.open("/p/cable-break/desk/decision/")
    eye.open("/p/cable-break/desk/follow-up/")


def test_moderation_from_the_flag_to_the_decision_on_the_appeal(eye: Eye) -> None:
    for path in ("/conduct/", "/p/cable-break/moderation/", f"{MAIN}/moderation/"):
        eye.open(path)
    eye.become(AUTHOR)
    eye.page.goto(f"{MAIN}/inputs/{ANSWERED}/")
    eye.follow("Flag it")
    eye.press("Flag it", text="")
    eye.look("a flag with mistakes")
    eye.page.get_by_label("It attacks a person").check()
    eye.press("Flag it", text="The last sentence is about a person.")
    eye.look("after a flag")
    eye.become(CONVENOR)
    eye.open(f"{MAIN}/desk/")
    eye.follow(f"Flagged: model-17-{ANSWERED}")
    eye.look("deciding on a flag")
    eye.press("Let it stand")
    eye.look("it stands")
    eye.page.goto(f"{MAIN}/desk/moderation/{ABOUT_WELLS}/")
    eye.page.get_by_label("It is advertising").check()
    eye.press("Reject it", text="")
    eye.look("a rejection without words")
    eye.press("See the letter", text="It sells pumps.")
    eye.look("the letter before it is sent")
    eye.press("Reject it")
    eye.look("rejected")
    eye.become(AUTHOR)
    eye.open("/me/")
    eye.follow("You can appeal")
    eye.press("Appeal", text="")
    eye.look("an appeal without words")
    eye.press("Appeal", text="We own no pump.")
    eye.look("an appeal that waits")
    eye.open(f"{MAIN}/inputs/{ABOUT_WELLS}/")
    eye.become(CHAIR)
    eye.open("/me/")
    eye.follow("Decide an appeal")
    eye.press("Decide the appeal", reasons="")
    eye.look("a ruling with mistakes")
    eye.page.get_by_label("The decision is overturned").check()
    eye.press("Decide the appeal", reasons="It sells nothing.")
    eye.look("an appeal decided")
    eye.open(f"{MAIN}/moderation/")


def test_what_is_erased_and_what_is_refused(eye: Eye) -> None:
    eye.open("/nothing/here/", 404)
    eye.open("/p/update-years/inputs/write/", 409)
    eye.become(AUTHOR)
    eye.open(f"{MAIN}/desk/", 403)
    eye.become(CONVENOR)
    eye.open("/p/school-link/desk/decision/", 409)
    eye.page.goto("/p/school-link/inputs/1/")
    eye.page.locator("summary", has_text="Erase the content").click()
    eye.look("about to erase")
    eye.press("Erase the content")
    eye.look("erased")
    eye.open("/p/school-link/inputs/")
    eye.open("/p/school-link/desk/inputs/1/")
    eye.page.goto("/me/about/")
    eye.context.clear_cookies()
    eye.press("Save")
    eye.look("a form that is too old")


def test_the_account(eye: Eye, demonstration: Place) -> None:
    eye.page.goto("/account/signup/")
    eye.press("Send me a code", email="tavita@apia.example")
    eye.look("writing the code")
    eye.page.get_by_label("The code in the mail").fill("WRONG1")
    eye.press("Confirm it")
    eye.look("a wrong code")
    eye.page.get_by_label("The code in the mail").fill(demonstration.code("tavita@apia.example"))
    eye.press("Confirm it")
    eye.look("the first time on my page")
    for path in ("email/", "2fa/", "2fa/totp/activate/", "2fa/webauthn/", "2fa/webauthn/add/", "logout/"):
        eye.open(f"/account/{path}")


# --- the keyboard


def walk(page: "Page", presses: int) -> list[dict[str, Any]]:
    """Press the tabulator and note where one is each time."""
    rows = []
    for _press in range(presses):
        page.keyboard.press("Tab")
        rows.append(page.evaluate(FOCUS))
    return rows


def test_the_first_key_leads_past_the_navigation(eye: Eye) -> None:
    eye.page.goto(f"{MAIN}/inputs/write/")
    assert walk(eye.page, 1) == [{"name": "Skip to the content", "tag": "A", "seen": True}]
    eye.page.keyboard.press("Enter")
    assert eye.page.evaluate("document.activeElement.id") == "main"
    assert walk(eye.page, 1)[0]["name"] == "title"


@pytest.mark.parametrize("width", [320, 1280])
def test_an_input_can_be_sent_with_the_keyboard_alone(eye: Eye, width: int) -> None:
    eye.become(AUTHOR)
    page = eye.page
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(f"{MAIN}/inputs/write/")
    page.locator("#main").focus()
    passed = [*walk(page, 2)]
    page.keyboard.type("Sent by keyboard.")
    passed += walk(page, 5)
    assert [row["name"] for row in passed] == [
        *("title", "text", "file", "language", "publication"),
        *("Conduct: what is held back, and what never is", "Send my input"),
    ]
    assert [row["name"] for row in passed if not row["seen"]] == []
    page.keyboard.press("Enter")
    page.locator(".reference").wait_for()


def test_every_stop_of_the_keyboard_can_be_seen(eye: Eye) -> None:
    eye.become(CONVENOR)
    unseen: dict[str, list[str]] = {}
    for path in ("/", MAIN + "/", f"{MAIN}/desk/", f"{MAIN}/desk/inputs/?show=waiting", "/tour/"):
        eye.page.goto(path)
        unseen[path] = [row["name"] for row in walk(eye.page, 40) if row["tag"] != "BODY" and not row["seen"]]
    assert {path: names for path, names in unseen.items() if names} == {}
