import pytest
from hypothesis import given
from hypothesis import strategies as st

from talanoa.lib.strict64 import decode, decode_url, encode, encode_url


@given(st.binary())
def test_what_is_encoded_decodes_to_itself(data: bytes) -> None:
    assert (decode(encode(data)), decode_url(encode_url(data))) == (data, data)


@pytest.mark.parametrize("text", ["AB==", "AA=", "AA", "AA== ", "A A=", "é===", "AA==AA==", "_w==", "="])
def test_a_second_spelling_of_the_same_bytes_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        decode(text)


@pytest.mark.parametrize("text", ["AB", "AA==", "A", "+w", "/w", " AA", "é", "_w="])
def test_a_second_url_spelling_of_the_same_bytes_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        decode_url(text)
