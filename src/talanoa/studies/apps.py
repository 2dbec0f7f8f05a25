"""The app of studies."""

from django.apps import AppConfig


class StudiesConfig(AppConfig):
    """Tables of our own processes for studies. It has no models: everything is read from other apps."""

    name = "talanoa.studies"
