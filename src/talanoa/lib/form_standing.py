"""For whom a form speaks: its organization, stakeholder group and country, where form and register differ.

The register wins; what the form said is kept beside it by the caller. A difference of case, accents, spaces
or lost letters is no conflict.
"""

import re
from dataclasses import dataclass

from talanoa.lib.aliases import Aliases, countries_among, fold
from talanoa.lib.form_fields import Form, without_label
from talanoa.lib.form_register import RegisterRow
from talanoa.lib.text_repair import Notes, drop_accented

_ADDRESS = re.compile(r"\S+@\S+\.\S+")
_NONE = frozenset({"na", "n a", "none", "no organization", "no organisation"})
_OTHER = "other"


@dataclass(frozen=True, slots=True)
class Standing:
    """Organization and country as given; `group` and `country` as codes (see aliases)."""

    organization: str
    group: str
    country: str
    country_as_given: str


def standing(form: Form, row: RegisterRow, aliases: Aliases, notes: Notes, conflicts: Notes) -> Standing:
    """Return for whom `form` speaks; an empty cell of `row` leaves the form's own value.

    Adds repairs to `notes` and conflicts (sector, organization, country, sector_unknown, country_unknown).
    """
    organization = _organization(form, row, notes, conflicts)
    given = _country_as_given(form, row, aliases, notes, conflicts)
    country = aliases.country(given)
    seat = aliases.seat(given)
    if seat:
        notes.add("organization_from_country")
        organization = ", ".join(filter(None, (organization, given)))
    elif not country:
        seat = aliases.seat(organization)
    if seat:
        notes.add("country_from_organization")
    if len(countries_among(aliases.places(given))) > 1:
        notes.add("country_first_of_several")
    if given and not (country or seat):
        conflicts.add("country_unknown")
    return Standing(organization, _group(form, row, aliases, conflicts), country or seat, given)


def _group(form: Form, row: RegisterRow, aliases: Aliases, conflicts: Notes) -> str:
    group = aliases.group(row.sector or form.sector)
    if row.sector and form.sector and group != aliases.group(form.sector):
        conflicts.add("sector")
    if not group and (row.sector or form.sector):
        conflicts.add("sector_unknown")
    return group or _OTHER


def _organization(form: Form, row: RegisterRow, notes: Notes, conflicts: Notes) -> str:
    """Return the register's organization, without a label, an e-mail address or a word for none."""
    name = without_label("organization", row.organization, notes) or form.organization
    if _letters(name) == _letters(form.organization) + "sector":
        name = notes.changed("label_in_value", name, name[: -len("sector")].rstrip())
    _compare("organization", form.organization, name, notes, conflicts)
    if _ADDRESS.fullmatch(name):
        return notes.changed("address_withheld", name, "")
    return notes.changed("organization_not_given", name, "" if fold(name) in _NONE else name)


def _country_as_given(form: Form, row: RegisterRow, aliases: Aliases, notes: Notes, conflicts: Notes) -> str:
    given = without_label("region", row.country, notes) or form.region
    same_place = aliases.places(form.region) == aliases.places(given) != ()
    if not same_place:
        _compare("country", form.region, given, notes, conflicts)
    return given


def _compare(code: str, form: str, chosen: str, notes: Notes, conflicts: Notes) -> None:
    """Note letters that `chosen` has and the form lost, or a conflict where they say different things."""
    if not form or _letters(form) == _letters(chosen):
        return
    if _letters(drop_accented(form)) == _letters(drop_accented(chosen)):
        notes.add("letters_restored")
    else:
        conflicts.add(code)


def _letters(value: str) -> str:
    return fold(value).replace(" ", "")
