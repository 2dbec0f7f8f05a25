"""A course leaves in four forms: each is complete, and those that programs read are as their standards say."""

import xml.etree.ElementTree as ET
from dataclasses import replace
from io import BytesIO
from urllib.parse import urldefrag
from zipfile import ZIP_STORED, ZipFile

import pytest

from learning.example_course import well
from talanoa.learning.exporting.epub import as_epub
from talanoa.learning.exporting.gift import as_gift, lossy
from talanoa.learning.exporting.pages import one_page
from talanoa.learning.letters.lessons import course_text, lesson_text

WELL = well()
DRAWING, SHARING = WELL.in_order()
MODIFIED = "2026-11-26T00:00:00Z"
XHTML = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"


def tree(text: str) -> ET.Element:
    return ET.fromstring(text.removeprefix("<!DOCTYPE html>\n"))


def test_a_mail_has_all_that_a_learner_needs_and_nothing_for_who_teaches() -> None:
    text = lesson_text(WELL, DRAWING)
    assert text.startswith("At the well, lesson 1 of 2\n\nDrawing water\n\nAbout 8 minutes.\n")
    assert "Q1. Halima needs ten liters. What does she do first?\n\n  a) She asks the herders" in text
    assert "One letter, such as “1a”." in text
    assert "A hint: Look for people." in text
    assert "Herders draw before noon." in text
    assert "The old rules" not in text
    assert "Let them act it out." not in text
    assert "It costs nothing" not in text


def test_a_mail_has_the_places_the_text_to_mend_and_what_is_looked_at() -> None:
    text = lesson_text(WELL, SHARING)
    assert "  1) " in text
    assert "    I AM FIRST!!!" in text
    assert "  - It says why" in text


def test_no_line_of_a_mail_is_longer_than_a_mail_has_it() -> None:
    assert [line for line in course_text(WELL).splitlines() if len(line) > 72] == []


def test_one_page_is_well_formed_and_every_link_in_it_leads_somewhere() -> None:
    page = tree(one_page(WELL))
    ids = {node.get("id") for node in page.iter() if node.get("id")}
    inside = [node.get("href", "") for node in page.iter(f"{XHTML}a") if node.get("href", "").startswith("#")]
    assert len(inside) > 10
    assert [target for target in inside if target[1:] not in ids] == []
    text = " ".join("".join(page.itertext()).split())
    assert "The old rules" in text
    assert "Seven times ten." in text
    assert "Let them act it out." not in text


def test_what_people_write_cannot_leave_its_place() -> None:
    page = one_page(replace(WELL, title="</title><script>x</script>&nbsp;"))
    assert "<script>" not in page
    tree(page)


def book() -> ZipFile:
    return ZipFile(BytesIO(as_epub(WELL, modified=MODIFIED)))


def test_a_book_begins_with_what_it_is_not_compressed() -> None:
    first = book().infolist()[0]
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", ZIP_STORED, b"")
    assert book().read("mimetype") == b"application/epub+zip"


def test_the_container_leads_to_a_package_that_names_every_file_once() -> None:
    opened = book()
    container = ET.fromstring(opened.read("META-INF/container.xml"))
    [root] = [node.get("full-path") for node in container.iter() if node.tag.endswith("rootfile")]
    assert root == "OEBPS/content.opf"
    package = ET.fromstring(opened.read(root))
    items = {node.get("id"): node.get("href") for node in package.iter(f"{OPF}item")}
    files = {name.removeprefix("OEBPS/") for name in opened.namelist() if name.startswith("OEBPS/")}
    assert sorted(str(href) for href in items.values()) == sorted(files - {"content.opf"})
    spine = [node.get("idref") for node in package.iter(f"{OPF}itemref")]
    assert set(spine) == items.keys() - {"nav"}
    assert len(spine) == len(set(spine))
    told = {node.tag.rpartition("}")[2]: node.text for node in package.iter() if node.text}
    assert (told["title"], told["language"], told["meta"]) == ("At the well", "en", MODIFIED)
    assert str(told["identifier"]).startswith("urn:uuid:")
    assert package.get("unique-identifier") == "id"


def test_every_page_of_a_book_is_xml_and_every_link_in_it_leads_somewhere() -> None:
    opened = book()
    pages = {
        name: tree(opened.read(name).decode().removeprefix('<?xml version="1.0" encoding="UTF-8"?>\n'))
        for name in opened.namelist()
        if name.endswith(".xhtml")
    }
    ids = {
        f"{name.rpartition('/')[2]}#{node.get('id')}"
        for name, page in pages.items()
        for node in page.iter()
        if node.get("id")
    }
    names = {name.rpartition("/")[2] for name in pages}
    for page in pages.values():
        for node in page.iter(f"{XHTML}a"):
            target = node.get("href", "")
            if not target.startswith("http"):
                assert urldefrag(target)[0] in names
                assert "#" not in target or target in ids
    [toc] = pages["OEBPS/nav.xhtml"].iter(f"{XHTML}nav")
    assert toc.get("{http://www.idpf.org/2007/ops}type") == "toc"


def test_the_same_course_is_the_same_book() -> None:
    assert as_epub(WELL, modified=MODIFIED) == as_epub(well(), modified=MODIFIED)


@pytest.mark.parametrize(
    "told",
    [
        "::drawing-1::[markdown]Halima needs ten liters. What does she do first? {\n",
        "\t=She asks the herders whose turn it is#It costs nothing, and she knows.\n",
        "\t~She goes home#Then she has no water.\n",
        "\t~%50%How many liters\n",
        "\t~%-50%The weather#It changes nothing.\n",
        "\t#70:0.5\n",
        "\t=herder\n\t=a herder\n",
        "\t=They hear everybody -> 2\n",
        "\t=Halima -> asks\n",
        "\t=I am first! -> A position\n",
        "$CATEGORY: At the well/Sharing water",
    ],
)
def test_other_platforms_read_the_items(told: str) -> None:
    assert told in as_gift(WELL)


def test_signs_that_mean_something_there_are_escaped() -> None:
    item = replace(DRAWING.items[0], prompt="{50 %} ~ 1:2 = #3?")
    block = replace(DRAWING.blocks[3], item=item)
    lesson = replace(DRAWING, blocks=(block,))
    assert "\\{50 %\\} \\~ 1\\:2 \\= \\#3? {" in as_gift(
        replace(WELL, lessons={**WELL.lessons, "drawing": lesson})
    )


def test_what_is_lost_is_told() -> None:
    assert lossy(WELL) == [
        "sharing, sharing-1: each step is matched with its place",
        "sharing, sharing-3: each thing is matched with its class",
        "sharing, sharing-4: is an essay: its checks are lost",
        "sharing, sharing-5: is an essay: its rubric is lost",
        "sharing, sharing-6: is an essay that says what to play",
    ]
