"""Reply tokens: for one person, in one process, for ninety days; only their hash is kept."""

import pytest
from django.db import connection

from conftest import day
from talanoa.mail import tokens
from talanoa.mail.models import ReplyToken
from talanoa.people.models import Person

TOKEN = "abcdefghijklmnopqrstuvwxyz"


@pytest.fixture
def token(yusuf: Person) -> str:
    return tokens.issue(yusuf, process_key="nm", number=3, at=day(0))


def test_a_token_leads_to_its_person_and_number(token: str, yusuf: Person) -> None:
    row = tokens.find(token, process_key="nm", at=day(1))
    assert row is not None
    assert (row.person, row.number) == (yusuf, 3)


def test_a_token_is_valid_for_ninety_days(token: str) -> None:
    assert tokens.find(token, process_key="nm", at=day(89.9)) is not None
    assert tokens.find(token, process_key="nm", at=day(90)) is None


def test_a_token_is_of_no_use_in_another_process(token: str) -> None:
    assert tokens.find(token, process_key="geo", at=day(1)) is None


def test_mail_systems_may_change_the_case_of_a_token(token: str) -> None:
    assert tokens.find(token.upper(), process_key="nm", at=day(1)) is not None


def test_only_the_hash_is_kept(token: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM mail_replytoken")
        assert token not in str(cursor.fetchall())


def test_every_token_is_another_one_of_26_letters(yusuf: Person) -> None:
    drawn = {tokens.issue(yusuf, process_key="nm", number=None, at=day(0)) for _ in range(20)}
    assert {len(token) for token in drawn} == {26}
    assert ReplyToken.objects.count() == len(drawn) == 20


@pytest.mark.parametrize(
    ("local", "meant"),
    [
        ("nm", ("nm", "", "")),
        ("NM", ("nm", "", "")),
        (f"nm+{TOKEN}", ("nm", TOKEN, "")),
        (f"NM+{TOKEN.upper()}", ("nm", TOKEN, "")),
        ("open-call", ("open-call", "", "")),
        ("nm+inbox", ("nm", "", "inbox")),
        (f"nm+{TOKEN}x", ("nm", "", f"{TOKEN}x")),
        ("nm+", ("nm", "", "")),
        ("7up", ("", "", "")),
        ("a key of more than twelve", ("", "", "")),
        ("", ("", "", "")),
    ],
)
def test_an_address_of_ours_names_process_token_and_tag(local: str, meant: tuple[str, str, str]) -> None:
    assert tokens.split_local(local) == meant
