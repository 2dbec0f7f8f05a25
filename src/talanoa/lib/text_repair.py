"""How text of unknown history becomes readable: encoding, line ends, spaces, bullets, lost signs and letters.

Every function is pure and says what it did by codes in a Notes; the codes and what each means are in REPAIRS
of form_text. The damage it knows: Windows text saved as UTF-8 or Windows-1252; conversions that put `?` for a
quotation mark, an apostrophe, a dash or a bullet; conversions that drop letters with an accent.
Errors: NotText, a ValueError, for bytes that are no text.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_SOFT_HYPHEN = re.compile("(-?)\u00ad+(-?)")
_SPACES = re.compile(r"[^\S\n]+")
_EDGES = re.compile(r"(?m)^ | $")
_BLANK_LINES = re.compile(r"\n{3,}")
_BULLET = re.compile(r"(?m)^(?:\?+ |Ø |§ (?=\D)|Î+\n|·|•=?)[ \n]?(?=\S)")
_LONE_MARK = re.compile(r"(?m)^\?+$")
_INVISIBLE = re.compile(r"(?<=[ \n])\?\?(?=\w)")
_APOSTROPHE = re.compile(r"(?<=\w)\?(?=(?:s|t|d|m|re|ve|ll)\b)")
_QUOTED = re.compile(r"(?<![^\s(])\?(?=\w)([^?]*[^?\s])\?(?!\w)")
_PLURAL = re.compile(r"(?<!\w)(\w+s)\? (\w+)")
_DASH = re.compile(r"(?<![\w.)])([\w.)]+) \?(?= \w)")
_ENGLISH = re.compile(r"\b(?:the|of|and|for|to)\b", re.IGNORECASE)
_ADDRESS = re.compile(r"(?<!\w)\w+://\S+|www\.\S+")
_LOST_SIGN = re.compile(r"\w\?\w|(?<!\S)\?(?=\w)|\w \? [a-zß-öø-ÿ]|\?\?")
_WORD = re.compile(r"[^\W\d_]{3,}")
_MAX_COMPARED = 50
_FEW_WORDS = 3
_ONE_WORD_LINES = 100
_MOST = 0.8


class NotText(ValueError):
    """The bytes are no text."""


@dataclass(slots=True)
class Notes:
    """Codes of what was done, each once, in the order they came up."""

    codes: dict[str, None] = field(default_factory=dict)

    def add(self, code: str) -> None:
        """Remember `code`."""
        self.codes[code] = None

    def changed(self, code: str, before: str, after: str) -> str:
        """Return `after`; remember `code` if it differs from `before`."""
        if after != before:
            self.add(code)
        return after


def decode(raw: bytes, notes: Notes) -> str:
    """Return the text of `raw`: UTF-8 where the bytes are valid UTF-8, else Windows-1252.

    Bytes that Windows-1252 does not define (81, 8D, 8F, 90, 9D) are left out. Raises NotText for a zero byte.
    """
    if b"\0" in raw:
        raise NotText("a zero byte")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="ignore")
    notes.add("encoding_cp1252")
    if len(text) < len(raw):
        notes.add("byte_undefined")
    return text


def clean(text: str, notes: Notes) -> str:
    """Return `text` with plain line ends, no controls, single spaces and at most one blank line in a row."""
    text = notes.changed("line_ends", text, _LINE_ENDS.sub("\n", text))
    visible = _SOFT_HYPHEN.sub(lambda match: match[1] or match[2], _CONTROLS.sub("", text))
    text = notes.changed("controls_removed", text, visible)
    spaced = _EDGES.sub("", _SPACES.sub(" ", text))
    spaced = _BLANK_LINES.sub("\n\n", spaced).strip()
    return unicodedata.normalize("NFC", notes.changed("spaces_collapsed", text, spaced))


def readable(text: str, notes: Notes) -> str:
    """Return a whole cleaned document with its bullets, apostrophes and lines of one word put right."""
    text = _one_word_lines(text, notes)
    bulleted = _LONE_MARK.sub("", _BULLET.sub("• ", text))
    text = notes.changed("bullets_restored", text, bulleted)
    marked = _APOSTROPHE.sub("’", _INVISIBLE.sub("", text))
    return _BLANK_LINES.sub("\n\n", notes.changed("marks_restored", text, marked)).strip()


def unwrap(lines: str, notes: Notes) -> str:
    """Return one value that was wrapped over several lines; a word cut at its hyphen is closed again."""
    joined = re.sub(r"(?<=\w)-\n(?=\w)", "-", lines.strip())
    return notes.changed("lines_joined", lines.strip(), re.sub(r"\s*\n\s*", " ", joined))


def restore_marks(value: str, text: str, notes: Notes) -> str:
    """Return a short value with the quotation marks, apostrophes and dashes that became `?`.

    A `?` between two words that `text` has with an apostrophe is one. A dash only where the value has English
    words and `text` has no such `?`: English sets no space before a question mark, French does.
    """
    marked = _APOSTROPHE.sub("’", value)
    if "?" in marked:
        marked = _PLURAL.sub(lambda match: _as_in(text, match), marked, count=_MAX_COMPARED)
        if _ENGLISH.search(marked):
            marked = _DASH.sub(
                lambda match: match[0] if match[0] in text else f"{match[1]} –", marked, count=_MAX_COMPARED
            )
        marked = _QUOTED.sub(r"“\1”", marked)
    return notes.changed("marks_restored", value, marked)


def _as_in(text: str, match: re.Match[str]) -> str:
    """Return the two words of `match` with the apostrophe that `text` has between them, if it does."""
    words = f"{match[1]}’ {match[2]}"
    return words if words.casefold() in text.casefold().replace("'", "’") else match[0]


def has_lost_signs(value: str) -> bool:
    """Tell whether `value` still holds a `?` that cannot be a question mark."""
    return _LOST_SIGN.search(_ADDRESS.sub("", value)) is not None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of some texts: the plain ones, and the accented by what is left without such letters."""

    plain: frozenset[str]
    accented: dict[str, set[str]]

    def twin(self, word: str) -> str:
        """Return the one accented word that `word` is what is left of; empty if there is none or a doubt."""
        key = word.casefold()
        twins = self.accented.get(key, set())
        return next(iter(twins)) if len(twins) == 1 and key not in self.plain else ""


