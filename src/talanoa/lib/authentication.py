"""Whether the domain of a sender vouches for a mail: DKIM (RFC 6376), read by us or by a server that we believe.

SPF is not looked at: it speaks of the last hop, and says nothing of the address that people read.
"""

from collections.abc import Callable, Iterable

import authres

MAX_SIGNATURES = 3
"""A mail may carry any number of signatures; each costs a question to the sender's own name server."""

Lookup = Callable[[bytes], bytes | None]
"""Answers the TXT record at a name, None where there is none or no server said so in time."""


def domain_of(address: str) -> str:
    """Return the domain of an address, lower-case."""
    return address.rpartition("@")[2].lower().rstrip(".")


def is_aligned(domain: str, signer: str) -> bool:
    """Tell whether `signer` may speak for `domain`: the same, or a domain that it lies in.

    A signer of one label, such as a whole country's, speaks for nobody.
    """
    signer = signer.lower().rstrip(".")
    return "." in signer and (domain == signer or domain.endswith(f".{signer}"))


def vouched_by_results(results: Iterable[str], *, server: str, domain: str) -> bool:
    """Tell whether our own `server` found a DKIM signature of `domain`, or DMARC alignment with it, valid.

    `results` are the values of Authentication-Results, the newest first. A value that names another server was
    written by whoever sent the mail, and says nothing (RFC 8601, section 5).
    """
    for value in results:
        try:
            read = authres.AuthenticationResultsHeader.parse_value(value)
        except Exception:  # noqa: BLE001, S112 - whatever the reader makes of hostile text, it is no proof
            continue
        if str(read.authserv_id).lower() != server.lower():
            continue
        return any(_is_pass(result, domain) for result in read.results)  # the newest of our server's counts
    return False


def _is_pass(result: authres.AuthenticationResult, domain: str) -> bool:
    if result.result != "pass" or result.method not in ("dkim", "dmarc"):
        return False
    wanted = ("header", "d") if result.method == "dkim" else ("header", "from")
    signers = [str(p.value) for p in result.properties if (p.type, p.name) == wanted]
    return any(is_aligned(domain, domain_of(signer)) for signer in signers)


def vouched_by_signature(raw: bytes, *, domain: str, lookup: Lookup) -> bool:
    """Tell whether one of the first signatures of a raw mail is a valid one of `domain` over the whole body.

    `lookup` is asked for the signer's key only where the signer is aligned with `domain`.
    """
    import dkim  # noqa: PLC0415 - it loads a client of the name system, which every command would carry

    for index in range(MAX_SIGNATURES):
        try:
            mail = dkim.DKIM(raw, timeout=0)
            told = mail.verify_headerprep(index)
            if not told:
                return False
            fields = told[0]
            covers_all = b"l" not in fields and b"from" in told[1]
            if not (covers_all and is_aligned(domain, fields[b"d"].decode("ascii").strip())):
                continue
            if mail.verify(index, dnsfunc=lambda name, timeout=0: lookup(name)):  # noqa: ARG005 - dkimpy's signature
                return True
        except Exception:  # noqa: BLE001, S112 - a signature that cannot be read is no proof
            continue
    return False
