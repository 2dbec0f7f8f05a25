"""Who may already work on what somebody proposes: a score with its parts, for a person to judge. It refuses nothing.

    total = sum of WEIGHTS[part] * part, each part from 0 to 1:

    text          BM25 of title, summary and keywords against what the candidate says of itself, as a share of the
                  most that any candidate could get (`bm25.shares`), stretched: 1 - (1 - share) ** 3, since no real
                  text comes near that most
    topics        Jaccard of the topics of both: in common / in either
    addressee     1 where somebody decides there to whom the proposal is addressed, or whom it names
    jurisdiction  1 where both are about the same region or country, or both about the world; 1/2 where only the
                  candidate is about the world; 0 otherwise
    cited         1 where the proposal cites a document that the candidate owns
    window        share of the proposal's days in which the candidate's own call runs

The parts are those of the project's process reference, section 5; the weights are our choice, held to the proposals of
tests/registry/proposals.yaml.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from talanoa.lib import bm25
from talanoa.lib.regions import REGION_NAMES, places, region_of
from talanoa.lib.stemming import holds, words

WEIGHTS = {
    "text": 0.55,
    "topics": 0.2,
    "addressee": 0.08,
    "jurisdiction": 0.07,
    "cited": 0.07,
    "window": 0.03,
}
THRESHOLD = 0.35
"""From this total on a candidate has to be judged, whatever its place in the list."""
LEAST = 3
"""So many of the first have to be judged in any case."""
GLOBAL = "global"


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of the controlled list; `terms` are the words by which a text is seen to be about it."""

    key: str
    name: str
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What somebody proposes. What is left empty is read from the words, where it can be."""

    title: str
    summary: str = ""
    keywords: tuple[str, ...] = ()
    topics: frozenset[str] = frozenset()
    addressees: tuple[str, ...] = ()
    jurisdictions: frozenset[str] = frozenset()
    opens: date | None = None
    closes: date | None = None

    @property
    def text(self) -> str:
        """Every word of it."""
        return "\n".join((self.title, self.summary, *self.keywords))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A body, or a process of it (`via`), with what it says of itself."""

    body: str
    text: str
    via: str = ""
    topics: frozenset[str] = frozenset()
    addressees: tuple[str, ...] = ()
    jurisdictions: frozenset[str] = frozenset({GLOBAL})
    documents: tuple[str, ...] = ()
    opens: date | None = None
    closes: date | None = None


@dataclass(frozen=True, slots=True)
class Scored:
    """A body with its score and the parts of it; `via` is the process of it that comes closest, if one does."""

    body: str
    score: float
    parts: Mapping[str, float] = field(hash=False)
    via: str = ""


def rank(proposal: Proposal, candidates: Sequence[Candidate], topics: Iterable[Topic]) -> list[Scored]:
    """Return every body once, by the best of what it has, highest score first; equal ones by key.

    Scores are rounded to four digits, so that the order is the same on every machine.
    """
    about = proposal.topics or topics_in(proposal.text, topics)
    where = proposal.jurisdictions or jurisdictions_in(proposal.text)
    said = words("\n".join((proposal.text, *proposal.addressees)))
    documents = dict(enumerate(candidate.text for candidate in candidates))
    shares = bm25.shares(bm25.index(documents), proposal.text)
    best: dict[str, Scored] = {}
    for at, candidate in enumerate(candidates):
        parts = {
            "text": 1 - (1 - shares[at]) ** 3,
            "topics": jaccard(about, candidate.topics),
            "addressee": float(any(holds(said, words(name)) for name in candidate.addressees)),
            "jurisdiction": _same_place(where, candidate.jurisdictions),
            "cited": float(any(cites(proposal.text, name) for name in candidate.documents)),
            "window": _together(proposal, candidate),
        }
        parts = {name: round(value, 4) for name, value in parts.items()}
        total = round(sum(WEIGHTS[name] * value for name, value in parts.items()), 4)
        found = Scored(candidate.body, total, parts, candidate.via)
        if candidate.body not in best or best[candidate.body].score < total:
            best[candidate.body] = found
    return sorted(best.values(), key=lambda row: (-row.score, row.body))


def to_judge(ranked: Sequence[Scored]) -> list[Scored]:
    """Return those that a person has to judge: the first three, and all from the threshold on."""
    return [row for place, row in enumerate(ranked) if place < LEAST or row.score >= THRESHOLD]


def jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    """Return |one and other| / |one or other|, 0 where both are empty (Jaccard 1912)."""
    either = one | other
    return len(one & other) / len(either) if either else 0.0


def topics_in(text: str, topics: Iterable[Topic]) -> frozenset[str]:
    """Return the keys of the topics of which a term stands in `text`."""
    said = words(text)
    return frozenset(row.key for row in topics if any(holds(said, words(term)) for term in row.terms))


@lru_cache(maxsize=1)
def _named_places() -> tuple[tuple[list[str], str], ...]:
    """Return the names of regions and countries as they stand in a text, each with its code."""
    regions = [(words(name), code) for code, name in REGION_NAMES.items()]
    spoken = {"african": "africa", "asian": "asia_pacific", "asia": "asia_pacific", "pacific": "asia_pacific"}
    spoken |= {"latin america": "latin_america_caribbean", "caribbean": "latin_america_caribbean"}
    countries = [(words(row.name), row.code) for row in places().values() if not row.code.startswith("x-")]
    return (*regions, *((words(name), code) for name, code in spoken.items()), *countries)


def jurisdictions_in(text: str) -> frozenset[str]:
    """Return the codes of the regions and countries that `text` names."""
    said = words(text)
    return frozenset(code for name, code in _named_places() if holds(said, name))


def cites(text: str, document: str) -> bool:
    """Tell whether `text` cites a document: `A/RES/60/252` as it is, `RFC *` with any number behind it."""
    return _citing(document).search(text) is not None


@lru_cache(maxsize=2000)
def _citing(document: str) -> re.Pattern[str]:
    head, star, _rest = document.partition("*")
    parts = r"\s*".join(re.escape(part) for part in head.split())
    numbered = r"[\w./:-]*\d" if star and not head.endswith(("-", "/")) else r"\w" if star else r"(?!\w)"
    return re.compile(
        rf"(?<!\w){parts}\s*{numbered}" if star else rf"(?<!\w){parts}{numbered}", re.IGNORECASE
    )


def _same_place(one: frozenset[str], other: frozenset[str]) -> float:
    """Return how far both are about the same part of the world; whoever names none means the world."""
    mine, theirs = one or frozenset({GLOBAL}), other or frozenset({GLOBAL})
    if (
        mine & theirs
        or {region_of(code) for code in mine} & theirs
        or mine & {region_of(code) for code in theirs}
    ):
        return 1.0
    return 0.5 if GLOBAL in theirs else 0.0


def _together(proposal: Proposal, candidate: Candidate) -> float:
    """Return the share of the proposal's days, both ends counted, in which the candidate's call runs."""
    if not (proposal.opens and proposal.closes and candidate.closes) or proposal.closes < proposal.opens:
        return 0.0
    first = max(proposal.opens, candidate.opens or proposal.opens)
    days = (min(proposal.closes, candidate.closes) - first).days + 1
    return max(days, 0) / ((proposal.closes - proposal.opens).days + 1)
