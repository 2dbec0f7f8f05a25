"""What is sent with each act: enough that nothing but the rules of who may and when stands in its way."""

from hashlib import sha256
from typing import Any

from permissions.cast import address
from permissions.granting import call_file
from permissions.stages import KEYS, ago
from permissions.world import World
from talanoa.consensus.events import CallDeclared
from talanoa.people.models import Group
from talanoa.processes.facts import FACTS
from talanoa.processes.models import Role
from talanoa.record.models import Entry

MINUTES = "A voice: Who pays?\nDecision: We do.\n"
COMES = ago(-30).replace(hour=15, minute=0, second=0, microsecond=0)
MEETING = {
    "title": "Radio",
    "day": f"{COMES:%Y-%m-%d}",
    "time": "15:00",
    "zone": "UTC",
    "length_minutes": "60",
    "place": "Room 4",
    "reason": "A strike.",
    "seen": COMES.isoformat(),
}
Data = dict[str, Any]
INPUT = {
    "title": "More",
    "text": "Say it in words.",
    "language": "en",
    "once": "a" * 64,
    "publication": "named",
    "name": "Somebody",
    "address": "somebody@talanoa.example",
    "group": "other",
}
SAID = {name: INPUT[name] for name in ("text", "once", "name", "address", "group")}
INTERESTS = {"tie-TOTAL_FORMS": "0", "tie-INITIAL_FORMS": "0", "text": "None."}
OUTREACH = "name,address\nNew,new@talanoa.example"
RULINGS = {"answer_1": "accepted", "reason_1": "It is right."}
ANSWER = {"status": "noted", "text": "We read it."}
FIXED: dict[str, Data] = {
    "inputs:withdraw": {"confirmed": "yes"},
    "reports:seal": {"confirmed": "yes"},
    "site:about-me": {"name": "A", "group": "other", "language": "en", "time_zone": "UTC"},
    "processes:my-interests": INTERESTS,
    "processes:choose-part": {"part": ""},
    "processes:interests": INTERESTS,
    "practice:level": {"seat": "consumer", "criterion": "R1", "level": "2", "sentence": "So."},
    "practice:join": {"code": "unknown"},
    "practice:offer": {"mode": "solo", "seat": "consumer"},
    "practice:room": {"form": "say", "kind": "ask", "to": "large", "slot": "deadline", "text": "Why?"},
    "practice:leave": {"seat": "consumer"},
    "practice:fork": {"day": "2"},
    "practice:debrief": {"sentence": "I will ask first."},
    "site:leave": {"List-Unsubscribe": "One-Click"},
    "site:my-letters-of": {"level": "own", "pause": "7"},
    "site:demo-clock": {"to": "input"},
    "inputs:write": INPUT,
    "inputs:replace": INPUT,
    "inputs:enter": INPUT | {"source": "paper"},
    "inputs:transcribe": {"text": "Pay them.", "language": "en", "name": "Somebody"},
    "inputs:language": {"language": "sw"},
    "inputs:erase": {"ground": "court_order"},
    "inputs:listed": {"confirm": "yes"},
    "discussions:write": SAID | {"subject": "More"},
    "discussions:reply": SAID,
    "discussions:summarize": {"text": "All want it."},
    "discussions:erase": {"ground": "court_order"},
    "archives:begin": {"name": "new-list", "title": "New", "list_id": "new.lists.example"},
    "archives:following": {"list_id": "other.lists.example"},
    "archives:decide-merge": {"decision": "same"},
    "archives:erase": {"ground": "court_order"},
    "drafts:begin": {"title": "Second", "text": "Another text."},
    "drafts:revise": {"text": "Another text.", "summary": "All of it", "based_on": "2"},
    "drafts:comment": SAID | {"read": "2"},
    "drafts:suggest": SAID | {"read": "2", "replacement": "Money is what lacks."},
    "drafts:need": {"degree": "should"},
    "drafts:decide": {"outcome": "reject", "reason": "It is too short.", "seen": "2"},
    "statements:open": {"question": "Who pays?", "days": "21"},
    "statements:propose": SAID | {"text": "Fees should stay low."},
    "statements:enter": {"name": "New", "group": "other", "votes": "1 agree", "once": "a" * 64},
    "statements:erase": {"ground": "court_order"},
    "consensus:open": {"question": "Can you live with it?", "days": "14", "because": ""},
    "consensus:position": {"option": "support", "reason": "", "recommendation": "0"},
    "consensus:object": {
        "recommendation": "0",
        "kind": "goal",
        "text": "It asks for too little.",
        "resolves": "Ask for more.",
        "once": "o",
    },
    "consensus:minority": {"recommendation": "0", "text": "It leaves out the islands.", "once": "m"},
    "consensus:evidence": {"round": "1"},
    "consensus:estimate": {"text": "So I see it.", "level_0": "divergence"},
    "consensus:designate": {
        "level_0": "divergence",
        "reasons_0": "What was argued for it does not weigh enough.",
        "declaration": "",
    },
    "consensus:stands": {"text": "It will not do."},
    "consensus:answer": {"text": "It was counted.", "revision": ""},
    "consensus:weigh": {"finding": "set_aside", "text": "It was answered before.", "alternatives": ""},
    "consensus:erase_objection": {"ground": "court_order"},
    "consensus:erase_statement": {"ground": "court_order"},
    "meetings:announce": MEETING,
    "meetings:change": MEETING,
    "meetings:cancel": {"reason": "A strike."},
    "meetings:attendance": dict.fromkeys(Group.values, "7"),
    "meetings:minutes": {"text": MINUTES, "confirmed": sha256(MINUTES.strip().encode()).hexdigest()},
    "meetings:correct": {"text": "I said something else."},
    "consensus:challenge": {"recommendation": "0", "text": "It was not weighed."},
    "consensus:answer_challenge": {"outcome": "kept", "text": "It was."},
    "consensus:refuse": {"text": "It names no breach."},
    "consensus:announce": {"sources": "Lottery", "days": "7", "seats": "3", "method": "sha256"},
    "consensus:draw": {"said_0": "1 2 3"},
    "consensus:opinion": {"outcome": "upheld", "reasons_1": "It was weighed."},
    "consensus:leave": {"text": "I work for the editor."},
    "meetings:erase": {"ground": "court_order"},
    "meetings:decision": {"finding": "confirmed", "reason": "Nobody spoke against it."},
    "drafts:erase": {"ground": "court_order"},
    "contributions:dispute": {"text": "I said something else."},
    "contributions:flag": {"reason": "abuse", "text": "It calls me a thief."},
    "contributions:appeal": {"text": "I name nobody."},
    "contributions:rule": {"outcome": "overturned", "reasons": "It names nobody."},
    "contributions:item": {"note": "Ask again."},
    "contributions:make-theme": {"label": "Time", "summary": "They have none."},
    "contributions:fold": {"leading": "1", "copies": "2"},
    "contributions:make-suggested": {"label": "Time", "summary": "They have none."},
    "contributions:respond-one": ANSWER,
    "contributions:respond-theme": ANSWER,
    "contributions:edit-draft": ANSWER,
    "contributions:draft": {"approve": "yes"},
    "contributions:reply": {"text": "You are right."},
    "processes:announce": {"title": "Come", "text": "Tell us.", "language": "en"},
    "processes:invitations": {
        "name": "New",
        "address": "new@talanoa.example",
        "group": "other",
        "language": "en",
    },
    "processes:invite-list": {"list": OUTREACH, "confirmed": sha256(OUTREACH.encode()).hexdigest()},
    "processes:invitation": {"join": "yes", "group": "other"},
    "processes:lists": {"list_id": "b.lists.example"},
    "processes:begin": {"template": "open-consultation", "title": "New", "key": "new-1"},
    "processes:people": {"address": "new@talanoa.example", "name": "New", "role": Role.OBSERVER.value},
    "processes:extend": {"days": "7", "reason": "outreach"},
    "reports:write": {"title": "Report", "text": "# A\n\nRecommendation 1. Pay.\n"},
    "reports:decision": RULINGS,
    "reports:follow-up": {"text": "We paid."},
    "studies:publish": {"kind": "audit", "license": ""},
    "studies:withdraw": {"reason": "Somebody asked.", "again": ""},
    "processes:missed": {"text": "The forum does this."},
    "processes:explain": {"text": "It stopped."},
    "processes:judge": {
        "judge": "yes",
        "relation": "none",
        "action": "proceed",
        "reason": "It builds roads.",
    },
    "place:write": {"title": "Moved", "text": "We moved.", "language": "en"},
    "place:correct": {"title": "Moved", "text": "Not yet.", "correction": "Too early."},
    "registry:correct": {"text": "It has moved.", "once": "a" * 64},
    "issues:bring": SAID | {"title": "Cables", "publication": "named"},
    "issues:answer": {"outcome": "decline", "reason": "It is too late."},
    "issues:reply": {"text": "It is not."},
    "issues:heard": {"text": "We do."},
    "issues:erase": {"ground": "court_order"},
    "roster:mine": {"kind": "expert", "languages": ["fr"]},
    "roster:wanted": {
        "kind": "expert",
        "languages": ["en"],
        "text": "Cables.",
        "needed_by": f"{ago(-30):%Y-%m-%d}",
    },
    "learning:join": {"code": "NOSUCHCODE"},
    "learning:pause": {"days": "14"},
    "learning:text": {
        "comment": "So.",
        **dict.fromkeys(("request", "place", "reason", "words", "reader"), "1"),
    },
    "learning:open": {
        "course": "written-to-be-answered",
        "title": "Monday",
        "starts_on": f"{ago(-3):%Y-%m-%d}",
        "every_days": "2",
        "teachers": address("elsewhere"),
    },
    "grants:publish": {"process": KEYS["open"], "text": call_file("another", -30)},
    "grants:mine": {"step": "published", "text": "On reefs; 2025; Nobody Else"},
    "grants:apply": {"title": "New", "name": "A", "group": "other", "keep": "yes"},
    "grants:board": {"step": "cancel", "reason": "So."},
    "grants:review": {"step": "recuse", "reason": "A cousin."},
    "grants:application": {"step": "ask", "text": "Why?"},
    "grants:award": {"step": "payment", "milestone": "1", "state": "paid", "reference": "7"},
    "badges:check": {"text": "a.b.c"},
    "roster:ask": {"expert": "1"},
    "roster:reply": {"answer": "accept"},
    "site:operator-correction": {"outcome": "kept", "text": "It has not."},
    "account_login": {"login": address("author")},
    "account_signup": {"email": "new@talanoa.example"},
    "account_request_login_code": {"email": address("author")},
    "account_email": {"action_add": "", "email": "other@talanoa.example"},
    "account_reset_password": {"email": address("author")},
    "account_set_password": {"password1": "a long one 7312", "password2": "a long one 7312"},
    "account_change_password": {
        "oldpassword": "x",
        "password1": "a long one 7312",
        "password2": "a long one 7312",
    },
    "account_reauthenticate": {"password": "x"},
    "account_confirm_login_code": {"code": "ABCD"},
    "mfa_authenticate": {"code": "000000"},
    "mfa_reauthenticate": {"code": "000000"},
    "mfa_activate_totp": {"code": "000000"},
    "mfa_add_webauthn": {"name": "key", "credential": "{}"},
    "mfa_reauthenticate_webauthn": {"credential": "{}"},
    "mfa_login_webauthn": {"credential": "{}"},
}


