import hmac
import json
from collections.abc import Iterator
from typing import Any

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.example_badges import ISSUER, STRANGER, example
from talanoa.lib import strict64
from talanoa.lib.open_badges import credential
from talanoa.lib.vc_jwt import TokenAltered, TokenUnreadable, instant, opened, read, seal

TOKEN = ISSUER.seal(example())
HEAD, BODY, SIGNATURE = TOKEN.split(".")
HEADER: dict[str, Any] = json.loads(strict64.decode_url(HEAD))
PAYLOAD: dict[str, Any] = json.loads(strict64.decode_url(BODY))


def signed(header: object = HEADER, payload: object = PAYLOAD) -> str:
    """A token of the issuer with another header or payload, its signature right."""
    parts = [data if isinstance(data, bytes) else rfc8785.dumps(data) for data in (header, payload)]  # type: ignore[arg-type]
    return resigned(".".join(strict64.encode_url(part) for part in parts))


def resigned(words: str) -> str:
    return f"{words}.{strict64.encode_url(ISSUER.key.sign(words.encode()))}"


def test_what_was_sealed_is_read_again() -> None:
    assert opened(read(TOKEN)) == credential(example())


def test_the_payload_is_the_credential_as_open_badges_3_0_writes_it_and_as_data_model_1_1_did() -> None:
    made = credential(example())
    claims = {"iss": ISSUER.did, "jti": made["id"], "nbf": 1709370000, "sub": f"{made['id']}#holder"}
    assert made | claims | {"vc": made} == PAYLOAD


def test_the_header_says_how_it_is_signed_and_nothing_else() -> None:
    assert {"alg": "EdDSA", "kid": f"{ISSUER.did}#{ISSUER.did[8:]}", "typ": "JWT"} == HEADER


def test_a_key_signs_only_for_itself() -> None:
    with pytest.raises(ValueError, match="issuer"):
        seal(credential(example()), public=STRANGER.public, sign=STRANGER.key.sign)


@pytest.mark.parametrize(
    "header",
    [
        HEADER | {"alg": "none"},
        HEADER | {"alg": "HS256"},
        HEADER | {"alg": "Ed25519"},
        HEADER | {"alg": ["EdDSA"]},
        HEADER | {"typ": "sd-jwt"},
        HEADER | {"crit": ["b64"], "b64": False},
        HEADER | {"crit": []},
        HEADER | {"jwk": {"kty": "OKP", "crv": "Ed25519", "x": strict64.encode_url(STRANGER.public)}},
        HEADER | {"jku": "https://evil.example/keys"},
        HEADER | {"kid": ISSUER.did},
        HEADER | {"kid": f"{ISSUER.did}#{STRANGER.did[8:]}"},
        HEADER | {"kid": "https://evil.example/key"},
        HEADER | {"kid": 7},
        {"alg": "EdDSA", "typ": "JWT"},
        [],
        "EdDSA",
    ],
)
def test_another_header_is_refused_though_the_issuer_signed_it(header: object) -> None:
    with pytest.raises(TokenUnreadable):
        read(signed(header))


def test_a_public_key_is_no_secret_to_sign_with() -> None:
    head = strict64.encode_url(rfc8785.dumps(HEADER | {"alg": "HS256"}))
    forged = hmac.digest(ISSUER.public, f"{head}.{BODY}".encode(), "sha256")
    with pytest.raises(TokenUnreadable):
        read(f"{head}.{BODY}.{strict64.encode_url(forged)}")


@pytest.mark.parametrize(
    "payload",
    [
        strict64.decode_url(BODY)[:-1] + b',"zz":1,"zz":1}',
        b" " + strict64.decode_url(BODY),
        b'{"a": 1}',
        b'{"a":1.0}',
        b'{"a":NaN}',
        b'{"a":"\\ud800"}',
        b"[" * 9_000 + b"]" * 9_000,
        b'{"a":' + b"9" * 5_000 + b"}",
        b"\xff{}",
        b"[]",
        b"",
    ],
)
def test_json_in_any_other_spelling_is_refused_though_the_issuer_signed_it(payload: bytes) -> None:
    with pytest.raises(TokenUnreadable):
        read(signed(payload=payload))


@pytest.mark.parametrize(
    "changed",
    [
        {"iss": STRANGER.did},
        {"issuer": STRANGER.did},
        {"jti": "https://evil.example/"},
        {"sub": "https://evil.example/"},
        {"nbf": 1},
        {"exp": 4102444800},
        {"name": "Chair"},
        {"vc": credential(example()) | {"name": "Chair"}},
        {"vc": None},
        {"vc": []},
        {"vc": {}},
        {"more": 1},
    ],
)
def test_claims_that_contradict_the_credential_are_refused_though_the_issuer_signed_them(
    changed: dict[str, Any],
) -> None:
    with pytest.raises(TokenAltered):
        opened(read(signed(payload=PAYLOAD | changed)))


def test_a_claim_that_is_missing_is_refused() -> None:
    for name in PAYLOAD:
        with pytest.raises(TokenAltered):
            opened(read(signed(payload={key: value for key, value in PAYLOAD.items() if key != name})))


def misspelled() -> Iterator[str]:
    yield from ("", ".", "..", "...", HEAD, f"{HEAD}.{BODY}", f"{TOKEN}.", f"{TOKEN}.{SIGNATURE}")
    yield from (
        f" {TOKEN}",
        f"{TOKEN} ",
        f"{TOKEN}\n",
        TOKEN.replace(".", " .", 1),
        f"{HEAD}.{BODY}. {SIGNATURE}",
    )
    yield from (f"{TOKEN}=", f"{TOKEN}==", f"{HEAD}=.{BODY}.{SIGNATURE}", f"é{TOKEN}", TOKEN.swapcase())
    yield from (f"{HEAD}.{BODY}.", f".{BODY}.{SIGNATURE}", f"{HEAD}..{SIGNATURE}", f"{TOKEN[:-2]}")
    yield from (f"{HEAD}.{BODY}.{SIGNATURE[:40]}", f"{HEAD}.{BODY}.{SIGNATURE}AAAA", f"{TOKEN}~")
    # The last letter carries four bits of the signature and two that must be zero: three other letters mean the same.
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    place = alphabet.index(TOKEN[-1])
    yield from (TOKEN[:-1] + letter for letter in alphabet[place + 1 : place + 16])


@pytest.mark.parametrize("text", list(misspelled()))
def test_any_other_spelling_is_refused(text: str) -> None:
    with pytest.raises(TokenUnreadable):
        opened(read(text))


def test_what_is_too_long_is_refused_before_it_is_read() -> None:
    with pytest.raises(TokenUnreadable, match="longer than 100"):
        read(TOKEN, most=100)


@given(st.integers(0, len(TOKEN) - 1), st.sampled_from("AQgwZaz09-_.=+/ \n~é"))
@settings(max_examples=300)
def test_no_letter_can_be_another_one(place: int, letter: str) -> None:
    if letter == TOKEN[place]:
        return
    with pytest.raises(TokenUnreadable):
        opened(read(TOKEN[:place] + letter + TOKEN[place + 1 :]))


@given(st.text() | st.binary().map(lambda data: data.decode("latin-1")))
def test_anything_else_is_refused_without_a_fault(text: str) -> None:
    with pytest.raises(TokenUnreadable):
        read(text)


@pytest.mark.parametrize(
    "value",
    ["2024-03-02", "2024-03-02T09:00:00", "2024-03-02T09:00:00.0Z", "2024-03-02T09:00:00+00:00", "now"],
)
def test_an_instant_has_one_spelling(value: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        instant(value)
