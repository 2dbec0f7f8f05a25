"""Addresses of what was measured and handed out. A publication is named by the hash of its manifest."""

from django.urls import path

from talanoa.studies import views

app_name = "studies"
ONE = "evidence/<slug:name>/"
urlpatterns = [
    path("evidence/", views.index, name="index"),
    path(ONE, views.show, name="show"),
    path(f"{ONE}pack.zip", views.pack, name="pack"),
    path(f"{ONE}citation.bib", views.bibtex, name="bibtex"),
    path(f"{ONE}citation.json", views.csl, name="csl"),
    path("p/<slug:key>/desk/evidence/", views.publish, name="publish"),
    path("p/<slug:key>/desk/evidence/<slug:name>/withdraw/", views.withdraw, name="withdraw"),
]
