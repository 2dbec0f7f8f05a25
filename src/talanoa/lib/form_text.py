"""A folder of forms as text files and the register beside it, read into typed inputs, every repair counted.

A folder holds pairs NNNA.txt (a form, see form_fields) and NNNB.txt (the document it came with); the register
is a CSV file with a number, a sector, an organization and a country per form (form_register). What cannot be
read is rejected with a code, what was put right is a repair, and what a person should look at is a conflict;
form_codes explains every code. Errors: FolderError with a code: not_a_folder, too_many_files, and those of
the register.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from talanoa.lib.aliases import Aliases
from talanoa.lib.form_fields import Form, NotAForm, parse_form, title_from
from talanoa.lib.form_files import Pair, Rejected, read_pairs
from talanoa.lib.form_register import Register, RegisterRow, read_register
from talanoa.lib.form_standing import standing
from talanoa.lib.text_repair import (
    Lexicon,
    Notes,
    NotText,
    clean,
    decode,
    has_lost_signs,
    lexicon,
    readable,
    restore_letters,
    restore_marks,
)

_HEADING = re.compile(r"\ADocument(?:\n+|\Z)")
_LETTERS = re.compile(r"[^a-z0-9]+")
_SAMPLES = 64
_SAMPLE_LENGTH = 40
_REPEATED_SHARE = 0.8


@dataclass(frozen=True, slots=True)
class FormInput:
    """One form and its document.

    `source` is the name of the form's file. `group` is a code of aliases.GROUPS; `country` an ISO 3166-1
    alpha-2 code, a region code such as `x-global`, or empty. `form_values` holds what the form itself said
    for sector, organization and region, and its document where the attached one does not repeat it; all as
    given, an e-mail address in them included. `sha256` is the hash in hex of the raw bytes of NNNA.txt and
    those of NNNB.txt after them. `repairs` and `conflicts` are codes of form_codes.
    """

    serial: int
    source: str
    title: str
    author: str
    organization: str
    sector: str
    group: str
    country: str
    country_as_given: str
    keywords: tuple[str, ...]
    abstract: str
    text: str
    area: str
    form_values: Mapping[str, str]
    repairs: tuple[str, ...]
    conflicts: tuple[str, ...]
    sha256: str


@dataclass(frozen=True, slots=True)
class FolderReading:
    """What a folder held: inputs by number, rejections, counts per code, names of other files."""

    inputs: tuple[FormInput, ...]
    rejected: tuple[Rejected, ...]
    repairs: Mapping[str, int]
    conflicts: Mapping[str, int]
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Draft:
    """A pair that was read but not yet compared with the others and the register."""

    pair: Pair
    form: Form
    text: str
    notes: Notes


def read_folder(directory: Path, register: Path | None, aliases: Aliases) -> FolderReading:
    """Read every pair of `directory`, with `register` where there is one.

    Limits: 10,000 files, 5 MB each, 100 MB together; links that lead out of the folder are not followed. The
    same folder gives the same answer. Raises FolderError: not_a_folder, too_many_files, register_unreadable,
    register_columns.
    """
    listed = read_register(register) if register else None
    files = read_pairs(directory)
    drafts, rejected = _drafts(files.pairs)
    words = lexicon(_all_texts(drafts, listed))
    inputs = tuple(_finished(draft, listed, aliases, words) for draft in drafts)
    conflicts = Counter(code for each in inputs for code in each.conflicts)
    conflicts += _register_conflicts(listed, {each.serial for each in inputs})
    return FolderReading(
        inputs=inputs,
        rejected=tuple(sorted((*files.rejected, *rejected), key=lambda each: each.source)),
        repairs=dict(sorted(Counter(code for each in inputs for code in each.repairs).items())),
        conflicts=dict(sorted(conflicts.items())),
        ignored=files.ignored,
    )


def _drafts(pairs: Iterable[Pair]) -> tuple[list[_Draft], list[Rejected]]:
    drafts: list[_Draft] = []
    rejected: list[Rejected] = []
    for pair in pairs:
        try:
            draft = _draft(pair)
        except NotText as error:
            rejected.append(Rejected(pair.source, "not_text", str(error)))
        except NotAForm as error:
            rejected.append(Rejected(pair.source, "not_a_form", str(error)))
        else:
            drafts.append(draft)
    kept = [draft for draft in drafts if draft.text]
    empty = (
        Rejected(each.pair.source, "text_empty", "no text in either file") for each in drafts if not each.text
    )
    return kept, [*rejected, *empty]


def _draft(pair: Pair) -> _Draft:
    """Return form and text of one pair: the attached document, or the form's own where there is none."""
    notes = Notes()
    form = parse_form(clean(decode(pair.form, notes), notes), notes)
    attached = readable(clean(decode(pair.document, notes), notes), notes)
    text = notes.changed("heading_removed", attached, _HEADING.sub("", attached))
    if not text:
        notes.add("text_from_form")
        text = readable(form.document, notes)
    return _Draft(pair, form, text, notes)


