import pytest
from hypothesis import given
from hypothesis import strategies as st

from talanoa.lib.did_keys import KeyUnreadable, did_key, did_web, document, keys_of, method_id, public_key

# The example of RFC 8032, section 7.1, test 1, as other implementations of did:key write it.
PUBLIC = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
DID = "did:key:z6MktwupdmLXVVqTzCw4i46r4uGyosGXRnR3XjN4Zq7oMMsw"


def test_a_key_has_the_name_that_others_give_it() -> None:
    assert (did_key(PUBLIC), public_key(DID)) == (DID, PUBLIC)


@given(st.binary(min_size=32, max_size=32))
def test_every_key_is_found_again_by_its_name(public: bytes) -> None:
    assert public_key(did_key(public)) == public


@pytest.mark.parametrize(
    "did",
    [
        "",
        "did:web:talanoa.example",
        DID[:-1],
        f"{DID}1",
        DID.replace("z6Mk", "6Mkk"),
        DID.replace("w", "0", 1),
        DID.replace("z6Mk", "z6Lk"),
        DID.replace("z6Mk", "zzzz"),
        f"{DID[:-1]}é",
        DID.upper(),
    ],
)
def test_any_other_name_is_refused(did: str) -> None:
    with pytest.raises(KeyUnreadable):
        public_key(did)


def test_a_key_of_another_length_has_no_name() -> None:
    with pytest.raises(KeyUnreadable):
        did_key(PUBLIC[:-1])


def test_a_signature_names_the_one_key_of_a_did_key() -> None:
    assert method_id(DID) == f"{DID}#{DID.removeprefix('did:key:')}"


@pytest.mark.parametrize(
    ("site", "did"),
    [
        ("https://talanoa.example", "did:web:talanoa.example"),
        ("http://localhost:8000", "did:web:localhost%3A8000"),
    ],
)
def test_a_site_has_a_did_by_its_host_and_port(site: str, did: str) -> None:
    assert did_web(site) == did


def test_the_document_of_a_site_has_every_key_that_ever_signed() -> None:
    made = document("https://talanoa.example", [PUBLIC, bytes(32)])
    assert keys_of(made) == [PUBLIC, bytes(32)]
    assert made["alsoKnownAs"][0] == DID


@pytest.mark.parametrize("made", [None, [], {}, {"verificationMethod": {}}, {"verificationMethod": [1, {}]}])
def test_a_document_without_a_key_is_refused(made: object) -> None:
    with pytest.raises(KeyUnreadable):
        keys_of(made)
