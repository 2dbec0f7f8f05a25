"""The api app."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Feeds, calendars and tables for other programs."""

    name = "talanoa.api"
