import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.example_log import VALUES, ExampleLog, receive, salts_for
from talanoa.lib.leaves import commit, leaf
from talanoa.lib.notes import signature_line
from talanoa.lib.proofs import Proof
from talanoa.lib.receipts import (
    BAD_SIGNATURE,
    ERASED,
    NOT_IN_RECORD,
    OK,
    UNREADABLE,
    Receipt,
    ReceiptUnreadable,
    check,
    parse,
    render,
)

LOG = ExampleLog().grow(40)
RECEIPT = receive(LOG)
PREFACE = "Thank you. Your input has number nm-2026-17."
HINT = "To check it, open verify.html and paste this text."
TEXT = render(RECEIPT, preface=PREFACE, check_hint=HINT)


def code(text: str) -> int:
    """The exit code of `talanoa record verify` for this text."""
    try:
        return check(parse(text), [LOG.verifier]).code
    except ReceiptUnreadable:
        return UNREADABLE


def test_a_receipt_that_was_rendered_is_read_and_right() -> None:
    assert parse(TEXT) == RECEIPT
    assert check(RECEIPT, [LOG.verifier]).message == (
        "In the record, unchanged, with every value as it was received. "
        "It is entry 40 of talanoa.example/record, signed at 44 entries."
    )


def test_a_receipt_begins_with_what_people_read() -> None:
    assert TEXT.split("== entry ==")[0].splitlines() == [
        PREFACE,
        "",
        "== received ==",
        "title: Comments on the draft principles for Internet cooperation 17",
        "author: Adaeze Okonkwo",
        "organization: Pacific Islands Chapter of the Internet Society",
        "country: Cook Islands",
        "text_sha256:",
        f"  {VALUES['text_sha256']}",
        "",
        "== check ==",
        HINT,
        "",
    ]


def test_no_line_but_the_signature_is_wider_than_72_columns() -> None:
    wide = [line for line in TEXT.splitlines() if len(line) > 72]
    assert [line[:2] for line in wide] == ["— "]


def test_the_proof_stands_there_as_a_file_of_its_own() -> None:
    proof = TEXT.partition("== proof ==\n")[2].partition("== end ==")[0]
    assert Proof.parse(proof) == RECEIPT.proof


@pytest.mark.parametrize(("index", "hashes", "limit"), [(99_999, 10, 1_850), (0, 17, 2_150)])
def test_a_receipt_is_small_in_a_log_of_100_000_entries(index: int, hashes: int, limit: int) -> None:
    proof = Proof(index, [bytes(32)] * hashes, LOG.checkpoint().replace("\n44\n", "\n100000\n"))
    text = render(replace(RECEIPT, proof=proof), preface=PREFACE, check_hint=HINT)
    print(f"receipt with {hashes} hashes: {len(text.encode())} bytes")  # noqa: T201
    assert len(text.encode()) <= limit


def test_a_title_that_looks_like_a_marker_does_no_harm() -> None:
    receipt = receive(LOG, {"title": "== entry == ok"})
    text = render(receipt, preface="== entry ==\nYou wrote:\n> == end ==", check_hint="== salts ==")
    assert parse(text) == receipt


def test_values_in_every_script_are_read_back() -> None:
    values = {
        "title": "关于互联网治理原则草案的意见" * 9,
        "author": "عائشة محمد",
        "place": "São Tomé 🇸🇹 नमस्ते",
        "note": "",
    }
    receipt = receive(LOG, values)
    assert parse(render(receipt, preface="", check_hint="")) == receipt


@given(
    st.dictionaries(
        st.from_regex(r"f[a-z0-9_]{1,20}", fullmatch=True),
        st.text(st.characters(exclude_categories=["Cs"]), max_size=200).map(
            lambda text: " ".join(text.split())
        ),
        max_size=6,
    )
)
def test_whatever_was_received_the_receipt_is_read_back_and_right(values: dict[str, str]) -> None:
    log = ExampleLog().grow(3)
    receipt = receive(log, values)
    again = parse(render(receipt, preface="", check_hint=""))
    assert (again, check(again, [log.verifier]).code) == (receipt, OK)


@pytest.mark.parametrize("value", ["two\nlines", "two  spaces", "no-break\u00a0space"])
def test_a_value_that_is_not_a_single_line_is_not_rendered(value: str) -> None:
    with pytest.raises(ReceiptUnreadable):
        render(replace(RECEIPT, opened={**VALUES, "title": value}), preface="", check_hint="")


def test_a_salt_without_its_value_is_not_rendered() -> None:
    with pytest.raises(ReceiptUnreadable, match="same fields"):
        render(replace(RECEIPT, opened={}), preface="", check_hint="")


