"""Receipts: one plain text that says what was received and proves, offline, that the record has it.

People can read it, and so can `parse` after a trip through mail: other line ends, trailing blanks, quotation
marks, indents, text around it, lines wrapped anew. Soundness never rests on the layout: whatever is read must
fit commitments, proof and signature. Errors: ReceiptUnreadable, a ValueError.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import rfc8785

from talanoa.lib import strict64
from talanoa.lib.checkpoints import Checkpoint, CheckpointMalformed
from talanoa.lib.folding import FoldingError, fold, unfold, unquote, wrap_letters, wrap_prose
from talanoa.lib.leaves import COMMITMENTS, MAX_LEAF, SALT_SIZE, LeafError, commit
from talanoa.lib.merkle import ProofError, check_inclusion, leaf_hash
from talanoa.lib.notes import NoteForged, NoteMalformed, NoteUnsigned, Verifier, open_note
from talanoa.lib.proofs import FIRST_LINE, Proof, ProofMalformed

OK, NOT_IN_RECORD, BAD_SIGNATURE, ERASED, UNREADABLE = 0, 1, 2, 4, 5

MAX_CHARACTERS = 500_000
SECTIONS = ("received", "check", "entry", "salts", "proof", "end")

_MARKER = re.compile(rf"((?:\s*[>|]){{0,20}}\s*)== ({'|'.join(SECTIONS)}) ==\s*")
_LINE_END = re.compile(r"\r\n|\r|\n")
_HASH = re.compile(r"[A-Za-z0-9+/]{43}=")


class ReceiptUnreadable(ValueError):
    """The text is not a receipt, or a receipt cannot be put into text and read back."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """One entry (`leaf`), the values behind its commitments with their salts, and the proof of its place."""

    leaf: bytes
    opened: Mapping[str, str]
    salts: Mapping[str, bytes]
    proof: Proof


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found: OK, NOT_IN_RECORD, BAD_SIGNATURE, ERASED or UNREADABLE, and a sentence or two."""

    code: int
    message: str


def render(receipt: Receipt, *, preface: str, check_hint: str) -> str:
    """Return the receipt as text, lines of at most 72 columns (signatures and long addresses excepted).

    `preface` and `check_hint` are prose and get wrapped. Raises ReceiptUnreadable if a value is not a single
    line, or values and salts are not of the same fields: a salt without its value only helps to guess it.
    """
    if receipt.opened.keys() != receipt.salts.keys():
        raise ReceiptUnreadable("values and salts are not of the same fields")
    _commitments(receipt.leaf)
    try:
        opened = list(fold(receipt.opened))
    except FoldingError as error:
        raise ReceiptUnreadable(str(error)) from error
    salts = [f"{name} {strict64.encode_url(salt)}" for name, salt in receipt.salts.items()]
    lines = [*_prose(preface), "", "== received ==", *opened, "", "== check ==", *_prose(check_hint), ""]
    lines += ["== entry ==", *wrap_letters(receipt.leaf.decode()), "== salts ==", *salts]
    return "\n".join([*lines, "== proof ==", f"{receipt.proof.text}== end ==\n"])


def parse(text: str) -> Receipt:
    """Return the one receipt in `text`, whatever stands around it; ReceiptUnreadable for none, or two."""
    sections = _sections(text)
    try:
        return Receipt(
            leaf=_leaf(sections["entry"]),
            opened=unfold(sections["received"]),
            salts=_salts(sections["salts"]),
            proof=_proof(sections["proof"]),
        )
    except (FoldingError, ProofMalformed) as error:
        raise ReceiptUnreadable(str(error)) from error


def check(receipt: Receipt, verifiers: Sequence[Verifier]) -> Verdict:
    """Check signature, inclusion and every opened value; `verifiers` are the keys that the reader trusts.

    The log itself must have signed (the key's name is the checkpoint's origin): no other key speaks for it.
    """
    try:
        text, names = open_note(receipt.proof.checkpoint, verifiers)
        checkpoint = Checkpoint.parse(text)
        commitments = _commitments(receipt.leaf)
    except NoteForged as error:
        return Verdict(BAD_SIGNATURE, f"Bad signature: {error}. This copy was changed, or it is a forgery.")
    except NoteUnsigned:
        return Verdict(BAD_SIGNATURE, "No key that you trust has signed this receipt, so nothing is proven.")
    except (NoteMalformed, CheckpointMalformed, ReceiptUnreadable) as error:
        return Verdict(UNREADABLE, f"This receipt cannot be read: {error}.")
    if checkpoint.origin not in names:
        return Verdict(BAD_SIGNATURE, f"{checkpoint.origin} itself has not signed this receipt.")
    return _check_entry(receipt, checkpoint, commitments)


