"""Addresses of the courses."""

from django.urls import path

from talanoa.learning.views import leading, learning, reading

app_name = "learning"
COURSE = "learn/<slug:course>/"
urlpatterns = [
    path("learn/", reading.index, name="index"),
    path("me/learning/", learning.mine, name="mine"),
    path("me/learning/join/", learning.join, name="join"),
    path("me/learning/<int:pk>/pause/", learning.pause, name="pause"),
    path("me/learning/<int:pk>/leave/", learning.leave, name="leave"),
    path("me/learning/texts/<int:pk>/", learning.text, name="text"),
    path("me/classes/open/", leading.open_class, name="open"),
    path("me/classes/<int:pk>/", leading.run, name="run"),
    path("me/classes/<int:pk>/close/", leading.close, name="close"),
    path(COURSE, reading.show, name="course"),
    path(f"{COURSE}take.<slug:form>", reading.taken, name="taken"),
    path(f"{COURSE}begin/", learning.begin, name="begin"),
    path(f"{COURSE}<slug:lesson>/", reading.lesson, name="lesson"),
]
