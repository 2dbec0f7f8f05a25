"""The charter as data: the templates, reading YAML, what is missing, and its text in Markdown."""

from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import yaml
from django.utils.translation import gettext_lazy as _

from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.text import without_controls
from talanoa.lib.decision_rules import named_rule, newest_rules
from talanoa.lib.declared import Funder, Seat, Subgroup, Target, funder, seat, subgroup, target
from talanoa.lib.languages import is_language
from talanoa.lib.processkeys import PLACE
from talanoa.lib.regions import REGIONS
from talanoa.people.models import Group
from talanoa.processes.facts import BY_KEY, FACTS, Fact
from talanoa.processes.models import FOUNDING, Default
from talanoa.processes.stage_plan import check_plan, draws_up

SIZE_LIMIT = 200_000
NEWCOMER_HOURS = 24
DIGITS_OF_DAYS = 4
TEMPLATES = ("open-consultation", "feasibility-study", "working-group")
FEASIBILITY = "feasibility-study"
DO_NOT_PROCEED = "do not proceed"
OVERLAP_UNCHECKED = "not checked"


def read_yaml(text: str, *, days: Mapping[str, int] = FOUNDING) -> dict[str, Any]:
    """Return the facts in a charter file; stages without days get those of `days`.

    Raises RuleBroken: charter_unreadable.

    Every scalar is read as text, so that `no`, `1:30` and dates stay what was written, whatever their tags.
    """
    if len(text) > SIZE_LIMIT:
        raise RuleBroken(_("A charter file is shorter than 200,000 characters."), code="charter_unreadable")
    try:
        facts = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - it makes text, lists and mappings only
    except (yaml.YAMLError, RecursionError) as wrong:
        where = getattr(wrong, "problem_mark", None)
        line = where.line + 1 if where else 1
        raise RuleBroken(
            _("The charter file cannot be read as YAML near line %(line)s.") % {"line": line},
            code="charter_unreadable",
        ) from wrong
    if not isinstance(facts, dict):
        raise RuleBroken(_("A charter file is a list of `fact: text` lines."), code="charter_unreadable")
    unknown = sorted(str(key) for key in facts.keys() - BY_KEY.keys() - {"key", "stages", "template"})
    if unknown:
        raise RuleBroken(
            _("The charter file has facts that no charter has: %(names)s.") % {"names": ", ".join(unknown)},
            code="charter_unreadable",
        )
    return normal(facts, days=days)


def normal(facts: Mapping[str, Any], *, days: Mapping[str, int] = FOUNDING) -> dict[str, Any]:
    """Return `facts` with text where text belongs, lists where lists belong, and `days` where a stage says none."""
    made: dict[str, Any] = {}
    for fact in FACTS:
        value = facts.get(fact.key)
        made[fact.key] = _lines(value) if fact.many else _text(value)
    if rule := named_rule(made["rule"]):
        made["rule"] = rule.name
    made["key"] = _text(facts.get("key"))
    made["template"] = _text(facts.get("template")) or TEMPLATES[0]
    made["stages"] = [
        _stage(stage, days) for stage in facts.get("stages") or [] if isinstance(stage, Mapping)
    ]
    return made


def _text(value: Any) -> str:
    return " ".join(without_controls(str(value)).split()) if isinstance(value, str | int | float) else ""


def _lines(value: Any) -> list[str]:
    if isinstance(value, str):
        value = value.splitlines()
    if not isinstance(value, list):
        return []
    return [line for line in (_option(item) for item in value) if line]


def _option(item: Any) -> str:
    """Return one line; an option may be written as name, description and the evidence it needs."""
    if isinstance(item, Mapping):
        return ": ".join(
            filter(None, (_text(item.get(key)) for key in ("name", "description", "evidence_needed")))
        )
    return _text(item)


def _stage(stage: Mapping[str, Any], defaults: Mapping[str, int]) -> dict[str, Any]:
    kind = _text(stage.get("kind"))
    days = _text(stage.get("days"))
    made: dict[str, Any] = {"kind": kind, "days": _days(days) if days else defaults.get(kind)}
    if stage.get("opens_at"):
        made["opens_at"] = _text(stage["opens_at"])
    return made


def _days(value: str) -> int:
    """Return a number of days of at most four digits; 0, which no stage may last, where it is none."""
    return int(value) if value.isdecimal() and len(value) <= DIGITS_OF_DAYS else 0


def missing(facts: Mapping[str, Any]) -> list[Fact]:
    """Return the required facts that are still empty, in the order of the charter."""
    return [fact for fact in FACTS if fact.required and not facts.get(fact.key)]


def check_complete(facts: Mapping[str, Any]) -> None:
    """Refuse a charter that lacks a fact or states one that cannot be.

    Raises RuleBroken: charter_incomplete, charter_unreadable, review_too_short, overlap_unrecorded,
    quarantine_too_long.
    """
    gaps = [str(fact.label) for fact in missing(facts) if fact.key != "overlap"]
    if gaps:
        raise RuleBroken(
            _("The charter still lacks: %(facts)s.") % {"facts": ", ".join(gaps)},
            code="charter_incomplete",
            subjects=[fact.key for fact in missing(facts)],
        )
    if not facts.get("overlap"):
        raise RuleBroken(
            _("State the overlap finding, or “not checked, because ...” in public."),
            code="overlap_unrecorded",
        )
    check_plan(facts["stages"])
    _check_rule(facts)
    _check_codes(facts)
    _check_hours(facts.get("newcomer_hours", ""))
    if facts["template"] == FEASIBILITY:
        _check_options(facts["options"])
    _check_declared(facts)


