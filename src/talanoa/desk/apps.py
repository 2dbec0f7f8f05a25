"""The app of the issue desk."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Issues that anyone brings, and their public answers: convene, refer, offer expertise, decline."""

    name = "talanoa.desk"
