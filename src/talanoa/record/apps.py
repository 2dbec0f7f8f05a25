"""The record app."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class RecordConfig(AppConfig):
    """Loads every app's `events.py`, so that the list of kinds is complete."""

    name = "talanoa.record"

    def ready(self) -> None:
        """Fill the list of kinds."""
        autodiscover_modules("events")
