"""One world for all questions of who may: a process at each stage, an input in each state, everybody in it."""

from dataclasses import dataclass
from typing import Any

from permissions.canaries import STATES, canary
from permissions.cast import LOGINS, Asker, browser, people, sign_in
from permissions.stages import KEYS, ago, answered, member, processes, say
from talanoa.conf.clockwork import tick
from talanoa.contributions.actions.answering import (
    approve_response,
    dispute_response,
    draft_response,
    reply_to_dispute,
)
from talanoa.contributions.actions.desk import handle
from talanoa.contributions.actions.standing import Author, withdraw, withhold
from talanoa.contributions.models import Answer, Assurance, Contribution, Dispute, Response
from talanoa.inputs.actions import Words, erase_input, receive_input, supersede_input
from talanoa.inputs.models import Input
from talanoa.mail import tokens
from talanoa.mail.models import RawMessage
from talanoa.people.models import Group, Person
from talanoa.processes.models import Process, Stage
from talanoa.record.actions import open_log


@dataclass(slots=True)
class World:
    """Who asks, and what there is to ask for: inputs of the open process by state, and what hangs on them."""

    askers: dict[str, Asker]
    cast: dict[str, Person]
    stages: dict[str, Process]
    inputs: dict[str, Input]
    answers: dict[str, Answer]
    disputes: dict[str, Dispute]
    drafts: dict[str, Response]
    token: str
    leave: str

    def contribution(self, state: str) -> Contribution:
        return self.inputs[state].contribution


def build() -> World:
    """Make the world; takes place in the days before now, so that the open call is open."""
    open_log(origin="talanoa.example/record", at=ago(200))
    cast = people(ago(200))
    stages = processes(cast)
    inputs = {state: _said(stages["open"], cast, state) for state in (*STATES, "answered", "disputed")}
    _stand(stages["open"], cast, inputs)
    answers, disputes, drafts = _answers(stages["open"], cast, inputs)
    _mail(cast)
    tick(at=ago(0.5))
    token = tokens.issue(cast["author"], process_key=KEYS["open"], number=_number(inputs), at=ago(1))
    author, key = cast["author"], KEYS["open"]
    leave = tokens.issue(author, process_key=key, number=None, at=ago(1), word="unsubscribe")
    for row in inputs.values():
        row.refresh_from_db()
        row.contribution.refresh_from_db()
    sent = [inputs[state].contribution_id for state in ("unconfirmed",)]
    askers = {role: sign_in(role, cast[role]) for role in LOGINS}
    askers |= {"visitor": browser("visitor", []), "sender": browser("sender", sent)}
    return World(askers, cast, stages, inputs, answers, disputes, drafts, token, leave)


def _number(inputs: dict[str, Input]) -> int:
    return inputs["unconfirmed"].contribution.number


def _said(process: Process, cast: dict[str, Person], state: str) -> Input:
    """Say what stands in `state`, with a canary in every field."""
    told = {name: canary(f"{state}-{name}") for name in ("name", "organization", "country", "mandate")}
    assurance = Assurance.CLAIMED if state in ("unconfirmed", "replaced-unseen") else Assurance.PROVEN
    author = Author(cast["author"], group=Group.GOVERNMENT, assurance=assurance, **told)
    words = Words(
        title=canary(f"{state}-title"),
        text=canary(f"{state}-text"),
        keywords=(canary(f"{state}-keywords"),),
        as_given={"given": canary(f"{state}-given")},
        filename=f"{canary(f'{state}-filename')}\r\nX-Injected: 1.txt",
        media_type="text/plain",
        data=canary(f"{state}-file").encode(),
    )
    publication = {"group-only": "group_only", "private": "private"}.get(state, "named")
    if state == "interview":
        return _interview(process, cast, author, words)
    return say(process, author, words, at=ago(4), publication=publication, dedup_key=f"key {state}")


def _interview(process: Process, cast: dict[str, Person], author: Author, words: Words) -> Input:
    call = process.stages.get(kind=Stage.Kind.INPUT)
    told = {"publication": "named", "dedup_key": "key interview", "channel": "web", "source": "interview"}
    return receive_input(
        call, by=member(process, cast["secretariat"]), author=author, words=words, at=ago(4), **told
    )


def _stand(process: Process, cast: dict[str, Person], inputs: dict[str, Input]) -> None:
    """Withhold, withdraw, replace and erase what is called so."""
    author, convenor = member(process, cast["author"]), member(process, cast["convenor"])
    act: dict[str, Any] = {"at": ago(3), "channel": "web"}
    withhold(inputs["withheld"].contribution, by=convenor, reason="abuse", **act)
    withdraw(inputs["withdrawn"].contribution, by=author, **act)
    supersede_input(
        inputs["replaced-unseen"], by=author, words=Words("Newer", "And better."), dedup_key="newer", **act
    )
    tick(at=ago(3))  # the letters about it are written before it is erased
    erase_input(inputs["erased"], by=convenor, ground="court_order", **act)
    Contribution.objects.filter(pk=inputs["published"].contribution_id).update(
        dedup_key=canary("fingerprint")
    )
    handle(inputs["published"].contribution, by=convenor, note=canary("note"), assignee=convenor)


def _answers(
    process: Process, cast: dict[str, Person], inputs: dict[str, Input]
) -> tuple[dict[str, Answer], dict[str, Dispute], dict[str, Response]]:
    convenor, chair, author = (member(process, cast[role]) for role in ("convenor", "chair", "author"))
    numbers = {name: inputs[name].contribution.number for name in ("answered", "disputed")}
    answered(process, cast, ago(2), *numbers.values())
    alone = draft_response(
        process,
        by=convenor,
        contributions=[inputs["private"].contribution],
        status="noted",
        text=canary("answer-to-private"),
        at=ago(2),
    )
    approve_response(alone, by=chair, at=ago(2), channel="web")
    answers = {
        name: Answer.objects.get(contribution=inputs[name].contribution) for name in (*numbers, "private")
    }
    act: dict[str, Any] = {"at": ago(1), "channel": "web"}
    texts = {"disputed": "I said <script>alert(1)</script>no.", "private": canary("dispute-of-private")}
    disputes = {
        name: dispute_response(answers[name], by=author, text=text, **act) for name, text in texts.items()
    }
    reply_to_dispute(disputes["private"], by=chair, reply=canary("reply-to-private"), **act)
    secrets = {name: canary(f"draft-{name}") for name in ("text", "change", "where", "together")}
    chosen = [inputs["published"].contribution]
    draft = draft_response(process, by=convenor, contributions=chosen, status="noted", at=ago(1), **secrets)
    return answers, disputes, {"draft": draft, "published": alone}


def _mail(cast: dict[str, Person]) -> None:
    RawMessage.objects.create(
        received_at=ago(1),
        recipient=canary("raw-recipient"),
        sha256="0" * 64,
        data=canary("raw-mail").encode(),
        message_id=canary("raw-id"),
        process_key=KEYS["open"],
        needs_person=True,
    )