def _all_texts(drafts: Iterable[_Draft], register: Register | None) -> Iterator[str]:
    yield from (draft.text for draft in drafts)
    for row in register.rows.values() if register else ():
        yield from (row.organization, row.country)


def _finished(draft: _Draft, register: Register | None, aliases: Aliases, words: Lexicon) -> FormInput:
    form, notes, conflicts = draft.form, draft.notes, Notes()
    row = register.rows.get(draft.pair.serial) if register else None
    if register and row is None:
        conflicts.add("register_row_missing")
    row = row or RegisterRow("", "", "")
    speaks = standing(form, row, aliases, notes, conflicts)
    sources = (lexicon([draft.text]), words)

    def restored(value: str) -> str:
        value = restore_letters(restore_marks(value, draft.text, notes), sources, notes)
        if has_lost_signs(value):
            conflicts.add("letters_lost")
        return value

    if not form.title:
        notes.add("title_from_text")
    return FormInput(
        serial=draft.pair.serial,
        source=draft.pair.source,
        title=restored(form.title or title_from(draft.text)),
        author=restored(form.author),
        organization=speaks.organization if row.organization else restored(speaks.organization),
        sector=row.sector or form.sector,
        group=speaks.group,
        country=speaks.country,
        country_as_given=speaks.country_as_given,
        keywords=tuple(restored(keyword) for keyword in form.keywords),
        abstract=restored(form.abstract),
        text=draft.text,
        area=form.area,
        form_values=_form_values(draft, conflicts),
        repairs=tuple(notes.codes),
        conflicts=tuple(conflicts.codes),
        sha256=hashlib.sha256(draft.pair.form + draft.pair.document).hexdigest(),
    )


def _form_values(draft: _Draft, conflicts: Notes) -> Mapping[str, str]:
    """Return what the form said and the input does not show."""
    form = draft.form
    values = {"sector": form.sector, "organization": form.organization, "region": form.region}
    if not _repeats(form.document, draft.text):
        conflicts.add("document")
        values["document"] = form.document
    return values


def _repeats(document: str, text: str) -> bool:
    """Tell whether `text` holds 80 of 100 samples of `document`, compared by ASCII letters and digits.

    A document shorter than 200 letters is a pointer to the attachment, which has nothing of its own to lose.
    At most 64 samples of 40 letters, spread evenly, keep the cost linear in the length of the texts.
    """
    wanted, held = (_LETTERS.sub("", each.casefold()) for each in (document, text))
    if len(wanted) < 5 * _SAMPLE_LENGTH:
        return True
    step = max(_SAMPLE_LENGTH, len(wanted) // _SAMPLES)
    samples = [wanted[at : at + _SAMPLE_LENGTH] for at in range(0, len(wanted) - _SAMPLE_LENGTH, step)]
    return sum(sample in held for sample in samples) >= _REPEATED_SHARE * len(samples)


def _register_conflicts(register: Register | None, serials: set[int]) -> Counter[str]:
    if register is None:
        return Counter()
    return Counter(
        form_missing=len(register.rows.keys() - serials),
        register_row_repeated=register.repeated,
        register_row_unreadable=register.unreadable,
    )
