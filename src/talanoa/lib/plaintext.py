"""Text from outside made safe to store and show: one form of Unicode, one line ending, no hidden controls.

Notes that `clean` can give: `control_characters_removed`, `bidi_controls_removed`, `combining_marks_cut`.
"""

import re
import unicodedata

MAX_MARKS_IN_A_ROW = 30
"""Combining marks kept after one letter (Unicode Standard Annex #15, Stream-Safe Text Format)."""

_PLAIN = bytes(range(0x20, 0x7F)) + b"\n\t"
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
# No combining mark is a word character, a space or ASCII; the converse is settled mark by mark.
_POSSIBLE_MARKS = re.compile(rf"[^\w\s\x00-\x7f]{{{MAX_MARKS_IN_A_ROW + 1},}}")


def clean(text: str) -> tuple[str, tuple[str, ...]]:
    r"""Return `text` in NFC with "\n" as the only line end, and notes on what was taken out.

    Removed: C0 and C1 controls but "\n" and "\t", byte order marks, and the bidirectional embeddings,
    overrides and isolates U+202A-202E and U+2066-2069, which can show a text in another order than it
    is stored (Unicode Technical Report #36, section 2.5). Lone surrogates become U+FFFD.
    """
    if text.isascii() and not text.encode().translate(None, _PLAIN):
        return text, ()
    notes = []
    text = _LINE_ENDS.sub("\n", text)
    text = _SURROGATES.sub("\ufffd", text)
    text, controls = _CONTROLS.subn("", text)
    text, overrides = _BIDI.subn("", text)
    shorter = _POSSIBLE_MARKS.sub(_cut_marks, text)
    if controls:
        notes.append("control_characters_removed")
    if overrides:
        notes.append("bidi_controls_removed")
    if shorter != text:
        notes.append("combining_marks_cut")
    return unicodedata.normalize("NFC", shorter), tuple(notes)


def clean_line(text: str) -> tuple[str, tuple[str, ...]]:
    """Do as `clean` does and make one line of it, with single spaces and none at the ends."""
    text, notes = clean(text)
    return " ".join(text.split()), notes


def _cut_marks(match: re.Match[str]) -> str:
    # Normalizing is quadratic in the length of a run of marks: 160,000 of them take 19 s.
    kept: list[str] = []
    run = 0
    for char in match.group():
        run = run + 1 if unicodedata.combining(char) else 0
        if run <= MAX_MARKS_IN_A_ROW:
            kept.append(char)
    return "".join(kept)
