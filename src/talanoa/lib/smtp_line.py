"""Handing one mail after another to a mail server (RFC 5321), and what its answer means for the mail."""

import base64
import re
import smtplib
import ssl
from dataclasses import dataclass
from enum import Enum

from talanoa.lib.smtp_url import SmtpServer

TIMEOUT = 60
"""Seconds that each answer of the server may take."""
_ENHANCED = re.compile(rb"[245]\.\d{1,3}\.\d{1,3}")


class LineDown(Exception):
    """The server cannot be reached or does not let us in; `code` says why. No mail is to blame."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Fate(Enum):
    """What becomes of a mail: taken, to be tried again, never to be taken, or nobody knows whether it was."""

    TAKEN = "taken"
    LATER = "later"
    NEVER = "never"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Answer:
    """The fate of a mail; `reply` such as `550 5.1.1`, without a word of the server.

    `no_such_mailbox` where the recipient's address itself was refused, and not the sender's network or policy.
    """

    fate: Fate
    reply: str = ""
    no_such_mailbox: bool = False


class Line:
    """An open connection to the server. Raises LineDown where there can be none."""

    def __init__(self, server: SmtpServer, *, name: str) -> None:
        try:
            self._smtp = _reached(server, name)
            try:
                self._secure(server)
            except BaseException:
                self._smtp.close()
                raise
        except smtplib.SMTPResponseException as refused:
            raise LineDown(str(refused.smtp_code)) from refused
        except (smtplib.SMTPException, OSError) as failed:
            raise LineDown(type(failed).__name__) from failed

    def _secure(self, server: SmtpServer) -> None:
        """Go over to TLS and sign in, as far as the server's address asks for it."""
        if server.starttls:
            self._smtp.starttls(context=ssl.create_default_context())
        if server.user:
            self._sign_in(server.user, server.password)
        self._smtp.ehlo_or_helo_if_needed()

    def _sign_in(self, user: str, password: str) -> None:
        """Sign in; what is beyond ASCII goes as UTF-8 (RFC 4616, section 2), which Python's `login` cannot say."""
        if user.isascii() and password.isascii():
            self._smtp.login(user, password)
            return
        self._smtp.ehlo_or_helo_if_needed()
        said = base64.b64encode(f"\0{user}\0{password}".encode()).decode()
        code, why = self._smtp.docmd("AUTH", f"PLAIN {said}")
        if code != 235:  # noqa: PLR2004 - the answer of RFC 4954, section 6
            raise smtplib.SMTPAuthenticationError(code, why)

    def hand_over(self, raw: bytes, *, sender: str, recipient: str) -> Answer:
        """Hand over one mail to one recipient. Raises LineDown where the line breaks before the mail was told."""
        is_utf8 = not recipient.isascii()
        if is_utf8 and not self._smtp.has_extn("smtputf8"):
            return Answer(Fate.NEVER, "smtputf8")
        try:
            code, said = self._smtp.mail(sender, ("SMTPUTF8", "BODY=8BITMIME") if is_utf8 else ())
            if code != 250:  # noqa: PLR2004 - the answer of RFC 5321; the sender is ours, so nothing is final
                return self._refused(Fate.LATER, code, said)
            code, said = self._smtp.rcpt(recipient)
            if code not in (250, 251):
                return self._refused(_by(code), code, said, is_recipient=True)
        except (smtplib.SMTPException, OSError) as failed:
            raise LineDown(type(failed).__name__) from failed
        return self._data(raw)

    def _data(self, raw: bytes) -> Answer:
        try:
            code, said = self._smtp.data(raw)
        except smtplib.SMTPDataError as refused:
            why = refused.smtp_error
            said = why.encode() if isinstance(why, str) else why
            return self._refused(_by(refused.smtp_code), refused.smtp_code, said)
        except (smtplib.SMTPException, OSError):
            self.close()
            return Answer(Fate.UNDECIDED, "undecided")
        if code == 250:  # noqa: PLR2004 - the answer of RFC 5321
            return Answer(Fate.TAKEN)
        return self._refused(_by(code), code, said)

    def _refused(self, fate: Fate, code: int, said: bytes, *, is_recipient: bool = False) -> Answer:
        try:
            self._smtp.rset()
        except (smtplib.SMTPException, OSError):
            self.close()
        found = _ENHANCED.match(said)
        status = found[0].decode() if found else ""
        # 5.7.x is about who may send where (RFC 3463, section 3.8), not about the mailbox.
        gone = is_recipient and fate is Fate.NEVER and not status.startswith("5.7.")
        return Answer(fate, f"{code} {status}".strip(), no_such_mailbox=gone)

    @property
    def is_open(self) -> bool:
        """Tell whether another mail can be handed over."""
        return self._smtp.sock is not None

    def close(self) -> None:
        """Take leave; the server may have gone already."""
        try:
            if self.is_open:
                self._smtp.quit()
        except (smtplib.SMTPException, OSError):
            self._smtp.close()


def _reached(server: SmtpServer, name: str) -> smtplib.SMTP:
    """Open the connection, by TLS from the first byte where the server's address says so."""
    if server.tls:
        secure = ssl.create_default_context()
        return smtplib.SMTP_SSL(
            server.host, server.port, local_hostname=name, timeout=TIMEOUT, context=secure
        )
    return smtplib.SMTP(server.host, server.port, local_hostname=name, timeout=TIMEOUT)


def _by(code: int) -> Fate:
    """Return what a refusal means: 5yz is final, everything else may change (RFC 5321, section 4.2.1)."""
    return Fate.NEVER if 500 <= code < 600 else Fate.LATER  # noqa: PLR2004 - the class of the answer
