"""Where outgoing mail goes and under which names: told once, by `conf`, when the program starts."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(slots=True)
class Outbox:
    """The directory of outgoing files, the domain of our addresses, the address that we write from."""

    directory: Path | None = None
    domain: str = "localhost"
    sender: str = "talanoa@localhost"


outbox = Outbox()
