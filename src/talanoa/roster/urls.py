"""Addresses of the expert roster."""

from django.urls import path

from talanoa.roster import views

app_name = "roster"
urlpatterns = [
    path("roster/", views.index, name="index"),
    path("roster/requests/", views.requests, name="requests"),
    path("roster/requests/<int:number>/", views.show, name="request"),
    path("roster/requests/<int:number>/answer/", views.reply, name="reply"),
    path("me/roster/", views.mine, name="mine"),
    path("me/roster/leave/", views.leave, name="leave"),
    path("p/<slug:key>/desk/experts/", views.wanted, name="wanted"),
    path("p/<slug:key>/desk/experts/<int:number>/", views.ask, name="ask"),
]
