"""A name and an address in a header."""

from email.policy import default
from email.utils import parseaddr

import pytest

from talanoa.lib.mailboxes import mailbox


@pytest.mark.parametrize(
    "name",
    [
        "Yusuf Abdi",
        "Lucía Pereira",
        'A "quoted" \\ name',
        "amina@talanoa.example, <x@y>",
        "=?utf-8?q?x?=",
        "نور الدين",
    ],
)
def test_a_name_comes_back_as_it_was_and_the_address_stays_ours(name: str) -> None:
    line = mailbox(name, "talanoa@talanoa.example")
    assert "\n" not in line
    assert parseaddr(line)[1] == "talanoa@talanoa.example"
    [read] = default.header_factory("From", line).addresses
    assert (read.display_name, read.addr_spec) == (name, "talanoa@talanoa.example")


def test_without_a_name_the_address_stands_alone() -> None:
    assert mailbox(" \n", "a@b.example") == "a@b.example"
