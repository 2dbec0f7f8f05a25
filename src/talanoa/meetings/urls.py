"""Addresses of the meetings of a process."""

from django.urls import path

from talanoa.meetings.views import calling, minuting, reading, speaking

app_name = "meetings"
ALL = "p/<slug:key>/meetings/"
ONE = f"{ALL}<int:number>/"
LINE = f"{ONE}lines/<int:line>/"
urlpatterns = [
    path(ALL, reading.index, name="index"),
    path(f"{ALL}announce/", calling.announce, name="announce"),
    path(ONE, reading.show, name="show"),
    path(f"{ALL}<int:number>.ics", reading.calendar, name="calendar"),
    path(f"{ONE}change/", calling.change, name="change"),
    path(f"{ONE}cancel/", calling.cancel, name="cancel"),
    path(f"{ONE}attendance/", minuting.attendance, name="attendance"),
    path(f"{ONE}minutes/", minuting.write, name="minutes"),
    path(f"{ONE}lines/", speaking.mine, name="lines"),
    path(f"{LINE}correct/", speaking.correct, name="correct"),
    path(f"{LINE}erase/", minuting.erase, name="erase"),
    path(f"{ONE}decisions/<int:decision>/", minuting.state, name="decision"),
]
