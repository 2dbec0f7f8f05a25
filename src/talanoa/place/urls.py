"""Addresses of the place itself and of its news."""

from django.urls import path

from talanoa.lib.processkeys import PLACE
from talanoa.place import views

app_name = "place"
HERE = {"key": PLACE}
urlpatterns = [
    path("place/", views.show, name="show"),
    path("place/defaults/", views.defaults, HERE, name="defaults"),
    path("news/", views.news, name="news"),
    path("news/write/", views.write, HERE, name="write"),
    path("news/<int:number>/", views.read, name="read"),
    path("news/<int:number>/correct/", views.correct, HERE, name="correct"),
]
