"""Pages of badges: what they are, how one is checked, one badge for whoever has its address, and my own."""

from importlib.resources import files
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talanoa.badges.actions.ending import erase_badge
from talanoa.badges.forms import CheckForm
from talanoa.badges.models import Badge
from talanoa.badges.queries import (
    badges_of,
    checked,
    competency_names,
    issuer,
    issuer_keys,
    list_count,
    signed_list,
)
from talanoa.badges.skin import LEVELS, VERDICTS, facts, qr_code
from talanoa.kernel import clock
from talanoa.kernel.errors import NotAllowed
from talanoa.lib.badge_verdicts import Code
from talanoa.lib.did_keys import did_web, document
from talanoa.people.middleware import asking
from talanoa.people.models import Person

SHORT = 16
"""Letters of a digest that a person compares."""


def _me(request: HttpRequest) -> Person:
    person = asking(request)
    if person is None:
        raise NotAllowed(_("Sign in first."))
    return person


def _unlisted(answer: HttpResponse) -> HttpResponse:
    """Keep what has an address that nobody guesses out of search engines and shared caches."""
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Cache-Control"] = "private, no-cache"
    return answer


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Say what a badge says, what it does not, and how to check one."""
    found = issuer()
    context = {
        "issuer": found,
        "did_web": did_web(settings.TALANOA_URL),
        "lists": range(1, list_count() + 1),
        "competencies": competency_names(),
        "levels": LEVELS.values(),
    }
    return TemplateResponse(request, "badges/index.html", context)


@require_http_methods(["GET", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Check a badge that somebody pastes or uploads; keep nothing of it."""
    form = CheckForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        found, known = checked(form.cleaned_data["token"], clock.now())
        badge, address = found.badge, form.cleaned_data["address"]
        context |= {
            "found": found,
            "holds": found.code == Code.OK and known is not None,
            "verdict": VERDICTS[found.code],
            "facts": list(facts(badge)) if badge else [],
            "known": known,
            "address": address if badge else "",
            "is_theirs": bool(badge and address and badge.holder.has(address)),
        }
    return TemplateResponse(request, "badges/check.html", context)


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Hand out the page that checks badges by itself. Its own policy allows its own script and nothing else."""
    answer = HttpResponse(
        (files("talanoa.badges") / "check.html").read_bytes(), content_type="text/html; charset=utf-8"
    )
    answer._csp_exempt = True  # type: ignore[attr-defined]  # noqa: SLF001 - the page carries a stricter policy of its own
    return answer


@require_safe
def show(request: HttpRequest, badge: str) -> HttpResponse:
    """Show one badge, to read and to print, to whoever has its address."""
    found, person = _shown_or_404(badge), asking(request)
    place = settings.TALANOA_URL + reverse("badges:show", args=[found.public_id])
    context = {
        "badge": found,
        "level": LEVELS[found.level],
        "short": found.sha256[:SHORT],
        "address": place,
        "code": qr_code(f"{place}?sha256={found.sha256[:SHORT]}"),
        "is_mine": person is not None and found.holder_id == person.pk,
    }
    return _unlisted(TemplateResponse(request, "badges/show.html", context))


@require_safe
def token(request: HttpRequest, badge: str) -> HttpResponse:
    """Hand out the signed text of a badge (Open Badges 3.0, section 5.2)."""
    found = _shown_or_404(badge)
    answer = HttpResponse(found.token, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{found.achievement}-{found.public_id[:6]}.jwt"'
    return _unlisted(answer)


@require_safe
def status(request: HttpRequest, number: int) -> HttpResponse:
    """Hand out a status list, signed: whoever checks a badge reads all of it, so nobody learns which one."""
    if issuer() is None or not 1 <= number <= list_count():
        raise Http404
    return HttpResponse(signed_list(number, clock.now()), content_type="application/vc+jwt")


@require_safe
def did(request: HttpRequest) -> HttpResponse:
    """Hand out the keys by which this place signs badges, as the document of its did:web."""
    keys = issuer_keys()
    if not keys:
        raise Http404
    return JsonResponse(document(settings.TALANOA_URL, keys), content_type="application/did+json")


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Show my badges."""
    return TemplateResponse(request, "badges/mine.html", {"badges": badges_of(_me(request))})


@login_required
@require_POST
def erase(request: HttpRequest, badge: str) -> HttpResponse:
    """Erase a badge of mine."""
    person = _me(request)
    found = get_object_or_404(Badge.objects.visible_to(person), public_id=badge)
    erase_badge(found, by=person, at=clock.now(), channel="web")
    messages.success(request, _("Erased here. The record keeps the digest, and nothing that names you."))
    return redirect("badges:mine")


def _shown_or_404(public_id: str) -> Badge:
    return get_object_or_404(Badge.objects.shown().select_related("entry"), public_id=public_id)
