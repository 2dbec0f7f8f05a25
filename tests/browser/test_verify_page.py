"""The page verify.html says in Chromium, from a file and without a network, what receipts.check says."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import talanoa.record
from browser.eye import needs_chromium
from lib.example_log import VALUES, ExampleLog, receive, salts_for
from talanoa.lib.notes import signature_line
from talanoa.lib.receipts import (
    BAD_SIGNATURE,
    NOT_IN_RECORD,
    OK,
    UNREADABLE,
    Receipt,
    ReceiptUnreadable,
    check,
    parse,
    render,
)

sync_api = pytest.importorskip("playwright.sync_api")
axe = pytest.importorskip("axe_playwright_python.sync_playwright")

PAGE = (Path(talanoa.record.__file__).parent / "verify.html").as_uri()
WITHOUT_ED25519 = """() => {
const importKey = SubtleCrypto.prototype.importKey;
SubtleCrypto.prototype.importKey = function (format, data, algorithm, ...rest) {
  if (algorithm === "Ed25519") return Promise.reject(new DOMException("no", "NotSupportedError"));
  return importKey.call(this, format, data, algorithm, ...rest);
};
}"""
WITHOUT_CRYPTOGRAPHY = "Object.defineProperty(Crypto.prototype, 'subtle', { get: () => undefined });"

LOG = ExampleLog().grow(40)
RECEIPT = receive(LOG)
VKEY = LOG.verifier.vkey

pytestmark = needs_chromium


def text_of(receipt: Receipt) -> str:
    return render(receipt, preface="Thank you. It is number nm-2026-17.", check_hint="Open verify.html.")


TEXT = text_of(RECEIPT)


def code(text: str) -> int:
    try:
        return check(parse(text), [LOG.verifier]).code
    except ReceiptUnreadable:
        return UNREADABLE


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


def verdict(page: "sync_api.Page", text: str, vkey: str = VKEY) -> tuple[int, str]:
    """Paste, press the button, and read what the page says."""
    page.get_by_label("Receipt").fill(text)
    page.get_by_label("Public key of the record (optional)").fill(vkey)
    page.evaluate("document.getElementById('status').replaceChildren()")
    page.get_by_role("button", name="Check").click()
    found = page.get_by_role("status").locator("[data-code]")
    return int(found.get_attribute("data-code") or -1), found.inner_text()


def forged() -> Receipt:
    text = RECEIPT.proof.checkpoint.partition("\n\n")[0] + "\n"
    note = f"{text}\n{signature_line(LOG.origin, LOG.public, bytes(64))}"
    return replace(RECEIPT, proof=replace(RECEIPT.proof, checkpoint=note))


def suppressed() -> Receipt:
    other = ExampleLog().grow(len(LOG.leaves))
    return replace(RECEIPT, proof=replace(RECEIPT.proof, checkpoint=other.checkpoint()))


def erased() -> Receipt:
    kept = ["title", "country"]
    return replace(RECEIPT, opened={name: VALUES[name] for name in kept}, salts=salts_for(kept))


QUOTED = "Is this right?\r\n" + "".join(f"> {line}  \r\n" for line in TEXT.splitlines())
CASES = {
    "right": TEXT,
    "quoted, with other line ends": QUOTED,
    "space-stuffed, with a byte order mark": "\ufeff" + TEXT.replace("\n  ", "\n   "),
    "no-break spaces, blank lines dropped": TEXT.replace("— ", "—\u00a0").replace("\n\n", "\n"),
    "signature wrapped": TEXT.replace("record X", "record\nX"),
    "in other scripts": text_of(
        receive(ExampleLog().grow(2), {"title": "关于互联网治理原则草案的意见" * 9, "a": "عائشة"})
    ),
    "value changed": TEXT.replace("Adaeze", "Adaeza"),
    "entry changed": TEXT.replace('"n":17', '"n":71'),
    "salt changed": TEXT.replace("\ntitle ", "\ntitle A"),
    "salt left out": TEXT.replace("\ntitle q", "\ntitel q"),
    "value unknown": TEXT.replace("title:", "amount: 1\ntitle:"),
    "forged": text_of(forged()),
    "suppressed": text_of(suppressed()),
    "erased": text_of(erased()),
    "nothing": "Hello",
    "cut off": TEXT.replace("== end ==", ""),
    "twice": TEXT + TEXT,
    "not canonical": TEXT.replace('"n":17', '"n":17.0'),
    "index with a zero": TEXT.replace("index 4", "index 04"),
}


@pytest.mark.parametrize("case", CASES)
def test_the_page_finds_what_the_command_finds(page: "sync_api.Page", case: str) -> None:
    assert verdict(page, CASES[case])[0] == code(CASES[case])


def test_a_right_receipt_is_shown_with_its_values(page: "sync_api.Page") -> None:
    _, said = verdict(page, TEXT)
    assert said.startswith("In the record, unchanged")
    assert "Entry 40 of talanoa.example/record, signed at 44 entries." in said
    assert page.locator("dd").all_inner_texts() == list(VALUES.values())


def test_what_the_command_refuses_for_one_changed_byte_the_page_refuses_too(page: "sync_api.Page") -> None:
    data = TEXT.encode()
    machine = [
        *range(data.index(b"== received"), data.index(b"== check")),
        *range(data.index(b"{"), len(data) - 1),
    ]
    changed = [data[:at] + bytes([data[at] ^ 1 << at % 8]) + data[at + 1 :] for at in machine]
    texts = [each.decode("utf-8", "replace") for each in changed]
    accepted = page.evaluate(
        "([texts, vkey]) => Promise.all(texts.map("
        "text => check(text, vkey).then(found => !found.verdict, () => false)))",
        [texts, VKEY],
    )
    assert accepted == [code(text) == OK for text in texts]


def test_without_a_key_the_page_says_that_the_signature_is_not_checked(page: "sync_api.Page") -> None:
    found, said = verdict(page, TEXT, vkey="")
    assert found == BAD_SIGNATURE
    assert said.startswith("It fits, but the signature is not checked")


def test_without_a_key_a_changed_value_is_still_found(page: "sync_api.Page") -> None:
    assert verdict(page, CASES["value changed"], vkey="")[0] == code(CASES["value changed"])


@pytest.mark.parametrize(
    "vkey", ["hello", VKEY[:-1], VKEY.replace("record+", "rekord+"), VKEY.replace("+A", "+B")]
)
def test_what_is_no_key_is_said_to_be_none(page: "sync_api.Page", vkey: str) -> None:
    assert verdict(page, TEXT, vkey)[0] == UNREADABLE


def test_the_key_of_another_log_does_not_fit(page: "sync_api.Page") -> None:
    found, said = verdict(page, TEXT, ExampleLog("other.example", b"\x02" * 32).verifier.vkey)
    assert (found, "has not signed this receipt" in said) == (BAD_SIGNATURE, True)


def test_a_browser_without_ed25519_says_so_and_checks_the_rest(page: "sync_api.Page") -> None:
    page.evaluate(WITHOUT_ED25519)
    found, said = verdict(page, TEXT)
    assert (found, "This browser cannot check Ed25519 signatures." in said) == (BAD_SIGNATURE, True)
    assert verdict(page, CASES["entry changed"])[0] == NOT_IN_RECORD


def test_a_browser_without_cryptography_says_so(chromium: "sync_api.Browser") -> None:
    with chromium.new_context(offline=True) as context:
        context.add_init_script(WITHOUT_CRYPTOGRAPHY)
        page = context.new_page()
        page.goto(PAGE)
        found, said = verdict(page, TEXT)
    assert (found, "here the browser cannot check" in said) == (UNREADABLE, True)


def test_markup_in_a_value_is_text(page: "sync_api.Page") -> None:
    title = "<img src=x onerror=alert(1)> <b>bold</b>"
    log = ExampleLog()
    text = text_of(receive(log, {"title": title}))
    assert verdict(page, text, log.verifier.vkey)[0] == OK
    assert page.locator("dd").all_inner_texts() == [title]


def test_the_keyboard_is_enough(page: "sync_api.Page") -> None:
    page.keyboard.press("Tab")
    page.keyboard.insert_text(TEXT)
    page.keyboard.press("Tab")
    page.keyboard.insert_text(VKEY)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.get_by_role("status").locator("[data-code]").get_attribute("data-code") == "0"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("case", ["right", "value changed", "erased"])
def test_axe_finds_nothing_to_complain_about(page: "sync_api.Page", scheme: str, case: str) -> None:
    page.emulate_media(color_scheme=scheme)
    verdict(page, CASES[case])
    assert axe.Axe().run(page).response["violations"] == []


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_nothing_is_cut_off_at_the_side(page: "sync_api.Page", width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    verdict(page, TEXT)
    assert page.evaluate("document.documentElement.scrollWidth") == width
