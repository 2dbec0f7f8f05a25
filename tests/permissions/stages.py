"""A process at each stage of its life, with the same people in the same roles."""

from datetime import datetime, timedelta

from permissions.canaries import canary
from permissions.cast import seat
from talanoa.contributions.actions.answering import approve_response, draft_response
from talanoa.contributions.actions.desk import file_under, make_theme
from talanoa.contributions.actions.standing import Author
from talanoa.contributions.models import Assurance, Contribution
from talanoa.inputs.actions.receiving import Words, receive_input
from talanoa.inputs.models import Input
from talanoa.kernel import clock
from talanoa.people.models import Group, Person
from talanoa.processes import charter
from talanoa.processes.actions.chartering import create_process, publish_charter, write_charter
from talanoa.processes.actions.roles import enter
from talanoa.processes.actions.stages import keep_stage, open_process
from talanoa.processes.models import Participant, Process, Stage
from talanoa.processes.queries import participant
from talanoa.reports.actions import Ruling, decide, end_review, note_follow_up, seal_report, write_report
from talanoa.reports.models import Report

Cast = dict[str, Person]
STAGES = ("draft", "chartered", "open", "drafting", "calling", "report", "review", "final", "decided")
KEYS = {stage: f"p-{stage}" for stage in STAGES}
TEXT = "# Money\n\nMoney lacks [p-{}-1].\n\nRecommendation 1. Pay <b onx=1>the trainers</b> [x](javascript:alert).\n"


def ago(days: float) -> datetime:
    return clock.now() - timedelta(days=days)


def member(process: Process, person: Person) -> Participant:
    found = participant(process, person)
    assert found
    return found


def chartered(stage: str, cast: Cast, at: datetime) -> Process:
    """A process with a published charter; every fact of it is hostile."""
    made = drafted(stage, cast, at)
    publish_charter(made, by=member(made, cast["convenor"]), at=at, channel="web")
    return made


def drafted(stage: str, cast: Cast, at: datetime, *, secret: bool = False) -> Process:
    """A process in draft; a secret one has canaries for title, question and facts."""
    facts = charter.template(
        "open-consultation", title=canary("charter-title") if secret else f"<b onx=1>{stage}"
    )
    told = {"question": canary("charter-question"), "payer": canary("charter-draft")}
    facts |= (
        told if secret else {"payer": "<i onx=1>nobody</i>\u202e", "question": "[x](javascript:alert(1))"}
    )
    made = create_process(by=cast["convenor"], key=KEYS[stage], facts=facts, at=at, channel="cli")
    seat(made, member(made, cast["convenor"]), cast, at)
    return made


def opened(stage: str, cast: Cast, days: float) -> Process:
    """A process whose call for input was opened so many days ago."""
    at = ago(days)
    made = chartered(stage, cast, at)
    return open_process(made, by=member(made, cast["convenor"]), at=at, channel="web")


def drafting(stage: str, cast: Cast, days: float) -> Process:
    """A process whose drafting began 40 days after its opening."""
    at = ago(days)
    facts = charter.template("working-group", title=f"<b onx=1>{stage}")
    made = create_process(by=cast["convenor"], key=KEYS[stage], facts=facts, at=at, channel="cli")
    by = member(made, cast["convenor"])
    seat(made, by, cast, at)
    publish_charter(made, by=by, at=at, channel="web")
    open_process(made, by=by, at=at, channel="web")
    keep_stage(made.stages.get(kind=Stage.Kind.INPUT), at=ago(days - 40))
    return Process.objects.get(pk=made.pk)


def say(process: Process, author: Author, words: Words, *, at: datetime, **more: str) -> Input:
    """Send an input as its author."""
    by = enter(process, author.person, at=at)
    call = process.stages.get(kind=Stage.Kind.INPUT)
    told = {"publication": Contribution.Publication.NAMED, "channel": "web", "dedup_key": words.text} | more
    return receive_input(call, by=by, author=author, words=words, at=at, **told)


def answered(process: Process, cast: Cast, at: datetime, *numbers: int) -> None:
    """Answer inputs of `process` under one theme."""
    by, chair = member(process, cast["convenor"]), member(process, cast["chair"])
    theme = make_theme(
        process, by=by, label="Money<b onx=1>", summary="They <script>alert(1)</script> lack it."
    )
    rows = process.contributions.filter(number__in=numbers)
    file_under(rows, theme, by=by)
    said = {"status": "accepted", "text": "=Yes <svg onload=alert(1)>", "change": "+It", "where": "@R 1"}
    draft = draft_response(process, by=by, theme=theme, at=at, **said)
    approve_response(draft, by=chair, at=at, channel="web")


def reported(stage: str, cast: Cast, days: float) -> Process:
    """A process whose one input is answered and whose call is over."""
    made = opened(stage, cast, days)
    author = Author(cast["author"], "Ana", Group.ACADEMIA, Assurance.PROVEN)
    say(made, author, Words(title="-1", text=f"One in {stage}."), at=ago(days - 1))
    answered(made, cast, ago(days - 2), 1)
    keep_stage(made.stages.get(kind=Stage.Kind.INPUT), at=ago(days - 41))
    made.refresh_from_db()
    return made


def sealed(stage: str, cast: Cast, days: float) -> Process:
    """A process whose report was sealed 42 days after its opening."""
    made = reported(stage, cast, days)
    by = member(made, cast["convenor"])
    write_report(made, by=by, title="Report", text=TEXT.format(stage), at=ago(days - 42))
    seal_report(made, by=by, at=ago(days - 42), channel="web")
    made.refresh_from_db()
    return made


def final(stage: str, cast: Cast, days: float) -> Process:
    """A process whose review period is over."""
    made = sealed(stage, cast, days)
    assert end_review(Report.objects.get(process=made), at=ago(days - 64))
    made.refresh_from_db()
    return made


def decided(stage: str, cast: Cast, days: float) -> Process:
    """A process with a decision and a note on what became of it."""
    made = final(stage, cast, days)
    by = member(made, cast["sponsor"])
    ruling = {1: Ruling("accepted", "<script>alert(1)</script>It is right.")}
    decide(made, by=by, rulings=ruling, at=ago(days - 65), channel="web")
    note_follow_up(
        made, by=by, text="Done <iframe src=javascript:alert(1)>.", at=ago(days - 66), channel="web"
    )
    made.refresh_from_db()
    return made


def with_next_charter(process: Process, cast: Cast) -> Process:
    """An unpublished new version of a charter."""
    facts = process.charters.latest("version").facts | {"payer": canary("charter-next")}
    write_charter(process, by=member(process, cast["secretariat"]), facts=facts, at=ago(1))
    return process


def processes(cast: Cast) -> dict[str, Process]:
    """Every stage once."""
    made = {
        "draft": drafted("draft", cast, ago(3), secret=True),
        "chartered": chartered("chartered", cast, ago(3)),
        "open": with_next_charter(opened("open", cast, 5), cast),
        "drafting": drafting("drafting", cast, 45),
        "calling": drafting("calling", cast, 110),
        "report": reported("report", cast, 50),
        "review": sealed("review", cast, 50),
        "final": final("final", cast, 70),
        "decided": decided("decided", cast, 80),
    }
    by = member(made["report"], cast["convenor"])
    secret = f"# {canary('report-draft')}\n\nRecommendation 1. Pay.\n"
    write_report(made["report"], by=by, title=canary("report-title"), text=secret, at=ago(1))
    elsewhere = charter.template("open-consultation", title="Maps")
    create_process(by=cast["elsewhere"], key="geo", facts=elsewhere, at=ago(3), channel="web")
    return made
