"""Where outgoing mail goes and under which names: told once, by `conf`, when the program starts."""

from dataclasses import dataclass
from pathlib import Path

from talanoa.lib.smtp_url import SmtpServer


@dataclass(slots=True)
class Outbox:
    """The directory of outgoing files, the address of the site, the domain of our addresses, whom we write as.

    `smtp` is the server that takes the mails; without one they stay files.
    """

    directory: Path | None = None
    site: str = "http://localhost:8000"
    domain: str = "localhost"
    sender: str = "talanoa@localhost"
    smtp: SmtpServer | None = None


outbox = Outbox()
