"""Questions about badges: who signs, which lists there are, what a badge says, how one stands."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache

from talanoa.badges.models import ADDRESS, KEY_NAME, Badge, Issuer
from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.keyring import KeyMissing, keyring
from talanoa.lib import did_keys, status_lists, vc_jwt
from talanoa.lib.badge_verdicts import Code, Verdict, verify
from talanoa.lib.course_files import competencies, files_in
from talanoa.people.models import Person
from talanoa.registry.skin import CONTENT

LIST_DAYS = 7
"""Days for which a copy of a status list may be used: so long can a revocation stay unknown to who works offline."""
MOST_ON_LIST = status_lists.SIZE // 2
"""Badges on one list: half of its places stay free, so that a place says nothing about what came before."""


def issuer() -> Issuer | None:
    """Return who signs now; None before `talanoa init`."""
    return Issuer.objects.first()


def issuer_keys() -> list[bytes]:
    """Return every key that this place has signed badges with, the newest first."""
    dids = dict.fromkeys(Issuer.objects.values_list("did", flat=True))
    return [did_keys.public_key(did) for did in dids]


def own_key() -> bytes:
    """Return the public key of this installation, from its file and no table. Raises RuleBroken(issuer_missing)."""
    try:
        return keyring.public(KEY_NAME)
    except KeyMissing as missing:
        raise _nobody_signs() from missing


def signing_issuer() -> Issuer:
    """Return who signs now. Raises RuleBroken(issuer_missing)."""
    found = issuer()
    if found is None:
        raise _nobody_signs()
    return found


def list_count() -> int:
    """Return how many status lists there are: one at least."""
    return Badge.objects.count() // MOST_ON_LIST + 1


def list_url(site: str, number: int) -> str:
    """Return the address of a status list."""
    return f"{site}/{ADDRESS}/status/{number}"


def signed_list(number: int, at: datetime) -> str:
    """Return a status list as it is at `at` (aware, UTC), signed, the same text within an hour if nothing changes.

    Raises RuleBroken(issuer_missing).
    """
    found, hour = signing_issuer(), at.replace(minute=0, second=0, microsecond=0)
    made = status_lists.credential(
        list_url(found.site, number),
        found.did,
        Badge.objects.revoked_on(number),
        at=hour,
        until=hour + timedelta(days=LIST_DAYS),
    )
    return vc_jwt.seal(made, public=keyring.public(KEY_NAME), sign=lambda text: keyring.sign(KEY_NAME, text))


def checked(token: str, at: datetime) -> tuple[Verdict, Badge | None]:
    """Return the verdict of this place on a signed text, and the badge of its record whose digest it has, if any.

    Whether it was revoked is read from its row, as it is at `at` (aware, UTC).
    """
    found = verify(token, issuer_keys=issuer_keys(), at=at)
    known = Badge.objects.select_related("entry").filter(sha256=found.sha256).first() if found.badge else None
    if known is None or known.revoked_at is None:
        return found, known
    return replace(found, code=Code.REVOKED), known


def badges_of(person: Person) -> list[Badge]:
    """Return the badges of a person, the newest first."""
    return list(Badge.objects.visible_to(person).select_related("entry"))


def _nobody_signs() -> RuleBroken:
    return RuleBroken(
        "This installation signs no badges yet: run `talanoa init` first.", code="issuer_missing"
    )


@cache
def competency_names() -> dict[str, str]:
    """Return how competencies are called, by their codes; nothing where the courses are not there, as in a package."""
    folder = CONTENT / "courses"
    return competencies(files_in(folder), []) if folder.is_dir() else {}
