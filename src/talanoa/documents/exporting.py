"""A revision as a file that people take away: a page of its own, a Word document, plain text."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from talanoa.documents.models import Revision
from talanoa.documents.queries import blocks
from talanoa.kernel.markdown import render
from talanoa.lib import exporting


def as_html(revision: Revision) -> str:
    """Return one page that needs no other file, with the anchors of its paragraphs; it can be printed.

    A text that begins with a heading of level 1 has it as its title; else the title is that of the document.
    """
    rows = blocks(revision)
    own = rows[0] if rows and (rows[0].kind, rows[0].level) == ("heading", 1) else None
    rest = rows[1:] if own else rows
    offset = 2 - min((row.level for row in rest if row.kind == "heading"), default=1)
    title = render(own.text).removeprefix("<h2>").removesuffix("</h2>") if own else revision.document.title
    context = {
        "revision": revision,
        "document": revision.document,
        "anchor": own.anchor if own else "",
        "title": SafeString(title) if own else title,
        "blocks": [(row.anchor, render(row.text, offset), row.number) for row in rest],
    }
    return render_to_string("documents/export.html", context)


def as_docx(revision: Revision) -> bytes:
    """Return a Word document with headings, lists, tables and what stands out in the text."""
    document = revision.document
    return exporting.as_docx(revision.text, title=document.title, language=document.language)


def as_plain(revision: Revision) -> str:
    """Return plain text in lines of 72 characters, with headings underlined and recommendations numbered."""
    return exporting.as_plain(revision.text)
