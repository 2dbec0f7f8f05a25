"""The head of a raw mail: who delivered it is believed, who sent it is not; and what is left of an unreadable one."""

import pytest

from talanoa.lib.rfc5322 import delivered_to, essential_head

RECEIVED = b"Received: from a.example by mx.talanoa.example\r\n\tid 1; Mon, 2 Mar 2026 10:00:00 +0000\r\n"
OURS = b"Return-Path: <y@a.example>\r\nDelivered-To: box@talanoa.example\r\nX-Original-To: <NM@Talanoa.Example>\r\n"


def test_the_address_as_it_was_written_comes_before_the_one_that_it_led_to() -> None:
    assert delivered_to(OURS + RECEIVED + b"\r\n") == ("nm@talanoa.example", "box@talanoa.example")


@pytest.mark.parametrize(
    "raw",
    [
        RECEIVED + OURS + b"\r\n",
        OURS + b"\r\nReceived: in the body\r\n",
        b"",
        b"\r\n",
        b"X: " + b"x" * 70_000 + b"\r\n" + OURS + RECEIVED,
    ],
    ids=["below", "no Received", "nothing", "no header", "beyond the limit"],
)
def test_what_the_delivering_server_did_not_write_is_not_believed(raw: bytes) -> None:
    assert delivered_to(raw) == ()


def test_the_essential_head_says_who_and_what_and_nothing_long() -> None:
    raw = (
        b"X-Filler: " + b"x" * 9000 + b"\r\nFROM: Yusuf\r\n <y@a.example>\r\nFrom: evil@a.example\r\n"
        b"Subject: " + b"s" * 2000 + b"\r\n " + b"s" * 90_000 + b"\r\nTo: nm@a.example\r\n\r\nTo: body\r\n"
    )
    assert essential_head(raw) == b"FROM: Yusuf\r\n <y@a.example>\r\n\r\n"
    short = b"From: y@a.example\r\nTo: nm@a.example\r\n\r\nWords"
    assert essential_head(short) == b"From: y@a.example\r\nTo: nm@a.example\r\n\r\n"
