import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.example_log import ExampleLog
from talanoa.lib.proofs import Proof, ProofMalformed

FIRST = "c2sp.org/tlog-proof@v1"
HASH = "gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ="
NOTE = "log.example\n1\nroot\n\n— log.example AAAA\n"


def test_a_proof_is_written_as_the_specification_says() -> None:
    proof = ExampleLog().grow(5).proof(4)
    lines = proof.text.split("\n")
    assert lines[:2] == [FIRST, "index 4"]
    assert lines[3] == ""
    assert "\n".join(lines[4:]) == proof.checkpoint


def test_the_only_entry_of_a_log_has_a_proof_without_hashes() -> None:
    proof = ExampleLog().grow(1).proof(0)
    assert proof.text == f"{FIRST}\nindex 0\n\n{proof.checkpoint}"
    assert Proof.parse(proof.text) == proof


def test_extra_data_is_not_authenticated_and_passed_over() -> None:
    assert (
        Proof.parse(f"{FIRST}\nextra YWdl\nindex 3\n{HASH}\n\n{NOTE}").text
        == f"{FIRST}\nindex 3\n{HASH}\n\n{NOTE}"
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        FIRST,
        f"{FIRST}\n\n{NOTE}",
        f"{FIRST}\nindex 3\n{HASH}\n{NOTE.replace(chr(10) * 2, chr(10))}",
        f"c2sp.org/tlog-proof@v2\nindex 3\n\n{NOTE}",
        f"{FIRST}\nindex 03\n\n{NOTE}",
        f"{FIRST}\nindex -3\n\n{NOTE}",
        f"{FIRST}\nindex\n\n{NOTE}",
        f"{FIRST}\nindex 3\nextra YWdl\n\n{NOTE}",
        f"{FIRST}\nindex 3\n{HASH[:-1]}\n\n{NOTE}",
        f"{FIRST}\nindex 3\nAAAA\n\n{NOTE}",
        f"{FIRST}\nindex 3\n {HASH}\n\n{NOTE}",
        f"{FIRST}\nindex 3\n{(HASH + chr(10)) * 64}\n{NOTE}",
    ],
)
def test_what_is_no_proof_is_refused(text: str) -> None:
    with pytest.raises(ProofMalformed):
        Proof.parse(text)


@given(st.integers(0, 2**63 - 1), st.lists(st.binary(min_size=32, max_size=32), max_size=63))
def test_what_is_written_is_read(index: int, hashes: list[bytes]) -> None:
    assert Proof.parse(Proof(index, hashes, NOTE).text) == Proof(index, hashes, NOTE)
