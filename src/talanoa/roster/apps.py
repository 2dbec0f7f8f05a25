"""The app of the expert roster."""

from django.apps import AppConfig


class RosterConfig(AppConfig):
    """Facilitators and experts, requests for them, and who was asked."""

    name = "talanoa.roster"
