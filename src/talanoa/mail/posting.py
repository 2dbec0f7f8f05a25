"""Where outgoing mail goes and incoming mail is fetched: told once, by `conf`, when the program starts."""

from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

from talanoa.lib.smtp_url import SmtpServer

TLS_PORT = 993


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


@dataclass(frozen=True, slots=True)
class Account:
    """Where a mailbox is and how to open it. Without TLS only on this very machine."""

    host: str
    user: str
    password: str
    folder: str = "INBOX"
    port: int = TLS_PORT
    is_tls: bool = True

    def __repr__(self) -> str:
        """Name it without its password."""
        return f"{self.user} at {self.host}:{self.port}"


def account(where: str, *, user: str, password: str, folder: str) -> Account:
    """Return the account at `where`: a host, or host:port. By TLS, save on this very machine on another port than 993.

    Raises ValueError where the port is no number.
    """
    host, _colon, port = where.rpartition(":") if where.count(":") == 1 or "]:" in where else (where, "", "")
    host = host.strip("[]")
    number = int(port) if port else TLS_PORT
    is_tls = number == TLS_PORT or not _is_loopback(host)
    return Account(host, user, password, folder or "INBOX", number, is_tls)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@dataclass(slots=True)
class Incoming:
    """The mailbox that is polled, if there is one."""

    account: Account | None = None


mailbox = Incoming()
