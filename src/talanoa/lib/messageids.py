"""Message identifiers (RFC 5322, section 3.6.4), always without their angle brackets."""

import base64
import hashlib
import re
from collections.abc import Iterable

LONGEST = 250
MOST = 20
_ID = re.compile(rf"[!-;=?-~]{{1,{LONGEST}}}")


def is_message_id(name: str) -> bool:
    """Tell whether `name` can stand in a header as it is: printable ASCII without blanks and brackets."""
    return _ID.fullmatch(name) is not None


def permalink_hash(message_id: str) -> str:
    """Return what names a message in an address: the SHA-1 of its identifier in base32, 32 letters.

    It is the `Message-ID-Hash` of Mailman 3, so that a list that carries the same mail names it alike.
    Known answer: `alpha` gives XZ3DGG4V37BZTTLXNUX4NABB4DNQHTCP.
    """
    digest = hashlib.sha1(message_id.encode(), usedforsecurity=False).digest()
    return base64.b32encode(digest).decode()


def nearest_first(in_reply_to: str, references: Iterable[str]) -> list[str]:
    """Return what a mail answers, nearest first: `In-Reply-To`, then `References` from its end; each once."""
    return list(dict.fromkeys(name for name in (in_reply_to, *reversed(tuple(references))) if name))


def chain(references: Iterable[str], parent: str) -> list[str]:
    """Return the `References` of an answer to `parent`: the first one and the last before it, 20 at most."""
    ids = [name for name in dict.fromkeys(references) if name != parent and is_message_id(name)]
    known = [*ids, parent] if parent else ids
    return known if len(known) <= MOST else [known[0], *known[1 - MOST :]]
