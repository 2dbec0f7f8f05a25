"""One process at a glance: what it is, where it stands, what you can do now, what was said and answered."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from talanoa.consensus.queries import live_calls, minority_closes_at
from talanoa.contributions.queries import Coverage, coverage, folded, inputs_by_group
from talanoa.discussions.queries import threads
from talanoa.discussions.skin import thread_lines
from talanoa.inputs.queries import listing
from talanoa.inputs.rows import input_rows
from talanoa.kernel import clock
from talanoa.people.middleware import asking
from talanoa.people.models import Group
from talanoa.processes.charter import is_overlap_unchecked, newcomer_hours
from talanoa.processes.models import CharterVersion, Process, Stage
from talanoa.processes.permissions import may_work_on
from talanoa.processes.queries import comments_until, people_by_group, published_charter
from talanoa.processes.skin import process_or_404
from talanoa.record.models import Entry
from talanoa.record.queries import newest_note, sentence
from talanoa.registry.queries import overrides
from talanoa.site.now import OVER, WITH_REPORT, now_in

LATEST = 8
THREADS = 3
COUNTED = 256
FACTS = (
    ("runs", _("Who runs it")),
    ("takes_part", _("Who may take part")),
    ("decides", _("What is decided")),
    ("payer", _("Who pays")),
    ("overlap", _("Overlap")),
)
"""The five facts at the head; the charter tells the others."""


@dataclass(frozen=True, slots=True)
class RailStage:
    """A stage as the rail shows it: `done`, `now`, `next` or `waiting`."""

    label: str
    state: str
    opens_at: datetime | None
    closes_at: datetime | None
    note: str


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A stakeholder group in the room: people (None where fewer than five), inputs, their share in percent."""

    group: str
    label: str
    people: int | None
    inputs: int
    percent: int
    floor: int | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """What is counted over all inputs and people: coverage, and both by stakeholder group."""

    covered: Coverage
    inputs: dict[str, int]
    people: dict[str, int]


@dataclass(frozen=True, slots=True)
class Happening:
    """A line of what happened, with the entry that proves it."""

    at: datetime
    text: str
    url: str
    link: str


NO_CHARTER = (
    _("The charter is being written."),
    _("It says who runs the process, who decides what, and when. Nothing is asked before it is public."),
)


@require_safe
def show(request: HttpRequest, key: str) -> HttpResponse:
    """Show the process; a constant number of queries, however many inputs there are."""
    process = process_or_404(request, key)
    person, at = asking(request), clock.now()
    version = published_charter(process)
    stages = list(process.stages.all())
    entries = list(Entry.objects.filter(process_key=process.key).order_by("-index")[:LATEST])
    counts = _counts(process, newest_note(process.space))
    latest = folded(listing(process)) if counts.covered.piled else listing(process)
    context: dict[str, Any] = {
        "process": process,
        "facts": _facts(version),
        "rail": _rail(process, stages, at),
        "coverage": counts.covered,
        "latest": input_rows(process, latest.order_by("-number")[:LATEST], person),
        "threads": thread_lines(threads(process)[:THREADS], person),
        "groups": _groups(counts),
        "n_hidden": counts.covered.counted - sum(counts.inputs.values()),
        "is_sealed": process.state in WITH_REPORT,
        "events": [_event(entry) for entry in entries],
        "newest": entries[0] if entries else None,
        "now": now_in(process, stages, at),
        "also": _also(counts.covered),
        "no_charter": NO_CHARTER,
        "works": may_work_on(process, person),
        "address": f"{process.key}@{settings.ENV['TALANOA_MAIL_DOMAIN']}",
        "version": version,
        "hours": newcomer_hours(version.facts) if version else 0,
    }
    return TemplateResponse(request, "site/process.html", context)


def _also(covered: Coverage) -> str:
    """Return in a sentence or two what was received, what of it needs an answer, and what is not shown."""
    gone = _listed(
        (covered.superseded, ngettext("%(n)s replaced", "%(n)s replaced", covered.superseded)),
        (covered.withdrawn, ngettext("%(n)s withdrawn", "%(n)s withdrawn", covered.withdrawn)),
        (covered.erased, ngettext("%(n)s erased", "%(n)s erased", covered.erased)),
    )
    hidden = _listed(
        (covered.private, ngettext("%(n)s private", "%(n)s private", covered.private)),
        (covered.withheld, ngettext("%(n)s held", "%(n)s held", covered.withheld)),
        (covered.rejected, ngettext("%(n)s rejected", "%(n)s rejected", covered.rejected)),
        (
            covered.unconfirmed,
            ngettext(
                "%(n)s not yet confirmed by its sender",
                "%(n)s not yet confirmed by their senders",
                covered.unconfirmed,
            ),
        ),
    )
    told = []
    if gone:
        told.append(
            gettext("%(received)s received: %(gone)s; %(counted)s need an answer.")
            % {"received": covered.received, "gone": gone, "counted": covered.counted}
        )
    if hidden:
        told.append(gettext("Not shown, and answered all the same: %(hidden)s.") % {"hidden": hidden})
    return " ".join(told)


