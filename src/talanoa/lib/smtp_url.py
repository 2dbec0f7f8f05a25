"""The address of a mail server as a setting writes it: `smtp://user:password@host:port`, or `smtps://`.

Off loopback a server must offer STARTTLS and show a certificate for its name (RFC 3207); `smtps` is TLS from the
first byte (RFC 8314, section 3.3).
"""

from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

PORTS = {"smtp": 25, "smtps": 465}


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """Where outgoing mail is handed over; `user` is empty where nobody signs in."""

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    tls: bool = False
    starttls: bool = False


def read_smtp_url(value: str) -> SmtpServer | None:
    """Return the server that `value` names, None for an empty one. Raises ValueError."""
    if not value:
        return None
    parts = urlsplit(value)
    try:
        port = parts.port
    except ValueError:  # Python would repeat what stands there: it may be part of a password
        port = -1
    if parts.scheme not in PORTS or not parts.hostname or port == -1:
        raise ValueError(
            "write smtp://user:password@host:port or smtps://..., other signs than letters as %40"
        )
    tls = parts.scheme == "smtps"
    return SmtpServer(
        host=parts.hostname,
        port=port or PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls=tls,
        starttls=not tls and not _is_loopback(parts.hostname),
    )


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
