"""Leaves: the bytes that one entry of the record is, with commitments in place of anything personal.

A commitment shows later that a value is the one recorded; it says nothing once value and salt are destroyed.
Errors: LeafError, a ValueError, for fields that cannot become a leaf.
"""

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any, cast

import rfc8785

from talanoa.lib import strict64

COMMITMENTS = "c"
MAX_LEAF = 65_535
SALT_SIZE = 32


class LeafError(ValueError):
    """The fields, the value or the salt cannot become a part of a leaf."""


def commit(field: str, value: str, salt: bytes) -> str:
    """Return the commitment to `value` in `field` under `salt` (32 bytes): 43 characters of base64url.

    HMAC-SHA256 (RFC 2104) over field, 0x00, value in UTF-8: no value can stand in for another field's.
    """
    if len(salt) != SALT_SIZE:
        raise LeafError("a salt has 32 bytes")
    if not field or "\x00" in field:
        raise LeafError("a field has a name, without zero characters")
    try:
        message = f"{field}\x00{value}".encode()
    except UnicodeEncodeError as error:
        raise LeafError(f"the value of {field} is not text") from error
    return strict64.encode_url(hmac.digest(salt, message, hashlib.sha256))


def leaf(fields: Mapping[str, object], commitments: Mapping[str, str]) -> bytes:
    """Return the leaf: RFC 8785 JSON of the public `fields`, with `commitments` (field to text) under "c".

    Raises LeafError if the JSON would contain whitespace (a leaf must survive re-wrapping), be larger than
    65,535 bytes (C2SP tlog-tiles), or be none, and if a name is used twice.
    """
    if COMMITMENTS in fields or fields.keys() & commitments.keys():
        raise LeafError("a name is used twice")
    try:
        data = rfc8785.dumps(cast("Any", {**fields, COMMITMENTS: dict(commitments)}))
    except (rfc8785.CanonicalizationError, RecursionError) as error:
        raise LeafError("the fields have no canonical JSON") from error
    text = data.decode()
    if text.split() != [text]:
        raise LeafError("a public value contains whitespace")
    if len(data) > MAX_LEAF:
        raise LeafError("the leaf is larger than 65,535 bytes")
    return data


def single_line(value: str) -> bool:
    """Tell whether `value` is words with one space between them, so that folding and unfolding returns it."""
    return value == " ".join(value.split())
