"""Addresses for other programs."""

from django.urls import path
from django.views.decorators.http import require_safe

from talanoa.api import views
from talanoa.api.feeds import NewsFeed, ProcessFeed

app_name = "api"
urlpatterns = [
    path("news/feed.atom", require_safe(NewsFeed()), name="news"),
    path("p/<slug:key>/feed.atom", require_safe(ProcessFeed()), name="feed"),
    path("p/<slug:key>/calendar.ics", views.calendar, name="calendar"),
    path("p/<slug:key>/inputs.csv", views.inputs_table, name="inputs"),
    path("aliases.csv", views.aliases, name="aliases"),
    path("p/<slug:key>/room.csv", views.room_table, name="room"),
    path("p/<slug:key>/moderation.csv", views.moderation_table, name="moderation"),
    path("healthz", views.health, name="health"),
]
