"""Sponsored research of the world: an open call, an application that is read, one of a conflict, a draft."""

from pathlib import Path
from typing import Any

from permissions.awarding import award_all
from permissions.canaries import canary
from permissions.stages import ago, member
from talanoa.grants.actions.applying import Lead, attach_file, give_more, keep_draft, submit_application
from talanoa.grants.actions.assigning import add_reviewer, name_reviewer, record_conflict
from talanoa.grants.actions.calling import Posted, keep_calls, publish_call
from talanoa.grants.actions.reviewing import attest, discuss, receive_review
from talanoa.grants.actions.screening import ask_more, screen_application
from talanoa.grants.actions.stating import state_works
from talanoa.grants.models import Application, Reading, ResearchCall, Verdict
from talanoa.lib.applications import ApplicationText, Fellow
from talanoa.lib.extraction import Extracted
from talanoa.people.models import Person
from talanoa.processes.models import Process

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = (ROOT / "content/calls/first-questions.yaml").read_text(encoding="utf-8")
SCRIPT = "<script>alert(1)</script>"
APPLICATIONS = {"read": 1, "barred": 2, "awarded": 3}
"""The number of the application in each state, in the order in which they were handed in."""
QUESTIONS = ("question", "method", "team", "ethics")


def call_file(key: str, opens: float) -> str:
    """A call that opens so many days ago; what people read of it is hostile."""
    text = TEMPLATE.replace("id: first-questions", f"id: {key}").replace(
        "2027-02-01", f"{ago(opens):%Y-%m-%d}"
    )
    text = text.replace("2027-03-31", f"{ago(opens - 60):%Y-%m-%d}")
    return text.replace("title: First questions", "title: <b onx=1>First questions")


def grant_all(process: Process, cast: dict[str, Person]) -> None:
    """Let a call be open, and people apply under it."""
    by = member(process, cast["convenor"])
    posted = Posted("call@talanoa.example", "https://talanoa.example/")
    text = call_file("world-call", 18)
    # Whoever publishes a call begins a thread under their name, which everybody reads then.
    clerk = member(process, cast["secretariat"])
    call = publish_call(process, by=clerk, text=text, posted=posted, at=ago(40), channel="web")
    keep_calls(at=ago(18))
    read = _read(call, cast)
    ask: dict[str, Any] = {"at": ago(4), "channel": "web"}
    exchange = ask_more(read, by=by, text=canary("applied-question"), **ask)
    give_more(exchange, by=cast["author"], text=canary("applied-more"), **ask)
    barred = Lead("B", organization=cast["secretariat"].organization)
    told = _told(canary("barred-title"), canary("barred-answer"))
    draft = keep_draft(call, by=cast["observer"], lead=barred, told=told, at=ago(5), channel="web")
    submit_application(draft, by=cast["observer"], at=ago(5), channel="web")
    screen_application(read, by=by, unmet=(), reason=canary("applied-reason"), **ask)
    award_all(call, cast, QUESTIONS)
    _review(call, read, cast)
    drafted = Lead("D", country=canary("drafted-country"))
    told = _told(canary("drafted-title"), canary("drafted-answer"))
    keep_draft(call, by=cast["participant"], lead=drafted, told=told, at=ago(4), channel="web")


def _told(title: str, answer: str, fellows: tuple[Fellow, ...] = ()) -> ApplicationText:
    answers = dict.fromkeys(QUESTIONS, f"It will do. {SCRIPT}") | {"method": answer}
    return ApplicationText(title, answers, {"people": 9000}, fellows)


def _read(call: ResearchCall, cast: dict[str, Person]) -> Application:
    fellow = Fellow(canary("applied-fellow"), cast["registered"].address)
    lead = Lead(canary("applied-name"), organization=canary("applied-organization"))
    told = _told(canary("applied-title"), canary("applied-answer"), (fellow,))
    draft = keep_draft(call, by=cast["author"], lead=lead, told=told, at=ago(6), channel="web")
    found = Extracted("text/plain", canary("applied-filetext"), named=(canary("applied-name"),))
    name, data = f"{canary('applied-filename')}\r\nX-Injected: 1.txt", canary("applied-file").encode()
    attach_file(draft, by=cast["author"], data=data, filename=name, found=found, at=ago(6))
    return submit_application(draft, by=cast["author"], at=ago(6), channel="web")


def _review(call: ResearchCall, read: Application, cast: dict[str, Person]) -> None:
    """Let the participant have reviewed it and said something; somebody else stated that they have no conflict."""
    by, act = member(call.process, cast["convenor"]), {"at": ago(3), "channel": "web"}
    named: dict[str, Any] = {"by": by, "about": canary("reviewer-about"), "load": 3, **act}
    Person.objects.filter(pk__in=(cast["participant"].pk, cast["elsewhere"].pk)).update(country="KE")
    for role in ("participant", "elsewhere"):
        person = Person.objects.get(pk=cast[role].pk)
        reading = add_reviewer(read, name_reviewer(call, person, **named), by=by, **act)  # type: ignore[arg-type]
        attest(reading, by=person, **act)  # type: ignore[arg-type]
        Person.objects.filter(pk=person.pk).update(country=cast[role].country)
    first = Reading.objects.get(reviewer__person=cast["participant"])
    said: dict[str, Any] = {"by": cast["participant"], **act}
    receive_review(
        first, marks={"question": 4, "method": 3}, confidence=2, text=canary("review-text"), **said
    )
    discuss(read, text=canary("panel-note"), **said)
    barred = Application.objects.get(number=APPLICATIONS["barred"])
    held = {"number": 1, "outcome": "declined", "given_at": ago(3), "until": ago(-11)}
    Verdict.objects.create(
        application=barred, step="recommendation", by=by, reasons=canary("verdict-reasons"), **held
    )
    state_works(by=cast["participant"], text=f"{canary('works-stated')}; 2020; Nobody Else", **act)  # type: ignore[arg-type]
    record_conflict(read, cast["observer"], by=by, reason=canary("conflict-detail"), **act)  # type: ignore[arg-type]
