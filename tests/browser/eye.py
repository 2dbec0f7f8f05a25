"""Somebody who looks at pages and notes whatever is wrong with them.

Each page is judged by all rules of axe at 320 px in light, and by those that look at the picture at 1280 px in dark.
"""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
ALL = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OTHERWISE = {"type": "rule", "values": ["color-contrast", "target-size", "scrollable-region-focusable"]}
LOOKS: tuple[tuple[int, str, object], ...] = ((320, "light", ALL), (1280, "dark", OTHERWISE))
CONVENOR, CHAIR = "As Losalini Tuvakoro: Convenor", "As Henrike Oosterbaan: Chair"
SPONSOR, AUTHOR = "As Gerald Adair-Whitlow: Sponsor", "As Halima Dubow Shurie: Participant"
needs_chromium = [
    pytest.mark.browser,
    pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="needs Debian's chromium"),
]


class Eye:
    """Somebody who looks at pages and notes whatever is wrong with them."""

    def __init__(self, browser: "Browser", origin: str) -> None:
        self.context = browser.new_context(base_url=origin)
        self.page: Page = self.context.new_page()
        self.wrong: dict[str, list[str]] = {}
        self.said: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))

    def become(self, button: str) -> None:
        self.page.goto("/tour/")
        self.press(button)

    def open(self, path: str, status: int = 200) -> None:
        answer = self.page.goto(path)
        self.look(path)
        if answer is None or answer.status != status:
            self.wrong.setdefault(path, []).append(f"status {answer and answer.status}")

    def press(self, button: str, **fields: str) -> None:
        for name, value in fields.items():
            self.page.locator(f"[name={name}]").fill(value)
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=button, exact=True).click()

    def follow(self, link: str) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=link).first.click()

    def look(self, name: str) -> None:
        axe = pytest.importorskip("axe_playwright_python.sync_playwright")
        # Once for both looks: half a megabyte is read each time.
        self.page.evaluate(axe.Axe().axe_script)
        found = []
        for width, scheme, rules in LOOKS:
            self.page.set_viewport_size({"width": width, "height": 800})
            self.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            wide = self.page.evaluate("document.documentElement.scrollWidth")
            found += [f"{wide} wide at {width}"] if wide > width else []
            options = {"runOnly": rules, "resultTypes": ["violations"]}
            told = self.page.evaluate("options => axe.run(document, options)", options)
            for rule in told["violations"]:
                found.append(f"{rule['id']} at {width}: {rule['nodes'][0]['html'][:160]}")
        found += [text for text in self.said if "the server responded with a status of 4" not in text]
        self.said.clear()
        if found:
            self.wrong[name] = found
