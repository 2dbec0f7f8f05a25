"""Where one organization stands behind many of those who speak for a stakeholder group.

A warning is raised where the same employer, funder or mail domain stands behind more than a third of the speakers of a
group, and behind three of them at least: under three, a share says nothing. It is a reason to look, and refuses nobody.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from talanoa.lib.aliases import fold

SHARE, LEAST = Fraction(1, 3), 3
# Where anybody gets an address: such a domain ties nobody to anybody.
PUBLIC_MAIL = frozenset(Path(__file__).with_name("public_mail.txt").read_text(encoding="ascii").split())


@dataclass(frozen=True, slots=True)
class Concentration:
    """One name behind `part` of the `whole` speakers of a group."""

    group: str
    name: str
    part: int
    whole: int


def mail_domain(address: str) -> str:
    """Return the domain of an address; empty for one where anybody gets an address."""
    domain = address.rpartition("@")[2].casefold()
    return "" if domain in PUBLIC_MAIL else domain


def concentrations(
    speakers: Iterable[tuple[str, int]], ties: Iterable[tuple[str, int, str]], *, least: int = LEAST
) -> list[Concentration]:
    """Return each name that stands behind more than a third of the speakers of a group, the largest share first.

    `speakers` are pairs of group and person, `ties` the same with a name; what is told twice counts once, and names
    that differ in case, accents and punctuation alone are one, called as it is called most.
    """
    whole = Counter(group for group, _person in set(speakers))
    called: dict[str, Counter[str]] = {}
    behind: dict[tuple[str, str], set[int]] = {}
    for group, person, name in ties:
        if key := fold(name):
            called.setdefault(key, Counter())[name] += 1
            behind.setdefault((group, key), set()).add(person)
    found = [
        Concentration(group, _commonest(called[key]), len(people), whole[group])
        for (group, key), people in behind.items()
        if len(people) >= least and len(people) > SHARE * whole[group]
    ]
    return sorted(found, key=lambda one: (-Fraction(one.part, one.whole), one.group, one.name))


def _commonest(names: Counter[str]) -> str:
    return min(names, key=lambda name: (-names[name], name))
