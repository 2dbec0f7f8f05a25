import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.example_log import ExampleLog
from talanoa.lib import strict64
from talanoa.lib.notes import (
    KeyMalformed,
    NoteForged,
    NoteMalformed,
    NoteUnsigned,
    Verifier,
    open_note,
    signature_line,
)

LOG = ExampleLog()
OTHER = ExampleLog("other.example/log", b"\x02" * 32)
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"

# The note and the key in the documentation of Go's golang.org/x/mod/sumdb/note, which anybody can compare.
PETER_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PETER_NOTE = TEXT + (
    "\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)


def signed(text: str, *logs: ExampleLog) -> str:
    lines = [signature_line(log.origin, log.public, log.key.sign(text.encode())) for log in logs]
    return f"{text}\n{''.join(lines)}"


def test_a_note_signed_by_another_program_opens() -> None:
    assert open_note(PETER_NOTE, [Verifier.parse(PETER_KEY)]) == (TEXT, ("PeterNeumann",))


def test_a_key_in_text_form_is_read_as_it_was_written() -> None:
    assert Verifier.parse(LOG.verifier.vkey) == LOG.verifier
    assert Verifier.parse(PETER_KEY).vkey == PETER_KEY


@pytest.mark.parametrize("at", range(len(PETER_KEY)))
def test_a_key_with_one_wrong_character_is_refused(at: int) -> None:
    wrong = "0" if PETER_KEY[at] != "0" else "1"
    with pytest.raises(KeyMalformed):
        Verifier.parse(PETER_KEY[:at] + wrong + PETER_KEY[at + 1 :])


@pytest.mark.parametrize(
    "vkey", ["", "name", "name+id", "a b+00000000+AQ==", "+c74f20a3+AQ==", "n+00+AQ==", "n+00+", "n+00+?"]
)
def test_what_is_no_key_is_refused(vkey: str) -> None:
    with pytest.raises(KeyMalformed):
        Verifier.parse(vkey)


def test_a_key_for_other_signatures_than_ed25519_is_refused() -> None:
    cosigner = LOG.verifier.vkey.replace("+AY", "+BI")
    with pytest.raises(KeyMalformed, match="type"):
        Verifier.parse(cosigner)


def test_a_key_that_is_too_short_is_refused() -> None:
    with pytest.raises(KeyMalformed, match="32 bytes"):
        Verifier.of(LOG.origin, LOG.public[:-1])


@pytest.mark.parametrize("name", ["", "two words", "a+b", "a\u2003b", "\ud800"])
def test_a_name_that_would_break_a_signature_line_is_refused(name: str) -> None:
    with pytest.raises(KeyMalformed):
        signature_line(name, LOG.public, b"\x00" * 64)


def test_the_names_of_the_signers_come_in_the_order_of_their_lines() -> None:
    note = signed("Agreed.\n", OTHER, LOG)
    assert open_note(note, [LOG.verifier, OTHER.verifier]) == ("Agreed.\n", (OTHER.origin, LOG.origin))


def test_signatures_of_unknown_keys_are_ignored() -> None:
    assert open_note(signed("Agreed.\n", OTHER, LOG), [LOG.verifier]) == ("Agreed.\n", (LOG.origin,))


def test_an_unknown_key_under_a_known_name_is_ignored() -> None:
    impostor = ExampleLog(LOG.origin, b"\x03" * 32)
    assert open_note(signed("Agreed.\n", impostor, LOG), [LOG.verifier]) == ("Agreed.\n", (LOG.origin,))


def test_a_note_that_no_known_key_signed_is_unsigned() -> None:
    with pytest.raises(NoteUnsigned):
        open_note(signed("Agreed.\n", OTHER), [LOG.verifier])


def test_a_bad_signature_of_a_known_key_spoils_the_note_whoever_else_signed() -> None:
    forged = signature_line(OTHER.origin, OTHER.public, b"\x00" * 64)
    with pytest.raises(NoteForged):
        open_note(signed("Agreed.\n", LOG) + forged, [LOG.verifier, OTHER.verifier])


def test_a_signature_of_the_wrong_length_is_a_bad_one() -> None:
    short = signature_line(LOG.origin, LOG.public, b"\x00" * 3)
    with pytest.raises(NoteForged):
        open_note(f"Agreed.\n\n{short}", [LOG.verifier])


def test_a_text_may_contain_blank_lines() -> None:
    assert open_note(signed("One.\n\nTwo.\n", LOG), [LOG.verifier]) == ("One.\n\nTwo.\n", (LOG.origin,))


@pytest.mark.parametrize("at", range(len(PETER_NOTE)))
def test_no_note_with_one_changed_character_opens(at: int) -> None:
    note = PETER_NOTE[:at] + chr(ord(PETER_NOTE[at]) ^ 1) + PETER_NOTE[at + 1 :]
    with pytest.raises((NoteMalformed, NoteUnsigned)):
        open_note(note, [Verifier.parse(PETER_KEY)])


@pytest.mark.parametrize(
    "note",
    [
        "",
        "no signatures\n",
        "text\n\n",
        "text\n\nnot a signature line\n",
        "text\n\n— name AAAAAAA=",
        "text\n\n— name AAAA\n",
        "text\n\n— a+b AAAAAAA=\n",
        "text\n\n— name AAAAAAB=\n",
        "text\n\n— two words AAAAAAA=\n",
        "tab\there\n\n— name AAAAAAA=\n",
        "lone \ud800\n\n— name AAAAAAA=\n",
        "text\n\n" + "— name AAAAAAA=\n" * 101,
        "x" * 1_000_001,
    ],
)
def test_what_has_not_the_form_of_a_note_is_malformed(note: str) -> None:
    with pytest.raises(NoteMalformed):
        open_note(note, [LOG.verifier])


@given(
    st.text(st.characters(min_codepoint=32, exclude_categories=["Cs"])), st.binary(min_size=32, max_size=32)
)
def test_what_is_signed_opens_with_the_same_text(line: str, seed: bytes) -> None:
    log = ExampleLog("log.example", seed)
    assert open_note(signed(f"{line}\n", log), [log.verifier]) == (f"{line}\n", ("log.example",))


@given(st.text())
def test_hostile_text_is_malformed_or_unsigned_and_nothing_else_is_raised(note: str) -> None:
    for each in (
        note,
        f"text\n\n— {note}",
        f"text\n\n— name {strict64.encode(note.encode('utf-8', 'replace'))}\n",
    ):
        with pytest.raises((NoteMalformed, NoteUnsigned)):
            open_note(each, [LOG.verifier])
