"""`talanoa registry`: load the registry, search it, find who may already work on something, date it, correct it."""

from argparse import ArgumentTypeError
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from talanoa.kernel.commands import Told, Verb
from talanoa.kernel.entropy import entropy
from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.space import REAL
from talanoa.lib.news import READERS
from talanoa.lib.overlap import LEAST, THRESHOLD, WEIGHTS, Proposal, to_judge
from talanoa.lib.registry_files import FilesWrong, read
from talanoa.people.models import Person
from talanoa.people.queries import person_at
from talanoa.registry.actions import answer_correction, date_entry, load_registry, receive_correction
from talanoa.registry.fetching import latest
from talanoa.registry.models import Correction, Registry
from talanoa.registry.queries import Row, about, called, correction, overlaps, search
from talanoa.registry.skin import CONTENT

SHOWN = 10


class Command(Verb):
    help = "Load and search the registry of bodies; find overlaps; correct it."
    verbs = ("load", "overlap", "search", "news", "date", "correct", "corrections", "answer")

    def describe(self, verb: str, parser: CommandParser) -> None:
        parser.add_argument("--as", dest="actor", metavar="ADDRESS", help="who acts; by default the operator")
        if verb == "load":
            parser.add_argument("folder", nargs="?", type=Path, default=CONTENT)
        if verb == "overlap":
            parser.add_argument("--title", required=True)
            parser.add_argument("--summary", default="")
            for name in ("topic", "addressee", "jurisdiction"):
                parser.add_argument(f"--{name}", action="append", default=[])
        if verb == "search":
            parser.add_argument("words")
        if verb == "news":
            parser.add_argument("body", help="the key of a body with feeds")
        if verb in ("date", "correct"):
            parser.add_argument(
                "entry", nargs=None if verb == "date" else "?", default="", help="such as body/igf"
            )
        if verb == "date":
            parser.add_argument("--checked", type=day, required=True)
            parser.add_argument("--opens", type=day)
            parser.add_argument("--closes", type=day)
        if verb == "answer":
            parser.add_argument("number", type=int)
            parser.add_argument("outcome", choices=Correction.Outcome.values)
        if verb in ("correct", "answer"):
            parser.add_argument("--text", required=True)

    def act_load(self, options: dict[str, Any]) -> Told:
        """Read the registry from its files; what did not change is left alone."""
        folder: Path = options["folder"]
        try:
            files = read(folder)
        except FilesWrong as wrong:
            raise RuleBroken(
                "\n".join(wrong.wrong), code="registry_unreadable", subjects=wrong.wrong
            ) from wrong
        is_new = load_registry(files, at=options["at"], channel="cli")
        counts = {name: len(getattr(files, name)) for name in ("bodies", "processes", "trainings", "funding")}
        told = ", ".join(f"{n} {name}" for name, n in counts.items())
        line = f"Loaded: {told}." if is_new else f"Nothing is new: {told}."
        return Told({"new": is_new, **counts, "sha256": files.sha256}, (line,))

    def act_overlap(self, options: dict[str, Any]) -> Told:
        """List who may already work on what is proposed, with the parts of the score."""
        proposal = Proposal(
            title=options["title"],
            summary=options["summary"],
            topics=frozenset(options["topic"]),
            addressees=tuple(options["addressee"]),
            jurisdictions=frozenset(options["jurisdiction"]),
        )
        ranked = overlaps(proposal)
        judged = {row.body for row in to_judge(ranked)}
        rows = [asdict(row) | {"must_judge": row.body in judged} for row in ranked[: max(SHOWN, len(judged))]]
        sha256 = Registry.objects.values_list("sha256", flat=True).first() or ""
        data = {
            "candidates": rows,
            "weights": WEIGHTS,
            "threshold": THRESHOLD,
            "least": LEAST,
            "registry": sha256,
        }
        return Told(
            data, tuple(_shown(row) for row in rows) or ("The registry is empty: run talanoa registry load.",)
        )

    def act_search(self, options: dict[str, Any]) -> Told:
        """Search bodies, processes, trainings and sources of money."""
        rows = [
            {"entry": about(r.row), "title": r.row.title, "url": r.row.url} for r in search(options["words"])
        ]
        return Told(
            {"found": rows}, tuple(f"{row['entry']:<32} {row['title']}  {row['url']}" for row in rows)
        )

    def act_news(self, options: dict[str, Any]) -> Told:
        """Fetch the feeds of a body that we can read, and list what is newest in each."""
        body = _entry(f"body/{options['body']}")
        feeds = [row for row in getattr(body, "feeds", []) if row["kind"] in READERS]
        if not feeds:
            raise RuleBroken(
                _("%(body)s has no feed that can be read.") % {"body": body}, code="feed_missing"
            )
        agent = f"Talanoa ({settings.TALANOA_URL}; {settings.ENV['TALANOA_OPERATOR']})"
        told: list[dict[str, Any]] = []
        lines: list[str] = []
        for feed in feeds:
            try:
                rows = latest(feed["kind"], feed["url"], agent=agent)
            except RuleBroken as broken:
                told.append({"feed": feed["url"], "code": broken.rule})
                lines.append(f"{feed['url']}: {broken.text} [{broken.rule}]")
                continue
            told.append({"feed": feed["url"], "news": [asdict(row) for row in rows]})
            lines += [
                f"{row.at:%Y-%m-%d}  {row.title}  {row.url}" if row.at else f"{row.title}  {row.url}"
                for row in rows
            ]
        return Told({"feeds": told}, tuple(lines))

    def act_date(self, options: dict[str, Any]) -> Told:
        """Say when an entry was held against its sources, and from when to when it runs."""
        row = date_entry(
            _entry(options["entry"]),
            by=_person(options),
            checked=options["checked"],
            opens=options["opens"],
            closes=options["closes"],
            at=options["at"],
            channel="cli",
        )
        name = about(row)
        return Told(
            {"entry": name, "checked": f"{row.checked_on}"}, (f"{name} was checked on {row.checked_on}.",)
        )

    def act_correct(self, options: dict[str, Any]) -> Told:
        """Say what is wrong or missing."""
        made = receive_correction(
            by=_person(options),
            about=about(_entry(options["entry"])) if options["entry"] else "",
            text=options["text"],
            dedup_key=entropy(REAL, "correction on the command line").hex(),
            at=options["at"],
            channel="cli",
        )
        return Told({"number": made.number, "about": made.about}, (f"Received: correction {made.number}.",))

    def act_corrections(self, options: dict[str, Any]) -> Told:
        """List the corrections, those that wait for an answer first."""
        found = Correction.objects.order_by("answered_at", "number")
        rows = [
            {
                "number": row.number,
                "about": row.about,
                "text": row.text,
                "outcome": row.outcome,
                "answer": row.answer,
            }
            for row in sorted(found, key=lambda row: (row.answered_at is not None, row.number))
        ]
        lines = [
            f"{r['number']:>4} {r['outcome'] or 'waits':<10} {r['about'] or '-'}: {r['text']}" for r in rows
        ]
        return Told({"corrections": rows}, tuple(lines))

    def act_answer(self, options: dict[str, Any]) -> Told:
        """Answer a correction, in public."""
        found = correction(options["number"])
        if found is None:
            raise RuleBroken(_("There is no correction with this number."), code="number_unknown")
        by, outcome = _person(options), options["outcome"]
        made = answer_correction(
            found, by=by, outcome=outcome, text=options["text"], at=options["at"], channel="cli"
        )
        return Told({"number": made.number, "outcome": made.outcome}, (f"{made.number}: {made.outcome}.",))


def _shown(row: dict[str, Any]) -> str:
    parts = " ".join(f"{name} {value:.2f}" for name, value in row["parts"].items())
    return f"{row['score']:.2f} {row['body']}{'*' if row['must_judge'] else ''}  {parts}"


def _entry(name: str) -> Row:
    """Return what is called such as `body/igf`. Raises RuleBroken: entry_unknown."""
    found = called(name)
    if found is None:
        raise RuleBroken(_("There is no “%(name)s” in the registry.") % {"name": name}, code="entry_unknown")
    return found


def _person(options: dict[str, Any]) -> Person:
    """Return who acts. Raises RuleBroken: person_unknown."""
    address = options["actor"] or settings.ENV["TALANOA_OPERATOR"]
    found = person_at(address)
    if found is None:
        raise RuleBroken(
            _("Nobody here has the address %(address)s.") % {"address": address}, code="person_unknown"
        )
    return found


def day(value: str) -> date:
    """Read a day such as 2026-11-25."""
    try:
        return date.fromisoformat(value)
    except ValueError as wrong:
        raise ArgumentTypeError("write a day as 2026-11-25") from wrong
