"""What stands around every page: a refusal becomes a page where it is none yet; passkeys get their scripts."""

from collections.abc import Callable

from csp.constants import NONCE, SELF
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.response import TemplateResponse

from talanoa.kernel.errors import NotAllowed, RuleBroken


class RefusalMiddleware:
    """Answer 403 to NotAllowed and 409 to RuleBroken; show a page to who opens an address that only takes a form."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Handle one request."""
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and request.method == "GET":
            page = TemplateResponse(request, "405.html", status=405, headers={"Allow": response["Allow"]})
            return page.render()
        return response

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


class PasskeyScriptsMiddleware:
    """Let the pages of the passkey ceremony run the scripts that carry their nonce; no other page runs any."""

    pages = frozenset({"mfa_add_webauthn", "mfa_authenticate", "mfa_reauthenticate_webauthn"})

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Handle one request."""
        response = self.get_response(request)
        if self._holds_a_ceremony(request):
            response._csp_update = {"script-src": [NONCE], "connect-src": [SELF]}  # type: ignore[attr-defined]  # noqa: SLF001 - django-csp's own interface
        return response

    def _holds_a_ceremony(self, request: HttpRequest) -> bool:
        """Tell whether the page is one of them; the sign-in page is one only where a passkey was asked for."""
        name = request.resolver_match.url_name if request.resolver_match else None
        return name in self.pages or (name == "account_login" and "passkey" in request.GET)
