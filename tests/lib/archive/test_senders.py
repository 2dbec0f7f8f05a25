"""Who a message of an archive is from."""

import pytest

from talanoa.lib.archive.senders import sender


@pytest.mark.parametrize(
    ("value", "name", "address"),
    [
        (b"amina at radio.example (Amina Diallo)", "Amina Diallo", "amina@radio.example"),
        (b"Amina Diallo <Amina@Radio.example>", "Amina Diallo", "amina@radio.example"),
        (b'"Diallo, Amina" <amina at radio.example>', "Diallo, Amina", "amina@radio.example"),
        (b"amina@radio.example", "", "amina@radio.example"),
        (b"=?utf-8?q?Jo=C3=A3o?= <joao@rede.example>", "João", "joao@rede.example"),
        (b"Jo\xe3o <joao@rede.example>", "João", "joao@rede.example"),
        (b"Nobody in particular", "Nobody in particular", ""),
        (b"", "", ""),
    ],
)
def test_names_and_addresses_are_read_however_they_stand(value: bytes, name: str, address: str) -> None:
    if not address:
        assert sender(value).address == ""
        return
    assert sender(value)[:2] == (name, address)


def test_a_hidden_address_is_noted_and_a_plain_one_is_not() -> None:
    assert sender(b"amina at radio.example (Amina)").notes == ("address_obscured",)
    assert sender(b"Amina <amina@radio.example>").notes == ()


def test_two_senders_in_one_field_are_nobody() -> None:
    assert sender(b"a@x.example, b@y.example").address == ""
