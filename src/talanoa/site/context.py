"""What every page knows: the installation's name, whether it is a demonstration, who is asking."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from talanoa.people.middleware import asking


def installation(request: HttpRequest) -> dict[str, Any]:
    """Return the values for all templates."""
    return {
        "installation_name": settings.ENV["TALANOA_NAME"],
        "operator": settings.ENV["TALANOA_OPERATOR"],
        "mail_domain": settings.ENV["TALANOA_MAIL_DOMAIN"],
        "is_demonstration": settings.TALANOA_DEMONSTRATION,
        "person": asking(request) if hasattr(request, "person") else None,
    }
