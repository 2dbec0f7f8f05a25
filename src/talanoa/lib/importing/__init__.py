"""Texts from elsewhere (Markdown, docx, odt, plain text as RFCs are written) as units of our Markdown.

They are read as hostile: `read_bounded` is the door. Errors: ExtractionRefused of `talanoa.lib.extraction` with its
codes; `text_too_long` above 5,000 units.
"""

from talanoa.lib.importing.isolation import read_bounded
from talanoa.lib.importing.reading import Imported, read
from talanoa.lib.importing.units import Unit, as_markdown

__all__ = ["Imported", "Unit", "as_markdown", "read", "read_bounded"]
