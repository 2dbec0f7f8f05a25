"""Templates: every word for people can be translated, and nothing in them needs a script or inline style."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template.loader import get_template

from architecture.source import PACKAGE, ROOT, short

ROOTS = sorted(PACKAGE.glob("*/templates"))
PAGES = sorted(path for root in ROOTS for path in root.rglob("*.html"))
# Pages with a script or a style of their own, each with the reason.
WITH_SCRIPT_OR_STYLE = {
    "src/talanoa/badges/check.html": "one file that checks a badge without this host; its policy names hashes",
    "src/talanoa/record/verify.html": "one file that checks a receipt without this host; its policy names hashes",
    "src/talanoa/documents/templates/documents/export.html": "a file that people take away; no page of the site",
    "src/talanoa/learning/templates/learning/export/page.html": "a file that people take away; no page of the site",
    "src/talanoa/reports/templates/reports/pdf.html": "becomes a PDF; no browser reads it",
    "src/talanoa/site/templates/mfa/authenticate.html": "the passkey ceremony is a browser's own script interface",
    "src/talanoa/site/templates/mfa/webauthn/add_form.html": "same",
    "src/talanoa/site/templates/mfa/webauthn/reauthenticate.html": "same",
    "src/talanoa/site/templates/mfa/webauthn/snippets/scripts.html": "same",
}
# Pages whose words are not for translation, each with the reason.
AS_WRITTEN = {
    "src/talanoa/site/templates/allauth/elements/button.html": "the caller chooses the tag; no words of its own",
    "src/talanoa/site/templates/site/design/form.html": "shows the components with examples",
    "src/talanoa/site/templates/site/design/process.html": "same",
    "src/talanoa/site/templates/site/design/words.html": "same, in several languages",
}
# Words that are the same in every language: names of things and of formats.
SAME_EVERYWHERE = {
    "Talanoa",
    "UTC",
    "BibTeX",
    "CSL-JSON",
    "CSV",
    "JSON",
    "PDF",
    "SHA-256",
    "tlog-proof",
    "AGPL-3.0-or-later",
}
TRANSLATED = re.compile(
    r"{#.*?#}|{%\s*comment.*?endcomment\s*%}|{%\s*blocktrans(?:late)?\b.*?endblocktrans(?:late)?\s*%}",
    re.DOTALL,
)
CODE = re.compile(r"{{.*?}}|{%.*?%}", re.DOTALL)
BLOCK = re.compile(r"{%\s*blocktrans(?:late)?\b([^%]*)%}")
WORD = re.compile(r"[A-Za-z][\w.-]*")
SPOKEN = {"alt", "aria-label", "placeholder", "title"}
CODE_TAGS = {"code", "kbd", "pre", "samp", "script", "style"}


class Markup(HTMLParser):
    """What stands in a page beside the template's own code: words for people, and what a policy refuses."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words: set[str] = set()
        self.refused: list[str] = []
        self.inside: list[str] = []
        self.feed(CODE.sub(" ", TRANSLATED.sub(" ", text)))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.refused += [tag] if tag in {"script", "style"} else []
        self.inside += [tag] if tag in CODE_TAGS else []
        for name, value in attrs:
            self.refused += [name] if name == "style" or name.startswith("on") else []
            self.hear(value or "" if name in SPOKEN else "")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.inside:
            self.inside.remove(tag)

    def handle_data(self, data: str) -> None:
        if not self.inside:
            self.hear(data)

    def hear(self, spoken: str) -> None:
        self.words |= set(WORD.findall(spoken)) - SAME_EVERYWHERE


def untranslated(text: str) -> set[str]:
    return Markup(text).words


def untrimmed(text: str) -> list[str]:
    return [options.strip() for options in BLOCK.findall(text) if "trimmed" not in options.split()]


@pytest.mark.parametrize("path", PAGES, ids=short)
def test_every_word_of_a_template_can_be_translated(path: Path) -> None:
    assert short(path) in AS_WRITTEN or untranslated(path.read_text(encoding="utf-8")) == set()


@pytest.mark.parametrize("path", PAGES, ids=short)
def test_a_translated_block_is_always_trimmed(path: Path) -> None:
    assert untrimmed(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.html")), ids=short)
def test_a_page_has_no_inline_style_no_script_and_no_handler(path: Path) -> None:
    refused = Markup(path.read_text(encoding="utf-8")).refused
    assert bool(refused) == (short(path) in WITH_SCRIPT_OR_STYLE), refused


@pytest.mark.parametrize("path", PAGES, ids=short)
def test_a_template_can_be_read(path: Path) -> None:
    name = path.relative_to(next(root for root in ROOTS if path.is_relative_to(root)))
    assert get_template(name.as_posix()).origin.name == str(path)


def test_the_exceptions_name_pages_that_exist() -> None:
    named = WITH_SCRIPT_OR_STYLE.keys() | AS_WRITTEN.keys()
    assert [path for path in named if not (ROOT / path).is_file()] == []


def test_the_checks_see_what_they_are_for() -> None:
    page = '{% blocktranslate %}x{% endblocktranslate %}<p title="Hi" onclick="x">{% trans "a" %} plain <pre>ls</pre>'
    assert untranslated(page) == {"Hi", "plain"}
    assert untrimmed(page) == [""]
    assert Markup(page).refused == ["onclick"]
