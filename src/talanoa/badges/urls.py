"""Addresses of badges."""

from django.urls import path

from talanoa.badges import views

app_name = "badges"
urlpatterns = [
    path(".well-known/did.json", views.did, name="did"),
    path("badges/", views.index, name="index"),
    path("badges/check/", views.check, name="check"),
    path("badges/check.html", views.page, name="page"),
    path("badges/status/<int:number>", views.status, name="status"),
    path("badges/<slug:badge>/", views.show, name="show"),
    path("badges/<slug:badge>/badge.jwt", views.token, name="token"),
    path("me/badges/", views.mine, name="mine"),
    path("me/badges/<slug:badge>/erase/", views.erase, name="erase"),
]