def _check_entry(receipt: Receipt, checkpoint: Checkpoint, commitments: Mapping[str, str]) -> Verdict:
    place = f"entry {receipt.proof.index} of {checkpoint.origin}"
    proof, leaf = receipt.proof, leaf_hash(receipt.leaf)
    try:
        check_inclusion(leaf, proof.index, checkpoint.size, proof.hashes, checkpoint.root)
        changed = _changed(receipt, commitments)
    except ProofError as error:
        return Verdict(NOT_IN_RECORD, f"This is not {place}: {error}. Keep this text, it is your evidence.")
    except LeafError as error:
        return Verdict(UNREADABLE, f"This receipt cannot be read: {error}.")
    if changed:
        return Verdict(
            NOT_IN_RECORD, f"Changed since it was received: {', '.join(changed)}. The record has {place}."
        )
    missing = [name for name in commitments if name not in receipt.opened]
    if missing:
        kept = f"The record has {place}, unchanged, but not shown here or erased: {', '.join(missing)}."
        return Verdict(ERASED, kept)
    signed = f"It is {place}, signed at {checkpoint.size} entries."
    return Verdict(OK, f"In the record, unchanged, with every value as it was received. {signed}")


def _changed(receipt: Receipt, commitments: Mapping[str, str]) -> list[str]:
    """Names of the values that are not the ones committed to: changed, unknown to the entry, or without a salt."""
    opened, salts = receipt.opened, receipt.salts
    provable = opened.keys() & salts.keys() & commitments.keys()
    return [
        name
        for name in {**opened, **salts}
        if name not in provable or commit(name, opened[name], salts[name]) != commitments[name]
    ]


def _prose(text: str) -> list[str]:
    """Wrapped prose, in which no line can be taken for a marker, whatever a title in it says."""
    return [line.replace("==", "=") if _MARKER.fullmatch(line) else line for line in wrap_prose(text)]


def _sections(text: str) -> dict[str, list[str]]:
    """The lines below each marker, without quotation marks."""
    if len(text) > MAX_CHARACTERS:
        raise ReceiptUnreadable("the text is too large for a receipt")
    lines = _LINE_END.split(text.lstrip("\ufeff").replace("\xa0", " "))
    marks = [(at, match) for at, line in enumerate(lines) if (match := _MARKER.fullmatch(line))]
    if not marks:
        raise ReceiptUnreadable("there is no receipt in this text")
    prefix = marks[0][1][1]
    marks = [(at, match) for at, match in marks if match[1] == prefix]
    if tuple(match[2] for _, match in marks) != SECTIONS:
        whole = "one whole receipt, from == received == to == end =="
        raise ReceiptUnreadable(f"parts are missing or doubled; give {whole}")
    return {
        match[2]: list(unquote(lines[begin + 1 : end], prefix))
        for (begin, match), (end, _) in pairwise(marks)
    }


def _leaf(lines: Iterable[str]) -> bytes:
    try:
        leaf = "".join("".join(lines).split()).encode()
    except UnicodeEncodeError as error:
        raise ReceiptUnreadable("the entry is not text") from error
    _commitments(leaf)
    return leaf


def _commitments(leaf: bytes) -> dict[str, str]:
    """The commitments in a leaf that is canonical JSON (RFC 8785) without whitespace."""
    if len(leaf) > MAX_LEAF:
        raise ReceiptUnreadable("the entry is too large")
    try:
        text = leaf.decode()
        fields = json.loads(text)
        canonical = rfc8785.dumps(fields) == leaf and text.split() == [text]
    except (ValueError, RecursionError) as error:
        raise ReceiptUnreadable("the entry is not JSON") from error
    commitments = fields.get(COMMITMENTS) if isinstance(fields, dict) else None
    if not canonical or not isinstance(commitments, dict):
        raise ReceiptUnreadable("the entry is not in the one form that the record writes")
    if not all(isinstance(value, str) for value in commitments.values()):
        raise ReceiptUnreadable("the entry has no commitments")
    return commitments


def _salts(lines: Iterable[str]) -> dict[str, bytes]:
    words = " ".join(lines).split()
    names, encoded = words[::2], words[1::2]
    try:
        salts = {name: strict64.decode_url(text) for name, text in zip(names, encoded, strict=True)}
    except ValueError as error:
        raise ReceiptUnreadable("a salt is not base64url") from error
    if len(salts) != len(names) or any(len(salt) != SALT_SIZE for salt in salts.values()):
        raise ReceiptUnreadable("a salt stands there twice or has not 32 bytes")
    return salts


def _proof(lines: Iterable[str]) -> Proof:
    """The proof from its words alone: mail may drop or double blank lines, or wrap a signature."""
    rows = [row for line in lines if (row := " ".join(line.split()))]
    if rows[:1] != [FIRST_LINE]:
        raise ReceiptUnreadable(f"the proof does not begin with {FIRST_LINE}")
    begin = next((at for at, row in enumerate(rows[1:], 1) if row.startswith("index ")), 0) + 1
    note = next((at for at, row in enumerate(rows[begin:], begin) if not _HASH.fullmatch(row)), len(rows))
    signed = next((at for at, row in enumerate(rows[note:], note) if row.startswith("—")), len(rows))
    parts = ["\n".join(rows[:note]), "\n".join(rows[note:signed]), "\n".join(_signatures(rows[signed:]))]
    return Proof.parse("\n\n".join(parts) + "\n")


def _signatures(rows: Iterable[str]) -> list[str]:
    """Signature lines made whole: a dash, a name, and the base64 that follows until the next dash."""
    lines: list[list[str]] = []
    for word in " ".join(rows).split():
        if word == "—":
            lines.append([])
        elif lines:
            lines[-1].append(word)
        else:
            raise ReceiptUnreadable("the signature lines do not begin with a dash")
    return [" ".join(["—", *words[:1], "".join(words[1:])]) for words in lines]
