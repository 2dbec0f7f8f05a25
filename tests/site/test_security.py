"""The doors: signing in tells nobody who is known here, headers and cookies are strict, https passes Django's gate."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from allauth.account import app_settings as allauth
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from talanoa.people.models import Person, User
from talanoa.processes.models import Participant, Process

CODE = re.compile(r"^[A-Z0-9]+(?:-[A-Z0-9]+)+$", re.MULTILINE)
SECRET = "JBSWY3DPEHPK3PXP"
STRANGER = "stranger@nowhere.example"
DESK = "/p/nm/desk/"
SECOND = "/account/2fa/reauthenticate/"


@pytest.fixture(autouse=True)
def unhurried() -> Iterator[None]:
    """No limit of an earlier test counts here."""
    cache.clear()
    yield
    cache.clear()


def body(response: HttpResponse) -> str:
    """The page without what is drawn anew each time, and without the address that was written."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())
    return text.replace(STRANGER, "ADDRESS").replace("yusuf@garissa.example", "ADDRESS")


def sign_in(address: str) -> Client:
    """Ask for a code on the page and write it there."""
    client = Client()
    client.post("/account/login/", {"login": address})
    told = client.post("/account/login/code/confirm/", {"code": CODE.findall(str(mail.outbox[-1].body))[0]})
    assert told.status_code == 302
    return client


def known(address: str) -> User:
    """A login whose address was confirmed at an earlier time."""
    made = User.objects.create_user(address)
    EmailAddress.objects.create(user=made, email=address, verified=True, primary=True)
    return made


@pytest.fixture
def login(yusuf: Person) -> User:
    return known(yusuf.address)


@pytest.mark.parametrize(
    ("page", "field"),
    [("account_login", "login"), ("account_request_login_code", "email"), ("account_signup", "email")],
)
def test_signing_in_answers_a_stranger_as_it_answers_somebody_known(
    login: User, page: str, field: str
) -> None:
    told = [
        Client().post(reverse(page), {field: address}, follow=True) for address in (login.email, STRANGER)
    ]
    assert told[0].redirect_chain == told[1].redirect_chain
    assert body(told[0]) == body(told[1])
    assert [letter.to for letter in mail.outbox] == [[login.email], [STRANGER]]


def test_a_wrong_code_answers_a_stranger_as_it_answers_somebody_known(login: User) -> None:
    told = []
    for address in (login.email, STRANGER):
        client = Client()
        client.post("/account/login/", {"login": address})
        told.append(client.post("/account/login/code/confirm/", {"code": "WRONG"}))
    assert (told[0].status_code, body(told[0])) == (told[1].status_code, body(told[1]))


def test_no_letter_about_an_account_leads_to_a_password(login: User) -> None:
    Client().post("/account/signup/", {"email": login.email})
    assert "password" not in str(mail.outbox[0].body)
    assert "http://testserver/account/login/" in str(mail.outbox[0].body)


def test_codes_cannot_be_asked_for_or_guessed_without_end(login: User) -> None:
    limits = allauth.RATE_LIMITS
    assert {limits[name] for name in ("login", "request_login_code", "login_failed", "signup")} == {
        "30/m/ip",
        "20/m/ip,3/m/key",
        "10/m/ip,5/300s/key",
        "20/m/ip",
    }
    assert (allauth.LOGIN_BY_CODE_TIMEOUT, allauth.LOGIN_BY_CODE_MAX_ATTEMPTS) == (600, 3)


def test_a_fourth_code_in_a_minute_is_not_sent(login: User) -> None:
    for _time in range(4):
        Client().post("/account/login/code/", {"email": login.email})
    assert len(mail.outbox) == 3


def test_three_wrong_codes_end_the_attempt(login: User) -> None:
    client = Client()
    client.post("/account/login/", {"login": login.email})
    for _time in range(3):
        client.post("/account/login/code/confirm/", {"code": "WRONG"})
    client.post("/account/login/code/confirm/", {"code": CODE.findall(str(mail.outbox[0].body))[0]})
    assert client.get("/me/").status_code == 302


def test_the_first_sign_in_makes_a_login_its_person(login: User, yusuf: Person) -> None:
    assert sign_in(login.email).get("/me/data.json").json()["name"] == "Yusuf Abdi"


def test_a_login_keeps_its_person_when_it_signs_in_with_another_address(login: User, yusuf: Person) -> None:
    sign_in(login.email)
    User.objects.filter(pk=login.pk).update(email="new@garissa.example")
    login.emailaddress_set.update(email="new@garissa.example")
    assert sign_in("new@garissa.example").get("/me/data.json").json()["name"] == "Yusuf Abdi"


def test_a_convenor_sets_up_the_second_factor_shows_it_and_is_let_in(
    process: Process, convenor: Participant
) -> None:
    user = known(convenor.person.address)
    client = sign_in(user.email)
    assert client.get(DESK)["Location"] == "/account/2fa/"
    TOTP.activate(user, SECRET)
    asked = client.get(DESK)["Location"]
    code = RecoveryCodes.activate(user).get_unused_codes()[0]
    shown = client.post(asked, {"code": code})
    assert (asked.partition("?")[0], shown["Location"]) == (SECOND, DESK)
    assert client.get(DESK).status_code == 200


