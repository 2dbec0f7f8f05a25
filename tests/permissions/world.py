"""One world for all questions of who may: a process at each stage, an input in each state, everybody in it."""

from dataclasses import dataclass
from typing import Any

from permissions.archiving import archive_all
from permissions.calling import call_all
from permissions.canaries import (
    COMMENTS,
    ISSUES,
    MESSAGES,
    STATES,
    SUGGESTIONS,
    canary,
    token,
)
from permissions.cast import LOGINS, Asker, browser, people, seat, sign_in
from permissions.granting import grant_all
from permissions.holding import hold_badges
from permissions.learning import learn
from permissions.listing import list_experts
from permissions.meeting import meet
from permissions.practicing import practice
from permissions.stages import KEYS, ago, answered, member, processes, say
from permissions.stating import state_all
from registry.example_files import REGISTRY
from talanoa.conf.clockwork import tick
from talanoa.consensus.models import Call, MinorityStatement, Objection
from talanoa.contributions.actions.answering import (
    approve_response,
    dispute_response,
    draft_response,
    reply_to_dispute,
)
from talanoa.contributions.actions.appealing import raise_appeal, rule_on_appeal
from talanoa.contributions.actions.desk import handle
from talanoa.contributions.actions.moderating import flag_contribution, hold_contribution, reject_contribution
from talanoa.contributions.actions.standing import Author, withdraw
from talanoa.contributions.models import Answer, Assurance, Contribution, Dispute, Response
from talanoa.desk.actions.answering import Said as Answered
from talanoa.desk.actions.answering import answer_issue, hear_body, reply_to_answer
from talanoa.desk.actions.bringing import receive_issue
from talanoa.desk.actions.erasing import erase_issue
from talanoa.desk.models import Issue
from talanoa.discussions.actions import Said, erase_message, pin_summary, start_thread
from talanoa.discussions.models import Message
from talanoa.drafts.actions.disposing import Ruled, dispose_of
from talanoa.drafts.actions.needing import state_need
from talanoa.drafts.actions.remarking import Remarked, comment_on, erase_remark, suggest
from talanoa.drafts.actions.writing import begin_draft, revise_draft
from talanoa.drafts.models import Comment, Draft, Suggestion
from talanoa.inputs.actions.erasing import erase_input
from talanoa.inputs.actions.listed import note_reply
from talanoa.inputs.actions.receiving import Words, receive_input, supersede_input
from talanoa.inputs.models import Input, ListReply, Transcription
from talanoa.lib.processkeys import PLACE
from talanoa.lib.registry_files import read
from talanoa.lib.ties import MANDATE, Tie
from talanoa.mail import tokens
from talanoa.mail.models import RawMessage
from talanoa.people.interests import Interests
from talanoa.people.models import Group, InterestStatement, Person
from talanoa.place.actions import correct_news, publish_news
from talanoa.practice.models import Room
from talanoa.processes import charter
from talanoa.processes.actions.announcing import announce, follow_list
from talanoa.processes.actions.chartering import create_process, publish_charter
from talanoa.processes.actions.interests import state_interests
from talanoa.processes.actions.inviting import invite
from talanoa.processes.actions.overlapping import (
    clear_overlap,
    contact_body,
    judge_overlap,
    question_overlap,
    record_reply,
    search_overlaps,
)
from talanoa.processes.letters.inviting import JOIN
from talanoa.processes.models import FollowedList, Invitee, Process, Stage
from talanoa.record.actions import open_log
from talanoa.registry.actions import load_registry, receive_correction
from talanoa.registry.models import Body
from talanoa.statements.models import Statement


@dataclass(slots=True)
class World:
    """Who asks, and what there is to ask for: inputs of the open process by state, and what hangs on them."""

    askers: dict[str, Asker]
    cast: dict[str, Person]
    stages: dict[str, Process]
    inputs: dict[str, Input]
    messages: dict[str, Message]
    answers: dict[str, Answer]
    disputes: dict[str, Dispute]
    drafts: dict[str, Response]
    token: str
    leave: str
    invited: str
    listed: ListReply
    followed: FollowedList
    stated: InterestStatement
    remarks: dict[str, Comment | Suggestion]
    calls: dict[str, Call]
    dissent: dict[str, Objection | MinorityStatement]
    rooms: dict[str, Room]
    statements: dict[str, Statement]

    def message(self, state: str) -> Message:
        return self.messages[state]

    def contribution(self, state: str) -> Contribution:
        return self.inputs[state].contribution


