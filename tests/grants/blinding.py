"""A call in which every secret is an unmistakable word, who may come across each, and every way out of here."""

import json
import re
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from django.test import Client
from django.urls import URLPattern

from command_line import talanoa, told
from conftest import day
from grants.conftest import ANSWERS, OPENS
from grants.reviewing import CLOSED
from mail.example_mails import Postbox
from talanoa.conf.clockwork import tick
from talanoa.grants import urls
from talanoa.grants.actions.applying import Lead, attach_file, give_more, keep_draft, submit_application
from talanoa.grants.actions.assigning import (
    add_reviewer,
    name_reviewer,
    record_conflict,
    reveal_applicants,
)
from talanoa.grants.actions.calling import keep_calls
from talanoa.grants.actions.deciding import Ruled, decide_application, recommend
from talanoa.grants.actions.reviewing import attest, discuss, receive_review
from talanoa.grants.actions.screening import ask_more, screen_application
from talanoa.grants.models import Application, Reading, ResearchCall
from talanoa.lib.applications import ApplicationText, Fellow
from talanoa.lib.extraction import Extracted
from talanoa.people.actions import know_person
from talanoa.people.models import Group, Person
from talanoa.processes.actions.roles import give_role
from talanoa.processes.models import Participant, Role
from talanoa.record.models import Entry
from talanoa.record.queries import public_fields
from web import Reader

ORCID = "0000-0002-1825-0097"
OFFICE = ("convenor", "clerk", "chair", "sponsor", "barred_clerk", "barred_chair")
REVIEWERS = ("done", "ready", "third", "spare", "late", "barred_reviewer")
APPLY, SEE, READ = {"lead", "fellow"}, {"convenor", "clerk"}, {"done", "ready", "third"}
BARRED = ("barred_clerk", "barred_chair", "barred_reviewer")
JUDGE = SEE | READ | {"chair"}
PAYS = {"sponsor"}
NAMED = ("leadname", "fellowname", "leadplace", "fellowplace", "orcid")
WORDS = ("title", "answer", "screened", "question", "more", "filetext")
FILES = ("filename", "metadata", "rawfile")
# Who comes across each word while it is reviewed, and who does besides once it is decided.
SEEN: dict[str, tuple[set[str], set[str]]] = {
    **dict.fromkeys(WORDS, (APPLY | JUDGE, PAYS)),
    **dict.fromkeys(NAMED, (APPLY | SEE, READ | {"chair"} | PAYS)),
    **dict.fromkeys(FILES, (APPLY | SEE, set())),
    "leadaddress": ({"lead"}, set()),
    "fellowaddress": ({"fellow"}, set()),
    "reviewdone": (SEE | {"chair", "done", "third"}, {"ready"} | APPLY | PAYS),
    "reviewready": (set(), JUDGE | APPLY | PAYS),
    "note": (SEE | {"chair", "done", "third"}, {"ready"} | PAYS),
    "conflict": (SEE, set()),
    "recommended": (set(), JUDGE | PAYS),
    "decided": (set(), JUDGE | PAYS | APPLY),
    # Whoever names reviewers knows them; who of them reads what stands in `test_who_is_barred_learns_nothing`.
    **{f"name{role.replace('_', '')}": (SEE | {"barred_clerk", role}, set()) for role in REVIEWERS},
    **{f"about{role.replace('_', '')}": (SEE | {"barred_clerk"}, set()) for role in REVIEWERS},
    **{f"address{role.replace('_', '')}": ({role}, set()) for role in REVIEWERS},
}


def word(name: str) -> str:
    """The word that stands for a secret; letters only, so that it survives every way of writing it."""
    return f"qv{name}qv"


WHOLE = re.compile("qv([a-z]+?)qv")


@dataclass(slots=True)
class World:
    """Who is in it, by role, and the application that is looked at."""

    call: ResearchCall
    postbox: Postbox
    people: dict[str, Person | None] = field(default_factory=dict)

    def who(self, role: str) -> Person:
        found = self.people[role]
        assert found is not None
        return Person.objects.get(pk=found.pk)

    def seat(self, role: str) -> Participant:
        return Participant.objects.get(process=self.call.process, person=self.who(role))

    @property
    def application(self) -> Application:
        return Application.objects.get(number=1)

    def reading(self, role: str) -> Reading:
        rows = Reading.objects.filter(application__number=1).select_related("application__call__process")
        return rows.get(reviewer__person=self.who(role))

    def act(self, role: str, number: float) -> dict[str, Any]:
        return {"by": self.who(role), "at": day(number), "channel": "web"}

    def office(self, role: str, number: float) -> dict[str, Any]:
        return {"by": self.seat(role), "at": day(number), "channel": "web"}


