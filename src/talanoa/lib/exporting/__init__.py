"""A text in our Markdown as files that people take away: a Word document, plain text."""

from talanoa.lib.exporting.docx import as_docx
from talanoa.lib.exporting.plain import as_plain

__all__ = ["as_docx", "as_plain"]
