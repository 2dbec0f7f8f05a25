"""Addresses of inputs."""

from django.urls import path

from talanoa.inputs.views import acting, by_hand, listed, reading

app_name = "inputs"
urlpatterns = [
    path("p/<slug:key>/inputs/", reading.index, name="index"),
    path("p/<slug:key>/inputs/write/", acting.write, name="write"),
    path("p/<slug:key>/inputs/<int:number>/", reading.show, name="show"),
    path("p/<slug:key>/inputs/<int:number>/received/", reading.received, name="received"),
    path("p/<slug:key>/inputs/<int:number>/receipt.txt", reading.receipt, name="receipt"),
    path("p/<slug:key>/inputs/<int:number>/file", reading.original, name="original"),
    path("p/<slug:key>/inputs/<int:number>/replace/", acting.replace, name="replace"),
    path("p/<slug:key>/inputs/<int:number>/withdraw/", acting.take_back, name="withdraw"),
    path("p/<slug:key>/inputs/<int:number>/language/", acting.name_language, name="language"),
    path("p/<slug:key>/inputs/<int:number>/erase/", acting.erase, name="erase"),
    path("p/<slug:key>/confirm/<slug:token>/", acting.confirm_by_token, name="confirm"),
    path("p/<slug:key>/listed/<int:pk>/", listed.decide, name="listed"),
    path("p/<slug:key>/desk/enter/", acting.enter_for, name="enter"),
    path("p/<slug:key>/desk/mail/", by_hand.index, name="mails"),
    path("p/<slug:key>/desk/mail/<int:number>/", by_hand.transcribe, name="transcribe"),
    path("p/<slug:key>/desk/mail/<int:pk>/raw", by_hand.raw, name="raw-mail"),
]
