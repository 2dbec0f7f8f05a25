"""Where outgoing mail goes and under which names: told once, by `conf`, when the program starts."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(slots=True)
class Outbox:
    """The directory of outgoing files, the address of the site, the domain of our addresses, whom we write as."""

    directory: Path | None = None
    site: str = "http://localhost:8000"
    domain: str = "localhost"
    sender: str = "talanoa@localhost"


outbox = Outbox()