def test_an_entry_that_is_not_a_leaf_is_not_rendered() -> None:
    with pytest.raises(ReceiptUnreadable):
        render(replace(RECEIPT, leaf=b'{"c": {}}'), preface="", check_hint="")


def test_without_a_key_nothing_is_proven() -> None:
    assert check(RECEIPT, []).code == BAD_SIGNATURE


def test_a_bad_signature_has_its_own_code() -> None:
    other = ExampleLog(seed=b"\x09" * 32)
    forged = RECEIPT.proof.checkpoint.partition("\n\n")[0] + "\n\n"
    forged += signature_line(LOG.origin, LOG.public, other.key.sign(forged.encode()))
    verdict = check(replace(RECEIPT, proof=replace(RECEIPT.proof, checkpoint=forged)), [LOG.verifier])
    assert verdict.code == BAD_SIGNATURE
    assert "the signature of talanoa.example/record does not fit the note" in verdict.message


def test_a_practice_room_cannot_sign_for_the_record() -> None:
    room = ExampleLog("talanoa.example/practice/7", b"\x05" * 32)
    text = LOG.checkpoint().partition("\n\n")[0] + "\n"
    note = f"{text}\n{signature_line(room.origin, room.public, room.key.sign(text.encode()))}"
    forged = replace(RECEIPT, proof=replace(RECEIPT.proof, checkpoint=note))
    assert check(forged, [LOG.verifier, room.verifier]).code == BAD_SIGNATURE


def test_an_entry_that_was_suppressed_is_not_in_the_record() -> None:
    rewritten = ExampleLog().grow(len(LOG.leaves))
    proof = replace(RECEIPT.proof, checkpoint=rewritten.checkpoint())
    verdict = check(replace(RECEIPT, proof=proof), [LOG.verifier])
    assert verdict.code == NOT_IN_RECORD
    assert verdict.message.endswith("Keep this text, it is your evidence.")


@pytest.mark.parametrize("name", VALUES)
def test_a_changed_value_is_named(name: str) -> None:
    verdict = check(replace(RECEIPT, opened={**VALUES, name: "Changed"}), [LOG.verifier])
    assert verdict.code == NOT_IN_RECORD
    assert f"Changed since it was received: {name}." in verdict.message


def test_a_value_of_which_the_entry_knows_nothing_is_named() -> None:
    verdict = check(replace(RECEIPT, opened={**VALUES, "amount": "1"}), [LOG.verifier])
    assert (verdict.code, "amount" in verdict.message) == (NOT_IN_RECORD, True)


def test_two_values_cannot_change_places() -> None:
    swapped = {**VALUES, "author": VALUES["country"], "country": VALUES["author"]}
    salts = {**RECEIPT.salts, "author": RECEIPT.salts["country"], "country": RECEIPT.salts["author"]}
    assert check(replace(RECEIPT, opened=swapped, salts=salts), [LOG.verifier]).code == NOT_IN_RECORD


def test_an_erased_value_leaves_the_entry_and_says_what_is_missing() -> None:
    kept = [name for name in VALUES if name not in {"author", "title"}]
    receipt = replace(RECEIPT, opened={name: VALUES[name] for name in kept}, salts=salts_for(kept))
    verdict = check(parse(render(receipt, preface="", check_hint="")), [LOG.verifier])
    assert verdict.code == ERASED
    assert verdict.message.endswith("unchanged, but not shown here or erased: author, title.")


def test_a_value_without_its_salt_and_a_salt_without_its_value_prove_nothing() -> None:
    assert check(replace(RECEIPT, salts={}), [LOG.verifier]).code == NOT_IN_RECORD
    assert check(replace(RECEIPT, opened={}), [LOG.verifier]).code == NOT_IN_RECORD


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{}",
        b'{"c":[]}',
        b'{"c":{"a":1}}',
        b'{"c":{},"b":1}',
        b'{"c":{},"c":{}}',
        b'{"c":{},"n":1.0}',
        b'{"c":{},"n":NaN}',
        b'{"c":{},"n":9007199254740993}',
        b'{"c":{},"n":"\\ud800"}',
        b'{"c":{},"n":"\\u0041"}',
        b"[" * 60_000,
        b'{"c":{},"n":' + b"[" * 30_000 + b"]" * 30_000 + b"}",
        b'{"c":{},"n":' + b"1" * 5_000 + b"}",
        b'{"c":{},"n":"' + b"x" * 70_000 + b'"}',
        b"\xff\xfe",
    ],
)
def test_what_is_not_a_leaf_is_unreadable(data: bytes) -> None:
    assert check(replace(RECEIPT, leaf=data), [LOG.verifier]).code == UNREADABLE


def test_a_short_salt_is_unreadable() -> None:
    assert check(replace(RECEIPT, salts={**RECEIPT.salts, "title": b"x"}), [LOG.verifier]).code == UNREADABLE