def people(made: World, convenor: Participant) -> None:
    """Make everybody known, each with an address of their own domain."""
    made.people |= {"visitor": None, "convenor": convenor.person}
    for role in (*OFFICE[1:], "lead", "fellow", "stranger", *REVIEWERS):
        key = role.replace("_", "")
        name = word({"lead": "leadname", "fellow": "fellowname"}.get(role, f"name{key}"))
        local = word({"lead": "leadaddress", "fellow": "fellowaddress"}.get(role, f"address{key}"))
        facts = {"group": Group.ACADEMIA if len(role) % 2 else Group.GOVERNMENT, "country": "KE"}
        # Nobody declared that one of those who see to it has the same domain of mail; it is known all the same.
        domain = "lead" if role == "barred_clerk" else key
        made.people[role] = know_person(name=name, address=f"{local}@{domain}.example", **facts)
    given = {"clerk": Role.SECRETARIAT, "chair": Role.CHAIR, "sponsor": Role.SPONSOR}
    given |= {"barred_clerk": Role.SECRETARIAT, "barred_chair": Role.CHAIR}
    for role, what in given.items():
        give_role(convenor.process, made.who(role), role=what, by=convenor, at=day(2), channel="web")


def applied(made: World) -> None:
    """Two apply: one with every field filled in, one as anybody does."""
    Person.objects.filter(pk=made.who("stranger").pk).update(organization="Elsewhere")
    for role in ("lead", "stranger"):
        act = made.act(role, OPENS + 1)
        secret = role == "lead"
        answers = ANSWERS | ({"method": word("answer")} if secret else {})
        address = made.who("fellow").address
        fellow = Fellow(word("fellowname"), address, word("fellowplace"), "GH", "academia", ORCID)
        title, fellows = (word("title"), (fellow,)) if secret else ("Who waits?", ())
        text = ApplicationText(title, answers, {"people": 8765 if secret else 9000}, fellows)
        lead = Lead(made.who(role).name, organization=word("leadplace") if secret else "Elsewhere")
        draft = keep_draft(made.call, lead=lead, told=text, **act)
        if secret:
            found = Extracted("text/plain", word("filetext"), named=(word("metadata"),))
            kept = {"data": word("rawfile").encode(), "filename": f"{word('filename')}.txt", "found": found}
            attach_file(draft, by=act["by"], at=act["at"], **kept)  # type: ignore[arg-type]
        submit_application(draft, **act)
    exchange = ask_more(made.application, text=word("question"), **made.office("clerk", OPENS + 2))
    give_more(exchange, text=word("more"), **made.act("lead", OPENS + 2))
    for one in Application.objects.handed_in():
        said = word("screened") if one.number == 1 else "It meets all."
        screen_application(one, unmet=(), reason=said, **made.office("clerk", OPENS + 3))


def reviewed(made: World) -> None:
    """Two have reviewed, one is to; one has a conflict that came up after they were asked; one reads something else."""
    office = made.office("convenor", CLOSED)
    keep_calls(at=day(CLOSED))
    made.call.refresh_from_db()
    by_role = {
        role: name_reviewer(
            made.call, made.who(role), about=word(f"about{role.replace('_', '')}"), load=5, **office
        )
        for role in REVIEWERS
    }
    other = Application.objects.get(number=2)
    for role in ("done", "ready", "third", "barred_reviewer"):
        add_reviewer(made.application, by_role[role], **office)
        add_reviewer(other, by_role["spare" if role == "ready" else role], **office)
    said = {"reason": f"A cousin {word('conflict')}."}
    record_conflict(made.application, made.who("barred_reviewer"), **said, **office)  # type: ignore[arg-type]
    record_conflict(made.application, made.who("barred_chair"), **said, **office)  # type: ignore[arg-type]
    tick(at=day(CLOSED))
    for role in ("done", "third"):
        hand_in(made, role, word("reviewdone"), {"question": 4, "method": 2})
        row = Reading.objects.get(application=other, reviewer__person=made.who(role))
        attest(row, **made.act(role, CLOSED + 1))
        marks: dict[str, int | None] = {"question": 3, "method": 5}
        facts = {"marks": marks, "confidence": 2, "text": "Good.", **made.act(role, CLOSED + 1)}
        receive_review(row, **facts)
    discuss(made.application, text=word("note"), **made.act("done", CLOSED + 2))
    attest(made.reading("ready"), **made.act("ready", CLOSED + 2))
    tick(at=day(CLOSED + 2))


