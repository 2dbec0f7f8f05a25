"""The people app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Who is who: logins, persons, stakeholder groups, what they declared."""

    name = "talanoa.people"
