"""Addresses of the record."""

from django.urls import path

from talanoa.record import views

app_name = "record"
urlpatterns = [
    path("", views.index, name="index"),
    path("<int:index>/", views.entry, name="entry"),
    path("entry/<int:index>.json", views.entry_json, name="json"),
    path("entry/<int:index>.tlog-proof", views.proof, name="proof"),
    path("checkpoint", views.checkpoint, name="checkpoint"),
    path("key", views.key, name="key"),
    path("tile/<path:path>", views.tile_file, name="tile"),
    path("verify.html", views.verify_page, name="verify"),
]
