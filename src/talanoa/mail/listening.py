"""Takes mail from the operator's mail server by LMTP (RFC 2033): one reply for each recipient, after the commit.

A reply of 2xx says that the mail is kept and numbered, or kept and its sender answered with the code of the
refusal; 4xx that the mail server has to come again; 5xx that the mail was not taken and why.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import Envelope, Session
from django.db import Error, close_old_connections

from talanoa.kernel.faults import fault_point
from talanoa.lib.processkeys import label
from talanoa.lib.rfc5322 import MAX_MESSAGE
from talanoa.mail.addressing import is_ours
from talanoa.mail.receiving import LONGEST_ADDRESS, MOST_TOGETHER, Arrival, Received, receive_all

MOST_RECIPIENTS = 50
MOST_CONNECTIONS = 20
LONGEST_LINE = 64 * 1024
IDLE = 120
"""Seconds after which a connection that says nothing is closed."""
THREADS = 2
"""One takes mails in, one looks recipients up. Two that take in wait for each other, for the number of a process."""
AGAIN = "451 4.3.0 This cannot be kept now; please deliver it again"
FULL = "452 4.3.1 The disk is full; please deliver it again"

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Desk:
    """What a listener is handed: the clock, and what to call when there may be answers to write."""

    now: Callable[[], datetime]
    write: Callable[[], object]
    is_disk_full: Callable[[Exception], bool]


@dataclass(frozen=True, slots=True)
class _Handed:
    """A mail for one recipient that waits to be taken in, and where its reply goes."""

    arrival: Arrival
    reply: asyncio.Future[str]


class Handler:
    """Answers the recipients and the mails of all connections; what waits is taken in together, in a thread."""

    def __init__(self, desk: Desk, pool: ThreadPoolExecutor) -> None:
        self._desk, self._pool = desk, pool
        self._waiting: deque[_Handed] = deque()
        self._taking: asyncio.Task[None] | None = None
        self.n_connected = 0

    async def handle_RCPT(  # noqa: N802 - the name is aiosmtpd's
        self, server: "Listener", _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Take a recipient whose process is here."""
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return "452 4.5.3 Too many recipients"
        if len(address) > LONGEST_ADDRESS:
            return "553 5.1.3 This address is too long"
        try:
            is_known = await server.loop.run_in_executor(self._pool, self._is_known, address)
        except Error:
            logger.exception("A recipient could not be looked up")
            return AGAIN
        if not is_known:
            return "550 5.1.1 There is no process of this name here"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def replies(self, server: "Listener", raw: bytes, recipients: list[str]) -> list[str]:
        """Keep and number one mail for each of its recipients; return their replies, in order."""
        handed = [_Handed(Arrival(raw, address), server.loop.create_future()) for address in recipients]
        self._waiting.extend(handed)
        if self._taking is None or self._taking.done():
            self._taking = server.loop.create_task(self._take_waiting(server.loop))
        return await asyncio.gather(*(one.reply for one in handed))

    async def _take_waiting(self, loop: asyncio.AbstractEventLoop) -> None:
        """Take in what waits, of whatever connection, until nothing does."""
        while self._waiting:
            some = [self._waiting.popleft() for _n in range(min(MOST_TOGETHER, len(self._waiting)))]
            replies = await loop.run_in_executor(self._pool, self._take_in, [one.arrival for one in some])
            for one, reply in zip(some, replies, strict=True):
                if not one.reply.done():  # its connection went away meanwhile
                    one.reply.set_result(reply)

    def _is_known(self, address: str) -> bool:
        close_old_connections()
        return is_ours(address)

    def _take_in(self, arrivals: list[Arrival]) -> list[str]:
        close_old_connections()
        try:
            got = receive_all(arrivals, at=self._desk.now(), write=self._desk.write)
            replies = [_told(one, arrival.to) for one, arrival in zip(got, arrivals, strict=True)]
        except Exception as failed:  # whatever it was, the mail server keeps the mails and comes again
            logger.exception("A mail could not be kept")
            if len(arrivals) > 1:
                return [reply for one in arrivals for reply in self._take_in([one])]
            replies = [FULL if self._desk.is_disk_full(failed) else AGAIN]
        fault_point("before-ack")
        return replies


