"""How sure we are who sent a mail. The name in it alone proves nothing (reference: trust, 2.4).

Proven: a valid reply token came from its owner's address, or the sender's domain vouches for a mail from an
address that its owner has proven before. Probable: the domain vouches for an address that nobody has proven
yet. Claimed: anything else.
"""

from dataclasses import dataclass

from talanoa.lib.authentication import Lookup, domain_of, vouched_by_results, vouched_by_signature
from talanoa.lib.rfc5322 import ParsedMail

PROVEN, PROBABLE, CLAIMED = "proven", "probable", "claimed"


@dataclass(slots=True)
class Vouching:
    """Whose word counts for a sender's domain, told once, by `conf`, when the program starts.

    `server` is the receiving server whose Authentication-Results are believed; `lookup` asks the name system,
    where we read the signatures ourselves. With neither, no domain vouches for anybody.
    """

    server: str = ""
    lookup: Lookup | None = None


vouching = Vouching()


def is_vouched(parsed: ParsedMail, raw: bytes) -> bool:
    """Tell whether the domain of the one sender of a mail vouches for it."""
    if not parsed.sender_address or not parsed.is_single_sender:
        return False
    domain = domain_of(parsed.sender_address)
    if vouching.server:
        return vouched_by_results(parsed.authentication, server=vouching.server, domain=domain)
    return vouching.lookup is not None and vouched_by_signature(raw, domain=domain, lookup=vouching.lookup)


def grade(*, has_token: bool, vouched: bool, was_proven: bool) -> str:
    """Return the grade: of a mail with its owner's token, from a vouched address, from one proven before."""
    if has_token or (vouched and was_proven):
        return PROVEN
    return PROBABLE if vouched else CLAIMED
