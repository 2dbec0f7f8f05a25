"""An application as lines of a mail or a file: `title:`, one label for each question, `budget people: 4000`, `with:`.

A line that begins with a label begins an answer, and the lines below it go on with it until the next label. A person
who applies too stands in one line: `with: Name; address; organization; country; group; ORCID iD`. All but name and
address may be left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from talanoa.lib.calls import CallText
from talanoa.lib.identifiers import orcid
from talanoa.lib.labeled import LineUnreadable, amount_in, labeled

TITLE_LIMIT, ANSWER_LIMIT, MOST_PEOPLE = 200, 12_000, 12
MISSING, LONG, COSTLY, UNKNOWN, TOTAL = "missing", "long", "costly", "unknown", "total"


@dataclass(frozen=True, slots=True)
class Fellow:
    """Somebody who applies together with whoever writes; `group` and `country` as they wrote them."""

    name: str
    address: str
    organization: str = ""
    country: str = ""
    group: str = ""
    orcid: str = ""


@dataclass(frozen=True, slots=True)
class ApplicationText:
    """What is asked for: a title, an answer to each question, an amount for each line of the budget, and with whom."""

    title: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    budget: Mapping[str, int] = field(default_factory=dict)
    fellows: tuple[Fellow, ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """What an application lacks: one of MISSING, LONG, COSTLY, UNKNOWN, TOTAL; of which field, and the limit."""

    kind: str
    field: str
    limit: int = 0


def read(text: str, call: CallText) -> ApplicationText:
    """Return the application that lines tell. Raises LineUnreadable: no amount, or no address."""
    known = {"title", "with", *(one.id for one in call.questions)}
    title, answers, budget, fellows = "", dict[str, str](), dict[str, int](), list[Fellow]()
    for label, said in labeled(text, lambda name: name in known or name.startswith("budget ")):
        if label == "title":
            title = " ".join(said.split())
        elif label == "with":
            fellows += [_fellow(line) for line in said.splitlines() if line.strip()]
        elif label.startswith("budget "):
            budget[label.removeprefix("budget ")] = amount_in(said)
        else:
            answers[label] = said.strip()
    return ApplicationText(title, answers, budget, tuple(fellows))


def _fellow(line: str) -> Fellow:
    """Read `Name; address; organization; country; group; ORCID iD`."""
    parts = [part.strip() for part in line.split(";")] + [""] * 5
    if not parts[0] or "@" not in parts[1] or (parts[5] and not orcid(parts[5])):
        raise LineUnreadable(line.strip()[:100])
    return Fellow(parts[0], parts[1].lower(), parts[2], parts[3], parts[4], orcid(parts[5]))


def as_lines(told: ApplicationText) -> str:
    """Return the lines that `read` reads as `told`."""
    lines = [f"title: {told.title}"]
    lines += [f"\n{name}: {said}" for name, said in told.answers.items()]
    lines += ["", *(f"budget {name}: {amount}" for name, amount in told.budget.items())]
    lines += [fellow_line(one) for one in told.fellows]
    return "\n".join(lines)


def fellow_line(one: Fellow) -> str:
    """Return the line of somebody who applies too."""
    parts = f"{one.name}; {one.address}; {one.organization}; {one.country}; {one.group}; {one.orcid}"
    return f"with: {parts.rstrip('; ')}"


def faults(told: ApplicationText, call: CallText) -> tuple[Fault, ...]:
    """Return all that keeps an application from being handed in, in the order of its fields."""
    found = [] if told.title.strip() else [Fault(MISSING, "title")]
    for one in call.questions:
        words = len(told.answers.get(one.id, "").split())
        if not words:
            found.append(Fault(MISSING, one.id))
        elif one.most and words > one.most:
            found.append(Fault(LONG, one.id, one.most))
    lines = {one.id: one for one in call.budget_lines}
    for name, amount in told.budget.items():
        if name not in lines:
            found.append(Fault(UNKNOWN, name))
        elif lines[name].most and amount > lines[name].most:
            found.append(Fault(COSTLY, name, lines[name].most))
    asked = sum(told.budget.values())
    if not asked and call.budget_lines:
        found.append(Fault(MISSING, "budget"))
    if asked > call.most:
        found.append(Fault(TOTAL, "budget", call.most))
    return tuple(found)
