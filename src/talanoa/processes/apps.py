"""The processes app."""

from django.apps import AppConfig


class ProcessesConfig(AppConfig):
    """The chartered process: charter, stages, who takes part and in which role."""

    name = "talanoa.processes"
