"""Asks the name system for the keys of mail signatures, and waits for an answer no longer than is worth it."""

from functools import cache

import dns.exception
import dns.resolver

SECONDS = 3
MAX_KEY = 4096


@cache
def _resolver() -> dns.resolver.Resolver:
    made = dns.resolver.Resolver()
    made.lifetime = SECONDS
    return made


def ask_dns(name: bytes) -> bytes | None:
    """Return the TXT record at `name`, or None where there is none, or no answer within three seconds."""
    try:
        answer = _resolver().resolve(name.decode("ascii"), "TXT")
    except (dns.exception.DNSException, UnicodeDecodeError):
        return None
    first = next(iter(answer), None)
    return b"".join(first.strings)[:MAX_KEY] if first else None
