"""Addresses of charters and of preparing a process."""

from django.urls import path

from talanoa.processes.views import chartering, overlaps

app_name = "processes"
urlpatterns = [
    path("new/", chartering.begin, name="begin"),
    path("p/<slug:key>/charter/", chartering.charter, name="charter"),
    path("p/<slug:key>/charter/<int:old>-<int:new>/", chartering.charter_changes, name="charter-changes"),
    path("p/<slug:key>/desk/charter/", chartering.write, name="write"),
    path("p/<slug:key>/desk/charter/publish/", chartering.publish, name="publish"),
    path("p/<slug:key>/desk/open/", chartering.open_, name="open"),
    path("p/<slug:key>/desk/people/", chartering.people, name="people"),
    path("p/<slug:key>/desk/extend/", chartering.extend, name="extend"),
    path("p/<slug:key>/desk/close/", chartering.close, name="close"),
    path("p/<slug:key>/overlap/", overlaps.show, name="overlap"),
    path("p/<slug:key>/overlap/missed/", overlaps.missed, name="missed"),
    path("p/<slug:key>/desk/overlap/", overlaps.desk, name="overlap-desk"),
    path("p/<slug:key>/desk/overlap/missed/<int:number>/", overlaps.explain, name="explain"),
    path("p/<slug:key>/desk/overlap/<slug:body>/", overlaps.judge, name="judge"),
]
