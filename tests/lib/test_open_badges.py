"""A hundred badges of anybody, checked by a verifier that others wrote; and every way that we know to change one."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openvc import OpenvcError, VerificationPolicy, VerificationResult, verify_credential
from openvc.did.base import DidResolverRegistry
from openvc.did.did_key import DidKeyResolver
from openvc.resolvers import default_status_list_resolver
from openvc.status import CredentialRevoked

from lib.example_badges import ISSUER, LIST, NAMES, STRANGER, Signer, example, random_badge
from talanoa.lib.badge_verdicts import Code, verify
from talanoa.lib.open_badges import Badge, BadgeUnreadable, Holder, badge_of, credential, holder

CHANCE = Random(20_260_302)
BADGES = [random_badge(CHANCE) for _ in range(100)]
OFFLINE = DidResolverRegistry([DidKeyResolver()])
POLICY = VerificationPolicy(expected_types=["AchievementCredential"], require_status_issuer_binding=True)


def by_others(token: str, *revoked: int, lister: Signer = ISSUER) -> VerificationResult:
    """What openvc-core says of a badge and its status list; it asks no network."""

    def fetch(url: str) -> str:
        assert url == LIST
        return lister.status_list(*revoked)

    listed = default_status_list_resolver(resolver=OFFLINE, fetch=fetch)
    return verify_credential(token, resolver=OFFLINE, policy=POLICY, resolve_status_list=listed)


@pytest.mark.parametrize("badge", BADGES)
def test_an_independent_verifier_accepts_the_badge(badge: Badge) -> None:
    found = by_others(ISSUER.seal(badge))
    assert found.credential == credential(badge)
    assert (found.issuer, found.subject) == (ISSUER.did, f"{badge.id}#holder")


@pytest.mark.parametrize("badge", BADGES)
def test_an_independent_verifier_and_we_say_that_it_was_revoked(badge: Badge) -> None:
    token, place = ISSUER.seal(badge), badge.status_place
    with pytest.raises(CredentialRevoked):
        by_others(token, place)
    found = verify(
        token,
        issuer_keys=[ISSUER.public],
        status_list=ISSUER.status_list(place, at=badge.awarded_at),
        at=badge.awarded_at,
    )
    assert found.code == Code.REVOKED


@pytest.mark.parametrize("badge", BADGES)
def test_neither_takes_a_badge_in_which_a_letter_is_another_one(badge: Badge) -> None:
    token = ISSUER.seal(badge)
    for _ in range(20):
        place, letter = CHANCE.randrange(len(token)), CHANCE.choice("AQgwZaz09-_.")
        altered = token[:place] + letter + token[place + 1 :]
        if (
            altered == token or place == len(token) - 1
        ):  # others let unused bits of the last letter pass; we do not
            continue
        with pytest.raises(OpenvcError):
            by_others(altered)
        assert verify(altered, issuer_keys=[ISSUER.public], at=badge.awarded_at).code != Code.OK


def test_neither_takes_the_signature_of_another_badge() -> None:
    tokens = [ISSUER.seal(badge) for badge in BADGES]
    for token, other in zip(tokens, tokens[1:] + tokens[:1], strict=True):
        swapped = f"{token.rpartition('.')[0]}.{other.rpartition('.')[2]}"
        with pytest.raises(OpenvcError):
            by_others(swapped)
        assert verify(swapped, issuer_keys=[ISSUER.public], at=BADGES[0].awarded_at).code == Code.ALTERED


def test_neither_takes_a_list_that_somebody_else_signed() -> None:
    token = ISSUER.seal(BADGES[0])
    with pytest.raises(OpenvcError):
        by_others(token, lister=STRANGER)
    found = verify(
        token, issuer_keys=[ISSUER.public], status_list=STRANGER.status_list(), at=BADGES[0].awarded_at
    )
    assert found.code == Code.STATUS_UNREADABLE


@pytest.mark.parametrize("badge", BADGES)
def test_a_credential_is_read_back_as_the_badge_that_it_is(badge: Badge) -> None:
    assert badge_of(credential(badge)) == badge


def paths(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every place in a credential at which something stands."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(found for key, one in inside for found in paths(one, (*path, key)))]


def at_path(value: Any, path: Sequence[str | int]) -> Any:
    for key in path:
        value = value[key]
    return value


def changed(path: tuple[str | int, ...], value: object) -> dict[str, Any]:
    made = credential(example())
    *way, last = path
    at_path(made, way)[last] = value
    return made


# A badge may rest on nothing, and name no competency.
MAY_BE_EMPTY = (("evidence",), ("credentialSubject", "achievement", "alignment"))


@pytest.mark.parametrize("path", paths(credential(example()))[1:])
@pytest.mark.parametrize("value", [None, 7, [], {}, "x"])
def test_a_credential_of_another_shape_is_no_badge(path: tuple[str | int, ...], value: object) -> None:
    made = changed(path, value)
    is_word = value == "x" and not isinstance(at_path(credential(example()), path), dict | list | bool)
    if (value == [] and path in MAY_BE_EMPTY) or is_word:
        return
    with pytest.raises(BadgeUnreadable):
        badge_of(made)


@pytest.mark.parametrize(
    "more",
    [
        {"image": "https://evil.example/"},
        {"validUntil": "soon"},
        {"validUntil": "2999-01-01T00:00:00+00:00"},
        {"credentialSchema": []},
        {"type": ["VerifiableCredential"]},
    ],
)
def test_a_credential_that_says_more_or_less_is_no_badge(more: dict[str, Any]) -> None:
    with pytest.raises(BadgeUnreadable):
        badge_of(credential(example()) | more)


@given(st.sampled_from(NAMES), st.emails(), st.emails(), st.binary(min_size=16, max_size=16))
def test_who_reads_mail_at_the_address_can_show_that_the_badge_is_theirs(
    name: str, address: str, other: str, salt: bytes
) -> None:
    held = holder(name, address, salt)
    assert held.has(address.upper() if address.isascii() else address)
    assert held.has(other) == (other.lower() == address.lower())


def test_the_address_is_nowhere_in_the_badge_and_its_digest_is_another_in_each() -> None:
    first, second = (holder("Yusuf Abdi", "yusuf@garissa.example", salt) for salt in (b"a" * 16, b"b" * 16))
    assert first.address_hash != second.address_hash
    assert "garissa" not in str(credential(replace(example(), holder=first)))


def test_who_has_no_address_is_named_and_cannot_show_it() -> None:
    held = holder("Sione Vea", "", b"a" * 16)
    assert held == Holder("Sione Vea")
    assert not held.has("")
