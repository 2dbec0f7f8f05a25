"""`talanoa award`: awards of sponsored research, their reports and payments, what comes of them."""

import json
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from talanoa.grants.actions.awarding import (
    accept_award,
    complete_award,
    give_up_award,
    offer_award,
    withdraw_award,
)
from talanoa.grants.actions.producing import state_ethics, state_registration, tell_output
from talanoa.grants.actions.reporting import ReportFile, judge_report, note_payment, receive_report
from talanoa.grants.models import Award, AwardReport, Milestone, Output
from talanoa.grants.queries import application_numbered
from talanoa.grants.queries.awards import award_numbered, metadata, milestone_of, next_milestone
from talanoa.grants.uploads import (
    read_agreement,
    read_attached,
    read_ethics,
    read_output,
    read_registration,
)
from talanoa.kernel.commands import Told, read_bytes
from talanoa.kernel.errors import RuleBroken
from talanoa.lib.extraction import MAX_UPLOAD
from talanoa.processes.commands import ActingVerb, acting, acting_person


class Command(ActingVerb):
    help = "Awards: offer and accept one, report, note payments, tell what comes of it."
    verbs = (
        "offer", "accept", "withdraw", "give-up", "complete", "list",
        "report", "judge", "pay",
        "ethics", "registered", "output", "datacite",
    )  # fmt: skip

    def describe(self, verb: str, parser: CommandParser) -> None:
        if verb == "offer":
            parser.add_argument("application", type=int, help="the number of the application")
        elif verb != "list":
            parser.add_argument("number", type=int, help="the number of the award")
        if verb in ("offer", "ethics", "registered", "output"):
            parser.add_argument("file", help="what is told, as lines; - is standard input")
        if verb in ("withdraw", "give-up", "judge"):
            parser.add_argument("--reason", required=True)
        if verb in ("judge", "pay"):
            parser.add_argument("milestone", type=int)
        if verb == "judge":
            parser.add_argument("outcome", choices=("accepted", "returned"))
        if verb == "pay":
            parser.add_argument("state", choices=Milestone.Payment.values)
            parser.add_argument("--reference", default="", help="by which who has the award finds it")
        if verb == "report":
            parser.add_argument("file", help="the report as text; - is standard input")
            parser.add_argument("--milestone", type=int, help="by default the one that is due next")
            parser.add_argument("--attach", help="a file that goes with it")
        if verb == "datacite":
            parser.add_argument("output", type=int, help="the number of the output")

    def act_offer(self, options: dict[str, Any]) -> Told:
        """Offer the award of an application, with the agreement as lines."""
        application = application_numbered(options["application"])
        if application is None:
            raise RuleBroken(_("There is no application with this number."), code="number_unknown")
        agreed = read_agreement(_text(options))
        by = acting(options, application.call.process)
        return _told(offer_award(application, by=by, agreed=agreed, **_how(options)))

    def act_accept(self, options: dict[str, Any]) -> Told:
        """Accept the agreement of one's award."""
        return _told(accept_award(_numbered(options), by=acting_person(options), **_how(options)))

    def act_withdraw(self, options: dict[str, Any]) -> Told:
        """Withdraw an award or an offer, with a reason."""
        award = _numbered(options)
        by = acting(options, award.application.call.process)
        return _told(withdraw_award(award, by=by, reason=options["reason"], **_how(options)))

    def act_give_up(self, options: dict[str, Any]) -> Told:
        """Give up one's award, or decline the offer, with a reason."""
        by, reason = acting_person(options), options["reason"]
        return _told(give_up_award(_numbered(options), by=by, reason=reason, **_how(options)))

    def act_complete(self, options: dict[str, Any]) -> Told:
        """Say that all that an award was for is done."""
        award = _numbered(options)
        by = acting(options, award.application.call.process)
        return _told(complete_award(award, by=by, **_how(options)))

    def act_list(self, options: dict[str, Any]) -> Told:
        """List the awards that one may know of, newest first."""
        found = Award.objects.visible_to(acting_person(options)).select_related("application__call")
        rows = [_row(award) for award in found]
        lines = [
            f"{r['award']:>4} {r['state']:<10} {r['amount']:>9} {r['paid']:>9} {r['title']}" for r in rows
        ]
        return Told({"awards": rows}, tuple(lines))

    def act_report(self, options: dict[str, Any]) -> Told:
        """Report of a milestone of one's award."""
        award, person, file = _numbered(options), acting_person(options), None
        number = options["milestone"]
        milestone = milestone_of(award, number) if number else next_milestone(award)
        if options["attach"]:
            data = read_bytes(options["attach"], sys.stdin, most=MAX_UPLOAD + 1)
            name = Path(options["attach"]).name
            file = ReportFile(data, name, read_attached(data, name))
        return _reported(
            receive_report(milestone, by=person, text=_text(options), file=file, **_how(options))
        )

    def act_judge(self, options: dict[str, Any]) -> Told:
        """Accept the newest report of a milestone, or send it back, with reasons."""
        award = _numbered(options)
        report = milestone_of(award, options["milestone"]).reports.order_by("-number").first()
        if report is None:
            raise RuleBroken(_("There is no report of this milestone."), code="number_unknown")
        by, accepts = acting(options, award.application.call.process), options["outcome"] == "accepted"
        made = judge_report(report, by=by, accepts=accepts, reasons=options["reason"], **_how(options))
        return _reported(made)

    def act_pay(self, options: dict[str, Any]) -> Told:
        """Note how far the payment of a milestone is; no money moves."""
        award = _numbered(options)
        milestone = milestone_of(award, options["milestone"])
        by = acting(options, award.application.call.process)
        said = {"state": options["state"], "reference": options["reference"]}
        made = note_payment(milestone, by=by, **said, **_how(options))
        data = {"award": award.number, "milestone": made.number, "payment": made.payment}
        return Told(data, (f"{award.number}, milestone {made.number}: {made.payment}.",))

    def act_ethics(self, options: dict[str, Any]) -> Told:
        """State who approved one's award as ethical, or why nobody has to."""
        ethics = read_ethics(_text(options))
        return _told(
            state_ethics(_numbered(options), by=acting_person(options), ethics=ethics, **_how(options))
        )

    def act_registered(self, options: dict[str, Any]) -> Told:
        """State where the plan of one's award is registered."""
        plan = read_registration(_text(options))
        return _told(
            state_registration(_numbered(options), by=acting_person(options), plan=plan, **_how(options))
        )

    def act_output(self, options: dict[str, Any]) -> Told:
        """Tell of something that came of one's award, or correct it."""
        award, sent = _numbered(options), read_output(_text(options))
        act = {"by": acting_person(options), **_how(options)}
        made = tell_output(award, told=sent.told, number=sent.number, **act)
        data = {"award": award.number, "output": made.number, "version": made.version}
        return Told(data, (f"{award.number}, output {made.number}: version {made.version}.",))

    def act_datacite(self, options: dict[str, Any]) -> Told:
        """Write the metadata of an output for whoever registers its DOI, as DataCite's JSON."""
        rows = Output.objects.visible_to(acting_person(options)).select_related("award__application__call")
        found = rows.filter(award__number=options["number"], number=options["output"]).first()
        if found is None:
            raise RuleBroken(_("The award has no output with this number."), code="number_unknown")
        publisher = settings.ENV["TALANOA_NAME"]
        made = metadata(found, publisher=publisher, on=options["at"].date())
        return Told(made, (json.dumps(made, ensure_ascii=False, indent=2),))


def _text(options: dict[str, Any]) -> str:
    return read_bytes(options["file"], sys.stdin).decode()


def _how(options: dict[str, Any]) -> dict[str, Any]:
    return {"at": options["at"], "channel": "cli"}


def _numbered(options: dict[str, Any]) -> Award:
    """Return the award with the number that was given. Raises RuleBroken: number_unknown."""
    found = award_numbered(options["number"])
    if found is None:
        raise RuleBroken(_("There is no award with this number."), code="number_unknown")
    return found


def _row(award: Award) -> dict[str, Any]:
    application = award.application
    return {
        "award": award.number,
        "call": application.call.key,
        "state": award.state,
        "amount": award.total,
        "paid": award.paid,
        "currency": application.call.facts.currency,
        "title": application.title,
    }


def _told(award: Award) -> Told:
    return Told({"award": award.number, "state": award.state}, (f"{award.number}: {award.state}.",))


def _reported(report: AwardReport) -> Told:
    milestone = report.milestone
    data = {"award": milestone.award.number, "milestone": milestone.number, "report": report.outcome}
    return Told(data, (f"{milestone.award.number}, milestone {milestone.number}: {report.outcome}.",))
