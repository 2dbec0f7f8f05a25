"""Addresses of archives. A message is named by the hash of its identifier, as Mailman's archives name it."""

from django.urls import path, re_path

from talanoa.archives.views import keeping, reading

app_name = "archives"
ONE = "archives/<slug:name>/"
MESSAGE = r"^archives/(?P<name>[-a-z0-9]+)/(?P<permalink>[A-Z2-7]{32})/"
urlpatterns = [
    path("archives/", reading.index, name="index"),
    path(ONE, reading.threads_of, name="threads"),
    path(f"{ONE}people/", reading.people_of, name="people"),
    path(f"{ONE}people/<int:pk>/", reading.person, name="person"),
    path(f"{ONE}search/", reading.found, name="found"),
    path(f"{ONE}merges/", keeping.merges_of, name="merges"),
    path(f"{ONE}merges/find/", keeping.find, name="find-merges"),
    path(f"{ONE}merges/<int:number>/", keeping.decide, name="decide-merge"),
    re_path(f"{MESSAGE}$", reading.show, name="show"),
    re_path(f"{MESSAGE}message.txt$", reading.text, name="text"),
    re_path(f"{MESSAGE}erase/$", keeping.erase, name="erase"),
    re_path(f"{MESSAGE}thread/$", reading.thread, name="thread"),
    re_path(f"{MESSAGE}thread/print/$", reading.printed, name="print"),
]
