"""Addresses of the practice rooms: all of them below /practice/, and none of a real process."""

from django.urls import path

from talanoa.practice.views import entering, looking_back, playing

app_name = "practice"
ROOM = "practice/<slug:key>/"
urlpatterns = [
    path("practice/", entering.index, name="index"),
    path("practice/join/", entering.join, name="join"),
    path("practice/scenarios/<slug:scenario>/", entering.offer, name="offer"),
    path(ROOM, playing.room, name="room"),
    path(f"{ROOM}charter/", playing.world, {"text": "charter"}, name="charter"),
    path(f"{ROOM}background/", playing.world, {"text": "background"}, name="background"),
    path(f"{ROOM}begin/", playing.begin, name="begin"),
    path(f"{ROOM}end/", playing.end, name="end"),
    path(f"{ROOM}leave/", playing.leave, name="leave"),
    path(f"{ROOM}fork/", playing.fork, name="fork"),
    path(f"{ROOM}delete/", playing.delete, name="delete"),
    path(f"{ROOM}level/", looking_back.level, name="level"),
    path(f"{ROOM}debrief/", looking_back.debrief, name="debrief"),
]
