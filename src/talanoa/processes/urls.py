"""Addresses of charters and of preparing a process."""

from django.urls import path

from talanoa.processes.views import announcing, chartering, interests, inviting, overlaps

app_name = "processes"
urlpatterns = [
    path("new/", chartering.begin, name="begin"),
    path("me/interests/", interests.general, name="my-interests"),
    path("me/interests/<int:pk>/erase/", interests.erase, name="erase-interests"),
    path("p/<slug:key>/interests/", interests.here, name="interests"),
    path("p/<slug:key>/interests/part/", interests.choose_part, name="choose-part"),
    path("p/<slug:key>/charter/", chartering.charter, name="charter"),
    path("p/<slug:key>/charter/<int:old>-<int:new>/", chartering.charter_changes, name="charter-changes"),
    path("p/<slug:key>/announcements/", announcing.index, name="announcements"),
    path("p/<slug:key>/announcements/<int:number>/", announcing.show, name="announcement"),
    path("p/<slug:key>/announcements/<int:number>/mail.txt", announcing.mail, name="announcement-mail"),
    path("p/<slug:key>/desk/announce/", announcing.write, name="announce"),
    path("p/<slug:key>/desk/lists/", announcing.lists, name="lists"),
    path("p/<slug:key>/desk/lists/<int:pk>/stop/", announcing.stop, name="stop-following"),
    path("p/<slug:key>/desk/charter/", chartering.write, name="write"),
    path("p/<slug:key>/desk/charter/publish/", chartering.publish, name="publish"),
    path("p/<slug:key>/desk/open/", chartering.open_, name="open"),
    path("p/<slug:key>/desk/people/", chartering.people, name="people"),
    path("p/<slug:key>/desk/extend/", chartering.extend, name="extend"),
    path("p/<slug:key>/desk/close/", chartering.close, name="close"),
    path("p/<slug:key>/invitations/", inviting.index, name="invitations"),
    path("p/<slug:key>/invitations/list/", inviting.review, name="invite-list"),
    path("p/<slug:key>/invitations.csv", inviting.table, name="invitations-table"),
    path("p/<slug:key>/invitation/<slug:token>/", inviting.answer, name="invitation"),
    path("p/<slug:key>/overlap/", overlaps.show, name="overlap"),
    path("p/<slug:key>/overlap/missed/", overlaps.missed, name="missed"),
    path("p/<slug:key>/desk/overlap/", overlaps.desk, name="overlap-desk"),
    path("p/<slug:key>/desk/overlap/missed/<int:number>/", overlaps.explain, name="explain"),
    path("p/<slug:key>/desk/overlap/<slug:body>/", overlaps.judge, name="judge"),
]
