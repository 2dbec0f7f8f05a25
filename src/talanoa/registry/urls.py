"""Addresses of the registry."""

from django.urls import path

from talanoa.registry import views

app_name = "registry"
urlpatterns = [
    path("registry/", views.index, name="index"),
    path("registry/take-part/", views.take_part, name="take-part"),
    path("registry/trainings/", views.trainings, name="trainings"),
    path("registry/funding/", views.funding, name="funding"),
    path("registry/deadlines.ics", views.calendar, name="calendar"),
    path("registry/correct/", views.correct, name="correct"),
    path("registry/corrections/", views.corrections, name="corrections"),
    path("registry/<slug:key>/", views.show, name="show"),
]
