"""The design system keeps its promises: its budget, its colors, its markup, and a page that shows all of it."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.exceptions import BadRequest, PermissionDenied
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import translation
from django.views import defaults

import talanoa.site

SITE = Path(talanoa.site.__file__).parent
TEMPLATES = SITE / "templates"
CSS = (SITE / "static/site/talanoa.css").read_text(encoding="utf-8")
PAGES = ("", "?page=process", "?page=form", "?page=done")
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right|top|bottom)|"
    r"left|right|top|bottom|width|height|min-width|max-width|min-height|max-height)\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)"
)
_VALUE = r"[^;{}\s]+"
UNEVEN = re.compile(rf"(?<![\w-])(?:margin|padding|inset|border-radius)\s*:\s*{_VALUE}(?:\s+{_VALUE}){{3}};")
WITH_SCRIPTS = {
    "mfa/webauthn/snippets/scripts.html",
    "mfa/authenticate.html",
    "mfa/webauthn/add_form.html",
} | {"mfa/webauthn/reauthenticate.html"}


def templates() -> list[str]:
    return sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html"))


def parts() -> set[str]:
    return {name for name in templates() if name.startswith("site/parts/")}


def text(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


def test_the_stylesheet_is_below_8_kb_on_the_wire() -> None:
    assert len(gzip.compress(CSS.encode(), 9)) < 8_000


def test_the_stylesheet_asks_for_no_other_file() -> None:
    assert re.findall(r"url\(|@import|@font-face|image-set\(", CSS) == []


def test_the_stylesheet_knows_no_left_and_right() -> None:
    assert PHYSICAL.findall(CSS) == []
    assert UNEVEN.findall(CSS) == []


def test_the_rule_against_left_and_right_finds_them() -> None:
    assert PHYSICAL.search("a { margin-left: 0; }")
    assert PHYSICAL.search("a { text-align: right }")
    assert UNEVEN.search("a { padding: 1rem 2rem 0 0; }")


def test_every_rule_stands_in_a_layer() -> None:
    assert re.findall(r"^@layer ([\w, ]+)", CSS, re.MULTILINE) == [
        "tokens, base, layout, components, print", "tokens ", "base ", "layout ", "components ", "print ",
    ]  # fmt: skip
    assert [
        line for line in CSS.splitlines() if re.match(r"[.:\w*#\[]", line) and not line.startswith("@")
    ] == []


def plain_colors() -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", CSS))


def paired_colors() -> dict[str, tuple[str, str]]:
    return {
        name: (light, dark)
        for name, light, dark in re.findall(r"--([\w-]+): light-dark\((#\w+), (#\w+)\)", CSS)
    }


def test_browsers_without_light_dark_get_the_same_light_colors() -> None:
    assert plain_colors() == {name: light for name, (light, _) in paired_colors().items()}


def luminance(color: str) -> float:
    """Relative luminance. Source: WCAG 2.2, definition of relative luminance."""
    channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str, scheme: int) -> float:
    """Contrast ratio of two tokens. Source: WCAG 2.2, definition of contrast ratio."""
    pair = sorted(luminance(paired_colors()[name][scheme]) for name in (one, other))
    return (pair[1] + 0.05) / (pair[0] + 0.05)


READ = [("ink", "paper"), ("ink", "sheet"), ("quiet", "paper"), ("quiet", "sheet"), ("accent", "paper")]
READ += [("accent", "sheet"), ("on-accent", "accent"), ("on-deep", "deep"), ("accent", "accent-soft")]
READ += [("ink", f"{name}-soft") for name in ("accent", "good", "warn", "bad")]
READ += [(name, f"{name}-soft") for name in ("good", "warn", "bad")]
READ += [("bad", "sheet"), ("bad", "paper"), ("good", "paper"), ("warn", "paper")]
READ += [("paper", f"g{number}") for number in range(1, 7)]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("one", "other"), READ)
def test_text_stands_out(one: str, other: str, scheme: int) -> None:
    assert contrast(one, other, scheme) >= 4.5


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("surface", ["paper", "sheet"])
def test_the_edges_of_controls_are_seen(surface: str, scheme: int) -> None:
    assert contrast("edge", surface, scheme) >= 3


@pytest.mark.parametrize("name", templates())
def test_no_template_carries_style_or_handlers(name: str) -> None:
    assert re.findall(r"\sstyle=|<style|\son\w+=|javascript:", text(name)) == []


def test_scripts_stand_on_the_pages_of_the_passkey_only() -> None:
    assert {name for name in templates() if "<script" in text(name)} == WITH_SCRIPTS


def test_every_script_that_runs_carries_the_nonce_of_the_policy() -> None:
    tags = re.findall(r"<script[^>]*>", "".join(text(name) for name in WITH_SCRIPTS))
    assert [tag for tag in tags if "application/json" not in tag and "nonce=" not in tag] == []


@pytest.mark.parametrize("name", sorted(parts()))
def test_every_part_says_what_it_shows_and_takes(name: str) -> None:
    assert text(name).startswith("{% comment %}")


def test_no_template_is_long() -> None:
    assert [name for name in templates() if len(text(name).splitlines()) > 150] == []


def hard_words(source: str) -> Iterator[str]:
    """Yield the words between tags that no translator would see."""
    source = re.sub(r"(?s)\{% comment %\}.*?\{% endcomment %\}|\{#.*?#\}|<!--.*?-->", "", source)
    source = re.sub(
        r"(?s)\{% blocktranslate.*?\{% endblocktranslate %\}|<(script|pre|code).*?</\1>", "", source
    )
    source = re.sub(r"(?s)\{%.*?%\}|\{\{.*?\}\}", "", source)
    for words in re.findall(r">([^<>]+)<", f">{source}<"):
        if re.search(r"[A-Za-z]{2}", words):
            yield words.strip()


@pytest.mark.parametrize("name", [name for name in templates() if "site/design" not in name])
def test_every_word_can_be_translated(name: str) -> None:
    assert list(hard_words(text(name))) == []


@pytest.mark.django_db
def test_the_catalog_shows_every_part() -> None:
    client = Client()
    used = {t.name for page in PAGES for t in client.get(f"/design/{page}").templates}
    assert parts() - used == set()


@pytest.mark.django_db
@pytest.mark.parametrize("page", PAGES)
def test_each_page_of_the_catalog_has_one_main_landmark_and_one_heading(page: str) -> None:
    html = Client().get(f"/design/{page}").content.decode()
    assert [html.count(tag) for tag in ("<main ", "<h1", 'class="skip"')] == [1, 1, 1]


@pytest.mark.django_db
def test_no_id_stands_twice_on_the_catalog() -> None:
    ids = re.findall(r'\sid="([^"]+)"', Client().get("/design/").content.decode())
    assert [name for name in ids if ids.count(name) > 1] == []


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "head"), [("en", 'lang="en" dir="ltr"'), ("ar", 'lang="ar" dir="rtl"')])
def test_a_page_says_its_language_and_direction(language: str, head: str) -> None:
    page = Client(headers={"accept-language": language}).get("/design/").content.decode()
    assert f"<html {head}>" in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "login/",
        "login/?passkey=1",
        "login/code/",
        "signup/",
        "inactive/",
        "password/reset/",
        "password/reset/done/",
    ],
)
def test_the_pages_of_the_account_look_like_ours(path: str) -> None:
    html = Client().get(f"/account/{path}").content.decode()
    assert [
        html.count(tag) for tag in ('<html lang="en" dir="ltr">', '<main id="main"', "<h1", "talanoa.css")
    ] == [1] * 4


@pytest.mark.django_db
def test_signing_in_by_code_needs_no_script() -> None:
    assert "<script" not in Client().get("/account/login/").content.decode()


@pytest.mark.django_db
def test_pages_that_need_scripts_do_not_say_that_they_need_none() -> None:
    said = "This page needs no scripts"
    assert said in Client().get("/account/login/").content.decode()
    assert said not in Client().get("/account/login/?passkey=1").content.decode()


@pytest.mark.parametrize(
    ("name", "words"), [("500", "Something broke on our side"), ("429", "Please wait a moment")]
)
def test_an_error_page_needs_neither_request_nor_database(name: str, words: str) -> None:
    assert words in render_to_string(f"{name}.html")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("view", "reason", "words"),
    [
        (defaults.bad_request, BadRequest(), "cannot be read"),
        (defaults.permission_denied, PermissionDenied(), "not open to you"),
        (defaults.page_not_found, Exception(), "no such page"),
    ],
)
def test_errors_are_said_in_plain_words(view: object, reason: Exception, words: str) -> None:
    page = view(RequestFactory().get("/x/"), exception=reason).content.decode()  # type: ignore[operator]
    assert words in page


def test_a_refusal_names_its_rule_and_its_words_are_text() -> None:
    page = render_to_string(
        "site/refused.html", {"text": "<b>Too early</b>", "code": "review_period_running"}
    )
    assert "&lt;b&gt;Too early" in page
    assert "<code>review_period_running</code>" in page


def test_the_catalog_of_words_follows_the_reader() -> None:
    with translation.override("ar"):
        assert 'dir="rtl"' in render_to_string("500.html")
