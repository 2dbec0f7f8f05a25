"""Fetching a page of others, so that nobody can make this host talk to its own network.

Only https on its own port; every address that a name stands for must be public; the connection goes to the very address
that was checked, and each redirect is checked anew (OWASP ASVS 5.0, chapter 1: server-side request forgery).
"""

import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPException, HTTPSConnection
from ipaddress import IPv6Address, ip_address, ip_network
from threading import Timer
from urllib.parse import urljoin, urlsplit

from django.utils.translation import gettext as _

from talanoa.kernel.errors import RuleBroken
from talanoa.lib.news import ASKED, READERS, News, NewsUnreadable

LARGEST, PATIENCE, LONGEST, REDIRECTS = 2_000_000, 10.0, 30.0, 3
"""Bytes of an answer; seconds of silence and in all; how often one is sent on."""
HTTPS, OK, NEWEST = 443, 200, 20
_NEVER = datetime.min.replace(tzinfo=UTC)
_SENT_ON = frozenset({301, 302, 303, 307, 308})
# Addresses that stand for an IPv4 address, which may be any: NAT64 (RFC 6052), 6to4 (RFC 3056), Teredo (RFC 4380).
_WRAPPING = tuple(map(ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")))


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: status, where it sends one on, and at most LARGEST bytes and one."""

    status: int
    location: str
    body: bytes


Resolve = Callable[[str], list[str]]
Ask = Callable[[str, str, str, str], Answer]


def latest(
    kind: str, url: str, *, agent: str, resolve: Resolve | None = None, ask: Ask | None = None
) -> list[News]:
    """Return what is newest in a feed of the registry, the newest first; `kind` is one of `news.READERS`.

    Raises RuleBroken: feed_unreadable, and those of `fetch`.
    """
    asked = url if not ASKED[kind] else url.rstrip("/") + "/" + ASKED[kind]
    data = fetch(asked, agent=agent, resolve=resolve, ask=ask)
    try:
        rows = READERS[kind](data, asked)
    except NewsUnreadable as wrong:
        raise RuleBroken(
            _("%(url)s is not what it should be: %(why)s.") % {"url": url, "why": wrong},
            code="feed_unreadable",
        ) from wrong
    return sorted(rows, key=lambda row: row.at or _NEVER, reverse=True)[:NEWEST]


def fetch(url: str, *, agent: str, resolve: Resolve | None = None, ask: Ask | None = None) -> bytes:
    """Return the body of a page of others. `agent` says who asks, with a contact.

    Raises RuleBroken: address_not_public, fetch_failed, answer_too_large.
    """
    for _hop in range(REDIRECTS + 1):
        host, path = _parted(url)
        address = _public(host, (resolve or addresses_of)(host))
        try:
            answer = (ask or ask_over_tls)(host, address, path, agent)
        except (OSError, HTTPException, ValueError) as failed:
            raise RuleBroken(_("%(host)s did not answer.") % {"host": host}, code="fetch_failed") from failed
        if answer.status not in _SENT_ON or not answer.location:
            break
        url = urljoin(url, answer.location)
    if answer.status != OK:
        told = _("%(host)s answered with %(status)s.") % {"host": host, "status": answer.status}
        raise RuleBroken(told, code="fetch_failed")
    if len(answer.body) > LARGEST:
        raise RuleBroken(_("The answer of %(host)s is too large.") % {"host": host}, code="answer_too_large")
    return answer.body


def _parted(url: str) -> tuple[str, str]:
    """Return host and path of an address. Raises RuleBroken: address_not_public."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or HTTPS
        host.encode("idna")
    except ValueError:
        host, port, parts = "", HTTPS, urlsplit("")
    is_plain = parts.username is None and parts.password is None
    if parts.scheme != "https" or not host or port != HTTPS or not is_plain:
        raise RuleBroken(_("Only an https address at its usual port is fetched."), code="address_not_public")
    return host, (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _public(host: str, addresses: list[str]) -> str:
    """Return the first address, if all of them are public. Raises RuleBroken: address_not_public."""
    if not addresses or not all(map(is_public, addresses)):
        raise RuleBroken(
            _("%(host)s is no public place: nothing was asked.") % {"host": host}, code="address_not_public"
        )
    return addresses[0]


def is_public(address: str) -> bool:
    """Tell whether an IP address is one of the open Internet, and stands for no other one."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, IPv6Address):
        if ip.ipv4_mapped is not None:
            return is_public(str(ip.ipv4_mapped))
        if any(ip in network for network in _WRAPPING):
            return False
    return ip.is_global and not ip.is_multicast


def addresses_of(host: str) -> list[str]:
    """Return the addresses that a name stands for; none where nobody knows it."""
    try:
        found = socket.getaddrinfo(host, HTTPS, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return list(dict.fromkeys(str(row[4][0]) for row in found))


class _Pinned(HTTPSConnection):
    """A connection to one address, whose certificate must be that of the name; it can be cut from outside."""

    def __init__(self, host: str, address: str, port: int, context: ssl.SSLContext) -> None:
        super().__init__(host, port, timeout=PATIENCE)
        self._place, self._tls = (address, port), context

    def connect(self) -> None:
        """Connect to the address that was checked, and no other."""
        self.sock = socket.create_connection(self._place, PATIENCE)
        self.sock = self._tls.wrap_socket(self.sock, server_hostname=self.host)

    def cut(self) -> None:
        """End what takes too long, however slowly it still comes."""
        with suppress(OSError):
            if self.sock is not None:
                self.sock.shutdown(socket.SHUT_RDWR)


def ask_over_tls(
    host: str,
    address: str,
    path: str,
    agent: str,
    *,
    port: int = HTTPS,
    context: ssl.SSLContext | None = None,
) -> Answer:
    """Ask for a page at the very address; read no more than is allowed, and not for longer.

    Raises OSError and HTTPException where the other side does not answer as it should.
    """
    connection = _Pinned(host, address, port, context or ssl.create_default_context())
    guard = Timer(LONGEST, connection.cut)
    guard.start()
    try:
        connection.request("GET", path, headers={"User-Agent": agent, "Accept-Encoding": "identity"})
        answer = connection.getresponse()
        return Answer(answer.status, answer.getheader("Location") or "", answer.read(LARGEST + 1))
    finally:
        guard.cancel()
        connection.close()
