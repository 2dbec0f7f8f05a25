"""The app of studies."""

from django.apps import AppConfig


class StudiesConfig(AppConfig):
    """Tables of our own processes, and what was published of them: audits, studies, data sets."""

    name = "talanoa.studies"
