"""What happens in a demonstrated process: small acts through the real actions, each with its time."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from typing import Any

from talanoa.contributions.actions.answering import approve_response, draft_response
from talanoa.contributions.actions.desk import file_under, make_theme
from talanoa.contributions.actions.moderating import hold_contribution
from talanoa.contributions.actions.standing import Author, author_of, confirm, withdraw
from talanoa.contributions.models import Assurance, Contribution, Theme
from talanoa.desk.actions.answering import Said as Answered
from talanoa.desk.actions.answering import answer_issue
from talanoa.desk.actions.bringing import receive_issue
from talanoa.desk.models import Issue
from talanoa.discussions.actions import Said, pin_summary, reply, start_thread
from talanoa.discussions.models import Message
from talanoa.inputs.actions.receiving import Words, receive_input, supersede_input
from talanoa.inputs.models import Input
from talanoa.people.actions import know_person
from talanoa.people.models import Person
from talanoa.processes.actions.roles import enter
from talanoa.processes.models import Participant, Process, Role, Stage

CHANNEL = "web"


def holder(process: Process, *roles: Role) -> Participant:
    """Return who holds the first of `roles` that anybody holds in the process."""
    for role in roles:
        found = process.participants.filter(roles__role=role).select_related("person").first()
        if found:
            return found
    raise LookupError(f"nobody in {process.key} is {roles}")


def approver(process: Process) -> Participant:
    """Return who approves answers."""
    return holder(process, Role.CHAIR, Role.CONVENOR)


def say(process: Process, row: dict[str, Any], person: Person, *, at: datetime) -> Input:
    """Receive an input of the demonstration on the channel that its text names."""
    channel = row.get("channel", "web")
    paper = channel == "paper"
    by = holder(process, Role.SECRETARIAT, Role.CONVENOR) if paper else enter(process, person, at=at)
    assurance = Assurance.ENTERED if paper else Assurance.PROVEN
    return receive_input(
        process.stages.get(kind=Stage.Kind.INPUT),
        by=by,
        author=author_of(person, assurance=assurance),
        words=_words(row, person),
        publication=row.get("publication", Contribution.Publication.NAMED),
        dedup_key=_key(process, row),
        channel="mail" if channel == "mail" else CHANNEL,
        source=channel if channel in ("paper", "upload") else "",
        at=at,
    )


def _words(row: dict[str, Any], person: Person) -> Words:
    text = row["text"].strip()
    language = row.get("language") or person.language
    if row.get("channel") != "upload":
        return Words(title=row["title"], text=text, language=language)
    name = f"{row.get('key', 'input')}.txt"
    return Words(
        title=row["title"],
        text=text,
        language=language,
        filename=name,
        media_type="text/plain",
        data=f"{text}\n".encode(),
    )


def _key(process: Process, row: dict[str, Any]) -> str:
    return sha256(f"{process.key} {row['title']} {row['text']}".encode()).hexdigest()


def replace(process: Process, old: Input, row: dict[str, Any], person: Person, *, at: datetime) -> Input:
    """Replace an earlier input of the same person."""
    by = enter(process, person, at=at)
    return supersede_input(
        old, by=by, words=_words(row, person), dedup_key=_key(process, row), channel=CHANNEL, at=at
    )


def interview(process: Process, row: dict[str, Any], person: Person | None, *, at: datetime) -> Input:
    """Enter an interview; it is published when the person confirmed the summary."""
    author = _interviewee(row, person)
    made = receive_input(
        process.stages.get(kind=Stage.Kind.INPUT),
        by=holder(process, Role.SECRETARIAT, Role.CONVENOR),
        author=author,
        words=Words(title=row["title"], text=row["text"].strip(), language=row["language"]),
        publication=row["consent"],
        dedup_key=_key(process, row),
        channel=CHANNEL,
        source="interview",
        at=at,
    )
    if row["confirmed"]:
        by = enter(process, author.person, at=at)
        confirm(made.contribution, by=by, at=at, channel="mail")
    return made


def _interviewee(row: dict[str, Any], person: Person | None) -> Author:
    if person is not None:
        return author_of(person, assurance=Assurance.ENTERED)
    name = f"{row['role']}, {row['region']}"
    known = know_person(name=name, group=row["group"], country=row["country"])
    return Author(
        person=known, name=name, group=row["group"], country=row["country"], assurance=Assurance.ENTERED
    )


def take_back(made: Input, *, at: datetime) -> None:
    """Withdraw an input by its author."""
    contribution = made.contribution
    by = enter(contribution.process, contribution.person, at=at)
    withdraw(contribution, by=by, at=at, channel="mail")


def hold_back(made: Input, reason: str, *, at: datetime) -> None:
    """Hold an input for a public reason."""
    contribution = made.contribution
    by = holder(contribution.process, Role.SECRETARIAT, Role.CONVENOR)
    hold_contribution(contribution, by=by, reason=reason, at=at, channel=CHANNEL)


def speak(
    process: Process, row: dict[str, Any], person: Person, parent: Message | None, *, at: datetime
) -> Message:
    """Say something in the discussion, beginning a thread or in answer to `parent`."""
    said = Said(
        subject=row.get("subject", ""),
        text=row["text"],
        quoted=row.get("quoted", ""),
        message_id=f"{row['key']}.{process.key}@example.org",
    )
    told: dict[str, Any] = {
        "by": enter(process, person, at=at),
        "author": author_of(person, assurance=Assurance.PROVEN),
        "said": said,
        "dedup_key": sha256(f"{process.key} {row['key']}".encode()).hexdigest(),
        "channel": row["channel"],
        "at": at,
    }
    return reply(parent, **told) if parent else start_thread(process, **told)


def summarize(opening: Message, row: dict[str, Any], *, at: datetime) -> None:
    """Pin a summary to the thread that a message began."""
    by = holder(opening.process, Role(row["role"]))
    pin_summary(opening.thread, by=by, text=row["text"], at=at, channel=CHANNEL)


def theme(process: Process, row: dict[str, Any], inputs: Iterable[Input]) -> Theme:
    """Make a theme and put the inputs under it."""
    by = holder(process, Role.SECRETARIAT, Role.CONVENOR)
    made = make_theme(process, by=by, label=row["label"], summary=row["summary"].strip(), name=row["slug"])
    file_under([each.contribution for each in inputs], made, by=by)
    return made


def answer(made: Theme, row: dict[str, Any], *, at: datetime, publish: bool = True) -> None:
    """Draft the answer to a theme, and publish it."""
    process = made.process
    draft = draft_response(
        process,
        by=holder(process, Role.SECRETARIAT, Role.CONVENOR),
        theme=made,
        status=row["status"],
        text=row["text"].strip(),
        change=row.get("change") or "",
        where=row.get("where") or "",
        at=at,
    )
    if publish:
        approve_response(draft, by=approver(process), at=at, channel=CHANNEL)


def bring(row: dict[str, Any], person: Person, *, at: datetime) -> None:
    """Bring an issue of the demonstration to the issue desk, on the channel that its text names."""
    receive_issue(
        by=author_of(person, assurance=Assurance.PROVEN),
        title=row["title"],
        text=row["text"],
        publication=Contribution.Publication.NAMED,
        dedup_key=sha256(row["title"].encode()).hexdigest(),
        at=at,
        channel=row["channel"],
    )


def settle(row: dict[str, Any], by: Person, *, at: datetime) -> None:
    """Answer an issue of the demonstration, in the words of its text."""
    told = row["answer"]
    answered = {name: told.get(name, "") for name in ("outcome", "reason", "process", "body")}
    issue = Issue.objects.get(title=row["title"])
    answer_issue(issue, by=by, said=Answered(**answered), at=at, channel=CHANNEL)
