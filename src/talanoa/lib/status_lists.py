"""Status lists: one bit for each badge of an issuer, set once it is revoked.

Whoever checks a badge fetches the whole list, so that the issuer does not learn which badge is checked.
Source: W3C Bitstring Status List v1.0. Errors: StatusUnreadable, a ValueError.
"""

import gzip
import zlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from talanoa.lib import strict64
from talanoa.lib.vc_jwt import INSTANT

SIZE = 131_072
"""Bits of one list: the least that the standard allows (section 3.1), 16 KiB before they are packed."""
CONTEXT = "https://www.w3.org/ns/credentials/v2"
_MULTIBASE = "u"
_GZIP = 31


class StatusUnreadable(ValueError):
    """This is no status list, or it has no such place."""


def entry(list_url: str, place: int) -> dict[str, str]:
    """Return what a credential says of its place on the list at `list_url`."""
    return {
        "id": f"{list_url}#{place}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": str(place),
        "statusListCredential": list_url,
    }


def credential(
    list_url: str, did: str, revoked: Iterable[int], *, at: datetime, until: datetime
) -> dict[str, Any]:
    """Return the list as the credential that its issuer signs; who has a copy may rest on it until `until`.

    `at` and `until` are aware UTC times, said to the second. The places of `revoked` are below SIZE.
    """
    return {
        "@context": [CONTEXT],
        "id": list_url,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": did,
        "validFrom": f"{at:{INSTANT}}",
        "validUntil": f"{until:{INSTANT}}",
        "credentialSubject": {
            "id": f"{list_url}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": packed(revoked),
        },
    }


def packed(revoked: Iterable[int]) -> str:
    """Return the bits as the standard packs them: the first place is the highest bit; gzip, base64url, after a `u`.

    Equal places give equal text: no time stands in it.
    """
    bits = bytearray(SIZE // 8)
    for place in revoked:
        bits[place // 8] |= 0x80 >> place % 8
    return _MULTIBASE + strict64.encode_url(gzip.compress(bytes(bits), mtime=0))


def is_revoked(text: str, place: int) -> bool:
    """Tell whether `place` is set on a list as `packed` makes it. Raises StatusUnreadable."""
    if not text.startswith(_MULTIBASE):
        raise StatusUnreadable("not base64url as it is written")
    unpack = zlib.decompressobj(_GZIP)
    try:
        # No more than a whole list is ever unpacked, whatever the text would grow to.
        bits = unpack.decompress(strict64.decode_url(text[1:]), SIZE // 8 + 1)
    except (ValueError, zlib.error) as wrong:
        raise StatusUnreadable("not packed as a status list is") from wrong
    if len(bits) != SIZE // 8 or not unpack.eof or unpack.unused_data:
        raise StatusUnreadable(f"a list has {SIZE} places")
    if not 0 <= place < SIZE:
        raise StatusUnreadable("a list has no such place")
    return bool(bits[place // 8] & 0x80 >> place % 8)
