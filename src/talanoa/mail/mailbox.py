"""An ordinary mailbox, read by IMAP (RFC 9051 and 3501): what waits in it, and what was taken in.

A mail is taken in once it bears our keyword; where it can, the server also moves it to a folder of ours. So
what a person opens in the same mailbox is not lost, and nothing needs to be remembered on our side: a mail
that was received and not yet marked comes again and is known again by its content.
"""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.utils.translation import gettext as _
from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError, LoginError

from talanoa.kernel.faults import fault_point
from talanoa.lib.rfc5322.limits import MAX_HEADER_BLOCK
from talanoa.mail.posting import Account

DONE_FOLDER = "Talanoa"
DONE = b"$TalanoaReceived"
TIMEOUT = 60
"""Seconds that the server may take for one answer."""


class MailboxTrouble(Exception):
    """The mailbox cannot be read now; `code` is stable, `text` says in plain words what is wrong."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code, self.text = code, text


@dataclass(frozen=True, slots=True)
class Waiting:
    """A mail that waits: its identifier in this session, and its size in octets."""

    uid: int
    size: int


@dataclass(frozen=True, slots=True)
class Counted:
    """How many mails lie in the folder, how many of them nobody has opened, how many wait for us."""

    there: int
    unread: int
    waiting: int
    can_move: bool


class Mailbox:
    """An opened folder. Every method may raise MailboxTrouble."""

    def __init__(self, client: IMAPClient, folder: str) -> None:
        self._client, self._done_folder = client, ""
        with _plainly():
            state = client.select_folder(folder)
            allowed = state.get(b"PERMANENTFLAGS", ())
            self._can_mark = b"\\*" in allowed or DONE in allowed
            self._can_move = client.has_capability("MOVE") and self._made_folder(folder)

    def waiting(self) -> list[Waiting]:
        """Return what was not taken in yet, oldest first."""
        with _plainly():
            # A server that keeps no keywords of ours leaves only \Seen to tell by.
            asked = ["UNKEYWORD", DONE.decode()] if self._can_mark else ["UNSEEN"]
            uids = sorted(self._client.search(asked))
            found: list[Waiting] = []
            for start in range(0, len(uids), 500):
                sizes = self._client.fetch(uids[start : start + 500], ["RFC822.SIZE"])
                found += [Waiting(uid, int(said[b"RFC822.SIZE"])) for uid, said in sorted(sizes.items())]
            return found

    def raw(self, uid: int) -> bytes | None:
        """Return a mail byte for byte, without marking it as read; None where it is gone."""
        return self._fetched(uid, "BODY.PEEK[]", b"BODY[]")

    def head(self, uid: int) -> bytes | None:
        """Return the beginning of its header, for a mail that is too large to take in; None where it is gone."""
        return self._fetched(uid, f"BODY.PEEK[HEADER]<0.{MAX_HEADER_BLOCK}>", b"BODY[HEADER]<0>")

    def done(self, uid: int) -> None:
        """Mark a mail as taken in, and move it to our folder where the server can."""
        with _plainly():
            fault_point("before-flag")
            self._client.add_flags(uid, [b"\\Seen", *([DONE] if self._can_mark else [])], silent=True)
            fault_point("after-flag")
            if self._can_move:
                fault_point("before-move")
                self._client.move(uid, self._done_folder)
                fault_point("after-move")

    def count(self) -> Counted:
        """Return what lies in the folder."""
        with _plainly():
            there, unread = (len(self._client.search([word])) for word in ("ALL", "UNSEEN"))
        return Counted(there, unread, len(self.waiting()), self._can_move)

    def _fetched(self, uid: int, item: str, name: bytes) -> bytes | None:
        with _plainly():
            fault_point("before-fetch")
            found = self._client.fetch([uid], [item]).get(uid, {})
            fault_point("after-fetch")
        raw = found.get(name)
        return bytes(raw) if raw is not None else None

    def _made_folder(self, opened: str) -> bool:
        """Make our folder beside or below the inbox, as the server has it; tell whether it is there."""
        for name in (DONE_FOLDER, f"INBOX{self._delimiter()}{DONE_FOLDER}"):
            if name == opened:
                return False
            try:
                if not self._client.folder_exists(name):
                    self._client.create_folder(name)
            except IMAPClientError:
                continue
            self._done_folder = name
            return True
        return False

    def _delimiter(self) -> str:
        listed = self._client.list_folders("", "INBOX")
        return (listed[0][1] or b".").decode() if listed else "."


@contextmanager
def opened(
    place: Account, *, patience: int = TIMEOUT, context: ssl.SSLContext | None = None
) -> Iterator[Mailbox]:
    """Log in and open the folder. Raises MailboxTrouble.

    `patience` is how many seconds one answer may take; `context` replaces the usual rules of TLS.
    """
    with _plainly():
        client = IMAPClient(
            place.host, place.port, ssl=place.is_tls, ssl_context=context or _context(place), timeout=patience
        )
    try:
        _log_in(client, place)
        yield Mailbox(client, _existing(client, place.folder))
    finally:
        with _quietly():
            client.logout()


def _context(place: Account) -> ssl.SSLContext | None:
    return ssl.create_default_context() if place.is_tls else None


def _log_in(client: IMAPClient, place: Account) -> None:
    """Log in; a user or password beyond ASCII goes by AUTHENTICATE PLAIN, which alone can carry it."""
    with _plainly():
        try:
            if (place.user + place.password).isascii():
                client.login(place.user, place.password)
            else:
                client.plain_login(place.user, place.password)
        except LoginError as refused:
            text = _("The mailbox refuses user name or password of “%(user)s”.") % {"user": place.user}
            raise MailboxTrouble("mailbox_login", text) from refused


def _existing(client: IMAPClient, folder: str) -> str:
    with _plainly():
        if client.folder_exists(folder):
            return folder
    raise MailboxTrouble("mailbox_folder", _("The mailbox has no folder “%(name)s”.") % {"name": folder})


@contextmanager
def _plainly() -> Iterator[None]:
    """Turn what a library says into what an operator can use."""
    try:
        yield
    except ssl.SSLError as wrong:
        told = _("No safe connection to the mail server could be made (TLS): %(why)s")
        raise MailboxTrouble("mailbox_tls", told % {"why": wrong.reason or wrong}) from wrong
    except IMAPClientError as wrong:
        told = _("The mail server refused a step: %(why)s")
        raise MailboxTrouble("mailbox_refused", told % {"why": str(wrong)[:300]}) from wrong
    except OSError as wrong:
        told = _("The mail server cannot be reached: %(why)s")
        raise MailboxTrouble("mailbox_network", told % {"why": wrong.strerror or wrong}) from wrong


@contextmanager
def _quietly() -> Iterator[None]:
    """Leave a connection that is gone already."""
    try:
        yield
    except (IMAPClientError, OSError):
        return
