"""What a reader sees of a change: in one column or side by side, folded where nothing happened, in any script."""

import re
from html.parser import HTMLParser

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from conftest import day
from talanoa.documents.actions import revise
from talanoa.documents.comparing import Comparison, comparison
from talanoa.documents.models import Document, Revision

OLD = """# Training

Money is what lacks.

It has always lacked.

## Who pays

Nobody has said so far.

Hosts pay.

Pay the trainers of the course in dollars, and soon.

An old remark that goes."""
NEW = OLD.replace("dollars", "their own <b>currency</b>").replace("\n\nAn old remark that goes.", "")
VIEWS = ("documents/_diff_inline.html", "documents/_diff_side.html")

pytestmark = pytest.mark.django_db
each_view = pytest.mark.parametrize("view", VIEWS)


def revised(old: str, new: str) -> tuple[Revision, Revision]:
    text = Document.objects.create(kind=Document.Kind.REPORT, title="Training")
    return revise(text, text=old, at=day(1)), revise(text, text=new, at=day(2))


def page(view: str, told: Comparison) -> str:
    return render_to_string(view, {"comparison": told, "old": "version 1", "new": "version <2>"})


class Read(HTMLParser):
    """A page as a screen reader says it, tag by tag."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


def said(html: str) -> str:
    return " ".join(Read(html).words.split())


@each_view
def test_a_page_says_what_changed_in_words_and_not_by_color_alone(view: str) -> None:
    words = said(page(view, comparison(*revised(OLD, NEW))))
    assert "1 paragraph changed 1 removed From version 1 to version <2>." in words
    assert "removed: dollars" in words
    assert "added: their own <b>currency</b>" in words


@each_view
def test_what_did_not_change_is_one_line_that_names_the_heading(view: str) -> None:
    words = said(page(view, comparison(*revised(OLD, NEW))))
    assert "5 paragraphs unchanged · below: Who pays" in words
    assert "Money is what lacks" not in words
    assert "Hosts pay." in words


@each_view
def test_nothing_that_people_wrote_becomes_a_tag(view: str) -> None:
    text = '<script>alert(1)</script> " onmouseover="x'
    html = page(view, comparison(*revised(f"Say {text} to them.", f"Say {text} & more to them.")))
    assert not {tag for tag, _ in Read(html).tags} & {"script", "b"}
    assert not {name for _, attributes in Read(html).tags for name in attributes if name.startswith("on")}
    assert html.count("&lt;script&gt;") >= 1


@each_view
def test_the_words_of_a_paragraph_decide_its_direction_and_ours_do_not(view: str) -> None:
    html = page(view, comparison(*revised("نحن نتفق الآن.", "كلنا نتفق الآن.")))
    tags = Read(html).tags
    assert [attributes.get("dir") for tag, attributes in tags if attributes.get("class") == "said"] == [
        "auto"
    ] * 2
    [*paragraphs] = [attributes for tag, attributes in tags if tag == "div" and attributes.get("dir")]
    assert [attributes["dir"] for attributes in paragraphs] == ["auto"] * (1 if "inline" in view else 2)


@each_view
def test_two_revisions_with_the_same_paragraphs_say_so(view: str) -> None:
    first, _ = revised("One.", "Two.")
    told = comparison(first, first)
    assert told.is_empty
    assert "version 1 and version <2> have the same paragraphs." in said(page(view, told))


def test_side_by_side_each_side_has_its_own_words_only() -> None:
    html = page(VIEWS[1], comparison(*revised("We agree now.", "We disagree now.")))
    old, new = re.findall(r"<td.*?</td>", html, re.DOTALL)
    assert (said(old), said(new)) == ("We removed: agree now.", "changed We added: disagree now.")


def test_side_by_side_a_cell_says_which_version_it_is_of_where_the_columns_are_stacked() -> None:
    cells = [
        attributes
        for tag, attributes in Read(
            page(VIEWS[1], comparison(*revised("We agree now.", "We disagree now.")))
        ).tags
        if tag == "td"
    ]
    assert [attributes["data-label"] for attributes in cells] == ["version 1", "version <2>"]


@each_view
def test_a_split_paragraph_is_said_to_be_split_and_its_words_are_not_shown_as_new(view: str) -> None:
    one, two = "The chair answers every objection in public.", "Nobody waits for longer than ten days for it."
    html = page(view, comparison(*revised(f"{one} {two}", f"{one}\n\n{two}")))
    assert "1 split" in said(html)
    assert "split into 2 paragraphs" in said(html)
    assert re.findall(r"<ins><span[^>]*>added: </span>\s*(.*?)\s*</ins>", html, re.DOTALL) == ["¶"]


@each_view
def test_a_paragraph_too_long_for_its_words_to_be_compared_says_so(view: str) -> None:
    told = comparison(*revised("Begin " + "a " * 10_002 + "end", "Begin " + "b " * 10_002 + "end"))
    assert [row.is_whole for row in told.rows] == [False, False]
    told = comparison(
        *revised("same " * 9_000 + "a " * 10_001 + "end", "same " * 9_000 + "b " * 10_001 + "end")
    )
    assert [row.is_whole for row in told.rows] == [True]
    assert "Too long to be compared word by word" in said(page(view, told))


def test_a_comparison_takes_two_queries_whatever_the_length() -> None:
    for old, new in (("a", "b"), (OLD, NEW)):
        first, second = revised(old, new)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            comparison(first, second)
        assert len(asked) == 2
