"""What the pages and the command of badges share: verdicts in words, what a badge says, trusted keys, the QR code."""

import json
from collections.abc import Iterator

import segno
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from talanoa.lib.badge_verdicts import Code
from talanoa.lib.did_keys import KeyUnreadable, keys_of, public_key
from talanoa.lib.open_badges import Badge

VERDICTS: dict[Code, Promise] = {
    Code.OK: gettext_lazy("The badge holds: every word of it is as its issuer signed it."),
    Code.ALTERED: gettext_lazy(
        "The badge was altered: its words and its signature do not fit. Do not trust it."
    ),
    Code.NOT_OURS: gettext_lazy(
        "The badge is signed with another key. Ask the issuer that it names for theirs."
    ),
    Code.REVOKED: gettext_lazy("The badge is real, and its issuer has revoked it."),
    Code.EXPIRED: gettext_lazy("The badge is real, and the time for which it was awarded is over."),
    Code.NOT_YET: gettext_lazy("The badge says that it was awarded later than now. Check your clock."),
    Code.STATUS_UNREADABLE: gettext_lazy(
        "The badge is signed by its issuer; whether it was revoked cannot be told, since the status list is not the one"
        " that the badge names, is too old, or was altered."
    ),
    Code.UNREADABLE: gettext_lazy("This is not a badge, or a part of it is missing."),
}
LEVELS: dict[int, Promise] = {
    1: gettext_lazy("1: knows it"),
    2: gettext_lazy("2: has practiced it"),
    3: gettext_lazy("3: has led it in a real process"),
}


def facts(badge: Badge) -> Iterator[tuple[str, str]]:
    """Yield what a badge says, each with what it is."""
    what = badge.achievement
    yield _("Awarded to"), badge.holder.name
    yield _("For"), what.name
    yield _("What it took"), what.criteria
    yield _("Level"), str(LEVELS.get(what.level, what.level))
    for one in what.competencies:
        yield _("Can do"), f"{one.code}: {one.name}"
    yield _("Awarded on"), date_format(badge.awarded_at, pgettext("date format", "j F Y"))
    yield _("Awarded by"), f"{badge.issuer.name}, {badge.issuer.url}"
    yield _("Key of the issuer"), badge.issuer.did
    for entry in badge.evidence:
        yield _("Rests on"), f"{entry.narrative} {entry.url}"
    yield _("Its page"), badge.id
    yield _("Says whether it was revoked"), f"{badge.status_list}, {badge.status_place}"


def trusted_keys(text: str) -> list[bytes]:
    """Return the keys that `text` names: a did:key, or the DID document of a site. Raises KeyUnreadable."""
    said = text.strip()
    if said.startswith("did:key:"):
        return [public_key(said)]
    try:
        return keys_of(json.loads(said))
    except (json.JSONDecodeError, RecursionError) as wrong:
        raise KeyUnreadable("neither a did:key nor the DID document of a site") from wrong


def qr_code(text: str) -> SafeString:
    """Return the QR code of `text` as SVG for a page: black on white in any color scheme, sized by the style sheet."""
    made = segno.make(text, error="m", micro=False)
    return SafeString(made.svg_inline(border=2, light="#fff", omitsize=True, svgclass=None, lineclass=None))
