"""Addresses of themes, answers, moderation and the desk."""

from django.urls import path

from talanoa.contributions.views import answering, desk, moderating, piles, room, themes

app_name = "contributions"
urlpatterns = [
    path("p/<slug:key>/themes/", themes.index, name="themes"),
    path("p/<slug:key>/themes/<slug:slug>/", themes.show, name="theme"),
    path("p/<slug:key>/answers/<int:pk>/thanks/", themes.acknowledge, name="acknowledge"),
    path("p/<slug:key>/answers/<int:pk>/dispute/", themes.dispute, name="dispute"),
    path("p/<slug:key>/room/", room.show, name="room"),
    path("p/<slug:key>/desk/floors/", room.floors, name="floors"),
    path("p/<slug:key>/moderation/", moderating.log, name="moderation"),
    path("p/<slug:key>/flag/<int:number>/", moderating.flag, name="flag"),
    path("p/<slug:key>/appeal/<int:number>/", moderating.appeal, name="appeal"),
    path("p/<slug:key>/desk/moderation/<int:number>/", moderating.moderate, name="moderate"),
    path("p/<slug:key>/desk/moderation/<int:number>/appeal/", moderating.rule, name="rule"),
    path("p/<slug:key>/desk/inputs/", desk.manager, name="manager"),
    path("p/<slug:key>/desk/inputs/file/", desk.file_many, name="file"),
    path("p/<slug:key>/desk/inputs/undo/", desk.undo_filing, name="undo"),
    path("p/<slug:key>/desk/inputs/<int:number>/", desk.item, name="item"),
    path("p/<slug:key>/desk/inputs/<int:number>/respond/", answering.draft_for_one, name="respond-one"),
    path("p/<slug:key>/desk/piles/", piles.index, name="piles"),
    path("p/<slug:key>/desk/piles/fold/", piles.fold, name="fold"),
    path("p/<slug:key>/desk/suggested-themes/", piles.themes, name="suggested-themes"),
    path("p/<slug:key>/desk/suggested-themes/make/", piles.make, name="make-suggested"),
    path("p/<slug:key>/apart/<int:number>/", piles.part, name="part"),
    path("p/<slug:key>/desk/themes/", desk.theme, name="make-theme"),
    path("p/<slug:key>/desk/themes/<slug:slug>/respond/", answering.draft_for_theme, name="respond-theme"),
    path("p/<slug:key>/desk/drafts/<int:pk>/", answering.draft, name="draft"),
    path("p/<slug:key>/desk/drafts/<int:pk>/edit/", answering.edit_draft, name="edit-draft"),
    path("p/<slug:key>/desk/disputes/<int:pk>/", answering.reply, name="reply"),
]
