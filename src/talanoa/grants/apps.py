"""The app of sponsored research."""

from django.apps import AppConfig


class GrantsConfig(AppConfig):
    """Calls, applications, conflicts of interest, reviews, decisions, awards, outputs."""

    name = "talanoa.grants"
