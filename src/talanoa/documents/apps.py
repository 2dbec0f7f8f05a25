"""The documents app."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Text that is agreed on: immutable revisions, stable paragraphs, recommendations, differences."""

    name = "talanoa.documents"
