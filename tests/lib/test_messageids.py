"""Message identifiers: what can stand in a header, the permalink, the order of what a mail answers."""

import pytest

from talanoa.lib.messageids import MOST, chain, is_message_id, nearest_first, permalink_hash


def test_the_permalink_is_that_of_mailman() -> None:
    assert permalink_hash("alpha") == "XZ3DGG4V37BZTTLXNUX4NABB4DNQHTCP"


@pytest.mark.parametrize("name", ["", "a b", "a<b", "a>", "a\r\nBcc: x", "ä@x", "x" * 251, "a\tb"])
def test_what_could_begin_another_header_is_no_identifier(name: str) -> None:
    assert not is_message_id(name)


def test_the_nearest_comes_first_and_each_once() -> None:
    assert nearest_first("c", ["a", "b", "c"]) == ["c", "b", "a"]
    assert nearest_first("", ["a", "b"]) == ["b", "a"]


def test_an_answer_refers_to_the_first_and_the_last_before_it() -> None:
    assert chain(["a", "b"], "c") == ["a", "b", "c"]
    assert chain(["a b", "c", "a"], "c") == ["a", "c"]
    long = [f"m{n}" for n in range(40)]
    assert chain(long, "parent") == ["m0", *long[-(MOST - 2) :], "parent"]
