"""Whether two raw mails are the same mail, delivered twice."""

import hashlib

from talanoa.lib.rfc5322.body import decoded
from talanoa.lib.rfc5322.message import ParsedMail
from talanoa.lib.rfc5322.parts import read_parts

_BLANKS = bytes.maketrans(b"\t\r\x0b\x0c", b"    ")


def dedup_key(parsed: ParsedMail, raw: bytes) -> str:
    """Return the SHA-256 (hex) of sender, date, subject and canonical body; `parsed` is what `raw` says.

    The canonical body is every part without its transfer encoding, with the white space of text as "relaxed"
    leaves it (RFC 6376, section 3.4.4), so that neither a relay that recodes nor another path changes the
    key; any other change of a part does. Message-ID and Received have no say.
    """
    root = read_parts(raw, [])
    date = parsed.sent_at.isoformat() if parsed.sent_at else root.header.first("date").decode("latin-1")
    digest = hashlib.sha256()
    for text in (parsed.sender_address, date, parsed.subject):
        _add(digest, text.encode())
    for leaf in root.leaves():
        _add(digest, leaf.media_type.encode())
        data = decoded(leaf, [])
        _add(digest, _relaxed(data) if leaf.media_type.startswith("text/") else data)
    return digest.hexdigest()


def _relaxed(data: bytes) -> bytes:
    """Return `data` with one space for each run of blanks, and none at the ends of a line.

    By whole-text steps: a list of the lines of ten million line ends would take half a gigabyte.
    """
    data = data.translate(_BLANKS)
    while b"  " in data:
        data = data.replace(b"  ", b" ")
    return data.replace(b" \n", b"\n").replace(b"\n ", b"\n").strip(b" \n")


def _add(digest: "hashlib._Hash", data: bytes) -> None:
    # The length before each field keeps one field from passing for two.
    digest.update(len(data).to_bytes(8, "big") + data)
