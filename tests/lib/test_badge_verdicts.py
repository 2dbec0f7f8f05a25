from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.example_badges import AWARDED, ISSUER, LIST, STRANGER, example
from talanoa.lib import strict64, vc_jwt
from talanoa.lib.badge_verdicts import MAX_CHARACTERS, Code, Verdict, digest, verify
from talanoa.lib.open_badges import credential
from talanoa.lib.status_lists import credential as listed

LATER = AWARDED + timedelta(days=400)
TOKEN = ISSUER.seal(example())


def check(token: str = TOKEN, status_list: str | None = None, at: datetime = LATER) -> Verdict:
    return verify(token, issuer_keys=[ISSUER.public], status_list=status_list, at=at)


def test_a_badge_that_holds_is_told_whole() -> None:
    found = check(status_list=ISSUER.status_list(76, 78))
    assert found == Verdict(Code.OK, example(), ISSUER.did, digest(TOKEN), AWARDED)


def test_without_a_list_nothing_is_said_of_revocation() -> None:
    assert (check().code, check().status_at) == (Code.OK, None)


def test_a_badge_that_was_taken_back_says_so() -> None:
    assert check(status_list=ISSUER.status_list(77)).code == Code.REVOKED


def test_a_badge_of_somebody_else_tells_nothing_but_their_key() -> None:
    made = replace(example(), issuer=replace(example().issuer, did=STRANGER.did))
    assert check(STRANGER.seal(made)) == Verdict(Code.NOT_OURS, signed_by=STRANGER.did)


def test_a_badge_that_claims_the_issuer_and_is_signed_by_another_is_altered() -> None:
    words = TOKEN.rpartition(".")[0]
    forged = f"{words}.{strict64.encode_url(STRANGER.key.sign(words.encode()))}"
    assert check(forged) == Verdict(Code.ALTERED, signed_by=ISSUER.did)


def test_a_badge_is_not_valid_before_it_was_awarded_nor_once_its_time_has_passed() -> None:
    assert check(at=AWARDED - timedelta(seconds=1)).code == Code.NOT_YET
    until = AWARDED + timedelta(days=10)
    token = ISSUER.seal(replace(example(), valid_until=until))
    assert check(token, at=until - timedelta(seconds=1)).code == Code.OK
    assert check(token, at=until).code == Code.EXPIRED


def test_a_signed_credential_that_is_no_badge_is_unreadable() -> None:
    made = vc_jwt.seal(credential(example()) | {"more": "x"}, public=ISSUER.public, sign=ISSUER.key.sign)
    assert check(made) == Verdict(Code.UNREADABLE, signed_by=ISSUER.did)


def lists() -> dict[str, str]:
    made = listed(LIST, ISSUER.did, [], at=AWARDED, until=LATER + timedelta(days=1))
    subject = made["credentialSubject"]

    def seal(**changed: object) -> str:
        return vc_jwt.seal(made | changed, public=ISSUER.public, sign=ISSUER.key.sign)

    return {
        "nothing": "",
        "no list": TOKEN,
        "another list": seal(id=f"{LIST}0"),
        "signed by somebody else": STRANGER.status_list(),
        "altered": ISSUER.status_list()[:-8] + "AAAAAAAA",
        "too old": seal(validUntil=f"{LATER:{vc_jwt.INSTANT}}"),
        "of later": seal(validFrom="2998-01-01T00:00:00Z", validUntil="2999-01-01T00:00:00Z"),
        "about something else": seal(credentialSubject=subject | {"statusPurpose": "suspension"}),
        "of another kind": seal(credentialSubject=subject | {"type": "List"}),
        "damaged": seal(credentialSubject=subject | {"encodedList": "uAAAA"}),
        "without bits": seal(credentialSubject={"id": "x"}),
        "bits that are no text": seal(credentialSubject=subject | {"encodedList": 7}),
    }


@pytest.mark.parametrize("status_list", lists().values(), ids=lists().keys())
def test_a_list_that_cannot_be_trusted_never_clears_a_badge(status_list: str) -> None:
    assert check(status_list=status_list).code == Code.STATUS_UNREADABLE


def test_a_list_may_be_signed_by_a_newer_key_of_the_issuer() -> None:
    made = STRANGER.status_list(77)
    found = verify(TOKEN, issuer_keys=[STRANGER.public, ISSUER.public], status_list=made, at=LATER)
    assert found.code == Code.REVOKED


def test_what_is_too_long_is_not_read() -> None:
    assert check("A" * (MAX_CHARACTERS + 1)) == Verdict(Code.UNREADABLE)


@given(st.text() | st.lists(st.sampled_from([TOKEN, ".", "A", *TOKEN.split(".")])).map("".join))
def test_no_text_makes_the_check_fail_or_passes_it(text: str) -> None:
    assert check(text).code in ({Code.OK} if text == TOKEN else {Code.UNREADABLE, Code.ALTERED})


def test_the_record_holds_the_digest_of_the_very_text() -> None:
    assert (
        digest("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    )  # FIPS 180-2, B.1
