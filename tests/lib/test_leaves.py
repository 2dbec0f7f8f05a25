import hashlib
import hmac
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talanoa.lib import strict64
from talanoa.lib.leaves import LeafError, commit, leaf, single_line

SALT = bytes(range(32))


def test_a_leaf_is_canonical_json_with_the_commitments_under_c() -> None:
    data = leaf({"v": 1, "k": "input.received.1", "n": 17}, {"title": "abc"})
    assert data == b'{"c":{"title":"abc"},"k":"input.received.1","n":17,"v":1}'


def test_a_commitment_is_an_hmac_over_field_zero_and_value() -> None:
    expected = hmac.new(SALT, "author\x00Adaeze Ọ".encode(), hashlib.sha256).digest()
    assert commit("author", "Adaeze Ọ", SALT) == strict64.encode_url(expected)


def test_the_same_value_has_another_commitment_in_another_field_and_under_another_salt() -> None:
    commitments = {commit("yes", "1", SALT), commit("no", "1", SALT), commit("yes", "1", SALT[::-1])}
    assert len(commitments) == 3


@pytest.mark.parametrize("salt", [b"", b"x" * 31, b"x" * 33])
def test_a_salt_that_is_not_32_bytes_is_refused(salt: bytes) -> None:
    with pytest.raises(LeafError):
        commit("vote", "agree", salt)


@pytest.mark.parametrize(("field", "value"), [("", "x"), ("a\x00b", "x"), ("a", "\ud800")])
def test_what_has_no_unique_bytes_is_not_committed_to(field: str, value: str) -> None:
    with pytest.raises(LeafError):
        commit(field, value, SALT)


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u3000", "\u2028", "\u0085"])
def test_whitespace_in_a_public_value_is_refused(space: str) -> None:
    with pytest.raises(LeafError, match="whitespace"):
        leaf({"g": f"civil{space}society"}, {})


def test_a_name_used_twice_is_refused() -> None:
    for fields in ({"c": 1}, {"title": "x"}):
        with pytest.raises(LeafError, match="twice"):
            leaf(fields, {"title": "abc"})


def test_a_leaf_that_no_bundle_could_hold_is_refused() -> None:
    assert len(leaf({"k": "x" * 65_520}, {})) == 65_535
    with pytest.raises(LeafError, match="65,535"):
        leaf({"k": "x" * 65_521}, {})


@pytest.mark.parametrize("value", [float("nan"), 2**53, b"bytes", {1: 2}, "\ud800", object()])
def test_what_has_no_canonical_json_is_refused(value: object) -> None:
    with pytest.raises(LeafError, match="canonical"):
        leaf({"k": value}, {})


@given(
    st.dictionaries(
        st.text("abdefgh", min_size=1), st.text("äxyz09-./_") | st.integers(0, 2**50) | st.booleans()
    )
)
def test_a_leaf_says_what_its_fields_say(fields: dict[str, object]) -> None:
    assert json.loads(leaf(fields, {"title": "abc"})) == {**fields, "c": {"title": "abc"}}


@pytest.mark.parametrize("value", ["", "one", "one two", "ein größeres Wort", "你好 世界"])
def test_words_with_one_space_between_them_are_a_single_line(value: str) -> None:
    assert single_line(value) is True


@pytest.mark.parametrize(
    "value", [" ", "one  two", " one", "one ", "one\ntwo", "one\ttwo", "one\u00a0two", "你\u3000好"]
)
def test_anything_that_mail_could_fold_otherwise_is_not(value: str) -> None:
    assert single_line(value) is False
