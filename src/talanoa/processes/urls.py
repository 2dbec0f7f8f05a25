"""Addresses of the processes app."""

from django.urls import URLPattern

app_name = "processes"
urlpatterns: list[URLPattern] = []
