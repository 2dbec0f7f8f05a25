"""Turns a refusal that no form showed into a page that says which rule it was and what to do."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from talanoa.kernel.errors import NotAllowed, RuleBroken


class RefusalMiddleware:
    """Answer 403 to NotAllowed and 409 to RuleBroken."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Handle one request."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Show the refusal, or leave the exception to Django."""
        if isinstance(exception, NotAllowed):
            return _page(request, exception.text, exception.rule, 403)
        if isinstance(exception, RuleBroken):
            return _page(request, exception.text, exception.rule, 409)
        return None


def _page(request: HttpRequest, text: str, code: str, status: int) -> HttpResponse:
    page = TemplateResponse(request, "site/refused.html", {"text": text, "code": code}, status=status)
    return page.render()