@pytest.mark.parametrize("note", ["", "text\n", "one\ntwo\n\n— x AAAA\n"])
def test_what_is_not_a_note_is_unreadable(note: str) -> None:
    assert (
        check(replace(RECEIPT, proof=replace(RECEIPT.proof, checkpoint=note)), [LOG.verifier]).code
        == UNREADABLE
    )


def test_a_signed_note_that_is_no_checkpoint_is_unreadable() -> None:
    note = f"hello\n\n{signature_line(LOG.origin, LOG.public, LOG.key.sign(b'hello' + bytes([10])))}"
    assert (
        check(replace(RECEIPT, proof=replace(RECEIPT.proof, checkpoint=note)), [LOG.verifier]).code
        == UNREADABLE
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "there is no receipt in this text"),
        ("Dear all,\nhello", "there is no receipt in this text"),
        (TEXT.replace("== end ==", ""), "parts are missing or doubled; give one whole receipt, .*"),
        (TEXT + TEXT, "parts are missing or doubled; give one whole receipt, .*"),
        (TEXT.replace("title:", "title"), "a line is neither .*"),
        (TEXT.replace("author: ", "title: "), "title stands there twice"),
        (TEXT.replace("== salts ==", "== salts ==\ntitle"), "a salt .*"),
        (TEXT.replace("== salts ==\n", "== salts ==\nauthor AAAA\n"), "a salt .*"),
        (TEXT.replace("index ", "indices "), "the proof does not say .*"),
        (TEXT.replace("index 4", "index 04"), "the index is not a number"),
        (TEXT.replace("c2sp.org", "example.org"), "the proof does not begin with .*"),
        (
            TEXT.replace("talanoa.example/record\n44", "—x\n44"),
            "the signature lines do not begin with a dash",
        ),
        ("x" * 500_001, "the text is too large for a receipt"),
        (TEXT.replace('{"c"', '{"\ud800"'), "the entry is not text"),
    ],
)
def test_what_cannot_be_read_says_why(text: str, message: str) -> None:
    with pytest.raises(ReceiptUnreadable) as unreadable:
        parse(text)
    assert re.fullmatch(message, str(unreadable.value))


def test_a_lone_surrogate_in_a_value_is_unreadable() -> None:
    assert code(TEXT.replace("Adaeze", "Ada\ud800ze")) == UNREADABLE


@given(st.text(), st.integers(0, len(TEXT)))
def test_hostile_text_is_unreadable_or_refused_and_nothing_else_is_raised(text: str, at: int) -> None:
    assert code(text) == UNREADABLE
    assert code(TEXT[:at] + text + TEXT[at:]) in {OK, NOT_IN_RECORD, BAD_SIGNATURE, ERASED, UNREADABLE}


def machine_part() -> Iterator[int]:
    """Positions of the bytes that the check rests on: from the first marker on, but for the prose of the hint."""
    data = TEXT.encode()
    hint = range(data.index(b"== check ==") + 12, data.index(b"== entry =="))
    return (at for at in range(data.index(b"== received =="), data.index(b"== end ==") + 9) if at not in hint)


@pytest.mark.parametrize("flip", [0x01, 0x02, 0x04, 0x10, 0x20, 0x80])
def test_every_changed_byte_of_the_machine_part_is_found(flip: int) -> None:
    data = TEXT.encode()
    for at in machine_part():
        changed = data[:at] + bytes([data[at] ^ flip]) + data[at + 1 :]
        blank = bytes([data[at]]).isspace() and bytes([changed[at]]).isspace()
        assert blank or code(changed.decode("utf-8", "replace")) != OK


@pytest.mark.parametrize("other", [b" ", b"\n", b">", b"-", b"_", b"+", b"=", b""])
def test_every_byte_replaced_by_one_that_layout_or_base64_know_is_found(other: bytes) -> None:
    data = TEXT.encode()
    for at in machine_part():
        if data[at : at + 1] == other or (data[at : at + 1].isspace() and not other.strip()):
            continue
        assert code((data[:at] + other + data[at + 1 :]).decode("utf-8", "replace")) != OK


def test_one_entry_may_open_no_value_at_all() -> None:
    log = ExampleLog()
    data = leaf({"k": "stage.opened.1"}, {})
    receipt = Receipt(data, {}, {}, log.proof(log.append(data)))
    assert check(parse(render(receipt, preface="", check_hint="")), [log.verifier]).code == OK


def test_a_commitment_does_not_show_which_of_three_votes_was_cast() -> None:
    salt = salts_for(["vote"])["vote"]
    secret = commit("vote", "agree", salt)
    assert secret not in {commit("vote", vote, bytes(32)) for vote in ("agree", "disagree", "pass")}
