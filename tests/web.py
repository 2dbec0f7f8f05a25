"""A browser that runs no scripts: it opens pages, follows links, and fills in forms as they stand in the page."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client, RequestFactory

from conftest import START
from talanoa.kernel import clock
from talanoa.people.actions import link_login
from talanoa.people.models import Person, User

BLOCKS = {"dt", "dd", "li", "p", "td", "th", "h1", "h2", "h3", "legend", "label", "button", "a"}


@dataclass(slots=True)
class Form:
    """A form as it stands in a page: where it goes, what its fields hold, its buttons by what they say."""

    attrs: dict[str, str]
    values: dict[str, list[str]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    files: set[str] = field(default_factory=set)
    buttons: dict[str, tuple[str, str]] = field(default_factory=dict)


class Page(HTMLParser):
    """What a browser makes of a page: its text, links, forms and elements."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: dict[str, str] = {}
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.said: list[str] = []
        self._form: Form | None = None
        self._heard: list[tuple[str, dict[str, str], list[str]]] = []
        self._select: tuple[str, bool] = ("", False)
        self.feed(html)

    def handle_starttag(self, tag: str, found: list[tuple[str, str | None]]) -> None:
        attrs = {name: value or "" for name, value in found}
        self.elements.append((tag, attrs))
        if tag == "form":
            self._form = Form(attrs)
            self.forms.append(self._form)
        elif tag in ("a", "button", "textarea"):
            self._heard.append((tag, attrs, []))
        elif tag == "select":
            self._select = (attrs.get("name", ""), False)
            self._hold(attrs.get("name", ""))
        elif tag == "option":
            self._option(attrs)
        elif tag == "input":
            self._input(attrs)

    def _hold(self, name: str, *values: str) -> None:
        if self._form and name:
            self._form.names.add(name)
            self._form.values.setdefault(name, []).extend(values)

    def _option(self, attrs: dict[str, str]) -> None:
        """Take what is selected, or else the first one."""
        name, is_chosen = self._select
        if self._form and ("selected" in attrs or not (is_chosen or self._form.values[name])):
            self._form.values[name] = [attrs.get("value", "")]
            self._select = (name, "selected" in attrs or is_chosen)

    def _input(self, attrs: dict[str, str]) -> None:
        kind, name = attrs.get("type", "text"), attrs.get("name", "")
        if kind == "file" and self._form:
            self._form.files.add(name)
        elif kind in ("checkbox", "radio"):
            self._hold(name, *([attrs.get("value", "on")] if "checked" in attrs else []))
        else:
            self._hold(name, attrs.get("value", ""))

    def handle_data(self, data: str) -> None:
        self.said.append(data)
        for _tag, _attrs, words in self._heard:
            words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self.said.append(" ")
        if tag == "form":
            self._form = None
        elif self._heard and self._heard[-1][0] == tag:
            _tag, attrs, parts = self._heard.pop()
            self._heard_of(tag, attrs, "".join(parts))

    def _heard_of(self, tag: str, attrs: dict[str, str], text: str) -> None:
        words = " ".join(text.split())
        if tag == "a":
            self.links.setdefault(words, attrs.get("href", ""))
        elif tag == "textarea":
            self._hold(attrs.get("name", ""), text.removeprefix("\n"))
        elif self._form and "form" not in attrs:
            self._form.buttons[words] = (attrs.get("name", ""), attrs.get("value", ""))

    @property
    def text(self) -> str:
        return re.sub(r" (?=[.,;:)])", "", " ".join("".join(self.said).split()))

    def form_with(self, button: str) -> Form:
        found = [form for form in self.forms if button in form.buttons]
        assert found, (button, [list(form.buttons) for form in self.forms], self.text[:2000])
        return found[0]


class Reader:
    """Somebody with such a browser, signed in as `person` or a visitor."""

    def __init__(self, person: Person | None = None, *, in_office: bool = False) -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.path = "/"
        self.status = 200
        self.page = Page("")
        if person:
            _sign_in(self.client, person, in_office=in_office)

    def open(self, path: str) -> Page:
        return self._take(path, self.client.get(path, follow=True))

    def follow(self, link: str) -> Page:
        """Open what a link of the page leads to."""
        assert link in self.page.links, (link, list(self.page.links))
        return self.open(urljoin(self.path, self.page.links[link]).partition("#")[0])

    def press(self, button: str, **given: Any) -> Page:
        """Send the form that has this button, with what the page holds and what is given by field name."""
        form = self.page.form_with(button)
        name, value = form.buttons[button]
        unknown = given.keys() - form.names - form.files
        assert not unknown, (unknown, form.names)
        data = {key: values for key, values in {**form.values, **given}.items() if values != []}
        if name:
            data[name] = value
        target = urljoin(self.path, form.attrs.get("action", "") or self.path)
        if form.attrs.get("method", "get").lower() == "get":
            return self._take(target, self.client.get(target, data, follow=True))
        if form.files and form.attrs.get("enctype") != "multipart/form-data":
            raise AssertionError("a form with a file field needs its enctype")
        return self._take(target, self.client.post(target, data, follow=True))

    def _take(self, path: str, answer: Any) -> Page:
        chain = getattr(answer, "redirect_chain", [])
        self.path = urljoin(path, chain[-1][0]) if chain else path
        self.status = answer.status_code
        self.page = Page(answer.content.decode())
        return self.page


def _sign_in(client: Client, person: Person, *, in_office: bool) -> None:
    """Sign in as allauth does after a mailed code; those in office showed a second factor too."""
    user = User.objects.filter(email=person.address).first()
    if user is None:
        user = User.objects.create_user(person.address)
        EmailAddress.objects.create(user=user, email=person.address, verified=True, primary=True)
    link_login(user, at=START)
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    request = RequestFactory().get("/")
    request.session = client.session
    record_authentication(request, user, "code", email=person.address)
    if in_office:
        Authenticator.objects.get_or_create(
            user=user, type=Authenticator.Type.TOTP, data={"secret": "sealed"}
        )
        record_authentication(request, user, "mfa", type="totp", reauthenticated=True)
    request.session.save()


class Hands:
    """The clock of the skins, in the hands of a test."""

    def __init__(self, patch: Any, at: datetime) -> None:
        self.at = at
        patch.setattr(clock, "now", lambda: self.at)

    def turn_to(self, at: datetime) -> datetime:
        self.at = at
        return at
