"""Identifiers of people, organizations and outputs: ORCID iD, ROR ID, DOI; checked, and written one way.

Sources: ORCID, "Structure of the ORCID Identifier" (ISO/IEC 7064, MOD 11-2); ROR, "ROR identifier pattern" (Crockford's
base 32, checksum of ISO/IEC 7064, MOD 97-10); DOI Handbook, 2.2 (prefix 10.NNNN, a slash, a suffix).
"""

import re

_ORCID = re.compile(r"(?:https?://orcid\.org/)?(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dXx])/?")
_ROR = re.compile(r"(?:https?://)?(?:ror\.org/)?(0[a-hj-km-np-tv-z0-9]{6}\d{2})/?", re.IGNORECASE)
_DOI = re.compile(r"(?:doi:\s*|https?://(?:dx\.)?doi\.org/)?(10\.\d{4,9}/[!-~]{1,200})", re.IGNORECASE)
_BASE32 = "0123456789abcdefghjkmnpqrstvwxyz"
_CHECK_11, _CHECK_97 = 11, 97


def orcid(given: str) -> str:
    """Return an ORCID iD as `0000-0002-1825-0097`; "" for what is none or has a wrong check digit."""
    found = _ORCID.fullmatch(given.strip())
    if not found:
        return ""
    said = "-".join(found.groups()).upper()
    digits = said.replace("-", "")
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    check = (_CHECK_11 + 1 - total % _CHECK_11) % _CHECK_11
    return said if digits[-1] == ("X" if check == _CHECK_11 - 1 else str(check)) else ""


def ror(given: str) -> str:
    """Return a ROR ID as `https://ror.org/02mhbdp94`; "" for what is none or has a wrong checksum."""
    found = _ROR.fullmatch(given.strip())
    if not found:
        return ""
    said = found[1].lower()
    value = 0
    for sign in said[:-2]:
        value = value * len(_BASE32) + _BASE32.index(sign)
    check = _CHECK_97 + 1 - (value * 100) % _CHECK_97
    return f"https://ror.org/{said}" if int(said[-2:]) == check else ""


def doi(given: str) -> str:
    """Return a DOI as `10.5555/12345678` in small letters, which are all alike in it; "" for what is none."""
    found = _DOI.fullmatch(given.strip())
    return found[1].lower() if found else ""