def _check_declared(facts: Mapping[str, Any]) -> None:
    """Refuse targets and seats of nobody, a target set twice, and funders without amount and dates."""
    for read, key in ((funder, "funders"), (seat, "seats"), (target, "floors"), (subgroup, "subgroups")):
        for line in facts.get(key, []):
            try:
                told = read(line)
            except ValueError as wrong:
                raise RuleBroken(
                    _("This line cannot be read: “%(line)s”. %(help)s")
                    % {"line": line, "help": BY_KEY[key].help},
                    code="charter_unreadable",
                    subjects=[key],
                ) from wrong
            code = _code_of(told)
            if code is not None and code not in (*Group.values, *(REGIONS if key == "floors" else ())):
                raise RuleBroken(
                    _("These are not codes of languages or groups: %(codes)s.") % {"codes": code},
                    code="charter_unreadable",
                    subjects=[key],
                )
    codes = [one.code for one in targets(facts)]
    if len(codes) > len(set(codes)):
        raise RuleBroken(
            _("A group or region has one target."), code="charter_unreadable", subjects=["floors"]
        )


def _code_of(told: Funder | Seat | Subgroup | Target) -> str | None:
    """Return the code of the group or region that a line is about; None where it is about none."""
    if isinstance(told, Funder):
        return None
    return told.code if isinstance(told, Target) else told.group


def subgroups(facts: Mapping[str, Any]) -> list[Subgroup]:
    """Return the parts of groups that a charter which was checked tells apart, in its order."""
    return [subgroup(line) for line in facts.get("subgroups", [])]


def targets(facts: Mapping[str, Any]) -> list[Target]:
    """Return who shall be in the room by a charter that was checked, in its order."""
    return [target(line) for line in facts.get("floors", [])]


def is_overlap_unchecked(facts: Mapping[str, Any]) -> bool:
    """Tell whether a charter says in public that nobody looked for related bodies."""
    return str(facts["overlap"]).lower().startswith(OVERLAP_UNCHECKED)


def _check_options(options: list[str]) -> None:
    """Refuse a feasibility study without options, or one that cannot end with “do not proceed”."""
    if DO_NOT_PROCEED not in {option_name(option).casefold() for option in options}:
        raise RuleBroken(
            _("A feasibility study lists its options, and one of them is: Do not proceed."),
            code="charter_incomplete",
            subjects=["options"],
        )


def option_name(option: str) -> str:
    """Return the name of an option, which stands before its description."""
    return option.partition(":")[0].strip()


def _check_rule(facts: Mapping[str, Any]) -> None:
    """Refuse a charter that asks for consensus and names no decision rule, or one that there is not."""
    name = facts.get("rule") or ""
    if (name or draws_up(facts)) and named_rule(name) is None:
        raise RuleBroken(
            _("Name the rule by which consensus is found: one of %(names)s.")
            % {"names": ", ".join(rule.code for rule in newest_rules())},
            code="charter_incomplete",
            subjects=["rule"],
        )


def _check_codes(facts: Mapping[str, Any]) -> None:
    wrong = [code for code in facts["languages"] if not is_language(code)]
    wrong += [code for code in facts["groups"] if code not in Group.values]
    if wrong:
        raise RuleBroken(
            _("These are not codes of languages or groups: %(codes)s.") % {"codes": ", ".join(wrong)},
            code="charter_unreadable",
        )


def _check_hours(hours: str) -> None:
    """Refuse a charter that would hold somebody's first message for longer than a day."""
    if hours and not (hours.isdecimal() and len(hours) <= DIGITS_OF_DAYS and int(hours) <= NEWCOMER_HOURS):
        raise RuleBroken(
            _("The first message of somebody new may be held for 0 to %(hours)s hours.")
            % {"hours": NEWCOMER_HOURS},
            code="quarantine_too_long",
        )


def newcomer_hours(facts: Mapping[str, Any]) -> int:
    """Return for how many hours, 0 to 24, the first message of somebody new may be held."""
    hours = str(facts.get("newcomer_hours") or "0")
    return min(int(hours), NEWCOMER_HOURS) if hours.isdecimal() and len(hours) <= DIGITS_OF_DAYS else 0


def template(name: str, *, title: str = "", days: Mapping[str, int] = FOUNDING) -> dict[str, Any]:
    """Return the facts of a template with `title` and the defaults `days` put in.

    Raises RuleBroken: template_unknown.
    """
    if name not in (*TEMPLATES, PLACE):
        raise RuleBroken(
            _("There is no template “%(name)s”; there are: %(names)s.")
            % {"name": name, "names": ", ".join(TEMPLATES)},
            code="template_unknown",
        )
    text = (files("talanoa.processes") / "charters" / f"{name}.yaml").read_text(encoding="utf-8")
    for default in (Default.APPEAL, Default.CHALLENGE):
        text = text.replace(f"{{{default}}}", str(days[default]))
    facts = read_yaml(text, days=days)
    return facts | {"template": name} | ({"title": title, "question": title} if title else {})


def as_markdown(facts: Mapping[str, Any]) -> str:
    """Return the charter's text: one heading for each fact, in the order of the list above."""
    parts = [f"# {facts['title'] or '-'}"]
    for fact in FACTS[1:]:
        value = facts.get(fact.key)
        if value:
            body = "\n".join(f"- {line}" for line in value) if fact.many else str(value)
            parts.append(f"## {fact.label}\n\n{body}")
    days = [f"- {stage['kind']}: {_span(stage)}" for stage in facts.get("stages", [])]
    if days:
        parts.append("## Stages\n\n" + "\n".join(days))
    return "\n\n".join(parts) + "\n"


def _span(stage: Mapping[str, Any]) -> str:
    length = f"{stage['days']} days" if stage.get("days") else "until done"
    return f"from {stage['opens_at']}, {length}" if stage.get("opens_at") else length