def test_who_has_a_second_factor_shows_it_at_each_sign_in(process: Process, convenor: Participant) -> None:
    user = known(convenor.person.address)
    TOTP.activate(user, SECRET)
    codes = RecoveryCodes.activate(user).get_unused_codes()
    client = sign_in(user.email)
    assert client.get(DESK)["Location"].startswith("/account/login/")
    client.post("/account/2fa/authenticate/", {"code": codes[0]})
    assert client.get(DESK).status_code == 200


def test_the_name_of_a_key_is_shown_as_it_is_written(login: User) -> None:
    client = sign_in(login.email)
    data = {"name": "<script>alert(1)</script>", "credential": {}}
    Authenticator.objects.create(user=login, type=Authenticator.Type.WEBAUTHN, data=data)
    page = client.get("/account/2fa/webauthn/").content.decode()
    assert ("<script" in page, "&lt;script&gt;alert(1)" in page) == (False, True)


@pytest.mark.parametrize(
    ("page", "scripts"),
    [
        ("/", False),
        ("/account/login/", False),
        ("/account/login/?passkey=1", True),
        ("/account/2fa/webauthn/add/", True),
    ],
)
def test_a_page_of_the_passkey_runs_the_scripts_that_carry_its_nonce(
    login: User, page: str, scripts: bool
) -> None:
    client = Client() if "login" in page else sign_in(login.email)
    answer = client.get(page)
    policy = dict(part.strip().partition(" ")[::2] for part in answer["Content-Security-Policy"].split(";"))
    nonces = set(re.findall(r'<script src="[^"]+" nonce="([^"]+)"', answer.content.decode()))
    assert policy["default-src"] == "'none'"
    assert policy.get("script-src", "") == "".join(f"'nonce-{nonce}'" for nonce in nonces)
    assert bool(nonces) is scripts


def test_the_verifying_page_brings_its_own_policy(log: object) -> None:
    answer = Client().get("/record/verify.html")
    policy = re.search(r'http-equiv="Content-Security-Policy"\s+content="([^"]+)"', answer.content.decode())
    assert "Content-Security-Policy" not in answer
    assert policy is not None
    assert "default-src 'none'" in policy[1]
    assert "unsafe" not in policy[1]


def test_cookies_are_for_the_server_alone(login: User) -> None:
    client = sign_in(login.email)
    client.get("/account/logout/")
    kept = {
        name: (cookie["httponly"], cookie["samesite"], cookie["path"])
        for name, cookie in client.cookies.items()
    }
    assert kept == {"talanoa": (True, "Lax", "/"), "csrf": (True, "Lax", "/")}


def test_a_reader_without_a_login_gets_no_cookie(log: object) -> None:
    client = Client()
    for page in ("/", "/record/", "/rules/", "/record/verify.html"):
        client.get(page)
    assert dict(client.cookies) == {}


def check(home: Path, **more: str) -> "subprocess.CompletedProcess[str]":
    """Run Django's own gate as an operator does before going live."""
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "talanoa.conf.settings",
        "TALANOA_HOME": str(home),
        "TALANOA_URL": "https://talanoa.example",
        "TALANOA_HOSTS": "talanoa.example",
        "TALANOA_SECRET_KEY": "k7Vq!w3-Zr9pXe5LmT2bHs8NyGd4JfAc6UoWi0RtQv1_KhMzBnSx",
    }
    program = Path(sys.executable).with_name("talanoa")
    command = [program, "check", "--deploy", "--fail-level", "WARNING"]
    return subprocess.run(
        command, env=environment | more, capture_output=True, text=True, check=False, timeout=120
    )


def test_an_installation_with_https_passes_djangos_gate(tmp_path: Path) -> None:
    told = check(tmp_path)
    assert (told.returncode, told.stdout) == (0, "System check identified no issues (0 silenced).\n")


def test_one_without_https_does_not(tmp_path: Path) -> None:
    told = check(tmp_path, TALANOA_URL="http://talanoa.example")
    assert told.returncode == 1
    assert "security.W012" in told.stderr


@pytest.fixture
def https(settings: Any) -> Client:
    settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS = True, 31_536_000
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    return Client()


def test_with_https_a_browser_is_told_to_stay_with_it(https: Client, log: object) -> None:
    plain, behind_proxy = https.get("/rules/"), https.get("/rules/", headers={"x-forwarded-proto": "https"})
    assert (plain.status_code, plain["Location"]) == (301, "https://testserver/rules/")
    assert (behind_proxy.status_code, behind_proxy["Strict-Transport-Security"]) == (200, "max-age=31536000")


def test_another_host_name_is_refused(log: object) -> None:
    assert Client(raise_request_exception=False).get("/", headers={"host": "evil.example"}).status_code == 400
