"""How unequally something is spread over persons, with 95 % intervals.

All of n values x, sorted upwards, with the sum s:

- Gini: 2 · Σ i·x_i / (n·s) - (n + 1) / n (Gini 1912; in this form Sen 1973, “On Economic Inequality”, chapter 2)
- HHI: Σ (x / s)² (Hirschman 1945, Herfindahl 1950)
- entropy: -Σ (x / s) · log2(x / s), in bits (Shannon 1948)

The interval is that of the jackknife: each value left out once (Efron and Stein 1981, Annals of Statistics 9; for Gini
Yitzhaki 1991, Journal of Business & Economic Statistics 9). Values come as a histogram, so a list of a million
messages costs as many steps as it has different counts, squared.
"""

from collections.abc import Callable, Mapping
from math import log2, sqrt

from talanoa.lib.intervals import Z95

Histogram = Mapping[int, int]
"""How many persons have each value; values and counts are above 0."""


def gini(histogram: Histogram) -> float:
    """Return the Gini coefficient, 0 (all the same) to below 1 (one has it all)."""
    n, total, ranked, before = 0, 0, 0, 0
    for value in sorted(histogram):
        count = histogram[value]
        # The ranks before+1 to before+count, summed.
        ranked += value * (count * before + count * (count + 1) // 2)
        before += count
        n, total = n + count, total + count * value
    return 2 * ranked / (n * total) - (n + 1) / n if total else 0.0


def hhi(histogram: Histogram) -> float:
    """Return the Herfindahl-Hirschman index, 1 / n (all the same) to 1 (one has it all)."""
    total = sum(value * count for value, count in histogram.items())
    return (
        sum(count * value * value for value, count in histogram.items()) / (total * total) if total else 0.0
    )


def entropy(histogram: Histogram) -> float:
    """Return Shannon's entropy in bits, 0 (one has it all) to log2 n (all the same)."""
    total = sum(value * count for value, count in histogram.items())
    return -sum(count * (value / total) * log2(value / total) for value, count in sorted(histogram.items()))


def top_share(histogram: Histogram, part: float = 0.1) -> float:
    """Return the share that the most active `part` of persons has, of all; at least one person."""
    n = sum(histogram.values())
    total = sum(value * count for value, count in histogram.items())
    left, has = max(1, int(n * part)), 0
    for value in sorted(histogram, reverse=True):
        taken = min(left, histogram[value])
        has, left = has + taken * value, left - taken
        if not left:
            break
    return has / total if total else 0.0


def jackknife(statistic: Callable[[Histogram], float], histogram: Histogram) -> tuple[float, float, float]:
    """Return a statistic with its 95 % interval; with one person, the interval is the value."""
    value, n = statistic(histogram), sum(histogram.values())
    if n <= 1:
        return value, value, value
    left_out = [(statistic(_without(histogram, one)), count) for one, count in sorted(histogram.items())]
    mean = sum(found * count for found, count in left_out) / n
    error = sqrt((n - 1) / n * sum(count * (found - mean) ** 2 for found, count in left_out))
    return value, value - Z95 * error, value + Z95 * error


def _without(histogram: Histogram, one: int) -> Histogram:
    left = dict(histogram)
    left[one] -= 1
    if not left[one]:
        del left[one]
    return left
