"""Addresses of charters and of preparing a process."""

from django.urls import path

from talanoa.processes import views

app_name = "processes"
urlpatterns = [
    path("new/", views.begin, name="begin"),
    path("p/<slug:key>/charter/", views.charter, name="charter"),
    path("p/<slug:key>/charter/<int:old>-<int:new>/", views.charter_changes, name="charter-changes"),
    path("p/<slug:key>/desk/charter/", views.write, name="write"),
    path("p/<slug:key>/desk/charter/publish/", views.publish, name="publish"),
    path("p/<slug:key>/desk/open/", views.open_, name="open"),
    path("p/<slug:key>/desk/people/", views.people, name="people"),
    path("p/<slug:key>/desk/extend/", views.extend, name="extend"),
    path("p/<slug:key>/desk/close/", views.close, name="close"),
]
