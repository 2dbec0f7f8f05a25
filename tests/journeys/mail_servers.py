"""Real mail servers for tests: Talanoa's own listener as a program, and Dovecot on a loopback port."""

import imaplib
import os
import shutil
import signal
import smtplib
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from journeys.installation import KILLED, Installation

AT = "2026-03-03T09:00Z"
needs_dovecot = pytest.mark.skipif(
    shutil.which("dovecot") is None or os.geteuid() != 0,
    reason="Dovecot is not here, or not run as root: apt-get install dovecot-imapd; .ci/run does",
)

CONF = """
base_dir = {home}/run
log_path = {home}/log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <{home}/cert.pem
ssl_key = <{home}/key.pem
disable_plaintext_auth = no
auth_failure_delay = 0
first_valid_uid = 1
mail_location = maildir:{home}/mail/%u
mailbox_list_index = no
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {home}/users
}}
userdb {{
  driver = static
  args = uid=mail gid=mail home={home}/mail/%u
}}
service imap-login {{
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
namespace inbox {{
  inbox = yes
  separator = {separator}
}}
imap_capability = {capability}
"""


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


@dataclass(frozen=True, slots=True)
class Dovecot:
    """A running IMAP server; every user's password is `pass wörd`, and each user has a mailbox of their own."""

    home: Path
    port: int
    tls_port: int

    def settings(self, user: str, **more: str) -> dict[str, str]:
        """The settings of an installation that takes in this user's mail."""
        return {
            "TALANOA_IMAP_HOST": f"127.0.0.1:{self.port}",
            "TALANOA_IMAP_USER": user,
            "TALANOA_IMAP_PASSWORD": PASSWORD,
            **more,
        }

    def client(self, user: str) -> imaplib.IMAP4:
        """Log in as a mail program does."""
        made = imaplib.IMAP4("127.0.0.1", self.port)
        made.authenticate("PLAIN", lambda _challenge: f"\0{user}\0{PASSWORD}".encode())
        return made

    def put(self, user: str, *mails: bytes, folder: str = "INBOX") -> None:
        """Deliver mails into a folder."""
        with self.client(user) as client:
            for raw in mails:
                assert client.append(folder, "", "", raw)[0] == "OK"  # type: ignore[arg-type]

    def flags(self, user: str, folder: str = "INBOX") -> list[list[str]]:
        """The flags of each mail in a folder, in order; without \\Recent, which is the server's."""
        with self.client(user) as client:
            if client.select(folder, readonly=True)[0] != "OK":
                return []
            _ok, rows = (
                client.fetch("1:*", "(FLAGS)") if client.search(None, "ALL")[1] != [b""] else ("OK", [])
            )
        told = [imaplib.ParseFlags(row) for row in rows]  # type: ignore[arg-type]
        return [sorted(flag.decode() for flag in flags if flag != b"\\Recent") for flags in told]


PASSWORD = "pass wörd"


@contextmanager
def dovecot(*, capability: str = "", separator: str = ".") -> Iterator[Dovecot]:
    """Run Dovecot in a throw-away directory; `capability` replaces what it says that it can do."""
    home = Path(tempfile.mkdtemp(prefix="talanoa-dovecot-"))
    home.chmod(0o755)
    (home / "mail").mkdir()
    shutil.chown(home / "mail", "mail", "mail")
    (home / "users").write_text("".join(f"{user}:{PASSWORD}::::::\n" for user in USERS))
    made = ("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
    named = ("-keyout", "key.pem", "-out", "cert.pem", "-subj", "/CN=localhost", "-days", "2")
    subprocess.run(["openssl", *made, *named], cwd=home, check=True, capture_output=True)
    running = Dovecot(home, free_port(), free_port())
    (home / "dovecot.conf").write_text(
        CONF.format(
            home=home,
            port=running.port,
            tls_port=running.tls_port,
            capability=capability,
            separator=separator,
        )
    )
    program = subprocess.Popen(["dovecot", "-F", "-c", str(home / "dovecot.conf")])
    try:
        for _try in range(200):
            with (
                suppress(OSError),
                socket.create_connection(("127.0.0.1", running.port), timeout=5) as greeted,
            ):
                if greeted.recv(4) == b"* OK":
                    break
            with suppress(subprocess.TimeoutExpired):
                program.wait(0.05)
        yield running
    finally:
        program.terminate()
        program.wait(30)
        shutil.rmtree(home)


USERS = tuple(f"user{number}" for number in range(60))


@dataclass(slots=True)
class Listening:
    """A running `talanoa mail listen`."""

    port: int
    program: "subprocess.Popen[str]"

    def client(self) -> smtplib.LMTP:
        """Connect as a mail server does, and say LHLO."""
        made = smtplib.LMTP("127.0.0.1", self.port, timeout=60)
        made.ehlo("mx.garissa.example")
        return made

    def deliver(self, raw: bytes, *to: str, sender: str = "yusuf@garissa.example") -> list[tuple[int, str]]:
        """Hand over one mail; return the reply for each recipient that was accepted, in order."""
        client = self.client()
        client.mail(sender)
        accepted = [address for address in to if client.rcpt(address)[0] == 250]
        replies = [client.data(raw), *(client.getreply() for _more in accepted[1:])]
        client.quit()
        return [(code, said.decode()) for code, said in replies]

    def killed(self) -> bool:
        """Tell whether the program ended at its fault point."""
        return self.program.wait(60) == KILLED


@contextmanager
def listening(here: Installation, **how: Any) -> Iterator[Listening]:
    """Run the listener on a port of its own."""
    # What it complains of goes to a file: nobody reads a pipe meanwhile, and a full one would stop it.
    with (here.home / "listener.log").open("a") as log:
        program = here.start("mail", "listen", "--port", "0", "--at", AT, stderr=log, **how)
    assert program.stdout
    said = program.stdout.readline()
    try:
        yield Listening(int(said.rpartition(":")[2]), program)
    finally:
        program.send_signal(signal.SIGTERM)
        program.communicate(timeout=60)
