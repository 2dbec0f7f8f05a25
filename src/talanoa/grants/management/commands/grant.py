"""`talanoa grant`: calls for applications, applications under them, and what convenor and secretariat do with them."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from talanoa.contributions.actions.erasing import ERASURE_GROUNDS
from talanoa.contributions.models import Appeal
from talanoa.discussions.skin import new_message_id
from talanoa.grants.actions.applying import (
    Lead,
    answer_naming,
    attach_file,
    give_more,
    keep_draft,
    submit_application,
    withdraw_application,
)
from talanoa.grants.actions.assigning import (
    add_reviewer,
    assign_reviewers,
    begin_round,
    record_conflict,
    reveal_applicants,
)
from talanoa.grants.actions.calling import Posted, cancel_call, publish_call, revise_call
from talanoa.grants.actions.deciding import (
    Ruled,
    appeal_decision,
    decide_application,
    hear_appeal,
    recommend,
)
from talanoa.grants.actions.erasing import erase_application
from talanoa.grants.actions.reviewing import attest, discuss, receive_review, recuse
from talanoa.grants.actions.screening import ask_more, screen_application
from talanoa.grants.actions.stating import state_works
from talanoa.grants.letters import page
from talanoa.grants.models import Application, Drawing, Reading, ResearchCall, Verdict
from talanoa.grants.queries import (
    appeal_on,
    application_numbered,
    call_named,
    criteria_of,
    drafts_of,
    read_call,
    reading_of,
    readings_of,
)
from talanoa.grants.skin import name_known, new_seed
from talanoa.grants.uploads import read_attached, read_lines
from talanoa.kernel.commands import Told, read_bytes
from talanoa.kernel.errors import RuleBroken
from talanoa.lib.extraction import MAX_UPLOAD
from talanoa.lib.reviews import read as read_review
from talanoa.people.models import Group
from talanoa.people.queries import person_at
from talanoa.processes.commands import ActingVerb, acting, acting_person, process_called

ABOUT_REVIEWS = ("conflict", "another", "attest", "recuse", "review", "discuss")
AFTER_REVIEWS = ("recommend", "decide", "appeal", "hear", "erase")


class Command(ActingVerb):
    help = "Sponsored research: publish a call, apply, see to applications."
    verbs = (
        "publish", "revise", "cancel", "calls",
        "apply", "submit", "applications", "withdraw", "part", "more",
        "screen", "ask",
        "reviewer", "assign", "reveal", "round", "conflict", "another",
        "published", "reviews", "attest", "recuse", "review", "discuss",
        "recommend", "decide", "appeal", "hear", "erase",
    )  # fmt: skip

    def describe(self, verb: str, parser: CommandParser) -> None:
        if verb in ("publish", "revise"):
            parser.add_argument("file", help="the file of the call; - is standard input")
        if verb == "publish":
            parser.add_argument("--process", required=True, help="the key of the process that it belongs to")
        if verb in ("cancel", "apply", "submit", "reviewer", "assign", "reveal", "round"):
            parser.add_argument("call")
        if verb == "apply":
            parser.add_argument("file", help="the application as lines; - is standard input")
            parser.add_argument("--attach", action="append", default=[], help="a file that goes with it")
        if verb in ("withdraw", "part", "more", "screen", "ask", *ABOUT_REVIEWS, *AFTER_REVIEWS):
            parser.add_argument("number", type=int)
        if verb == "part":
            parser.add_argument("answer", choices=("yes", "no"))
        if verb == "screen":
            parser.add_argument(
                "--unmet", action="append", default=[], help="a condition that it does not meet"
            )
        if verb in ("more", "ask", "discuss", "appeal"):
            parser.add_argument("--text", required=True)
        if verb in ("revise", "cancel", "screen", "conflict", "recuse", "recommend", "decide", "hear"):
            parser.add_argument("--reason", required=True)
        self.describe_reviews(verb, parser)

    def describe_reviews(self, verb: str, parser: CommandParser) -> None:
        """Add the arguments of the verbs about reviews."""
        if verb in ("reviewer", "conflict"):
            parser.add_argument("--address", required=True, help="of who reviews, or has the conflict")
        if verb == "reviewer":
            parser.add_argument("--name", default="")
            parser.add_argument("--group", choices=Group.values, default=Group.OTHER)
            parser.add_argument("--country", default="", help="its code, such as KE")
            parser.add_argument("--load", type=int, required=True, help="how many applications at most")
            parser.add_argument("--about", required=True, help="what they know, in words")
        if verb == "another":
            parser.add_argument("--reviewer", type=int, required=True, help="the number of the reviewer")
        if verb in ("recommend", "decide"):
            parser.add_argument("outcome", choices=Verdict.Outcome.values)
            parser.add_argument("--amount", type=int, default=0)
        if verb == "erase":
            parser.add_argument("--ground", choices=ERASURE_GROUNDS, required=True)
        if verb == "hear":
            parser.add_argument("outcome", choices=Appeal.Outcome.values)
        if verb == "published":
            parser.add_argument("file", help="one work in a line; - is standard input")
        if verb == "review":
            parser.add_argument("file", help="marks and words as lines; - is standard input")

    def act_publish(self, options: dict[str, Any]) -> Told:
        """Publish a call for comments."""
        text = read_bytes(options["file"], sys.stdin).decode()
        process, facts = process_called(options["process"]), read_call(text)
        posted = Posted(new_message_id(process), page(f"calls/{facts.id}/"))
        return _call(
            publish_call(process, by=acting(options, process), text=text, posted=posted, **_how(options))
        )

    def act_revise(self, options: dict[str, Any]) -> Told:
        """Change a call that is held for comments."""
        text = read_bytes(options["file"], sys.stdin).decode()
        call = _called(read_call(text).id)
        by = acting(options, call.process)
        return _call(revise_call(call, by=by, text=text, reason=options["reason"], **_how(options)))

    def act_cancel(self, options: dict[str, Any]) -> Told:
        """Cancel a call, with a public reason."""
        call = _called(options["call"])
        return _call(
            cancel_call(call, by=acting(options, call.process), reason=options["reason"], **_how(options))
        )

    def act_calls(self, _options: dict[str, Any]) -> Told:
        """List the calls, newest first."""
        rows = [_row(call) for call in ResearchCall.objects.visible_to(None)]
        lines = [
            f"{r['call']:<24} {r['state']:<10} {r['opens']} {r['closes']:<10} {r['title']}" for r in rows
        ]
        return Told({"calls": rows}, tuple(lines))

    def act_apply(self, options: dict[str, Any]) -> Told:
        """Keep an application as a draft, with files."""
        call, person = _called(options["call"]), acting_person(options)
        told = read_lines(read_bytes(options["file"], sys.stdin).decode(), call)
        facts = {"organization": person.organization, "group": person.group, "country": person.country}
        draft = keep_draft(call, by=person, lead=Lead(person.name, **facts), told=told, **_how(options))
        for name in options["attach"]:
            data = read_bytes(name, sys.stdin, most=MAX_UPLOAD + 1)
            found = read_attached(data, name)
            attach_file(draft, by=person, data=data, filename=Path(name).name, found=found, at=options["at"])
        return Told({"call": call.key, "state": draft.state}, (f"{call.key}: kept as a draft.",))

    def act_submit(self, options: dict[str, Any]) -> Told:
        """Hand in one's draft under a call."""
        person, call = acting_person(options), _called(options["call"])
        draft = drafts_of(person).filter(call=call).first()
        if draft is None:
            raise RuleBroken(_("You have no draft."), code="number_unknown")
        return _told(submit_application(draft, by=person, **_how(options)))

    def act_applications(self, options: dict[str, Any]) -> Told:
        """List the applications that one may read."""
        found = Application.objects.visible_to(acting_person(options)).handed_in().select_related("call")
        rows = [
            {"application": one.number, "call": one.call.key, "state": one.state, "title": one.title}
            for one in found
        ]
        lines = [f"{r['application']:>4} {r['state']:<12} {r['call']:<24} {r['title']}" for r in rows]
        return Told({"applications": rows}, tuple(lines))

    def act_withdraw(self, options: dict[str, Any]) -> Told:
        """Take one's application back."""
        return _told(withdraw_application(_numbered(options), by=acting_person(options), **_how(options)))

    def act_part(self, options: dict[str, Any]) -> Told:
        """Say whether one takes part in an application that names one."""
        application, agrees = _numbered(options), options["answer"] == "yes"
        answer_naming(application, by=acting_person(options), agrees=agrees, **_how(options))
        return _told(application)

    def act_more(self, options: dict[str, Any]) -> Told:
        """Answer the newest question about one's application."""
        application = _numbered(options)
        exchange = application.exchanges.order_by("-number").first()
        if exchange is None:
            raise RuleBroken(_("Nothing was asked about this application."), code="number_unknown")
        give_more(exchange, by=acting_person(options), text=options["text"], **_how(options))
        return _told(application)

    def act_screen(self, options: dict[str, Any]) -> Told:
        """Find an application eligible, or name what it does not meet."""
        application = _numbered(options)
        by, said = (
            acting(options, application.call.process),
            {"unmet": options["unmet"], "reason": options["reason"]},
        )
        return _told(screen_application(application, by=by, **said, **_how(options)))

    def act_ask(self, options: dict[str, Any]) -> Told:
        """Ask who applies for more information."""
        application = _numbered(options)
        by = acting(options, application.call.process)
        ask_more(application, by=by, text=options["text"], **_how(options))
        return _told(application)

    def act_reviewer(self, options: dict[str, Any]) -> Told:
        """Name a reviewer of a call."""
        call = _called(options["call"])
        made = name_known(call, options, by=acting(options, call.process), **_how(options))
        return Told({"call": call.key, "reviewer": made.number}, (f"{call.key}: reviewer {made.number}.",))

    def act_assign(self, options: dict[str, Any]) -> Told:
        """Draw who reads which application."""
        call = _called(options["call"])
        by = acting(options, call.process)
        made = assign_reviewers(call, by=by, seed=new_seed(call), **_how(options))
        # Who has a conflict of interest may have them drawn, and could draw again with the seed.
        seed = made.seed if Drawing.objects.visible_to(by.person).filter(pk=made.pk).exists() else ""
        return Told({"call": call.key, "seed": seed}, (f"{call.key}: assigned with the seed {seed or '-'}.",))

    def act_reveal(self, options: dict[str, Any]) -> Told:
        """Show those who judge who applies."""
        call = _called(options["call"])
        return _call(reveal_applicants(call, by=acting(options, call.process), **_how(options)))

    def act_round(self, options: dict[str, Any]) -> Told:
        """Begin the next round of reviews."""
        call = _called(options["call"])
        return _call(begin_round(call, by=acting(options, call.process), **_how(options)))

    def act_conflict(self, options: dict[str, Any]) -> Told:
        """Note a conflict of interest in an application."""
        application, person = _numbered(options), person_at(options["address"])
        if person is None:
            raise RuleBroken(_("Nobody here has this address."), code="person_unknown")
        by = acting(options, application.call.process)
        record_conflict(application, person, by=by, reason=options["reason"], **_how(options))
        return _told(application)

    def act_another(self, options: dict[str, Any]) -> Told:
        """Ask one more reviewer to read an application."""
        application = _numbered(options)
        reviewer = application.call.reviewers.filter(number=options["reviewer"]).first()
        if reviewer is None:
            raise RuleBroken(_("The call has no reviewer with this number."), code="number_unknown")
        add_reviewer(application, reviewer, by=acting(options, application.call.process), **_how(options))
        return _told(application)

    def act_published(self, options: dict[str, Any]) -> Told:
        """State what one published with others."""
        text = read_bytes(options["file"], sys.stdin).decode()
        made = state_works(by=acting_person(options), text=text, **_how(options))
        count = len(made.works)
        return Told({"works": count}, (f"{count} works.",))

    def act_reviews(self, options: dict[str, Any]) -> Told:
        """List what one was drawn to review."""
        rows = [
            {"application": one.application.number, "round": one.round, "state": one.state}
            for one in readings_of(acting_person(options))
        ]
        return Told({"reviews": rows}, tuple(f"{r['application']:>4} {r['state']}" for r in rows))

    def act_attest(self, options: dict[str, Any]) -> Told:
        """State that one has no conflict of interest in an application."""
        return _state(attest(_reading(options), by=acting_person(options), **_how(options)))

    def act_recuse(self, options: dict[str, Any]) -> Told:
        """Step back from a review."""
        act = {"by": acting_person(options), "reason": options["reason"], **_how(options)}
        return _state(recuse(_reading(options), **act))

    def act_review(self, options: dict[str, Any]) -> Told:
        """Send one's review."""
        reading = _reading(options)
        lines = read_bytes(options["file"], sys.stdin).decode()
        told = read_review(lines, [one.id for one in criteria_of(reading)])
        made = receive_review(
            reading,
            by=acting_person(options),
            marks=told.marks,
            confidence=told.confidence,
            text=told.text,
            **_how(options),
        )
        return _state(made.reading)

    def act_discuss(self, options: dict[str, Any]) -> Told:
        """Say something of an application to the others who judge it."""
        application = _numbered(options)
        discuss(application, by=acting_person(options), text=options["text"], **_how(options))
        return _told(application)

    def act_recommend(self, options: dict[str, Any]) -> Told:
        """Recommend what is to become of an application; it is held before anybody decides."""
        return _verdict(recommend, options)

    def act_decide(self, options: dict[str, Any]) -> Told:
        """Decide what becomes of an application, after the hold."""
        return _verdict(decide_application, options)

    def act_appeal(self, options: dict[str, Any]) -> Told:
        """Appeal against the decision on one's application, because of the procedure."""
        application = _numbered(options)
        appeal_decision(application, by=acting_person(options), text=options["text"], **_how(options))
        return _told(application)

    def act_hear(self, options: dict[str, Any]) -> Told:
        """Decide an appeal against the decision on an application."""
        application = _numbered(options)
        found = appeal_on(application)
        if found is None:
            raise RuleBroken(_("Nobody appealed against it."), code="nothing_to_appeal")
        said = {"outcome": options["outcome"], "reasons": options["reason"]}
        hear_appeal(found, by=acting(options, application.call.process), **said, **_how(options))
        return _told(_numbered(options))

    def act_erase(self, options: dict[str, Any]) -> Told:
        """Erase the content of an application."""
        application = _numbered(options)
        by = acting(options, application.call.process)
        return _told(erase_application(application, by=by, ground=options["ground"], **_how(options)))


