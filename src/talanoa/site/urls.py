"""Addresses of the pages that cross processes."""

from django.urls import path

from talanoa.site import design
from talanoa.site.views import cockpit, demonstration, home, letters, mine, operator, process

app_name = "site"
urlpatterns = [
    path("", home.home, name="home"),
    path("research/", home.research, name="research"),
    path("rules/", home.rules, name="rules"),
    path("conduct/", home.conduct, name="conduct"),
    path("accessibility/", home.accessibility, name="accessibility"),
    path("source/", home.source, name="source"),
    path("design/", design.show, name="design"),
    path("p/<slug:key>/", process.show, name="process"),
    path("p/<slug:key>/desk/", cockpit.show, name="desk"),
    path("me/", mine.show, name="my-page"),
    path("me/about/", mine.about, name="about-me"),
    path("me/data.json", mine.export, name="my-data"),
    path("operator/mail/", operator.mail, name="operator-mail"),
    path("operator/corrections/", operator.corrections, name="operator-corrections"),
    path("operator/corrections/<int:number>/", operator.correction, name="operator-correction"),
    path("me/mail/", letters.index, name="my-letters"),
    path("me/mail/<slug:key>/", letters.choose, name="my-letters-of"),
    path("p/<slug:key>/mail/<slug:token>/", letters.leave, name="leave"),
    path("tour/", demonstration.tour, name="tour"),
    path("tour/sign-in/", demonstration.sign_in, name="demo-sign-in"),
    path("tour/clock/", demonstration.move_clock, name="demo-clock"),
    path("tour/outbox/", demonstration.outbox, name="outbox"),
]