def data(world: World, name: str, state: str) -> Data:
    """Return what is sent to `name`."""
    if name in ("contributions:file", "contributions:undo"):
        theme = world.stages["open"].themes.get()
        chosen = world.contribution("answered" if name.endswith("undo") else "published").pk
        return {"chosen": [chosen], "theme": theme.pk, "confirmed": "yes"}
    if name in (
        "drafts:dispose",
        "consensus:appeal",
        "statements:vote",
        "statements:ballot",
        "statements:enter",
    ):
        return _about_texts(world, name)
    if name == "site:demo-sign-in":
        return {"person": world.cast["author"].pk}
    if name == "processes:write":
        return _charter(world, state)
    if name == "contributions:moderate":
        release = {"release": "yes"} if state == "rejected" else {}
        return {"reason": "spam", "text": "It sells soap."} | (release or {"hold": "yes"})
    return _appeal() if name == "consensus:appeal" else FIXED.get(name, {})


def _appeal() -> Data:
    """Against the declaration of the settled call, which nobody appealed."""
    [declared] = Entry.objects.filter(kind=CallDeclared.kind, log__name="real")
    return {"entry": str(declared.index), "argument_1": "It was too early."}


def _about_texts(world: World, name: str) -> Data:
    if name == "drafts:dispose":
        number = world.remarks["remark"].contribution.number
        return {"status": "noted", "reason": "We read it.", "numbers": str(number)}
    if name.startswith("statements:"):
        number = world.statements["proposed"].contribution.number
        if name == "statements:enter":
            return FIXED[name] | {"votes": f"{number} agree"}
        return {"number": number, "vote": "disagree", f"vote_{number}": "disagree", "once": "a" * 64}
    [declared] = Entry.objects.filter(kind=CallDeclared.kind, log__name="real")
    return {"entry": str(declared.index), "argument_1": "It was too early."}


def _charter(world: World, state: str) -> Data:
    facts = world.stages[state].charters.latest("version").facts
    told = {fact.key: "\n".join(facts[fact.key]) if fact.many else facts[fact.key] for fact in FACTS}
    return told | {"groups": facts["groups"], "input_days": 40, "review_days": 21, "payer": "A new one"}
