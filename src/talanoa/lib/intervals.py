"""How sure a share is: the score interval of a proportion.

For k of n, p = k / n and z the normal quantile of the confidence wanted:

    (p + z² / 2n ± z · sqrt(p (1 - p) / n + z² / 4n²)) / (1 + z² / n)

Wilson (1927), “Probable inference, the law of succession, and statistical inference”, JASA 22; it keeps its promise for
small n and for shares near 0 and 1, where p ± z · sqrt(p (1 - p) / n) does not (Newcombe 1998, Statistics in
Medicine 17).
"""

from math import sqrt

Z95 = 1.959963984540054
"""The quantile for 95 %."""


def wilson(part: int, whole: int) -> tuple[float, float]:
    """Return the 95 % interval of the share `part` of `whole`, from 0 to 1; of nothing, all of it.

    Raises ValueError where `part` is no part of `whole`.
    """
    if not 0 <= part <= whole:
        raise ValueError(f"{part} is no part of {whole}")
    if whole == 0:
        return 0.0, 1.0
    share, square = part / whole, Z95 * Z95
    middle = share + square / (2 * whole)
    reach = Z95 * sqrt(share * (1 - share) / whole + square / (4 * whole * whole))
    scale = 1 + square / whole
    return max(0.0, (middle - reach) / scale), min(1.0, (middle + reach) / scale)
