"""What the head of a raw mail tells before anything parses it: where it was delivered, and who to tell of it."""

from collections.abc import Iterator

from talanoa.lib.rfc5322.limits import MAX_HEADER_BLOCK

LONGEST_FIELD = 998  # RFC 5322, section 2.1.1: a line; a field that says who and what needs no more
_DELIVERY = ("x-original-to", "envelope-to", "delivered-to")
_ESSENTIAL = frozenset(
    {
        "from", "to", "cc", "subject", "date", "message-id", "in-reply-to", "references", "auto-submitted",
        "precedence", "return-path", "list-id", "list-post", "archived-at", "reply-to", "x-auto-response-suppress",
    }
)  # fmt: skip


def delivered_to(raw: bytes) -> tuple[str, ...]:
    """Return the addresses, lower-case, that the delivering server wrote above its own Received field.

    What stands below that field is the sender's or a relay's word; where there is no such field, nothing is
    trusted. The address as the sender wrote it comes before the one that it led to.
    """
    found: dict[str, str] = {}
    for name, field in _fields(raw):
        if name == "received":
            return tuple(found[each] for each in _DELIVERY if each in found)
        if name in _DELIVERY:
            value = field.partition(b":")[2].decode("ascii", "ignore")
            found.setdefault(name, value.strip().strip("<>").lower())
    return ()


def essential_head(raw: bytes) -> bytes:
    """Return a short header with the fields that say who wrote what to whom, the first of each name.

    For a mail that no program can read: each field that is longer than a line may be is left out.
    """
    kept: dict[str, bytes] = {}
    for name, field in _fields(raw):
        if name in _ESSENTIAL and len(field) <= LONGEST_FIELD:
            kept.setdefault(name, field)
    return b"".join(kept.values()) + b"\r\n"


def _fields(raw: bytes) -> Iterator[tuple[str, bytes]]:
    """Give the name, lower-case, and the bytes of each field, folded lines included, up to the first blank line."""
    field = b""
    for line in raw[:MAX_HEADER_BLOCK].splitlines(keepends=True):
        if line[:1] in (b" ", b"\t"):
            field += line if len(field) <= LONGEST_FIELD else b""
            continue
        if field:
            yield _name(field), field
        if not line.strip():
            return
        field = line
    if field:
        yield _name(field), field


def _name(field: bytes) -> str:
    return field.partition(b":")[0].strip().decode("ascii", "replace").lower()
