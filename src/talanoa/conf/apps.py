"""Starts the program: hands the settings down to what needs them."""

from collections.abc import Mapping
from typing import Any

from django.apps import AppConfig
from django.conf import settings

from talanoa.conf.env import DEMONSTRATION_CLOCK, SettingWrong
from talanoa.kernel import clock
from talanoa.kernel.faults import arm
from talanoa.kernel.keyring import keyring
from talanoa.lib.authentication import Lookup
from talanoa.mail.grades import vouching
from talanoa.mail.posting import Account, account, mailbox, outbox


class ConfConfig(AppConfig):
    """The app that knows all others."""

    name = "talanoa.conf"

    def ready(self) -> None:
        """Name the key directory and the outbox; in demonstration mode, arm the fault point that is asked for."""
        keyring.directory = settings.TALANOA_HOME / "keys"
        if settings.TALANOA_DEMONSTRATION:
            clock.follow(settings.TALANOA_HOME / DEMONSTRATION_CLOCK)
        outbox.directory = settings.TALANOA_HOME / "outbox"
        outbox.site = settings.TALANOA_URL
        outbox.domain = settings.ENV["TALANOA_MAIL_DOMAIN"]
        outbox.sender = settings.ENV["TALANOA_MAIL_FROM"]
        server = settings.ENV["TALANOA_MAIL_AUTHSERV"]
        vouching.server, vouching.lookup = ("", _name_system()) if server == "dns" else (server, None)
        mailbox.account = _account(settings.ENV)
        outbox.smtp = settings.ENV["TALANOA_SMTP_URL"]
        if settings.TALANOA_DEMONSTRATION and settings.ENV["TALANOA_FAIL_AT"]:
            arm(settings.ENV["TALANOA_FAIL_AT"])


def _name_system() -> Lookup:
    # Every command would load what asks the name system, a fifteenth of all it loads; few operators want it asked.
    from talanoa.conf.dns import ask_dns  # noqa: PLC0415

    return ask_dns


def _account(env: Mapping[str, Any]) -> Account | None:
    """Return the mailbox of the settings, if one is named. Raises SettingWrong."""
    if not env["TALANOA_IMAP_HOST"]:
        return None
    user, password = env["TALANOA_IMAP_USER"], env["TALANOA_IMAP_PASSWORD"]
    try:
        return account(
            env["TALANOA_IMAP_HOST"], user=user, password=password, folder=env["TALANOA_IMAP_FOLDER"]
        )
    except ValueError as wrong:
        raise SettingWrong("TALANOA_IMAP_HOST: write a host, or host:port") from wrong
