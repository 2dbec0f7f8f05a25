"""Steps that make badges: the key that signs them, and awarding one."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.badges.events import BadgeAwarded
from talanoa.badges.models import ADDRESS, KEY_NAME, Badge, Issuer
from talanoa.badges.permissions import require_awarder
from talanoa.badges.queries import list_count, list_url, signing_issuer
from talanoa.kernel.entropy import entropy
from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.keyring import keyring
from talanoa.kernel.space import REAL
from talanoa.kernel.text import fitting_line
from talanoa.lib import open_badges, status_lists, vc_jwt
from talanoa.lib.badge_verdicts import digest
from talanoa.lib.did_keys import did_key
from talanoa.people.models import Person
from talanoa.processes.models import Actor
from talanoa.record.actions import append
from talanoa.record.models import Log

MOST_CHARACTERS = 16_000
"""Of a signed text: with the words around it, it fits into one letter."""
MOST_EVIDENCE = 12
LEVELS = (1, 2, 3)


@dataclass(frozen=True, slots=True)
class Earned:
    """What somebody has shown, as it stands in the badge for ever.

    `id` and `version` are those of what was learned or done, such as `participant` and `1.0.0`; `level` is 1 (aware),
    2 (practicing) or 3 (leading); `competencies` are codes with their words.
    """

    id: str
    version: str
    title: str
    criteria: str
    level: int
    competencies: tuple[tuple[str, str], ...] = ()


@transaction.atomic
def open_issuer(*, name: str, site: str, at: datetime) -> Issuer:
    """Make the key that signs badges, and say under which name and from which address it signs from `at` on.

    Where nothing of it has changed, nothing is done. `at` is an aware UTC time.
    """
    keyring.create(KEY_NAME, entropy(REAL, "badge key"))
    facts = {"did": did_key(keyring.public(KEY_NAME)), "name": name, "site": site}
    known = Issuer.objects.first()
    if known and all(getattr(known, field) == value for field, value in facts.items()):
        return known
    return Issuer.objects.create(**facts, since=at)


@transaction.atomic
def award_badge(
    holder: Person, *, achievement: Earned, evidence: Sequence[int], by: Actor, at: datetime, channel: str
) -> Badge:
    """Award a badge on entries of the record; who has it already in this version keeps the one that they have.

    One that was revoked is kept so, too. `evidence` are the numbers of 1 to 12 entries; `at` is an aware UTC time.
    Raises NotAllowed; RuleBroken: issuer_missing, line_too_long, badge_without_evidence, badge_too_long, log_missing.
    """
    role = require_awarder(by)
    # One award after the other: two cannot take one place on the list, nor one person the same badge twice.
    issuer = Issuer.objects.select_for_update(no_key=True).get(pk=signing_issuer().pk)
    achievement = _fitting(achievement)
    known = Badge.objects.filter(
        holder=holder, achievement=achievement.id, version=achievement.version
    ).first()
    if known is not None:
        return known
    public_id, number = _drawn_id(), list_count()
    place = _free_place(number)
    made = open_badges.Badge(
        id=f"{issuer.site}/{ADDRESS}/{public_id}/",
        issuer=open_badges.Issuer(issuer.did, issuer.name, issuer.site),
        achievement=_achievement(achievement, issuer.site),
        holder=open_badges.holder(holder.name, holder.address, entropy(REAL, "badge salt")[:16]),
        awarded_at=at.replace(microsecond=0),
        status_list=list_url(issuer.site, number),
        status_place=place,
        evidence=_evidence(evidence, issuer.site),
    )
    token = _sealed(made)
    event = BadgeAwarded(sha256=digest(token), issuer=issuer.did)
    return Badge.objects.create(
        public_id=public_id,
        holder=holder,
        name=holder.name,
        achievement=achievement.id,
        version=achievement.version,
        title=achievement.title,
        criteria=achievement.criteria,
        level=achievement.level,
        competencies=[list(pair) for pair in achievement.competencies],
        evidence=sorted(set(evidence)),
        awarded_at=made.awarded_at,
        entry=append(event, at=at, channel=channel, role=role),
        token=token,
        sha256=event.sha256,
        list_number=number,
        place=place,
    )


def _fitting(what: Earned) -> Earned:
    """Return what was earned, each line of it as it is kept. Raises RuleBroken(line_too_long)."""
    if what.level not in LEVELS:
        raise ValueError("a level is 1, 2 or 3")
    return replace(
        what,
        id=fitting_line(what.id, 60),
        version=fitting_line(what.version, 20),
        title=fitting_line(what.title, 120),
    )


def _achievement(what: Earned, site: str) -> open_badges.Achievement:
    pages = f"{site}/{ADDRESS}/#"
    return open_badges.Achievement(
        id=f"{pages}{what.id}-{what.version}",
        name=what.title,
        criteria=what.criteria,
        version=what.version,
        level=what.level,
        competencies=tuple(
            open_badges.Competency(code, words, f"{pages}{code}") for code, words in what.competencies
        ),
    )


def _evidence(numbers: Sequence[int], site: str) -> tuple[open_badges.Evidence, ...]:
    """Return entries as a badge names them. Raises RuleBroken: badge_without_evidence, log_missing."""
    log = Log.objects.filter(name=REAL.log).first()
    given = sorted(set(numbers))
    if log is None or not given or len(given) > MOST_EVIDENCE or not 0 <= given[0] <= given[-1] < log.size:
        raise RuleBroken(
            _("A badge rests on entries of the record: name one to %(most)s that are there.")
            % {"most": MOST_EVIDENCE},
            code="badge_without_evidence",
        )
    return tuple(
        open_badges.Evidence(
            f"{site}/record/{number}/",
            f"Entry {number}",
            f"Entry {number} of the record {log.origin}, at {log.size} entries",
        )
        for number in given
    )


def _sealed(badge: open_badges.Badge) -> str:
    """Return the signed text. Raises RuleBroken(badge_too_long)."""
    token = vc_jwt.seal(
        open_badges.credential(badge),
        public=keyring.public(KEY_NAME),
        sign=lambda text: keyring.sign(KEY_NAME, text),
    )
    if len(token) > MOST_CHARACTERS:
        raise RuleBroken(
            _(
                "The badge has %(size)s characters; a letter takes %(most)s. Say in fewer words what it is for."
            )
            % {"size": len(token), "most": MOST_CHARACTERS},
            code="badge_too_long",
        )
    return token


def _drawn_id() -> str:
    """Return 26 letters and digits that nobody guesses: whoever has them may see the badge."""
    return base64.b32encode(entropy(REAL, "badge address")[:16]).decode("ascii").rstrip("=").lower()


def _free_place(number: int) -> int:
    """Return a place of a status list that no badge has, by chance, so that it tells nothing of when or to whom."""
    taken = set(Badge.objects.filter(list_number=number).values_list("place", flat=True))
    while True:
        place = int.from_bytes(entropy(REAL, "badge place")[:8], "big") % status_lists.SIZE
        if place not in taken:
            return place
