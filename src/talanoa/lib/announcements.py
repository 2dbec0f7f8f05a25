"""How an announcement is known wherever it is passed on: by its Message-ID, and by its address on the web."""

import re
from collections.abc import Iterable


def message_id(key: str, number: int, domain: str) -> str:
    """Return the Message-ID of the mail with announcement `number` of a process: the same to every list."""
    return f"announcement-{number}.{key}@{domain}"


def page(key: str, number: int, site: str) -> str:
    """Return the address of the announcement on the web."""
    return f"{site}/p/{key}/announcements/{number}/"


def named(names: Iterable[str], domain: str) -> tuple[str, int] | None:
    """Return the process key and number of the first announcement whose Message-ID is among `names`."""
    pattern = re.compile(
        rf"announcement-(\d{{1,4}})\.([a-z][a-z0-9-]{{0,11}})@{re.escape(domain)}", re.IGNORECASE
    )
    found = next(filter(None, map(pattern.fullmatch, names)), None)
    return (found[2].lower(), int(found[1])) if found else None


def number_in_text(text: str, key: str, site: str) -> int | None:
    """Return the number of the first announcement of a process whose address stands in `text`."""
    found = re.search(rf"{re.escape(site)}/p/{re.escape(key)}/announcements/(\d{{1,4}})/", text)
    return int(found[1]) if found else None
