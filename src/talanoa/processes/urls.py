"""Addresses of charters and of preparing a process."""

from django.urls import path

from talanoa.processes.views import announcing, preparing

app_name = "processes"
urlpatterns = [
    path("new/", preparing.begin, name="begin"),
    path("p/<slug:key>/charter/", preparing.charter, name="charter"),
    path("p/<slug:key>/charter/<int:old>-<int:new>/", preparing.charter_changes, name="charter-changes"),
    path("p/<slug:key>/announcements/", announcing.index, name="announcements"),
    path("p/<slug:key>/announcements/<int:number>/", announcing.show, name="announcement"),
    path("p/<slug:key>/announcements/<int:number>/mail.txt", announcing.mail, name="announcement-mail"),
    path("p/<slug:key>/desk/announce/", announcing.write, name="announce"),
    path("p/<slug:key>/desk/lists/", announcing.lists, name="lists"),
    path("p/<slug:key>/desk/lists/<int:pk>/stop/", announcing.stop, name="stop-following"),
    path("p/<slug:key>/desk/charter/", preparing.write, name="write"),
    path("p/<slug:key>/desk/charter/publish/", preparing.publish, name="publish"),
    path("p/<slug:key>/desk/open/", preparing.open_, name="open"),
    path("p/<slug:key>/desk/people/", preparing.people, name="people"),
    path("p/<slug:key>/desk/extend/", preparing.extend, name="extend"),
    path("p/<slug:key>/desk/close/", preparing.close, name="close"),
]
