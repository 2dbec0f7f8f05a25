"""The statements app."""

from django.apps import AppConfig


class StatementsConfig(AppConfig):
    """Statements and votes: propose, vote by web, mail and paper, results across groups."""

    name = "talanoa.statements"