def _listed(*parts: tuple[int, str]) -> str:
    return ", ".join(text % {"n": count} for count, text in parts if count)


def _facts(version: CharterVersion | None) -> list[tuple[Any, str]]:
    if version is None:
        return []
    facts = version.facts
    told: list[tuple[Any, str]] = [(label, capfirst(facts[key])) for key, label in FACTS if facts.get(key)]
    if is_overlap_unchecked(facts):
        return told
    return told + [
        (gettext("Overridden: %(body)s does the same") % {"body": row.body}, row.reason)
        for row in overrides(version.process.key)
    ]


def _rail(process: Process, stages: list[Stage], at: datetime) -> list[RailStage]:
    """Return the stages in their order; the first one to come is the next, the others wait."""
    known = {stage.kind: stage for stage in stages}
    rail: list[RailStage] = []
    for stage in stages:
        state = _state(stage, at, is_next=all(row.state in ("done", "now") for row in rail))
        ends = [end for end in (stage.closes_at, stage.closed_at) if end]
        # What was due on the 16th is told so, however late the clock or the last answer came.
        opens, closes = stage.opened_at or stage.opens_at, min(ends, default=None)
        note = "" if state == "done" else _note(process, stage, known, at)
        rail.append(RailStage(stage.get_kind_display(), state, opens, closes, note))
    return rail


def _state(stage: Stage, at: datetime, *, is_next: bool) -> str:
    if stage.closed_at is not None or (stage.process.state in OVER and stage.kind == Stage.Kind.DECISION):
        return "done"
    if stage.opened_at is not None and stage.opened_at <= at:
        return "now"
    return "next" if is_next else "waiting"


def _note(process: Process, stage: Stage, known: dict[str, Stage], at: datetime) -> str:
    """Say what is certain of a stage: until when it takes words, how long the review is, before when nobody decides."""
    if stage.kind == Stage.Kind.DRAFTING and stage.opened_at is not None:
        until = comments_until(process)
        return gettext("comments until %(day)s") % {"day": _date(until)} if until and at < until else ""
    if stage.kind == Stage.Kind.CONSENSUS and stage.opened_at is not None:
        return ", ".join(
            gettext("call %(number)s until %(day)s") % {"number": call.number, "day": _date(call.closes_at)}
            for call in live_calls(process, at)
        )
    if stage.kind == Stage.Kind.REVIEW:
        return gettext("%(days)s days; nobody can shorten it") % {"days": process.review_days}
    call, review = known.get(Stage.Kind.INPUT), known.get(Stage.Kind.REVIEW)
    if stage.kind != Stage.Kind.DECISION or stage.opened_at is not None or call is None or review is None:
        return ""
    # Nobody seals before the call has ended, nor in the past.
    sealed = max(at, call.closed_at or call.closes_at or at)
    if Stage.Kind.CONSENSUS in known:
        sealed = max(sealed, comments_until(process) or sealed, minority_closes_at(process) or sealed)
    first = review.closes_at or sealed + timedelta(days=process.review_days)
    return gettext("not before %(day)s") % {"day": _date(first)}


def _date(at: datetime) -> str:
    return date_format(at.astimezone(UTC), "j F Y")


def _event(entry: Entry) -> Happening:
    url = reverse("record:entry", args=[entry.index])
    return Happening(entry.at, sentence(entry), url, str(_("entry %(index)s") % {"index": entry.index}))


@lru_cache(maxsize=COUNTED)
def _counts(process: Process, signed: str) -> Counts:
    """Count once for each newest checkpoint: acts alone change what is counted, and each act signs one.

    Whoever calls reads the checkpoint first, so a count may be newer than it and is never older. Counting
    5,000 inputs takes half the time of the page, which would grow with them (docs/benchmarks.md).
    """
    by_group = inputs_by_group(process, only_public=True)
    return Counts(coverage(process), by_group, people_by_group(process))


def _groups(counts: Counts) -> list[GroupLine]:
    inputs, people = counts.inputs, counts.people
    total = sum(inputs.values()) or 1
    lines = [
        GroupLine(
            code, str(label), people.get(code), inputs.get(code, 0), round(100 * inputs.get(code, 0) / total)
        )
        for code, label in Group.choices
    ]
    return [line for line in lines if line.inputs or line.people]