def hand_in(made: World, role: str, text: str, marks: dict[str, int | None]) -> None:
    """Let somebody state that they have no conflict, and review."""
    act = made.act(role, CLOSED + 1)
    attest(made.reading(role), **act)
    receive_review(made.reading(role), marks=marks, confidence=2, text=text, **act)


def decide(made: World) -> None:
    """The last review comes in, who applies is shown, the chair recommends, the sponsor decides."""
    hand_in(made, "ready", word("reviewready"), {"question": 5, "method": 1})
    for row in Application.objects.get(number=2).readings.filter(state="asked"):
        row.state = "recused"
        row.save()
    reveal_applicants(made.call, **made.office("convenor", CLOSED + 3))
    ruled = Ruled("declined", word("recommended"))
    recommend(made.application, ruled=ruled, **made.office("chair", CLOSED + 4))
    ruled = Ruled("declined", word("decided"))
    decide_application(made.application, ruled=ruled, **made.office("sponsor", CLOSED + 20))
    tick(at=day(CLOSED + 20))


def build(call: ResearchCall, convenor: Participant, postbox: Postbox) -> World:
    """A call in the midst of its reviews."""
    made = World(call, postbox)
    people(made, convenor)
    applied(made)
    tick(at=day(CLOSED - 1))
    reviewed(made)
    return made


def exits(made: World, role: str, folder: Path) -> dict[str, str]:
    """Return all that somebody can come across, by where they do: pages, files, feeds, tables, letters, commands."""
    person = made.people[role]
    person = made.who(role) if person else None
    client = Reader(person, in_office=role in OFFICE).client
    found = {path: _got(client, path) for path in paths()}
    found |= {path: _got(client, path) for path in ELSEWHERE}
    found |= {path: _got(client, path) for path in entries()}
    if person:
        found |= {f"letter {n}": _whole(one) for n, one in enumerate(made.postbox.letters(person.address))}
        for verb in ("applications", "reviews", "calls"):
            found[verb] = json.dumps(told("grant", verb, "--as", person.address))
    else:
        assert talanoa("record", "export", folder / "record").code == 0
        assert talanoa("process", "audit-pack", "nm", folder / "pack").code == 0
        files = [file for file in folder.rglob("*") if file.is_file()]
        found |= {str(file): file.read_bytes().decode("utf-8", "replace") for file in files}
    return found


def paths() -> list[str]:
    """Every address of the app, for every number that there is and one that there is not."""
    values = {"key": ["first-questions"], "number": [1, 2, 3]}
    values |= {name: [1, 2] for name in ("file", "milestone", "report", "output")}
    made = list[str]()
    for pattern in urls.urlpatterns:
        assert isinstance(pattern, URLPattern)
        route = [str(pattern.pattern)]
        for name in pattern.pattern.converters:  # type: ignore[attr-defined]
            assert name in values, f"say here which values {name} takes"
            route = [re.sub(rf"<[a-z]+:{name}>", str(one), text) for text in route for one in values[name]]
        made += [f"/{text}" for text in route]
    return made


def entries() -> list[str]:
    """Every entry about the application or its reviewers as data, and the newest as pages."""
    rows = Entry.objects.filter(log__name="real").order_by("index")
    told_ = [(row.index, row.kind, public_fields(row)) for row in rows]
    places = [n for n, kind, said in told_ if said.get("application") == 1 or kind.startswith("reviewer")]
    return [f"/record/entry/{n}.json" for n in places] + [f"/record/{n}/" for n in places[-4:]]


ELSEWHERE = (
    *("/", "/me/", "/me/data.json", "/me/mail/", "/research/", "/record/", "/news/feed.atom"),
    *("/p/nm/", "/p/nm/desk/", "/p/nm/feed.atom", "/p/nm/calendar.ics", "/p/nm/inputs.csv", "/p/nm/room.csv"),
    *("/p/nm/moderation.csv", "/p/nm/discussion/", "/p/nm/people/", "/p/nm/record/", "/aliases.csv"),
    *(f"/search/?words={name}&q={name}" for name in ("qvtitleqv", "qvleadnameqv", "qvreviewdoneqv")),
)


def _got(client: Client, path: str) -> str:
    answer = client.get(path)
    body = b"".join(answer) if answer.streaming else answer.content  # type: ignore[attr-defined]
    text = body.decode("utf-8", "replace").replace("\r\n ", "")
    head = "\n".join(f"{name}: {value}" for name, value in answer.items())
    # What somebody looked for stands in the field of the search again.
    text = re.sub(r'value="qv[a-z]+qv"', "", text) if path.startswith("/search/") else text
    return f"{answer.status_code}\n{head}\n{text}"


def _whole(letter: EmailMessage) -> str:
    return "\n".join(f"{name}: {value}" for name, value in letter.items()) + str(letter.get_content())
