"""The learning app."""

from django.apps import AppConfig


class LearningConfig(AppConfig):
    """Courses that can be learned by web or by mail alone."""

    name = "talanoa.learning"
