"""The meetings app."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Meetings of a process, and what is written down of them."""

    name = "talanoa.meetings"
