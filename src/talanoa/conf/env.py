"""Every setting of an installation in one table, read once from the environment.

A value may also come from a file named by `<NAME>_FILE`, which is how secrets are handed over.
`docs/settings.md` is written from this table (`talanoa settings --write`) and a test holds them together.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from talanoa.kernel.faults import POINTS
from talanoa.lib.smtp_url import read_smtp_url

DEMONSTRATION_CLOCK = "demonstration-clock"


class SettingWrong(ValueError):
    """A value in the environment cannot be read; the message says which and what it should be."""


def yes(value: str) -> bool:
    """Read yes or no."""
    if value.lower() in {"1", "yes", "true", "on"}:
        return True
    if value.lower() in {"", "0", "no", "false", "off"}:
        return False
    raise ValueError("write yes or no")


def yes_no_or_home(value: str) -> bool | None:
    """Read yes or no; None where nothing is said, and the home tells."""
    return yes(value) if value else None


def words(value: str) -> list[str]:
    """Read a list separated by commas."""
    return [word.strip() for word in value.split(",") if word.strip()]


def fault(value: str) -> str:
    """Read the name of a fault point, or nothing."""
    if value and value not in POINTS:
        raise ValueError(f"write one of: {', '.join(POINTS)}")
    return value


@dataclass(frozen=True, slots=True)
class Setting:
    """One line of the table: the variable's name, how to read it, its default and what it does."""

    name: str
    read: Callable[[str], Any]
    default: str
    help: str


TABLE = (
    Setting("TALANOA_HOME", Path, "./var", "Directory that holds all state: database, keys, outgoing mail."),
    Setting(
        "TALANOA_URL",
        str,
        "http://localhost:8000",
        "Public address of this installation, without a slash at the end.",
    ),
    Setting("TALANOA_NAME", str, "Talanoa", "Name of this installation as shown on every page."),
    Setting(
        "TALANOA_OPERATOR",
        str,
        "operator@localhost",
        "E-mail address of the person who answers for this installation.",
    ),
    Setting(
        "TALANOA_RUN_BY",
        str,
        "",
        "Who runs this installation, in one sentence: the first version of its own charter says so.",
    ),
    Setting("TALANOA_PAID_BY", str, "", "Who pays for it, and what they may not do; in that charter too."),
    Setting("TALANOA_SOURCE", str, "", "Where the source code that runs here can be had (AGPL, section 13)."),
    Setting(
        "TALANOA_DEMONSTRATION",
        yes_no_or_home,
        "",
        "Demonstration mode: one-click sign-in, acts at a stated time. When empty, the home of one is known by itself.",
    ),
    Setting(
        "TALANOA_DEBUG",
        yes,
        "no",
        "Show errors with their source in the browser. Never on a real installation.",
    ),
    Setting(
        "TALANOA_HOSTS",
        words,
        "localhost,127.0.0.1,[::1]",
        "Host names under which the site may be asked for, with commas.",
    ),
    Setting(
        "TALANOA_SECRET_KEY",
        str,
        "",
        "Secret for sessions; when empty, one is made and kept in TALANOA_HOME/keys.",
    ),
    Setting(
        "DATABASE_URL",
        str,
        "",
        "postgres://user:password@host:port/name (or ?host=/socket/folder); empty means SQLite in TALANOA_HOME.",
    ),
    Setting("TALANOA_MAIL_DOMAIN", str, "localhost", "Domain of the addresses to which people write."),
    Setting("TALANOA_MAIL_FROM", str, "talanoa@localhost", "Address from which this installation writes."),
    Setting(
        "TALANOA_MAIL_AUTHSERV",
        str,
        "",
        "Receiving mail server whose Authentication-Results are believed; `dns`: check DKIM signatures ourselves.",
    ),
    Setting(
        "TALANOA_IMAP_HOST",
        str,
        "",
        "Mailbox from which mail is taken in: host or host:port, by TLS. Empty: none.",
    ),
    Setting("TALANOA_IMAP_USER", str, "", "User name of that mailbox."),
    Setting("TALANOA_IMAP_PASSWORD", str, "", "Password of that mailbox; better in a file, as every secret."),
    Setting("TALANOA_IMAP_FOLDER", str, "INBOX", "Folder of that mailbox that is read."),
    Setting("TALANOA_MAIL_POLL_SECONDS", int, "60", "How often the running server looks into the mailbox."),
    Setting(
        "TALANOA_LMTP_PORT",
        int,
        "0",
        "Port on 127.0.0.1 where the running server takes mail by LMTP from your mail server. 0: none.",
    ),
    Setting(
        "TALANOA_SMTP_URL",
        read_smtp_url,
        "",
        "smtp://user:password@host:port or smtps://... of the server that takes outgoing mail; empty means files.",
    ),
    Setting(
        "TALANOA_TICK_SECONDS",
        int,
        "20",
        "How often the running server opens and closes stages and sends mail.",
    ),
    Setting("TALANOA_WORKERS", int, "2", "Web worker processes of `talanoa serve`."),
    Setting(
        "TALANOA_FAIL_AT",
        fault,
        "",
        "End the program at this point, as a power cut would, to test that nothing is lost; demonstration only.",
    ),
)


def load(environ: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """Return every setting by name; raise SettingWrong with the variable's name where one cannot be read."""
    return {setting.name: _value(setting, environ) for setting in TABLE}


def _value(setting: Setting, environ: Mapping[str, str]) -> Any:
    raw = environ.get(setting.name, setting.default)
    source = environ.get(f"{setting.name}_FILE")
    try:
        if source:
            raw = Path(source).read_text(encoding="utf-8").strip()
        return setting.read(raw)
    except (ValueError, OSError) as wrong:
        raise SettingWrong(f"{setting.name}: {wrong}") from wrong


def database(url: str, home: Path) -> dict[str, Any]:
    """Return Django's database settings for `url`, or for the SQLite file in `home` when it is empty."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": home / "talanoa.sqlite3",
            "CONN_MAX_AGE": 600,
            "OPTIONS": {
                # IMMEDIATE: without it two writers that read first fail at once (measured: 657 of 800).
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16000;"
                "PRAGMA temp_store=MEMORY;",
            },
        }
    try:
        parts = urlsplit(url)
        port = str(parts.port or "")
    except ValueError as wrong:
        raise SettingWrong(f"DATABASE_URL: {wrong}") from wrong
    if parts.scheme not in {"postgres", "postgresql"}:
        raise SettingWrong("DATABASE_URL: write postgres://user:password@host:port/name")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", unquote(parts.hostname or "")),
        "PORT": port,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def is_demonstration(said: bool | None, home: Path) -> bool:
    """Tell whether `home` is a demonstration's: as was said, or by the clock that `talanoa demo` left there.

    Raises SettingWrong: nobody acts for real in such a home, because its clock is not the world's.
    """
    is_marked = (home / DEMONSTRATION_CLOCK).exists()
    if is_marked and said is False:
        raise SettingWrong(
            f"TALANOA_HOME: {home} holds a demonstration. Name another folder for a real installation."
        )
    return is_marked if said is None else said
