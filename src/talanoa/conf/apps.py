"""Starts the program: hands the settings down to what needs them."""

from django.apps import AppConfig
from django.conf import settings

from talanoa.conf.env import DEMONSTRATION_CLOCK
from talanoa.kernel import clock
from talanoa.kernel.faults import arm
from talanoa.kernel.keyring import keyring
from talanoa.mail.posting import outbox


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
        outbox.smtp = settings.ENV["TALANOA_SMTP_URL"]
        if settings.TALANOA_DEMONSTRATION and settings.ENV["TALANOA_FAIL_AT"]:
            arm(settings.ENV["TALANOA_FAIL_AT"])
