"""Lists: what their fields tell, who wrote, and where a mail stands in the archive."""

import pytest

from mail.example_lists import ARCHIVE, FOOTER, LIST_ID, POST, listed, munged
from talanoa.lib.rfc5322 import parse
from talanoa.lib.rfc5322.lists import (
    addresses_of_list,
    is_of_list,
    name_without_list,
    permalink,
    without_footer,
    writer,
)

KNOWN = addresses_of_list(LIST_ID, POST)
TUPOU = "tupou@nukualofa.example"


def test_the_fields_of_a_list_are_read() -> None:
    mail = parse(listed("Yes.", sender=TUPOU, archived_at=f"{ARCHIVE}message/ABC/"))
    assert (mail.list_id, mail.list_post, mail.list_archive) == (LIST_ID, POST, ARCHIVE)
    assert mail.archived_at == f"{ARCHIVE}message/ABC/"


@pytest.mark.parametrize(
    ("field", "name"),
    [
        ("List-Post: NO", "list_post"),
        ("List-Post: <https://lists.example/>", "list_post"),
        ("List-Post: <mailto:a@b.example,c@d.example>", "list_post"),
        ("List-Archive: archive of the list", "list_archive"),
        ("Archived-At: <javascript:alert(1)>", "archived_at"),
        ("Archived-At: <https://user@lists.example/x>", "archived_at"),
        ("Archived-At: <https://[::1/x>", "archived_at"),
    ],
)
def test_a_field_that_holds_no_address_says_nothing(field: str, name: str) -> None:
    assert getattr(parse(f"{field}\r\nFrom: a@b.example\r\n\r\nx".encode()), name) == ""


def test_precedence_list_is_a_list_s_mark_where_there_is_one_and_a_machine_s_otherwise() -> None:
    by_list = parse(listed("Yes.", sender=TUPOU))
    by_machine = parse(b"From: a@b.example\r\nPrecedence: list\r\n\r\nI am away.")
    away = parse(listed("I am away.", sender=TUPOU, headers="Auto-Submitted: auto-replied\n"))
    bulk = parse(b"From: a@b.example\r\nPrecedence: bulk\r\nList-Id: <x.example>\r\n\r\nNews.")
    assert [m.auto_submitted for m in (by_list, by_machine, away, bulk)] == [False, True, True, True]


@pytest.mark.parametrize(
    "address",
    [
        POST,
        POST.upper(),
        *(f"talk-{end}@lists.garissa.example" for end in ("request", "bounces", "owner", "leave")),
    ],
)
def test_the_addresses_of_the_list_are_its_own(address: str) -> None:
    assert is_of_list(address, KNOWN)


@pytest.mark.parametrize("address", [TUPOU, "talk@nukualofa.example", "talker@lists.garissa.example", ""])
def test_the_addresses_of_people_are_not(address: str) -> None:
    assert not is_of_list(address, KNOWN)


def test_a_bounce_address_with_its_recipient_in_it_is_the_list_s() -> None:
    assert is_of_list("talk-bounces+tupou=nukualofa.example@lists.garissa.example", KNOWN)


@pytest.mark.parametrize(
    ("sender", "behind", "found"),
    [
        (TUPOU, (), TUPOU),
        (TUPOU, ("other@x.example",), TUPOU),
        (POST, (TUPOU,), TUPOU),
        (POST, (TUPOU, POST), TUPOU),
        (POST, (TUPOU, TUPOU), TUPOU),
        (POST, (TUPOU, "other@x.example"), ""),
        (POST, (POST,), ""),
        (POST, (), ""),
        ("", (TUPOU,), TUPOU),
        ("", (), ""),
    ],
)
def test_the_author_is_the_sender_or_the_one_behind_the_list(
    sender: str, behind: tuple[str, ...], found: str
) -> None:
    assert writer(sender, behind, KNOWN) == found


def test_a_mail_with_the_list_in_from_tells_who_is_behind_it() -> None:
    sender, headers = munged("Tupou Fifita", TUPOU)
    mail = parse(listed("Yes.", sender=sender, headers=headers))
    assert writer(mail.sender_address, mail.behind, KNOWN) == TUPOU
    assert name_without_list(mail.sender_name) == "Tupou Fifita"


def test_a_name_without_a_list_stays() -> None:
    assert name_without_list("Olivia Viallon") == "Olivia Viallon"


@pytest.mark.parametrize(
    ("archived_at", "archive", "message_id", "found"),
    [
        ("", ARCHIVE, "alpha", f"{ARCHIVE}message/XZ3DGG4V37BZTTLXNUX4NABB4DNQHTCP/"),
        ("", ARCHIVE.rstrip("/"), "alpha", f"{ARCHIVE}message/XZ3DGG4V37BZTTLXNUX4NABB4DNQHTCP/"),
        ("https://lists.garissa.example/x", ARCHIVE, "alpha", "https://lists.garissa.example/x"),
        (
            "https://elsewhere.example/x",
            ARCHIVE,
            "alpha",
            f"{ARCHIVE}message/XZ3DGG4V37BZTTLXNUX4NABB4DNQHTCP/",
        ),
        ("https://elsewhere.example/x", "", "alpha", ""),
        ("", "https://lists.example/pipermail/talk/", "alpha", ""),
        (
            "https://lists.example/p/1.html",
            "https://lists.example/pipermail/",
            "a",
            "https://lists.example/p/1.html",
        ),
        ("", ARCHIVE, "", ""),
        ("", "", "alpha", ""),
    ],
)
def test_a_permalink_is_the_archive_s_own_or_known_from_the_identifier(
    archived_at: str, archive: str, message_id: str, found: str
) -> None:
    assert permalink(archived_at, archive, message_id) == found


def test_what_the_list_writes_below_a_mail_is_not_its_author_s() -> None:
    assert without_footer(f"Yes.\n{FOOTER}") == "Yes."
    assert without_footer("Yes.\n____\nNo list.") == "Yes.\n____\nNo list."
