"""A domain vouches for a mail by its signature, or by the word of a server of ours; nobody else's word counts."""

import base64

import dkim
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from talanoa.lib.authentication import is_aligned, vouched_by_results, vouched_by_signature

MAIL = b"From: Yusuf <yusuf@garissa.example>\r\nTo: nm@talanoa.example\r\nSubject: Wells\r\n\r\nDig two.\r\n"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PEM = KEY.private_bytes(
    serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
)
PUBLIC = base64.b64encode(
    KEY.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
)


def signed(domain: bytes = b"garissa.example", *, length: bool = False, mail: bytes = MAIL) -> bytes:
    signature: bytes = dkim.sign(
        mail, b"s1", domain, PEM, include_headers=[b"from", b"to", b"subject"], length=length
    )
    return signature + mail


def key_at(name: bytes) -> bytes:
    return b"v=DKIM1; k=rsa; p=" + PUBLIC


def vouched(raw: bytes) -> bool:
    return vouched_by_signature(raw, domain="garissa.example", lookup=key_at)


def result(value: str, domain: str = "garissa.example") -> bool:
    return vouched_by_results([value], server="mx.talanoa.example", domain=domain)


def test_a_domain_vouches_by_its_signature() -> None:
    assert vouched(signed())
    assert vouched(b"Received: by a relay\r\n" + signed())


@pytest.mark.parametrize(
    ("was", "becomes"), [(b"two", b"ten"), (b"yusuf@", b"nino@"), (b"Wells", b"Walls"), (b"nm@", b"geo@")]
)
def test_a_signature_over_other_words_vouches_for_nothing(was: bytes, becomes: bytes) -> None:
    assert not vouched(signed().replace(was, becomes))


def test_another_domain_signs_for_itself_only() -> None:
    assert not vouched(signed(b"mallory.example"))


def test_words_added_below_a_signed_length_are_not_vouched_for() -> None:
    assert not vouched(signed(length=True))


def test_without_a_key_or_a_signature_nobody_vouches() -> None:
    assert not vouched(MAIL)
    assert not vouched_by_signature(signed(), domain="garissa.example", lookup=lambda _name: None)


def test_the_key_of_a_stranger_is_not_even_asked_for() -> None:
    asked: list[bytes] = []
    vouched_by_signature(signed(b"mallory.example"), domain="garissa.example", lookup=asked.append)
    assert asked == []


@pytest.mark.parametrize("fields", [b"v=1;;;=", b"\xff", b"d=."])
def test_a_signature_that_cannot_be_read_is_passed_over(fields: bytes) -> None:
    broken = b"DKIM-Signature: " + fields + b"\r\n"
    assert not vouched(broken + MAIL)
    assert vouched(broken + signed())


@pytest.mark.parametrize(
    ("domain", "signer", "may"),
    [
        ("garissa.example", "garissa.example", True),
        ("mail.garissa.example", "garissa.example", True),
        ("garissa.example", "mail.garissa.example", False),
        ("garissa.example", "example", False),
        ("notgarissa.example", "garissa.example", False),
        ("garissa.example", "", False),
    ],
)
def test_a_signer_speaks_for_its_own_domain_and_those_within(domain: str, signer: str, may: bool) -> None:
    assert is_aligned(domain, signer) is may


@pytest.mark.parametrize(
    ("value", "counts"),
    [
        ("mx.talanoa.example; dkim=pass header.d=garissa.example", True),
        ("MX.talanoa.example; spf=fail; dmarc=pass header.from=garissa.example", True),
        ("mx.talanoa.example; dkim=pass header.d=mallory.example", False),
        ("mx.talanoa.example; dkim=fail header.d=garissa.example", False),
        ("mx.talanoa.example; spf=pass smtp.mailfrom=yusuf@garissa.example", False),
        ("mx.mallory.example; dkim=pass header.d=garissa.example", False),
        ("mx.talanoa.example; none", False),
        ("((((" * 2000, False),
        ("", False),
    ],
    ids=range(9),
)
def test_only_our_own_server_is_believed_and_only_about_this_domain(value: str, counts: bool) -> None:
    assert result(value) is counts


def test_of_two_results_in_the_name_of_our_server_the_newest_counts() -> None:
    forged = "mx.talanoa.example; dkim=pass header.d=garissa.example"
    told = ["mx.talanoa.example; dkim=none", forged]
    assert not vouched_by_results(told, server="mx.talanoa.example", domain="garissa.example")
