"""A text in our Markdown as files that people take away: a Word document, plain text."""

from talanoa.lib.exporting.plain import as_plain

__all__ = ["as_docx", "as_plain"]


def as_docx(markdown: str, *, title: str, language: str = "") -> bytes:
    """Return `markdown` as a .docx. `title` is a property of the file; `language` a BCP 47 tag or empty."""
    # What writes Word's files takes a tenth of all that a command loads, and few commands write one.
    from talanoa.lib.exporting.docx import written  # noqa: PLC0415

    return written(markdown, title=title, language=language)