def lexicon(texts: Iterable[str]) -> Lexicon:
    """Return the words of `texts` (three letters or more), without case."""
    words = {word.casefold() for text in texts for word in _WORD.findall(text)}
    accented: dict[str, set[str]] = {}
    for word in words:
        if not word.isascii():
            accented.setdefault(drop_accented(word), set()).add(word)
    return Lexicon(frozenset(filter(str.isascii, words)), accented)


def drop_accented(text: str) -> str:
    """Return what is left of `text` when every character outside ASCII is lost."""
    return "".join(filter(str.isascii, text))


def restore_letters(value: str, sources: Iterable[Lexicon], notes: Notes) -> str:
    """Return `value` with the letters that its words lost, from the first source that has the whole word."""
    known = tuple(sources)

    def whole(match: re.Match[str]) -> str:
        word = match.group()
        twin = next(filter(None, (source.twin(word) for source in known)), "")
        if not twin:
            return word
        return twin.upper() if word.isupper() else twin.capitalize() if word[0].isupper() else twin

    return notes.changed("letters_restored", value, _WORD.sub(whole, value))


def _one_word_lines(text: str, notes: Notes) -> str:
    """Join the lines of a text that holds a word or two on most of its lines."""
    lines = text.split("\n")
    short = sum(1 for line in lines if line and _words(line) <= _FEW_WORDS)
    if short < _ONE_WORD_LINES or short < _MOST * sum(map(bool, lines)):
        return text
    notes.add("words_rejoined")
    return lines[0] + "".join(_joint(before, line) + line for before, line in pairwise(lines))


def _joint(before: str, line: str) -> str:
    """Return what belongs between two lines: nothing within a word, a space in a sentence, else a break."""
    if not _goes_on(before, line):
        return "\n"
    return "" if before.endswith("-") and not before.endswith((" -", "--")) else " "


def _goes_on(before: str, line: str) -> bool:
    """Tell whether `line` continues `before`: no bullet, no blank line, no full line after a full stop."""
    if not before or not line or line.startswith("•"):
        return False
    return _words(line) <= _FEW_WORDS or not before.endswith((".", ":", "”", "?", "!"))


def _words(line: str) -> int:
    return line.count(" ") + 1