def build() -> World:
    """Make the world; takes place in the days before now, so that the open call is open."""
    open_log(origin="talanoa.example/record", at=ago(200))
    cast = people(ago(200))
    stages = processes(cast)
    inputs = {
        state: _said(stages["open"], cast, state) for state in (*STATES, "answered", "disputed", "appealed")
    }
    _stand(stages["open"], cast, inputs)
    answers, disputes, drafts = _answers(stages["open"], cast, inputs)
    messages = _talk(stages["open"], cast)
    remarks = _drafts(stages["drafting"], cast)
    statements = state_all(stages["drafting"], cast)
    calls, dissent = call_all(stages["calling"], cast)
    meet(stages["calling"], cast)
    grant_all(stages["calling"], cast)
    _mail(inputs)
    followed, listed = _outreach(stages["open"], cast)
    _registry(cast)
    archive_all(cast["convenor"], ago(9))
    _issues(cast)
    _overlaps(stages, cast)
    _place(cast)
    stated = _interests(cast["registered"])
    list_experts(stages["open"], cast)
    rooms = practice(cast["author"], ago(3))
    learn(cast)
    hold_badges(cast)
    tick(at=ago(0.5))
    number = inputs["unconfirmed"].contribution.number
    proof = tokens.issue(cast["author"], process_key=KEYS["open"], number=number, at=ago(1))
    author, key = cast["author"], KEYS["open"]
    invited = tokens.issue(cast["registered"], process_key=key, number=None, at=ago(1), word=JOIN)
    leave = tokens.issue(author, process_key=key, number=None, at=ago(1), word="unsubscribe")
    for row in inputs.values():
        row.refresh_from_db()
        row.contribution.refresh_from_db()
    sent = [inputs[state].contribution_id for state in ("unconfirmed",)]
    askers = {role: sign_in(role, cast[role]) for role in LOGINS}
    askers |= {"visitor": browser("visitor", []), "sender": browser("sender", sent)}
    hangs = (messages, answers, disputes, drafts)
    return World(
        askers,
        cast,
        stages,
        inputs,
        *hangs,
        proof,
        leave,
        invited,
        listed,
        followed,
        stated,
        remarks,
        calls,
        dissent,
        rooms,
        statements,
    )


def _interests(person: Person) -> InterestStatement:
    """State the interests of somebody who has said nothing yet, so that nobody else reads them."""
    tie = Tie(MANDATE, canary("stated-organization"), "2019", "", canary("stated-evidence"))
    interests = Interests((tie,), canary("stated-text"))
    return state_interests(None, by=person, interests=interests, at=ago(9), channel="cli")


def _place(cast: dict[str, Person]) -> None:
    """The process about the place itself, with news; all of it is hostile."""
    at = ago(9)
    facts = charter.template(PLACE) | {
        "runs": "<b onx=1>We</b>",
        "funders": ["<b onx=1>Fund; 5 <i onx=1>CHF; 2026-01-01; 2026-12-31"],
        "seats": ["government; 1; <b onx=1>they"],
        "handover": "<script>alert(1)</script>",
    }
    made = create_process(by=cast["convenor"], key=PLACE, facts=facts, at=at, channel="cli")
    host = member(made, cast["convenor"])
    seat(made, host, cast, at)
    publish_charter(made, by=host, at=at, channel="cli")
    said = {"title": "<b onx=1>News", "text": "<script>alert(1)</script>[x](javascript:alert(1))"}
    publish_news(made, by=host, **said, language="en", at=at, channel="cli")
    correct_news(made, by=host, number=1, **said, correction="<b onx=1>so", at=ago(8), channel="cli")


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


def _talk(process: Process, cast: dict[str, Person]) -> dict[str, Message]:
    """Say something in each state, in threads of their own; one that is public names an input."""
    made = {state: _spoken(process, cast, state) for state in MESSAGES}
    author, convenor, secretariat = (
        member(process, cast[role]) for role in ("author", "convenor", "secretariat")
    )
    act: dict[str, Any] = {"at": ago(3), "channel": "web"}
    hold_contribution(made["said-withheld"].contribution, by=convenor, reason="abuse", **act)
    withdraw(made["said-withdrawn"].contribution, by=author, **act)
    tick(at=ago(3))
    erase_message(made["said-erased"], by=convenor, ground="court_order", **act)
    pin_summary(made["said"].thread, by=secretariat, text="<script>alert(1)</script>", **act)
    return {state: Message.objects.get(pk=message.pk) for state, message in made.items()}


def _spoken(process: Process, cast: dict[str, Person], state: str) -> Message:
    assurance = Assurance.CLAIMED if state == "said-unconfirmed" else Assurance.PROVEN
    name = canary(f"{state}-speaker")
    said = Said(
        subject=canary(f"{state}-subject"),
        text=f"{canary(f'{state}-text')} names #1",
        quoted=canary(f"{state}-quoted"),
        message_id=token(f"{state}-id") + "@x.example",
        references=(token(f"{state}-reference") + "@x.example",),
    )
    return start_thread(
        process,
        by=member(process, cast["author"]),
        author=Author(cast["author"], name, Group.GOVERNMENT, assurance),
        said=said,
        dedup_key=f"said {state}",
        channel="web",
        at=ago(4),
    )


