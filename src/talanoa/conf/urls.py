"""Every address of the site."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path


def no_password(request: HttpRequest, rest: str) -> HttpResponse:  # noqa: ARG001 - what a path hands to a view
    """Answer 404: signing in needs no password, and to set one would open a weaker way in (ASVS 5.0, 6.3.4)."""
    raise Http404


urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("talanoa.site.urls")),
    path("", include("talanoa.api.urls")),
    path("record/", include("talanoa.record.urls")),
    path("", include("talanoa.place.urls")),
    path("", include("talanoa.search.urls")),
    path("", include("talanoa.studies.urls")),
    path("", include("talanoa.reports.urls")),
    path("", include("talanoa.desk.urls")),
    path("", include("talanoa.roster.urls")),
    path("", include("talanoa.grants.urls")),
    path("", include("talanoa.learning.urls")),
    path("", include("talanoa.badges.urls")),
    path("", include("talanoa.practice.urls")),
    path("", include("talanoa.consensus.urls")),
    path("", include("talanoa.statements.urls")),
    path("", include("talanoa.drafts.urls")),
    path("", include("talanoa.meetings.urls")),
    path("", include("talanoa.inputs.urls")),
    path("", include("talanoa.discussions.urls")),
    path("", include("talanoa.archives.urls")),
    path("", include("talanoa.contributions.urls")),
    path("", include("talanoa.processes.urls")),
    path("", include("talanoa.registry.urls")),
    path("account/password/<path:rest>", no_password, name="no-password"),
    path("account/", include("allauth.urls")),
]
