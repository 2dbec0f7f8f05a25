"""Addresses of the issue desk."""

from django.urls import path

from talanoa.desk import views

app_name = "issues"
urlpatterns = [
    path("issues/", views.index, name="index"),
    path("issues/new/", views.bring, name="bring"),
    path("issues/<int:number>/", views.show, name="show"),
    path("issues/<int:number>/receipt/", views.receipt, name="receipt"),
    path("issues/<int:number>/confirm/", views.confirm, name="confirm"),
    path("issues/<int:number>/answer/", views.answer, name="answer"),
    path("issues/<int:number>/reply/", views.reply, name="reply"),
    path("issues/<int:number>/heard/", views.heard, name="heard"),
    path("issues/<int:number>/erase/", views.erase, name="erase"),
]
