"""The reports app."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Report, sealing, review period, decision, follow-up."""

    name = "talanoa.reports"