def _told(got: Received, address: str) -> str:
    key = address.partition("@")[0].partition("+")[0].lower()
    if got.code:
        return f"250 2.0.0 Kept, and its sender is told: {got.code}"
    return f"250 2.0.0 {label(key, got.number)} received" if got.number else "250 2.0.0 Done"


class Listener(LMTP):
    """One LMTP connection."""

    line_length_limit = LONGEST_LINE

    def __init__(self, handler: Handler, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(
            handler,
            data_size_limit=MAX_MESSAGE,
            enable_SMTPUTF8=True,
            hostname="localhost",
            ident="Talanoa LMTP",
            timeout=IDLE,
            auth_require_tls=False,
            auth_exclude_mechanism=["LOGIN", "PLAIN"],
            loop=loop,
        )
        self._handler = handler

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take up to MOST_CONNECTIONS connections; the next one is told to come again."""
        self._handler.n_connected += 1
        if self._handler.n_connected > MOST_CONNECTIONS and isinstance(transport, asyncio.Transport):
            transport.write(b"421 4.3.2 Too many connections; please come again\r\n")
            transport.close()
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        """Free the place."""
        self._handler.n_connected -= 1
        super().connection_lost(error)

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 - the name is aiosmtpd's
        """Read the mail and give each accepted recipient a reply of its own (RFC 2033, section 4.2).

        aiosmtpd's own reads a line of any length into memory and gives one reply, also to what is too large.
        """
        if await self.check_helo_needed():
            return
        recipients = list(self.envelope.rcpt_tos) if self.envelope else []
        if not recipients or arg:
            await self.push("501 Syntax: DATA" if arg else "503 5.5.1 No recipient was accepted")
            return
        await self.push("354 End data with <CR><LF>.<CR><LF>")
        raw, wrong = await self._read_mail()
        replies = [wrong] * len(recipients)
        if not wrong:
            # Receiving may wait for its turn longer than a client may be idle.
            self._reset_timeout(IDLE * 10)
            replies = await self._handler.replies(self, raw, recipients)
            self._reset_timeout()
        self._set_post_data_state()
        await self.push("\r\n".join(replies))
        fault_point("after-ack")

    async def _read_mail(self) -> tuple[bytes, str]:
        """Return the mail without its end and its dot-stuffing (RFC 5321, section 4.5.2), or what is wrong.

        The end is the line of one dot between two CRLF and nothing else, so no mail can smuggle another one.
        """
        raw, wrong, is_start = bytearray(), "", True
        while True:
            try:
                line, ends = await self._reader.readuntil(b"\r\n"), True
            except asyncio.LimitOverrunError as long:
                line, ends = await self._reader.read(long.consumed), False
                wrong = wrong or "554 5.6.0 A line of the mail is longer than 64 kB"
            if is_start and ends and line == b".\r\n":
                return bytes(raw), wrong
            raw += line[1:] if is_start and line.startswith(b".") else line
            is_start = ends
            if len(raw) > MAX_MESSAGE:
                wrong = wrong or "552 5.3.4 The mail is larger than 10 MB"
            if wrong:
                raw.clear()
                self._reset_timeout()


async def listen(host: str, port: int, desk: Desk, *, ready: Callable[[str, int], None]) -> None:
    """Serve LMTP until cancelled; `ready` is told where, which matters where `port` is 0."""
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(THREADS, thread_name_prefix="lmtp") as pool:
        handler = Handler(desk, pool)
        server = await loop.create_server(lambda: Listener(handler, loop), host, port)
        async with server:
            where: Any = server.sockets[0].getsockname()
            ready(where[0], where[1])
            await server.serve_forever()
