"""Where each address leads in the world, by the state of what it names, and what is sent to it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.urls import reverse

from permissions.archiving import MISSING, NAMES, of_archived, of_letter, of_sender
from permissions.awarding import AWARD_PAGES, of_award
from permissions.contesting import APPEALS
from permissions.granting import APPLICATIONS
from permissions.meeting import LINES, MEETINGS
from permissions.practicing import SCENARIO
from permissions.publishing import named
from permissions.stages import KEYS
from permissions.stating import ROUND_PAGES, ROUNDS
from permissions.world import World
from talanoa.badges.models import Badge
from talanoa.learning.models import Answer, Learner, Run
from talanoa.mail.models import RawMessage

Data = dict[str, Any]

# States that name a thing inside the open process; all others name a process by its stage.
_ANSWERS = {"contributions:acknowledge", "contributions:dispute"}
_ENTRIES = {"record:entry", "record:json", "record:proof"}


def url(world: World, name: str, state: str) -> str:
    """Return the address of `name` for what stands in `state`."""
    return reverse(name, kwargs=_named(world, name, state))


def _named(world: World, name: str, state: str) -> Data:
    for names, find in _FINDERS:
        if name in names:
            return find(world, state)
    if ":" not in name or name in _ALONE:
        return {}
    return {"key": KEYS[state]}


def _of_input(world: World, state: str) -> Data:
    number = world.contribution(state).number if state in world.inputs else MISSING
    return {"key": KEYS["open"], "number": number}


def _of_message(world: World, state: str) -> Data:
    found = world.messages.get(state)
    return {"key": KEYS["open"], "permalink": found.hash if found else "A" * 32}


def _of_message_number(world: World, state: str) -> Data:
    found = world.messages.get(state)
    number = found.contribution.number if found else MISSING
    # The number of an input leads to no message.
    return {
        "key": KEYS["open"],
        "number": world.contribution("published").number if state == "input" else number,
    }


def _of_drafts(_world: World, state: str) -> Data:
    return {"key": KEYS["drafting"], "draft": MISSING if state == "missing" else 1}


def _of_revision(_world: World, state: str) -> Data:
    return {"key": KEYS["drafting"], "draft": 1, "revision": MISSING if state == "missing" else 1}


def _of_export(_world: World, state: str) -> Data:
    return _of_revision(_world, state) | {"form": "txt"}


def _of_changes(_world: World, state: str) -> Data:
    return {"key": KEYS["drafting"], "draft": 1, "old": 1, "new": MISSING if state == "missing" else 2}


def _of_paragraph(_world: World, state: str) -> Data:
    anchor = {"whole": "whole", "missing": "p99"}.get(state, "p2")
    return {"key": KEYS["drafting"], "draft": 1, "anchor": anchor}


def _of_remark(world: World, state: str) -> Data:
    found = world.remarks.get(state)
    return {"key": KEYS["drafting"], "number": found.contribution.number if found else MISSING}


def _of_call(world: World, state: str) -> Data:
    return {"key": KEYS["calling"], "number": world.calls[state].number if state in world.calls else MISSING}


def _of_challenge(_world: World, state: str) -> Data:
    return {"key": KEYS["calling"], "number": 1 if state == "there" else MISSING}


def _of_appeal(_world: World, state: str) -> Data:
    return {"key": KEYS["calling"], "number": APPEALS.get(state, MISSING)}


def _of_call_to_open(_world: World, state: str) -> Data:
    return {"key": KEYS["calling"], "draft": MISSING if state == "missing" else 3}


def _of_objection(world: World, state: str) -> Data:
    found = world.dissent.get(state)
    return {"key": KEYS["calling"], "number": found.contribution.number if found else MISSING}


def _of_answer(world: World, state: str) -> Data:
    return {"key": KEYS["open"], "pk": world.answers[state].pk if state in world.answers else MISSING}


def _of_entry(world: World, state: str) -> Data:
    if state not in world.inputs:
        return {"index": MISSING if state == "missing" else 0}
    entry = world.contribution(state).entry
    assert entry
    return {"index": entry.index}


def _of_theme(_world: World, state: str) -> Data:
    return {"key": KEYS["open"], "slug": "money-b-onx-1" if state == "there" else "missing"}


def _of_draft(world: World, state: str) -> Data:
    return {"key": KEYS["open"], "pk": world.drafts[state].pk if state in world.drafts else MISSING}


def _of_dispute(world: World, state: str) -> Data:
    return {"key": KEYS["open"], "pk": world.disputes[state].pk if state in world.disputes else MISSING}


def _of_token(world: World, state: str) -> Data:
    return {"key": KEYS["open"], "token": world.token if state == "valid" else "wrong"}


def _of_mail(_world: World, state: str) -> Data:
    return {
        "key": KEYS["open"],
        "pk": RawMessage.objects.get(needs_person=True).pk if state == "there" else MISSING,
    }


def _of_listed(world: World, state: str) -> Data:
    return {"key": KEYS["open"], "pk": world.listed.pk if state == "waiting" else MISSING}


def _of_list(world: World, state: str) -> Data:
    return {"key": KEYS["open"], "pk": world.followed.pk if state == "there" else MISSING}


def _of_announcement(_world: World, state: str) -> Data:
    return {"key": KEYS["open"], "number": 1 if state == "there" else MISSING}


def _of_leave(world: World, state: str) -> Data:
    return {"key": KEYS["open"], "token": world.leave if state == "valid" else world.token}


def _of_invitation(world: World, state: str) -> Data:
    return {"key": KEYS["open"], "token": world.invited if state == "valid" else world.token}


def _of_versions(_world: World, state: str) -> Data:
    return {"key": KEYS["open"], "old": 1, "new": 1 if state == "published" else 2}


def _of_round(_world: World, state: str) -> Data:
    return {"key": KEYS["drafting"], "number": ROUNDS.get(state, MISSING)}


def _of_statement(world: World, state: str) -> Data:
    found = world.statements.get(state)
    return {"key": KEYS["drafting"], "number": found.contribution.number if found else MISSING}


_STATEMENTS = {f"statements:{name}" for name in ("show", "received", "receipt", "withdraw", "erase")}
_INPUTS = {
    "inputs:show",
    "inputs:received",
    "inputs:receipt",
    "inputs:original",
    "inputs:replace",
    "inputs:withdraw",
    "inputs:language",
    "inputs:transcribe",
    "inputs:erase",
    "contributions:item",
    "contributions:appeal",
    "contributions:flag",
    "contributions:part",
    "contributions:moderate",
    "contributions:rule",
    "contributions:respond-one",
}
_MESSAGES = {
    f"discussions:{name}" for name in ("show", "reply", "thread", "print", "text", "mbox", "summarize")
}
_MESSAGE_NUMBERS = {
    f"discussions:{name}" for name in ("numbered", "received", "receipt", "mail", "withdraw", "erase")
}
_DRAFTS = {f"drafts:{name}" for name in ("show", "revise", "comments", "todo", "dispose")}
_PARAGRAPHS = {f"drafts:{name}" for name in ("paragraph", "comment", "suggest")}
_REMARKS = {
    f"drafts:{name}" for name in ("remark", "received", "receipt", "withdraw", "need", "decide", "erase")
}
_CALLS = {
    f"consensus:{name}"
    for name in (
        "show",
        "positions",
        "position",
        "object",
        "minority",
        "estimate",
        "evidence",
        "designate",
        "challenge",
        "appeal",
    )
}
_CHALLENGES = {"consensus:challenged", "consensus:answer_challenge"}
_APPEALED = {
    f"consensus:{name}"
    for name in (
        "appealed",
        "support",
        "hearing",
        "admit",
        "refuse",
        "announce",
        "draw",
        "opinion",
        "leave",
    )
}
_DISSENT = {
    f"consensus:{name}"
    for name in (
        "objection",
        "stands",
        "answer",
        "weigh",
        "receipt_objection",
        "withdraw_objection",
        "erase_objection",
        "statement",
        "receipt_statement",
        "withdraw_statement",
        "erase_statement",
    )
}
ISSUES = {"shown": 1, "unnamed": 2, "private": 3, "unsure": 4, "gone": 5}
"""The number of the issue in each state, in the order in which they were brought."""
_ISSUES = {f"issues:{name}" for name in ("show", "receipt", "confirm", "answer", "reply", "heard", "erase")}
REQUESTS = {"declined": 1, "asked": 2, "free": 3}
"""The number of the request to the roster in each state of who was asked."""


def _of_request(_world: World, state: str) -> Data:
    return {"key": KEYS["open"], "number": REQUESTS.get(state, MISSING)}


_MEETINGS = {
    f"meetings:{name}" for name in ("show", "calendar", "change", "cancel", "attendance", "minutes", "lines")
}


def _of_meeting(_world: World, state: str) -> Data:
    return {"key": KEYS["calling"], "number": MEETINGS.get(state, MISSING)}


def _of_line(_world: World, state: str) -> Data:
    return {
        "key": KEYS["calling"],
        "number": MEETINGS["heard" if state == "heard" else "minuted"],
        "line": LINES.get(state, 1 if state == "heard" else MISSING),
    }


def _of_meeting_decision(world: World, state: str) -> Data:
    return {**_of_meeting(world, state), "decision": 1}


def _of_application(_world: World, state: str) -> Data:
    return {"number": APPLICATIONS.get(state, MISSING)}


_APPLICATIONS = {f"grants:{name}" for name in ("application", "receipt", "review")}
_ALONE = {
    "grants:index",
    "grants:publish",
    "grants:mine",
    "grants:awards",
    "grants:awards-table",
    "grants:awards-totals",
    "api:aliases",
    "api:health",
    "site:home",
    "badges:check",
    "badges:did",
    "badges:index",
    "badges:mine",
    "badges:page",
    "learning:index",
    "practice:index",
    "practice:join",
    "learning:mine",
    "learning:join",
    "learning:open",
    "site:research",
    "site:rules",
    "site:conduct",
    "site:accessibility",
    "site:source",
    "site:design",
    "site:my-page",
    "search:index",
    "processes:my-interests",
    "site:about-me",
    "site:my-data",
    "site:my-letters",
    "site:tour",
    "site:demo-sign-in",
    "site:demo-clock",
    "site:outbox",
    "site:operator-mail",
    "site:operator-corrections",
    "registry:index",
    "registry:take-part",
    "registry:trainings",
    "registry:funding",
    "registry:calendar",
    "registry:correct",
    "registry:corrections",
    "archives:begin",
    "archives:index",
    "studies:index",
    "issues:index",
    "issues:bring",
    "roster:index",
    "roster:requests",
    "roster:mine",
    "roster:leave",
    "record:index",
    "record:checkpoint",
    "record:key",
    "record:verify",
    "processes:begin",
    "place:show",
    "place:defaults",
    "place:news",
    "place:write",
    "api:news",
}
_COURSE = "written-to-be-answered"


def _of_course(_world: World, state: str) -> Data:
    return {"course": _COURSE if state == "there" else "missing"}


def _of_badge(_world: World, state: str) -> Data:
    found = Badge.objects.filter(achievement=state).first()
    return {"badge": found.public_id if found else "a" * 26}


_ROOMS = {
    f"practice:{name}"
    for name in (
        "room",
        "charter",
        "background",
        "begin",
        "end",
        "leave",
        "fork",
        "delete",
        "level",
        "debrief",
    )
}


def _of_room(world: World, state: str) -> Data:
    return {"key": world.rooms[state].process.key if state in world.rooms else KEYS["open"]}


_FINDERS: tuple[tuple[set[str], Callable[[World, str], Data]], ...] = (
    (_INPUTS, _of_input),
    (_MESSAGES, _of_message),
    (_MESSAGE_NUMBERS, _of_message_number),
    (_DRAFTS, _of_drafts),
    ({"drafts:revision", "drafts:text"}, _of_revision),
    ({"drafts:changes"}, _of_changes),
    ({"drafts:export"}, _of_export),
    (_PARAGRAPHS, _of_paragraph),
    (_REMARKS, _of_remark),
    (ROUND_PAGES, _of_round),
    (_STATEMENTS, _of_statement),
    ({"statements:ballot_receipt"}, lambda world, state: {**_of_round(world, state), "ballot": 2}),
    (_CALLS, _of_call),
    (_MEETINGS, _of_meeting),
    ({"meetings:correct", "meetings:erase"}, _of_line),
    ({"meetings:decision"}, _of_meeting_decision),
    ({"consensus:open"}, _of_call_to_open),
    (_DISSENT, _of_objection),
    (_CHALLENGES, _of_challenge),
    (_APPEALED, _of_appeal),
    ({"consensus:draw_file"}, lambda world, state: {**_of_appeal(world, state), "draw": 1}),
    (_ANSWERS, _of_answer),
    (_ENTRIES, _of_entry),
    ({"contributions:theme", "contributions:respond-theme"}, _of_theme),
    ({"contributions:draft", "contributions:edit-draft"}, _of_draft),
    ({"contributions:reply"}, _of_dispute),
    ({"inputs:confirm"}, _of_token),
    ({"inputs:raw-mail"}, _of_mail),
    ({"inputs:listed"}, _of_listed),
    ({"processes:announcement", "processes:announcement-mail"}, _of_announcement),
    ({"processes:stop-following"}, _of_list),
    (
        {"processes:erase-interests"},
        lambda world, state: {"pk": world.stated.pk if state == "there" else MISSING},
    ),
    ({"site:leave"}, _of_leave),
    ({"processes:invitation"}, _of_invitation),
    ({"processes:charter-changes"}, _of_versions),
    ({"processes:judge"}, lambda _world, state: {"key": KEYS[state], "body": "pavers"}),
    ({"processes:explain"}, lambda _world, state: {"key": KEYS[state], "number": 1}),
    ({"place:read", "place:correct"}, lambda _world, state: {"number": 1 if state == "there" else MISSING}),
    ({"registry:show"}, lambda _world, state: {"key": "forum" if state == "there" else "missing"}),
    ({"learning:course", "learning:begin"}, _of_course),
    (
        {"learning:pause", "learning:leave"},
        lambda _world, state: {"pk": Learner.objects.get().pk if state == "there" else MISSING},
    ),
    (
        {"learning:text"},
        lambda _world, state: {"pk": Answer.objects.get().pk if state == "there" else MISSING},
    ),
    (
        {"learning:run", "learning:close"},
        lambda _world, state: {"pk": Run.objects.get().pk if state == "there" else MISSING},
    ),
    (
        {"practice:offer"},
        lambda _world, state: {"scenario": SCENARIO if state == "there" else "missing"},
    ),
    (_ROOMS, _of_room),
    (
        {"learning:lesson"},
        lambda _world, state: {"course": _COURSE, "lesson": "threads" if state == "there" else "missing"},
    ),
    (
        {"learning:taken"},
        lambda _world, state: {"course": _COURSE, "form": "gift" if state == "there" else "exe"},
    ),
    ({"roster:request", "roster:reply"}, lambda _world, state: {"number": REQUESTS.get(state, MISSING)}),
    ({"badges:show", "badges:token", "badges:erase"}, _of_badge),
    ({"badges:status"}, lambda _world, state: {"number": 1 if state == "there" else MISSING}),
    ({"roster:ask"}, _of_request),
    (
        {
            "archives:threads",
            "archives:people",
            "archives:found",
            "archives:merges",
            "archives:find-merges",
            "archives:following",
            "archives:leave",
        },
        lambda _world, state: {"name": NAMES[state]},
    ),
    ({"archives:letter"}, of_letter),
    ({"archives:person"}, of_sender),
    ({f"archives:{name}" for name in ("show", "text", "thread", "print", "erase")}, of_archived),
    ({"archives:decide-merge"}, lambda _world, state: {"name": NAMES[state], "number": 1}),
    (_APPLICATIONS, _of_application),
    *(({name}, partial(of_award, name)) for name in AWARD_PAGES),
    ({"grants:original"}, lambda world, state: {**_of_application(world, state), "file": 1}),
    (
        {"grants:call", "grants:apply", "grants:board"},
        lambda _world, state: {"key": "world-call" if state == "open" else "missing"},
    ),
    (
        {"studies:show", "studies:pack", "studies:bibtex", "studies:csl"},
        lambda _world, state: {"name": named(state)},
    ),
    ({"studies:withdraw"}, lambda _world, state: {"key": KEYS["open"], "name": named(state)}),
    (_ISSUES, lambda _world, state: {"number": ISSUES.get(state, MISSING)}),
    ({"site:operator-correction"}, lambda _world, _state: {"number": 1}),
    ({"record:tile"}, lambda _world, state: {"path": "0/000.p/9" if state == "there" else "0/999"}),
    ({"mfa_remove_webauthn", "mfa_edit_webauthn"}, lambda _world, _state: {"pk": MISSING}),
    ({"no-password"}, lambda _world, _state: {"rest": "reset/"}),
    ({"account_reset_password_from_key"}, lambda _world, _state: {"uidb36": "1", "key": "set-password"}),
)
