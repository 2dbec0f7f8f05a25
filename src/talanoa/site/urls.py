"""Addresses of the site app."""

from django.urls import URLPattern

app_name = "site"
urlpatterns: list[URLPattern] = []
