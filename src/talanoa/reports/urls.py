"""Addresses of reports and decisions."""

from django.urls import path

from talanoa.reports import views

app_name = "reports"
urlpatterns = [
    path("p/<slug:key>/report/", views.show, name="show"),
    path("p/<slug:key>/responses.csv", views.table, name="table"),
    path("p/<slug:key>/report.txt", views.text, name="text"),
    path("p/<slug:key>/report.docx", views.word, name="docx"),
    path("p/<slug:key>/report.pdf", views.pdf, name="pdf"),
    path("p/<slug:key>/desk/report/", views.write, name="write"),
    path("p/<slug:key>/desk/report/seal/", views.seal, name="seal"),
    path("p/<slug:key>/desk/decision/", views.decision, name="decision"),
    path("p/<slug:key>/desk/follow-up/", views.follow_up, name="follow-up"),
]
