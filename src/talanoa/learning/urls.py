"""Addresses of the courses."""

from django.urls import path

from talanoa.learning import views

app_name = "learning"
COURSE = "learn/<slug:course>/"
urlpatterns = [
    path("learn/", views.index, name="index"),
    path(COURSE, views.show, name="course"),
    path(f"{COURSE}take.<slug:form>", views.taken, name="taken"),
    path(f"{COURSE}<slug:lesson>/", views.lesson, name="lesson"),
]
