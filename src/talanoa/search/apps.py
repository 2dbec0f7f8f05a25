"""The app of the search."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Search over inputs, responses, reports, bodies and archives. It has no models: the databases keep the indexes."""

    name = "talanoa.search"