def _drafts(process: Process, cast: dict[str, Person]) -> dict[str, Comment | Suggestion]:
    """Write a draft in two revisions, and let the author speak about it in each state; one comment is answered."""
    act: dict[str, Any] = {"at": ago(3), "channel": "web"}
    by = {role: member(process, cast[role]) for role in ("author", "participant", "convenor", "secretariat")}
    text = (
        "# <b onx=1>Money\n\nMoney <script>alert(1)</script> lacks [x](javascript:alert(1)).\n\nTime lacks.\n"
    )
    draft = begin_draft(process, by=by["secretariat"], title="<b onx=1>Draft", text=text, **act)
    revise_draft(draft, by=by["secretariat"], text=f"{text}\nMore <i onx=1>.\n", summary="<b onx=1>", **act)
    made = {state: _remarked(draft, cast, state) for state in (*COMMENTS, *SUGGESTIONS)}
    for state in ("remark-withheld", "suggested-withheld"):
        hold_contribution(made[state].contribution, by=by["convenor"], reason="abuse", **act)
    withdraw(made["remark-withdrawn"].contribution, by=by["author"], **act)
    tick(at=ago(3))
    for state in ("remark-erased", "suggested-erased"):
        erase_remark(made[state], by=by["convenor"], ground="court_order", **act)
    ruled = Ruled("accepted", "<script>alert(1)</script>It is right.", 2, "p2")
    dispose_of(draft, [made["remark"].contribution.number], by=by["secretariat"], ruled=ruled, **act)
    suggested = made["suggested"]
    assert isinstance(suggested, Suggestion)
    state_need(suggested, by=by["participant"], degree="must", **act)
    return {state: type(row).objects.get(pk=row.pk) for state, row in made.items()}


def _remarked(draft: Draft, cast: dict[str, Person], state: str) -> Comment | Suggestion:
    assurance = Assurance.CLAIMED if state == "remark-unconfirmed" else Assurance.PROVEN
    author = Author(cast["author"], canary(f"{state}-speaker"), Group.GOVERNMENT, assurance)
    revision = draft.document.latest()
    assert revision
    told: dict[str, Any] = {
        "by": member(draft.process, cast["author"]),
        "author": author,
        "dedup_key": f"said {state}",
        "channel": "web",
        "at": ago(3.5),
    }
    if state in SUGGESTIONS:
        said = Remarked("p3", canary(f"{state}-reason"), replacement=canary(f"{state}-words"))
        return suggest(revision, said=said, **told)
    made = comment_on(revision, said=Remarked("p2", canary(f"{state}-text")), **told)
    # A quote stands in the draft, which everybody reads: here it is something else, to be searched for.
    Comment.objects.filter(pk=made.pk).update(quote=canary(f"{state}-quote"))
    return Comment.objects.get(pk=made.pk)


def _stand(process: Process, cast: dict[str, Person], inputs: dict[str, Input]) -> None:
    """Hold, reject, withdraw, replace and erase what is called so."""
    author, convenor = member(process, cast["author"]), member(process, cast["convenor"])
    act: dict[str, Any] = {"at": ago(3), "channel": "web"}
    _moderate(process, cast, inputs)
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


def _moderate(process: Process, cast: dict[str, Person], inputs: dict[str, Input]) -> None:
    """Flag, hold, reject, appeal and decide, with a canary in every word that is said about it."""
    act: dict[str, Any] = {"at": ago(3), "channel": "web"}
    by = {role: member(process, cast[role]) for role in ("author", "participant", "secretariat", "chair")}
    rows = {state: inputs[state].contribution for state in ("published", "withheld", "rejected", "appealed")}
    flag_contribution(rows["published"], by=by["participant"], reason="abuse", text=canary("flag"), **act)
    hold_contribution(rows["withheld"], by=by["secretariat"], reason="abuse", **act)
    told = {"reason": "spam", "text": canary("told-rejected")}
    reject_contribution(rows["rejected"], by=by["secretariat"], **told, **act)
    appeal = raise_appeal(rows["rejected"], by=by["author"], text=canary("appeal"), **act)
    rule_on_appeal(appeal, by=by["chair"], outcome="upheld", reasons=canary("ruling"), **act)
    hold_contribution(rows["appealed"], by=by["secretariat"], reason="abuse", **act)
    raise_appeal(rows["appealed"], by=by["author"], text="It is not <b onx=1>so.", **act)


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


def _registry(cast: dict[str, Person]) -> None:
    """Load a registry of a body, a process and a training; correct it with a canary."""
    load_registry(read(REGISTRY), at=ago(9), channel="cli")
    told: dict[str, Any] = {"at": ago(1), "channel": "web", "dedup_key": "a correction"}
    receive_correction(by=cast["author"], about="body/forum", text=canary("correction"), **told)


