"""What every page knows: the installation's name, who runs it, whether it is a demonstration, who is asking."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from talanoa.people.middleware import asking


def installation(request: HttpRequest) -> dict[str, Any]:
    """Return the values for all templates."""
    return {
        "installation_name": settings.ENV["TALANOA_NAME"],
        "run_by": settings.ENV["TALANOA_RUN_BY"] or _demonstrated(_("Whoever started this demonstration")),
        "paid_by": settings.ENV["TALANOA_PAID_BY"] or _demonstrated(_("Nobody: all of it is invented")),
        "operator": settings.ENV["TALANOA_OPERATOR"],
        "mail_domain": settings.ENV["TALANOA_MAIL_DOMAIN"],
        "is_demonstration": settings.TALANOA_DEMONSTRATION,
        "person": asking(request) if hasattr(request, "person") else None,
    }


def _demonstrated(told: str) -> str:
    """Return what a demonstration says where its operator has said nothing."""
    return told if settings.TALANOA_DEMONSTRATION else ""
