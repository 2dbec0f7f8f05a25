"""The registry app."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """Bodies, their processes, trainings and sources of money; corrections by anyone; the search for overlaps."""

    name = "talanoa.registry"