def _verdict(act: Callable[..., Verdict], options: dict[str, Any]) -> Told:
    application = _numbered(options)
    ruled = Ruled(options["outcome"], options["reason"], options["amount"])
    made = act(application, by=acting(options, application.call.process), ruled=ruled, **_how(options))
    return _told(made.application)


def _reading(options: dict[str, Any]) -> Reading:
    """Return what one was drawn to review. Raises RuleBroken: number_unknown."""
    found = reading_of(acting_person(options), options["number"])
    if found is None:
        raise RuleBroken(_("You do not review an application with this number."), code="number_unknown")
    return found


def _state(reading: Reading) -> Told:
    data = {"application": reading.application.number, "state": reading.state}
    return Told(data, (f"{reading.application.number}: {reading.state}.",))


def _how(options: dict[str, Any]) -> dict[str, Any]:
    return {"at": options["at"], "channel": "cli"}


def _called(key: str) -> ResearchCall:
    """Return the call with this key. Raises RuleBroken: grant_call_unknown."""
    found = call_named(key)
    if found is None:
        raise RuleBroken(_("There is no call “%(key)s”.") % {"key": key[:40]}, code="grant_call_unknown")
    return found


def _numbered(options: dict[str, Any]) -> Application:
    """Return the application with the number that was given. Raises RuleBroken: number_unknown."""
    found = application_numbered(options["number"])
    if found is None:
        raise RuleBroken(_("There is no application with this number."), code="number_unknown")
    return found


def _row(call: ResearchCall) -> dict[str, Any]:
    return {
        "call": call.key,
        "state": call.state,
        "opens": call.opens_on.isoformat(),
        "closes": call.closes_on.isoformat() if call.closes_on else "rolling",
        "title": call.title,
    }


def _call(call: ResearchCall) -> Told:
    return Told(_row(call), (f"{call.key}: {call.state}, opens {call.opens_on}.",))


def _told(application: Application) -> Told:
    data = {"application": application.number, "state": application.state}
    return Told(data, (f"{application.number}: {application.state}.",))
