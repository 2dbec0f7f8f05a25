"""Addresses of archives. A message is named by the hash of its identifier, as Mailman's archives name it."""

from django.urls import path, re_path

from talanoa.archives import views

app_name = "archives"
ONE = "archives/<slug:name>/"
MESSAGE = r"^archives/(?P<name>[-a-z0-9]+)/(?P<permalink>[A-Z2-7]{32})/"
urlpatterns = [
    path("archives/", views.index, name="index"),
    path(ONE, views.threads_of, name="threads"),
    path(f"{ONE}people/", views.people_of, name="people"),
    path(f"{ONE}people/<int:pk>/", views.person, name="person"),
    path(f"{ONE}search/", views.found, name="found"),
    re_path(f"{MESSAGE}$", views.show, name="show"),
    re_path(f"{MESSAGE}message.txt$", views.text, name="text"),
    re_path(f"{MESSAGE}thread/$", views.thread, name="thread"),
    re_path(f"{MESSAGE}thread/print/$", views.printed, name="print"),
]
