"""The app of the archives."""

from django.apps import AppConfig


class ArchivesConfig(AppConfig):
    """Imported mailing lists: messages, threads, senders, imports, and who is one person."""

    name = "talanoa.archives"
