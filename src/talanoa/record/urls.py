"""Addresses of the record app."""

from django.urls import URLPattern

app_name = "record"
urlpatterns: list[URLPattern] = []