def _issues(cast: dict[str, Person]) -> None:
    """Bring an issue in each state, with a canary in every field; refer two, of which one was heard and replied to."""
    act: dict[str, Any] = {"at": ago(2), "channel": "web"}
    made = {state: _brought(cast["author"], state) for state in ISSUES}
    desk = cast["elsewhere"]
    said = {"issue-shown": "They do it.", "issue-private": canary("issue-reason")}
    for state, reason in said.items():
        answer = answer_issue(made[state], by=desk, said=Answered("refer", reason, body="pavers"), **act)
    reply_to_answer(made["issue-private"], by=cast["author"], text=canary("issue-reply"), **act)
    hear_body(answer.referral, by=desk, text=canary("issue-heard"), **act)
    tick(at=ago(2))  # the letters about it are written before it is erased
    erase_issue(made["issue-gone"], by=desk, ground="court_order", **act)


def _brought(person: Person, state: str) -> Issue:
    """Bring what stands in `state`."""
    told = {name: canary(f"{state}-{name}") for name in ("name", "organization", "country")}
    assurance = Assurance.CLAIMED if state == "issue-unsure" else Assurance.PROVEN
    shown = {"issue-unnamed": "group_only", "issue-private": "private"}
    return receive_issue(
        by=Author(person, group=Group.GOVERNMENT, assurance=assurance, **told),
        title=canary(f"{state}-title"),
        text=canary(f"{state}-text"),
        publication=shown.get(state, "named"),
        dedup_key=state,
        at=ago(3),
        channel="web",
    )


def _overlaps(stages: dict[str, Process], cast: dict[str, Person]) -> None:
    """Judge a body for the draft, write to it, enter its answer; say that the open process missed somebody."""
    process, body = stages["draft"], Body.objects.get(key="pavers")
    by = member(process, cast["convenor"])
    act: dict[str, Any] = {"at": ago(1), "channel": "web"}
    search_overlaps(process, by=by, at=ago(1))
    told = {"relation": "same", "action": "joint", "reason": canary("judged")}
    judge_overlap(process, body, by=by, **told, **act)
    letter = contact_body(process, body, by=by, text=canary("letter-to-body"), **act)
    record_reply(letter, by=by, text=canary("body-replied"), **act)
    clear_overlap(process, body, by=by, ground="consent", reason=canary("cleared"), **act)
    author = member(stages["open"], cast["author"])
    question_overlap(
        stages["open"],
        by=author,
        text="The <script>alert(1)</script> forum.",
        dedup_key="a missed one",
        **act,
    )


def _mail(inputs: dict[str, Input]) -> None:
    """Keep a mail that a person must read, and what stood for another one until somebody read it."""
    said = inputs["private"]
    Transcription.objects.create(
        input=said, title=said.title, text=said.text, name=said.contribution.authorship.name, made_at=ago(1)
    )
    RawMessage.objects.create(
        received_at=ago(1),
        recipient=canary("raw-recipient"),
        sha256="0" * 64,
        data=canary("raw-mail").encode(),
        message_id=canary("raw-id"),
        process_key=KEYS["open"],
        number=inputs["unconfirmed"].contribution.number,
        outcome="mail_damaged",
        needs_person=True,
    )


def _outreach(process: Process, cast: dict[str, Person]) -> tuple[FollowedList, ListReply]:
    """Announce the process on a list, and invite somebody; the author answered there and has not decided about it."""
    by, act = member(process, cast["secretariat"]), {"at": ago(2), "channel": "web"}
    told = {
        "list_id": "talk.lists.example",
        "name": "<b onx=1>Talk",
        "post": "talk@lists.example",
        "archive": "",
    }
    followed = follow_list(process, by=by, **told, **act)  # type: ignore[arg-type]
    said = {
        "title": "<b onx=1>Come",
        "text": "<script>alert(1)</script> Come.",
        "language": "en",
        "lists": [],
    }
    announce(process, by=by, **said, **act)  # type: ignore[arg-type]
    one = Invitee(
        canary("invited-name"), cast["registered"].address, canary("invited-employer"), country="KE"
    )
    invite(process, [one], by=by, **act)  # type: ignore[arg-type]
    raw = RawMessage.objects.create(
        received_at=ago(1), sha256="1" * 64, data=b"x", process_key=process.key, outcome="list_reply"
    )
    reply = note_reply(
        process,
        raw,
        followed=followed,
        person=cast["author"],
        name=canary("listed-name"),
        text=canary("listed-text"),
        message_id=canary("listed-id"),
        permalink=f"https://lists.example/{token('listed-link')}",
        dedup_key=canary("listed-key"),
        at=ago(1),
    )
    return followed, reply
