"""The agreement of an award: its days, an amount for each budget line and each funder, milestones, conditions.

As lines of a file: `starts: 2027-06-01`, `ends:`, `budget people: 7000`, `funder 1: 6000` by the order of the funders
in the call, `milestone: 2027-12-01; 6000; Data and text`, one for each, `conditions:` with words. A milestone that ends
in `; advance` is paid before its report. All amounts are whole units of the currency of the call.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from talanoa.lib.calls import CallText
from talanoa.lib.labeled import LineUnreadable, amount_in, day_in, labeled

WHOLE = "award"
"""The one line of the budget where the call has none, as for a fellowship."""
ADVANCE = "advance"
MOST_MILESTONES, MILESTONE_LIMIT = 20, 200
LAST_REPORT = timedelta(days=366)
"""How long after its end the last report of an award may be due."""
MISSING, ORDER, UNKNOWN, COSTLY, TOTAL, SHARES, PAYMENTS, MANY, EARLY = (
    "missing",
    "order",
    "unknown",
    "costly",
    "total",
    "shares",
    "payments",
    "many",
    "early",
)


@dataclass(frozen=True, slots=True)
class Due:
    """A milestone: the day on which its report is due, what is paid with it (or before it), what is done by then."""

    on: date
    amount: int
    title: str
    in_advance: bool = False


@dataclass(frozen=True, slots=True)
class Agreement:
    """What is agreed on; `shares` are by the place of each funder in the call, from 1."""

    starts: date | None = None
    ends: date | None = None
    budget: Mapping[str, int] = field(default_factory=dict)
    shares: Mapping[int, int] = field(default_factory=dict)
    milestones: tuple[Due, ...] = ()
    conditions: str = ""

    @property
    def total(self) -> int:
        """What is awarded in all."""
        return sum(self.budget.values())


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong: one of MISSING to EARLY; of which field, and the limit or sum that it does not meet."""

    kind: str
    field: str
    limit: int = 0


def read(text: str) -> Agreement:
    """Return the agreement that lines tell. Raises LineUnreadable: no day, no amount, or no milestone."""
    days, budget, shares = dict[str, date](), dict[str, int](), dict[int, int]()
    milestones, conditions = list[Due](), ""
    for label, said in labeled(text, _is_label):
        if label in ("starts", "ends"):
            days[label] = day_in(said)
        elif label.startswith("budget "):
            budget[label.removeprefix("budget ")] = amount_in(said)
        elif label.startswith("funder "):
            shares[int(label.removeprefix("funder "))] = amount_in(said)
        elif label == "milestone":
            milestones += [due(line) for line in said.splitlines() if line.strip()]
        else:
            conditions = said.strip()
    return Agreement(days.get("starts"), days.get("ends"), budget, shares, tuple(milestones), conditions)


def _is_label(name: str) -> bool:
    first, _blank, rest = name.partition(" ")
    if first == "funder":
        return rest.isascii() and rest.isdigit() and len(rest) < len("100")
    return bool(rest) if first == "budget" else name in ("starts", "ends", "milestone", "conditions")


def due(line: str) -> Due:
    """Read `2027-12-01; 6000; Data and text; advance`. Raises LineUnreadable."""
    parts = [part.strip() for part in line.split(";")]
    is_advance = len(parts) == len(("on", "amount", "title", "advance")) and parts[3].lower() == ADVANCE
    if (len(parts) != len(("on", "amount", "title")) and not is_advance) or not parts[2]:
        raise LineUnreadable(line.strip()[:100])
    return Due(day_in(parts[0]), amount_in(parts[1]), parts[2], is_advance)


def due_line(one: Due) -> str:
    """Return the line of a milestone, without its label."""
    ending = f"; {ADVANCE}" if one.in_advance else ""
    return f"{one.on.isoformat()}; {one.amount}; {one.title.replace(';', ',')}{ending}"


def as_lines(told: Agreement) -> str:
    """Return the lines that `read` reads as `told`."""
    lines = [
        f"{name}: {day.isoformat()}" for name, day in (("starts", told.starts), ("ends", told.ends)) if day
    ]
    lines += [f"budget {name}: {amount}" for name, amount in told.budget.items()]
    lines += [f"funder {place}: {amount}" for place, amount in told.shares.items()]
    lines += [f"milestone: {due_line(one)}" for one in told.milestones]
    return "\n".join([*lines, f"conditions: {told.conditions}"] if told.conditions else lines)


def faults(told: Agreement, call: CallText, most: int) -> tuple[Fault, ...]:
    """Return all that keeps an agreement from being offered; `most` is what was decided for it."""
    found = [Fault(MISSING, name) for name in ("starts", "ends") if getattr(told, name) is None]
    if told.starts and told.ends and told.ends <= told.starts:
        found.append(Fault(ORDER, "ends"))
    return (*found, *_money(told, call, most), *_milestones(told))


def _money(told: Agreement, call: CallText, most: int) -> list[Fault]:
    limits = {one.id: one.most for one in call.budget_lines} or {WHOLE: 0}
    found = [Fault(UNKNOWN, name) for name in told.budget if name not in limits]
    found += [
        Fault(COSTLY, name, limits[name])
        for name, amount in told.budget.items()
        if limits.get(name) and amount > limits[name]
    ]
    if not told.total:
        found.append(Fault(MISSING, "budget"))
    if told.total > most:
        found.append(Fault(TOTAL, "budget", most))
    found += [
        Fault(UNKNOWN, f"funder {place}") for place in told.shares if not 0 < place <= len(call.funders)
    ]
    if sum(told.shares.values()) != told.total:
        found.append(Fault(SHARES, "funder", told.total))
    return found


def _milestones(told: Agreement) -> list[Fault]:
    found = [] if told.milestones else [Fault(MISSING, "milestone")]
    if len(told.milestones) > MOST_MILESTONES:
        found.append(Fault(MANY, "milestone", MOST_MILESTONES))
    if told.milestones and sum(one.amount for one in told.milestones) != told.total:
        found.append(Fault(PAYMENTS, "milestone", told.total))
    if told.starts and told.ends:
        last = told.ends + LAST_REPORT
        found += [
            Fault(EARLY, str(place))
            for place, one in enumerate(told.milestones, start=1)
            if not told.starts <= one.on <= last
        ]
    return found


def portion(shares: Mapping[int, int], part: int) -> dict[int, int]:
    """Return `part` divided as `shares` are, in whole units that add up to it (largest remainders, then the first).

    Source: the method of Hamilton, as parliaments apportion seats by it.
    """
    total = sum(shares.values())
    if not total:
        return dict.fromkeys(shares, 0)
    exact = {place: divmod(part * share, total) for place, share in shares.items()}
    made = {place: whole for place, (whole, _rest) in exact.items()}
    left = part - sum(made.values())
    for place in sorted(exact, key=lambda place: (-exact[place][1], place))[:left]:
        made[place] += 1
    return made
