"""Addresses of the inputs app."""

from django.urls import URLPattern

app_name = "inputs"
urlpatterns: list[URLPattern] = []
