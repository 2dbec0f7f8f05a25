"""What surely supports: one-sided 90 % bounds of a share, and how many must agree for a bound to pass a threshold.

Without a roster: Wilson (1927), z = 1.2816. With a roster of N, of whom n were heard and a agree, the others are drawn:
supporters among all = a + BetaBinomial(N - n, a + 1, n - a + 1), of which the 10 % (90 %) quantile counts; everybody
heard gives a / N exactly. (Wilson with a finite population correction looks simpler and is wrong: a disagreeing vote
that completes the roster would raise it.) Of nobody the low bound is 0, the high one 1. Where nobody agrees it is 0,
though a quantile of those unheard would be more: else the first vote of a silent group, against, would raise it.
"""

from fractions import Fraction
from functools import lru_cache

import numpy as np
from scipy.special import gammaln

from talanoa.lib.opinion.tables import Floats, Integers

Z90 = 1.2815515655446004
RISK = 0.1
_SLACK = 1e-12


def bounds(part: Integers, seen: Integers, roster: int | None) -> tuple[Floats, Floats]:
    """Return the low and high bounds of `part` out of `seen`."""
    if roster is not None:
        pairs = [_of_roster(int(a), int(n), max(roster, int(n))) for a, n in zip(part, seen, strict=True)]
        return np.array([low for low, _high in pairs]), np.array([high for _low, high in pairs])
    whole = np.maximum(seen, 1).astype(np.float64)
    share, square = part / whole, Z90 * Z90
    middle = share + square / (2 * whole)
    reach = Z90 * np.sqrt(share * (1 - share) / whole + square / (4 * whole * whole))
    scale = 1 + square / whole
    low = np.where((seen > 0) & (part > 0), (middle - reach) / scale, 0.0)
    high = np.where((seen > 0) & (part < seen), (middle + reach) / scale, 1.0)
    return low, high


@lru_cache(maxsize=100_000)
def _of_roster(part: int, seen: int, roster: int) -> tuple[float, float]:
    if seen == 0 or roster == 0:
        return 0.0, 1.0
    more, less = part, seen - part
    logs, unheard = _log_factorials(roster + 1), roster - seen + 1
    weight = logs[more : more + unheard] - logs[:unheard]
    weight += (logs[less : less + unheard] - logs[:unheard])[::-1]
    share = np.cumsum(np.exp(weight - weight.max()))
    share /= share[-1]
    low, high = (int(np.argmax(share >= risk - _SLACK)) for risk in (RISK, 1 - RISK))
    return (part + low) / roster if part else 0.0, (part + high) / roster


def least_agree(seen: Integers, roster: int | None, threshold: Fraction) -> Integers:
    """Return how many of `seen` must agree for the low bound to pass the threshold (more than seen: not even all)."""
    if roster is not None:
        return np.array([_least_of_roster(int(n), roster, threshold) for n in seen], dtype=np.int64)
    t = float(threshold)
    least: Integers = np.floor(t * seen + Z90 * np.sqrt(t * (1 - t) * seen)).astype(np.int64) + 1
    return least


@lru_cache(maxsize=32)
def _log_factorials(size: int) -> Floats:
    """Return log 0!, log 1!, ... of so many numbers."""
    return np.asarray(gammaln(np.arange(size) + 1.0))


@lru_cache(maxsize=100_000)
def _least_of_roster(seen: int, roster: int, threshold: Fraction) -> int:
    """Return it by halving: the bound grows with those who agree."""
    below, above = -1, seen + 1
    while above - below > 1:
        middle = (below + above) // 2
        if _of_roster(middle, seen, max(roster, seen))[0] > threshold:
            above = middle
        else:
            below = middle
    return above


@lru_cache(maxsize=1000)
def least_seen(roster: int | None, threshold: Fraction) -> int:
    """Return how many must vote, all agreeing, for the bound to pass the threshold."""
    seen = 1
    while int(least_agree(np.array([seen]), roster, threshold)[0]) > seen:
        seen += 1
    return seen
