import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.example_log import ExampleLog
from talanoa.lib.checkpoints import Checkpoint, CheckpointMalformed, sign
from talanoa.lib.merkle import EMPTY_ROOT
from talanoa.lib.notes import KeyMalformed, open_note

# The example in the specification of tlog-checkpoint.
EXAMPLE = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
ROOT = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="


def test_the_example_of_the_specification_is_read_and_written() -> None:
    checkpoint = Checkpoint.parse(EXAMPLE)
    assert (checkpoint.origin, checkpoint.size) == ("example.com/behind-the-sofa", 20_852_163)
    assert checkpoint.text == EXAMPLE


def test_an_empty_log_has_a_checkpoint() -> None:
    checkpoint = Checkpoint("log.example", 0, EMPTY_ROOT)
    assert Checkpoint.parse(checkpoint.text) == checkpoint


def test_the_log_signs_under_its_own_name() -> None:
    log = ExampleLog().grow(5)
    text, names = open_note(log.checkpoint(), [log.verifier])
    assert (Checkpoint.parse(text).size, names) == (5, (log.origin,))


def test_extension_lines_are_passed_over() -> None:
    assert Checkpoint.parse(f"{EXAMPLE}more\n") == Checkpoint.parse(EXAMPLE)


def test_an_origin_that_cannot_be_a_key_name_is_not_signed() -> None:
    log = ExampleLog("two words")
    with pytest.raises(KeyMalformed):
        sign(Checkpoint("two words", 0, EMPTY_ROOT), log.public, log.key.sign)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n\n",
        f"origin\n1\n{ROOT}",
        f"origin\n01\n{ROOT}\n",
        f"origin\n-1\n{ROOT}\n",
        f"origin\n١\n{ROOT}\n",
        f"origin\n{2**63}\n{ROOT}\n",
        f"origin\n1 \n{ROOT}\n",
        f"origin\n1\n{ROOT[:-1]}\n",
        "origin\n1\nAAAA\n",
        f"\n1\n{ROOT}\n",
        f"origin\n1\n{ROOT}\n\n",
        f"origin\n1\n{ROOT}\n\nmore\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(CheckpointMalformed):
        Checkpoint.parse(text)


@given(st.integers(0, 2**63 - 1), st.binary(min_size=32, max_size=32))
def test_what_is_written_is_read(size: int, root: bytes) -> None:
    checkpoint = Checkpoint("log.example/1", size, root)
    assert Checkpoint.parse(checkpoint.text) == checkpoint
