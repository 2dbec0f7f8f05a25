"""How much mail I get, chosen on the web; and the link in a letter that ends letters with one click."""

import re
from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from conftest import day
from talanoa.inputs.models import Input
from talanoa.kernel import clock
from talanoa.mail import tokens
from talanoa.mail.models import Silence, Subscription
from talanoa.people.models import Person, User
from talanoa.processes.models import Process

ONE_CLICK = {"List-Unsubscribe": "One-Click"}
Send = Callable[..., Input]


@pytest.fixture
def browser(yusuf: Person) -> Client:
    """Yusuf's browser, signed in."""
    yusuf.user = User.objects.create_user(yusuf.address)
    yusuf.save()
    client = Client()
    client.force_login(yusuf.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def link(yusuf: Person, process: Process) -> str:
    """The link in the header of a letter to Yusuf."""
    token = tokens.issue(yusuf, process_key="nm", number=None, at=clock.now(), word="unsubscribe")
    return f"/p/nm/mail/{token}/"


def levels() -> list[tuple[str, str]]:
    return list(Subscription.objects.values_list("process_key", "level"))


def test_a_mail_program_ends_letters_with_one_post_and_no_session(link: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    told = strict.post(link, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
    assert (told.status_code, levels(), len(strict.cookies)) == (200, [("nm", "own")], 0)


def test_a_post_that_asks_for_something_else_changes_nothing(link: str) -> None:
    assert Client().post(link, {"page": "1"}).status_code == 200
    assert levels() == []


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_scanner_that_follows_the_link_changes_nothing(link: str, method: str) -> None:
    for _again in range(3):
        assert getattr(Client(), method)(link).status_code == 200
    assert levels() == []


def test_the_page_behind_the_link_has_one_button(link: str) -> None:
    page = Client().get(link).content.decode()
    assert page.count("<form") == 1
    assert "End them" in page


@pytest.mark.parametrize("word", ["", "subscribe"])
def test_a_token_for_something_else_ends_nothing(yusuf: Person, process: Process, word: str) -> None:
    token = tokens.issue(yusuf, process_key="nm", number=None, at=clock.now(), word=word)
    assert Client().post(f"/p/nm/mail/{token}/", ONE_CLICK).status_code == 404


def test_the_link_of_one_process_ends_nothing_in_another(link: str, nino: object) -> None:
    assert Client().post(link.replace("/nm/", "/geo/"), ONE_CLICK).status_code == 404


def test_i_choose_level_and_pause(browser: Client, process: Process) -> None:
    told = browser.post("/me/mail/nm/", {"level": "every", "pause": "7"}, follow=True)
    row = Subscription.objects.get()
    assert (row.level, row.paused_until is not None and row.paused_until > clock.now()) == ("every", True)
    page = told.content.decode()
    assert "Everything, as it happens" in page
    assert "Pause until" in page


def test_a_level_that_does_not_exist_is_not_taken(browser: Client, process: Process) -> None:
    browser.post("/me/mail/nm/", {"level": "hourly", "pause": "0"})
    assert levels() == []


def test_where_i_took_part_stands_in_the_list(browser: Client, yusuf: Person, send: Send) -> None:
    assert "You take part in no process yet" in browser.get("/me/mail/").content.decode()
    send(yusuf)
    page = browser.get("/me/mail/").content.decode()
    assert "How should training be funded?" in page
    assert "One letter a day, when something happened" in page


def test_at_every_sign_in_i_am_told_that_letters_are_held_back(yusuf: Person, process: Process) -> None:
    user = User.objects.create_user(yusuf.address)
    EmailAddress.objects.create(user=user, email=yusuf.address, verified=True, primary=True)
    Silence.objects.create(person=yusuf, since=day(1))
    client = Client()
    client.post("/account/login/", {"login": yusuf.address})
    code = re.findall(r"^[A-Z0-9]{3,}-?[A-Z0-9]*$", str(mail.outbox[-1].body), re.MULTILINE)[0]
    page = client.post("/account/login/code/confirm/", {"code": code, "next": "/p/nm/"}, follow=True)
    assert "No letters are sent to you: too many came back." in page.content.decode()


def test_i_am_told_that_mail_came_back_and_turn_it_on_again(
    browser: Client, yusuf: Person, process: Process
) -> None:
    assert "too many came back" not in browser.get("/me/").content.decode()
    Silence.objects.create(person=yusuf, since=day(1))
    assert "too many came back" in browser.get("/me/").content.decode()
    page = browser.get("/me/mail/").content.decode()
    assert "yusuf@garissa.example" in page
    browser.post("/me/mail/")
    assert not Silence.objects.exists()
    assert "too many came back" not in browser.get("/me/").content.decode()
