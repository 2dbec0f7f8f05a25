"""The discussions app."""

from django.apps import AppConfig


class DiscussionsConfig(AppConfig):
    """Discussion: threads of messages, by web and by mail alike."""

    name = "talanoa.discussions"
