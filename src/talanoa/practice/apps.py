"""The practice app."""

from django.apps import AppConfig


class PracticeConfig(AppConfig):
    """Rooms in which people try out what they do in a real process."""

    name = "talanoa.practice"
