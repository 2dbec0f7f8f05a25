"""The mail app."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class MailConfig(AppConfig):
    """Fills the registry of mail commands from the apps above."""

    name = "talanoa.mail"

    def ready(self) -> None:
        """Load every app's `mail_commands.py`."""
        autodiscover_modules("mail_commands")
