"""The drafts app."""

from django.apps import AppConfig


class DraftsConfig(AppConfig):
    """Drafting: revisions of a text, comments on its paragraphs, suggestions."""

    name = "talanoa.drafts"
