"""Where a mailbox is: by TLS everywhere, without it on this very machine only."""

import pytest

from talanoa.mail.posting import Account, account


@pytest.mark.parametrize(
    ("where", "host", "port", "is_tls"),
    [
        ("imap.talanoa.example", "imap.talanoa.example", 993, True),
        ("imap.talanoa.example:143", "imap.talanoa.example", 143, True),
        ("127.0.0.1", "127.0.0.1", 993, True),
        ("127.0.0.1:143", "127.0.0.1", 143, False),
        ("localhost:1143", "localhost", 1143, False),
        ("localhost.evil.example:143", "localhost.evil.example", 143, True),
        ("::1", "::1", 993, True),
        ("[::1]:143", "::1", 143, False),
        ("[2001:db8::1]:143", "2001:db8::1", 143, True),
    ],
)
def test_only_this_machine_is_spoken_to_without_tls(where: str, host: str, port: int, is_tls: bool) -> None:
    made = account(where, user="desk", password="secret", folder="")
    assert made == Account(host, "desk", "secret", "INBOX", port, is_tls)


def test_a_port_that_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        account("imap.talanoa.example:imaps", user="desk", password="secret", folder="")


def test_an_account_is_named_without_its_password() -> None:
    made = account("127.0.0.1:143", user="desk", password="secret", folder="INBOX")
    assert repr(made) == "desk at 127.0.0.1:143"
