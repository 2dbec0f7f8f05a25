"""The contributions app."""

from django.apps import AppConfig


class ContributionsConfig(AppConfig):
    """The one register of what people said: numbers, themes, the answer to each, disputes."""

    name = "talanoa.contributions"
