"""The app of the place itself."""

from django.apps import AppConfig


class PlaceConfig(AppConfig):
    """Who hosts this place and who pays; the defaults of all processes; the news."""

    name = "talanoa.place"
