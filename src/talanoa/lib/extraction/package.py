"""The zip package inside a .docx or .odt: its limits, and its XML parts read without entities or network."""

import io
import re
import zipfile
import zlib

from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

from talanoa.lib.extraction.result import ExtractionRefused

MAX_MEMBERS = 100
MAX_UNPACKED = 50 * 1024 * 1024
MAX_RATIO = 100
RATIO_FLOOR = 100 * 1024
"""Bytes below which a member may be packed as tightly as it likes."""

_ARCHIVE_NAME = re.compile(r"\.(zip|docx|odt|jar|7z|rar|tar|gz|tgz|bz2|xz)$", re.IGNORECASE)
# No gzip here: compressed drawings (.emz, .wmz) are gzip and stand in honest documents.
_ARCHIVE_STARTS = frozenset({b"PK\x03\x04", b"7z\xbc\xaf", b"Rar!"})
# A chart carries its sheet as a package of its own; it is never opened here.
_CHART_DATA = re.compile(r"word/embeddings/[^/]+\.xlsx$", re.IGNORECASE)
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class Package:
    """A checked zip package; raises ExtractionRefused: upload_bomb, upload_encrypted, upload_damaged."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as problem:
            raise damaged() from problem
        self._members = self._zip.infolist()
        self._check_sizes()
        for member in self._members:
            self._check_member(member)

    def names(self) -> frozenset[str]:
        """The names of all members."""
        return frozenset(member.filename for member in self._members)

    def read(self, name: str, limit: int = MAX_UNPACKED) -> bytes:
        """Return at most `limit` bytes of a member. Raises ExtractionRefused: upload_damaged."""
        try:
            with self._zip.open(name) as member:
                return member.read(limit)
        except (
            KeyError,
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            ValueError,
            NotImplementedError,
        ) as problem:
            raise damaged() from problem

    def xml(self, name: str) -> etree._Element:
        """Return the root of an XML part; one with a document type is refused as upload_damaged."""
        # No honest document has a DTD (ISO/IEC 29500-2 forbids it): without one there are no entities.
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False
        )
        try:
            root = etree.fromstring(self.read(name), parser)
        except (etree.XMLSyntaxError, ValueError) as problem:
            raise damaged() from problem
        if root.getroottree().docinfo.doctype:
            raise damaged()
        return root

    def _check_sizes(self) -> None:
        total = sum(member.file_size for member in self._members)
        if len(self._members) > MAX_MEMBERS or total > MAX_UNPACKED:
            raise _bomb()

    def _check_member(self, member: zipfile.ZipInfo) -> None:
        if member.flag_bits & 1:
            raise ExtractionRefused("upload_encrypted", "The document has a password. Send it without one.")
        if member.compress_type not in _METHODS:
            raise damaged()
        if member.file_size > max(RATIO_FLOOR, MAX_RATIO * member.compress_size):
            raise _bomb()
        if _CHART_DATA.search(member.filename):
            return
        if _ARCHIVE_NAME.search(member.filename) or self.read(member.filename, 4) in _ARCHIVE_STARTS:
            raise _bomb()


def damaged() -> ExtractionRefused:
    """The refusal of a document that does not hold together."""
    return ExtractionRefused("upload_damaged", "The file is damaged. Save it again and send it anew.")


def _bomb() -> ExtractionRefused:
    return ExtractionRefused(
        "upload_bomb", "The document unpacks to far more than it should. Send its text as .txt or .pdf."
    )
