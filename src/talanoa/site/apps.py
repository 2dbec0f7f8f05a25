"""The site app."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Home, my page, the look of all pages."""

    name = "talanoa.site"
