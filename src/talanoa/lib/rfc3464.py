"""What a delivery report says of each recipient (RFC 3464): failed for good, or perhaps only for now.

It reads the `message/delivery-status` part that `talanoa.lib.rfc5322` kept closed; that part has at most 64 kB and
50 recipients here, whatever it holds.
"""

import re
from dataclasses import dataclass

MEDIA_TYPE = "message/delivery-status"
_MOST_BYTES, _MOST_RECIPIENTS = 65_536, 50
_STATUS = re.compile(r"([245])\.(\d{1,3})\.(\d{1,3})")
# Full, too large, or refused by a policy: the mailbox is there (RFC 3463, sections 3.3 and 3.8).
_STILL_THERE = frozenset({("2", "2"), ("2", "3")})


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A recipient whom the mail did not reach; `addresses` are lower-case, as reported and as first written."""

    addresses: frozenset[str]
    is_permanent: bool


def undelivered(part: bytes) -> list[Undelivered]:
    """Return the recipients that a report names as failed; one that is only late is none of them."""
    text = part[:_MOST_BYTES].decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    blocks = [_fields(block) for block in re.split(r"\n[ \t]*\n", text)]
    return [_of(fields) for fields in blocks if fields.get("action") == "failed"][:_MOST_RECIPIENTS]


def _fields(block: str) -> dict[str, str]:
    """Return the fields of one block, their names and values lower-case."""
    unfolded = re.sub(r"\n[ \t]+", " ", block)
    parted = (line.partition(":") for line in unfolded.split("\n"))
    return {name.strip().lower(): value.strip().lower() for name, colon, value in parted if colon}


def _of(fields: dict[str, str]) -> Undelivered:
    named = (fields.get(name, "") for name in ("original-recipient", "final-recipient"))
    addresses = frozenset(filter(None, (value.partition(";")[2].strip(" <>") for value in named)))
    status = _STATUS.match(fields.get("status", ""))
    if status is None:
        return Undelivered(addresses, is_permanent=False)
    is_refused = status[1] == "5" and status[2] != "7"
    return Undelivered(addresses, is_permanent=is_refused and (status[2], status[3]) not in _STILL_THERE)
