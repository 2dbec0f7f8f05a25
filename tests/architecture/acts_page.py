"""Writes the page `docs/acts.md`: every act, who may do it, and how it is done on each skin. Read from the code.

The page is written by `make acts`; a test holds the two together.
"""

import ast
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from architecture.acts import Act, action_files, all_acts
from architecture.gaps import GAPS, GROUP_GAPS, OWN, SAME
from architecture.skins import Door, doors, lines, mails, pages
from architecture.source import ROOT, module_name, syntax
from architecture.test_actions import NOBODYS, WORKING_ACTS

PAGE = Path("docs/acts.md")
SKINS: dict[str, Callable[[], list[Door]]] = {"web": pages, "mail": mails, "cli": lines}
PARTICIPANT, OFFICE, NOBODY = "participant", "office", "nobody"
# Who may, by the question of `permissions.py` that the act asks.
WHO = {
    "require_appeal_body": "chair or convenor, none who decided before",
    "require_approver": "chair, or convenor where there is none",
    "require_applicant": "anybody who applies",
    "require_asked": "who was asked",
    "require_author": "its author",
    "require_author_or_office": "its author; secretariat, convenor or chair",
    "require_awarder": "the program; the host",
    "require_bringer": "who brought it",
    "require_caller": "a chair who did not write the text, and has stated their interests",
    "require_clerk": "secretariat or convenor, none who decided",
    "require_closer": "secretariat, convenor or chair; the clock",
    "require_convenor": "convenor",
    "require_designator": "the chair who found it",
    "require_desk": "whom the operator appointed",
    "require_editor": "editor, convenor, secretariat or chair",
    "require_holder": "whose badge it is",
    "require_host": "convenor of the process about the place itself",
    "require_known": "anybody, for themselves",
    "require_invited": "who was invited",
    "require_facilitator": "who opened the room",
    "require_judge": "its author, or a facilitator of the class",
    "require_keeper": "whom the operator appointed",
    "require_lead": "a facilitator of the class",
    "require_lead_applicant": "who leads the application",
    "require_named": "whom an application names",
    "require_board": "sponsor or convenor, none who recommended it or has a conflict of interest",
    "require_offerer": "convenor or secretariat, none with a conflict of interest in it or in the reserve list",
    "require_hearer": "chair, convenor or secretariat, none who took part in it",
    "require_recommender": "chair or convenor, none with a conflict of interest",
    "require_panel": "who judges the application, once their own review is in",
    "require_reviewer": "who was drawn to review it",
    "require_officer": "convenor or secretariat, none with a conflict of interest",
    "require_may_convene": "whom the operator appointed",
    "require_member": "anybody who takes part",
    "require_moderator": "convenor or secretariat",
    "require_office": "secretariat, convenor or chair",
    "require_opener": "convenor or secretariat",
    "require_organizer": "convenor or secretariat",
    "require_own": "who takes the course",
    "require_place": "in the process about the place itself",
    "require_player": "who plays a seat of the room",
    "require_publisher": "secretariat, convenor or chair; of a study whom the operator appointed",
    "require_recorded": "who is recorded as its speaker",
    "require_referred": "the body that was written to, or whom the operator appointed",
    "require_school": "whom the operator appointed",
    "require_seat": "a member of the panel",
    "require_seat_holder": "who plays the seat, or leads the room",
    "require_speaker": "anybody",
    "require_standing": "who took part in the call",
    "require_voice": "anybody who takes part, save observers",
    "require_vote": "anybody who takes part, save observers; convenor or secretariat from paper",
    "require_writer": "who wrote it",
}
OF_PARTICIPANTS = {
    "require_author",
    "require_author_or_office",
    "require_bringer",
    "require_holder",
    "require_invited",
    "require_applicant",
    "require_lead_applicant",
    "require_named",
    "require_panel",
    "require_reviewer",
    "require_asked",
    "require_judge",
    "require_member",
    "require_seat_holder",
    "require_known",
    "require_player",
    "require_own",
    "require_seat",
    "require_recorded",
    "require_speaker",
    "require_standing",
    "require_voice",
    "require_vote",
    "require_writer",
}
_HEAD = "| Act | Who | Web, without scripts | Mail | Command line |\n|---|---|---|---|---|\n"
_OPENING = """# Acts

Every act, who may do it, and where: on a page, by a mail that begins with the word, on the command line. A page or a
command that leads to one of several acts stands at each of them. A number stands where there is no way, and says why.
This page is written by `make acts` from the code: the addresses of the site, the registry of mail commands and the
verbs of the command line are followed to the acts that they call.
"""
_TITLES = {
    PARTICIPANT: "What participants do",
    OFFICE: "What those with a role do",
    NOBODY: "What the clock and the operator do",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One act: what it is called and does, whose it is, who may, and its doors or the reason for none on each skin."""

    act: str
    told: str
    whose: str
    who: str
    ways: dict[str, list[str]]
    reasons: dict[str, str]


@cache
def rows() -> list[Row]:
    """Every act that somebody does; those that are a step of others are not among them."""
    found = {skin: doors(of()) for skin, of in SKINS.items()}
    return [_row(act, found) for act in _public() if not is_step(act)]


def steps() -> list[Act]:
    """The public acts that are a step of others."""
    return [act for act in _public() if is_step(act)]


def is_step(act: Act) -> bool:
    """Tell whether an act is done inside others only: nobody is said to do it, or no skin leads to it."""
    is_somebodys = "by" in act.keywords or act.name in OWN or act.name in NOBODYS
    return not is_somebodys or (is_called(act) and not any(act.name in doors_of(skin) for skin in SKINS))


def is_called(act: Act) -> bool:
    """Tell whether another act calls this one."""
    return any(act.name in other.calls for other in all_acts().values() if other.name != act.name)


@cache
def doors_of(skin: str) -> dict[str, list[str]]:
    """The doors of one skin, for each act."""
    return doors(SKINS[skin]())


def page() -> str:
    """Return the whole page in Markdown."""
    parts = [_OPENING]
    for whose, title in _TITLES.items():
        chosen = [row for row in rows() if row.whose == whose]
        why = list(dict.fromkeys(reason for row in chosen for reason in row.reasons.values()))
        parts.append(f"\n## {title}\n\n{_HEAD}" + "".join(_line(row, why) for row in chosen))
        parts.append(
            "".join(f"\n{n}. {reason}" for n, reason in enumerate(why, start=1)) + "\n" if why else ""
        )
    told = "".join(f"- `{act.name}`: {_why_step(act)}\n" for act in steps())
    return "".join(parts) + f"\n## Steps of other acts\n\nNobody does these by themselves.\n\n{told}"


def _public() -> list[Act]:
    return [act for act in all_acts().values() if act.is_public]


def _row(act: Act, found: dict[str, dict[str, list[str]]]) -> Row:
    asked = _permissions(act)
    is_own = act.name in OWN or (not asked and "by" in act.keywords)
    whose = PARTICIPANT if is_own or asked & OF_PARTICIPANTS else OFFICE if asked else NOBODY
    who = (
        NOBODYS[act.name].partition(",")[0]
        if whose == NOBODY
        else "everybody, for themselves"
        if is_own
        else ""
    )
    ways = {skin: found[skin].get(act.name, []) for skin in SKINS}
    for skin, same in SAME.get(act.name, {}).items():
        ways[skin] = found[skin][same]
    given = GROUP_GAPS.get(whose, {}) | GAPS.get(act.name, {})
    reasons = {skin: given.get(skin, "") for skin in SKINS if not ways[skin]}
    return Row(act.name, _docstring(act.name), whose, who or _who(asked), ways, reasons)


def _who(asked: set[str]) -> str:
    return "; ".join(sorted(WHO.get(one, one) for one in asked))


def _permissions(act: Act) -> set[str]:
    """What an act asks of `permissions.py`, itself or by its own helpers; else what the acts that it calls ask."""
    acts = all_acts()
    own = {name for name in [act.name, *_helpers(act)] for name in _asked(name)}
    return own or {
        one for name in act.calls if name in acts and name != act.name for one in _permissions(acts[name])
    }


def _helpers(act: Act) -> list[str]:
    return (
        [name for name in act.calls if not all_acts()[name].is_public]
        if act.calls <= all_acts().keys()
        else []
    )


@cache
def _asked(name: str) -> frozenset[str]:
    """The permissions that one function asks; a question for a role is told as the role."""
    found = set()
    for node in ast.walk(_function(name)):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id.startswith("require_")
        ):
            roles = [ast.unparse(one) for one in node.args if ast.unparse(one).startswith("Role.")]
            found.add(" or ".join(role.removeprefix("Role.").lower() for role in roles) or node.func.id)
    return frozenset(found)


@cache
def _functions() -> dict[str, ast.FunctionDef]:
    trees = {module_name(path): syntax(path) for path in action_files()}
    nodes = [(module, node) for module, tree in trees.items() for node in tree.body]
    return {f"{module}.{node.name}": node for module, node in nodes if isinstance(node, ast.FunctionDef)}


def _function(name: str) -> ast.FunctionDef:
    return _functions()[name]


def _docstring(name: str) -> str:
    first = (ast.get_docstring(_function(name)) or "").partition("\n")[0]
    return first.partition(";")[0].partition(". ")[0].rstrip(".")


def _line(row: Row, why: list[str]) -> str:
    cells = [_cell(row, skin, why) for skin in SKINS]
    return f"| {row.told} (`{row.act}`) | {row.who} | {' | '.join(cells)} |\n"


def _cell(row: Row, skin: str, why: list[str]) -> str:
    ways = ", ".join(f"`{way}`" for way in row.ways[skin])
    return ways or f"– ({why.index(row.reasons[skin]) + 1})"


def _why_step(act: Act) -> str:
    return WORKING_ACTS.get(act.name) or NOBODYS.get(act.name) or _docstring(act.name).lower()


def write() -> None:
    """Write the page into the checkout."""
    (ROOT / PAGE).write_text(page(), encoding="utf-8")
