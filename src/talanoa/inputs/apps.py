"""The inputs app."""

from django.apps import AppConfig


class InputsConfig(AppConfig):
    """Calls for input: inputs by web, mail, upload, interview and import."""

    name = "talanoa.inputs"
