"""Base64 with one spelling per byte string, so that no character of a proof can change unseen.

RFC 4648, section 3.5: unused trailing bits must be zero; most decoders let them pass, this one does not.
Errors: every function that decodes raises ValueError.
"""

import base64


def encode(data: bytes) -> str:
    """Return `data` in base64 with padding (RFC 4648, section 4)."""
    return base64.b64encode(data).decode("ascii")


def decode(text: str) -> bytes:
    """Return the bytes of padded base64 (RFC 4648, section 4); ValueError for any other spelling."""
    data = base64.b64decode(text, validate=True)
    if encode(data) != text:
        raise ValueError("not the canonical base64 of these bytes")
    return data


def encode_url(data: bytes) -> str:
    """Return `data` in base64url without padding (RFC 4648, section 5)."""
    return base64.urlsafe_b64encode(data).decode("ascii").rstrip("=")


def decode_url(text: str) -> bytes:
    """Return the bytes of unpadded base64url (RFC 4648, section 5); ValueError for any other spelling."""
    standard = text.replace("-", "+").replace("_", "/")
    data = base64.b64decode(standard + "=" * (-len(text) % 4), validate=True)
    if encode_url(data) != text:
        raise ValueError("not the canonical base64url of these bytes")
    return data
