"""Addresses of the expert roster."""

app_name = "roster"
urlpatterns: list[object] = []
