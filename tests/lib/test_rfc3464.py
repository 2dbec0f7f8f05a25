"""What a delivery report says of its recipients, and that a hostile one says nothing more."""

import pytest

from talanoa.lib.rfc3464 import undelivered

ONE = b"Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: RFC822; Yusuf@Garissa.example\r\nAction: Failed\r\n"


@pytest.mark.parametrize(
    ("status", "is_permanent"),
    [("5.1.1", True), ("5.0.0", True), ("5.2.2", False), ("5.7.1", False), ("4.4.7", False), ("", False)],
)
def test_only_a_mailbox_that_is_not_there_is_gone_for_good(status: str, is_permanent: bool) -> None:
    [row] = undelivered(ONE + f"Status: {status}\r\n".encode())
    assert (row.addresses, row.is_permanent) == ({"yusuf@garissa.example"}, is_permanent)


def test_the_address_first_written_counts_beside_the_one_reported() -> None:
    [row] = undelivered(ONE + b"Original-Recipient: rfc822;<y@a.example>\r\nStatus: 5.1.1\r\n")
    assert row.addresses == {"yusuf@garissa.example", "y@a.example"}


@pytest.mark.parametrize("action", [b"delayed", b"delivered", b"relayed", b"expanded", b""])
def test_what_has_not_failed_is_no_failure(action: bytes) -> None:
    assert undelivered(ONE.replace(b"Failed", action) + b"Status: 5.1.1\r\n") == []


def test_a_folded_field_is_read_whole() -> None:
    [row] = undelivered(b"x: y\n\nFinal-Recipient: rfc822;\n  y@a.example\nAction: failed\nStatus: 5.1.1\n")
    assert row.addresses == {"y@a.example"}


@pytest.mark.parametrize("part", [b"", b"\0" * 1000, b":" * 70_000, b"\n\n" * 40_000, "Ωé".encode("utf-16")])
def test_nonsense_names_nobody(part: bytes) -> None:
    assert undelivered(part) == []


def test_of_a_report_about_thousands_only_fifty_are_read() -> None:
    block = b"\r\nFinal-Recipient: rfc822; y@a.example\r\nAction: failed\r\nStatus: 5.1.1\r\n"
    assert len(undelivered(block * 5_000)) == 50
