"""The app of badges."""

from django.apps import AppConfig


class BadgesConfig(AppConfig):
    """What somebody has shown that they can do, signed so that anybody can check it."""

    name = "talanoa.badges"
