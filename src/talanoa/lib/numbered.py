"""What a mail says by numbers: `1: words`, `2. words`, each up to the next number; and what stands before the first.

overturn
1: nobody asked those who are paid by the day.
2: the rate was not in the text.
"""

import re

MOST = 50
"""So many numbers of one mail are read."""
_NUMBERED = re.compile(
    r"\s*(?:(?:recommendation|argument|r|no\.?)\s*#?)?(?P<number>[0-9]{1,3})\s*[:.)：]\s*(?P<words>\S.*)?$",
    re.IGNORECASE,
)


def read(text: str) -> tuple[str, dict[int, str]]:
    """Return the words before the first number, and the words of each number; said twice, they are put together."""
    before: list[str] = []
    found: dict[int, list[str]] = {}
    here = before
    for line in text.strip().splitlines():
        match = _NUMBERED.fullmatch(line) if len(found) < MOST else None
        if match:
            here = found.setdefault(int(match["number"]), [])
            here.append(match["words"] or "")
        else:
            here.append(line)
    said = {number: "\n".join(lines).strip() for number, lines in found.items()}
    return "\n".join(before).strip(), said
