"""Addresses of sponsored research."""

from django.urls import path

from talanoa.grants.views import applying, awards, calling, portfolio, reading, reviewing

app_name = "grants"
urlpatterns = [
    path("grants/", calling.index, name="index"),
    path("grants/new/", calling.publish, name="publish"),
    path("grants/mine/", reading.mine, name="mine"),
    path("grants/calls/<slug:key>/", calling.show, name="call"),
    path("grants/calls/<slug:key>/apply/", applying.apply, name="apply"),
    path("grants/calls/<slug:key>/board/", calling.board, name="board"),
    path("grants/applications/<int:number>/", reading.application, name="application"),
    path("grants/applications/<int:number>/receipt/", reading.receipt, name="receipt"),
    path("grants/applications/<int:number>/files/<int:file>/", reading.original, name="original"),
    path("grants/awards/", portfolio.index, name="awards"),
    path("grants/awards.csv", portfolio.table, name="awards-table"),
    path("grants/awards/totals.csv", portfolio.totals, name="awards-totals"),
    path("grants/awards/<int:number>/", awards.award, name="award"),
    path("grants/awards/<int:number>/reports/<int:milestone>/<int:report>/", awards.file, name="report-file"),
    path("grants/awards/<int:number>/outputs/<int:output>.json", awards.datacite, name="datacite"),
    path("grants/reviews/<int:number>/", reviewing.review, name="review"),
]
