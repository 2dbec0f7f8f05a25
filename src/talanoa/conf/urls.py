"""Every address of the site."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("talanoa.site.urls")),
    path("", include("talanoa.api.urls")),
    path("record/", include("talanoa.record.urls")),
    path("", include("talanoa.reports.urls")),
    path("", include("talanoa.inputs.urls")),
    path("", include("talanoa.contributions.urls")),
    path("", include("talanoa.processes.urls")),
    path("account/", include("allauth.urls")),
]
