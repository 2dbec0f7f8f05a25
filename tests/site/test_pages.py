"""What holds of every page: its weight, its queries, its bones, its dates, its empty states, its policy."""

import gzip
import re
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from conftest import START, day
from steps import REPORT, finish, seal, theme_with
from talanoa.contributions.actions.answering import approve_response, dispute_response, draft_response
from talanoa.contributions.actions.moderating import hold_contribution
from talanoa.contributions.actions.standing import author_of
from talanoa.contributions.models import Assurance, Contribution, Theme
from talanoa.inputs.actions.erasing import erase_input
from talanoa.inputs.actions.receiving import Words, receive_input
from talanoa.inputs.models import Input
from talanoa.people.actions import declare, know_person
from talanoa.people.models import Group, Person
from talanoa.processes.actions.chartering import publish_charter
from talanoa.processes.actions.roles import enter
from talanoa.processes.actions.stages import open_process
from talanoa.processes.models import Participant, Process, Stage
from talanoa.reports.actions import write_report
from web import Hands, Page, Reader

FORM, LIST, WHOLE, SHEET = 14_000, 30_000, 40_000, 8_000


@pytest.fixture(autouse=True)
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    return Hands(monkeypatch, day(3))


@dataclass(frozen=True, slots=True)
class Room:
    """A process with people who write in it, and the browsers of those who read."""

    call: Stage
    convenor: Participant
    chair: Participant
    visitor: Reader
    desk: Reader

    def say(self, n: int, *, title: str = "", text: str = "", name: str = "", **facts: Any) -> Input:
        """Input number `n`, by somebody of their own."""
        person = know_person(
            name=name or f"Person {n}", address=f"person-{n}@nuku.example", group=Group.ACADEMIA, **facts
        )
        return receive_input(
            self.call,
            by=enter(self.call.process, person, at=day(1)),
            author=author_of(person, assurance=Assurance.PROVEN),
            words=Words(title=title or words(n, 9), text=text or words(n, 60)),
            publication=Contribution.Publication.NAMED,
            dedup_key=sha256(f"{n}{text}".encode()).hexdigest(),
            channel="web",
            at=day(1),
        )

    def answer(self, said: Input) -> Theme:
        """A theme of its own for an input, its answer, and a dispute of that answer."""
        contribution = said.contribution
        theme = theme_with(self.convenor, contribution, label=f"Theme of {contribution.number}")
        given = draft_response(
            self.call.process,
            by=self.convenor,
            theme=theme,
            status="accepted",
            text=words(contribution.number, 40),
            at=day(2),
        )
        approve_response(given, by=self.chair, at=day(2), channel="web")
        author = enter(self.call.process, contribution.person, at=day(2))
        dispute_response(given.answers.get(), by=author, text="Not what I meant.", at=day(2), channel="web")
        return theme


def words(seed: int, n: int) -> str:
    """Words that compress no better than a language does."""
    digest = "".join(sha256(f"{seed}-{part}".encode()).hexdigest() for part in range(n // 8 + 1))
    return " ".join(re.sub(r"\d", "", digest[8 * k : 8 * k + 8]) or "and" for k in range(n))


@pytest.fixture
def room(call: Stage, convenor: Participant, chair: Participant) -> Room:
    return Room(call, convenor, chair, Reader(), Reader(convenor.person, in_office=True))


def weight(html: bytes) -> int:
    return len(gzip.compress(html, 6))


def page_of(reader: Reader, path: str, status: int = 200) -> Page:
    page = reader.open(path)
    assert (path, reader.status) == (path, status)
    return page


# --- weight


def test_the_style_sheet_is_under_eight_kilobytes() -> None:
    sheet = finders.find("site/talanoa.css")
    assert isinstance(sheet, str)
    assert weight(Path(sheet).read_bytes()) < SHEET


def kilobytes(reader: Reader, paths: tuple[str, ...]) -> dict[str, int]:
    return {path: weight(reader.client.get(path, follow=True).content) for path in paths}


def test_forms_and_receipts_fit_into_fourteen_kilobytes(room: Room) -> None:
    said = room.say(1, text=words(1, 300))
    room.answer(said)
    mine = Reader(said.contribution.person)
    pk = said.contribution.answers.get().pk
    weights = {
        **kilobytes(room.visitor, ("/p/nm/inputs/write/", "/account/login/", "/account/signup/")),
        **kilobytes(mine, ("/p/nm/inputs/1/received/", f"/p/nm/answers/{pk}/dispute/", "/me/about/")),
        **kilobytes(mine, ("/p/nm/inputs/write/", "/p/nm/inputs/1/replace/")),
        **kilobytes(room.desk, ("/new/", "/p/nm/desk/charter/", "/p/nm/desk/enter/", "/p/nm/desk/people/")),
        **kilobytes(room.desk, ("/p/nm/desk/inputs/1/respond/", "/p/nm/desk/report/")),
    }
    assert {path: size for path, size in weights.items() if size > FORM} == {}


def test_lists_of_fifty_fit_into_thirty_kilobytes_and_all_of_a_page_into_forty(room: Room) -> None:
    for n in range(1, 54):
        said = room.say(n, organization=words(n + 500, 4), country="TO")
        if n <= 12:
            room.answer(said)
    paths = ("/", "/p/nm/", "/p/nm/inputs/", "/p/nm/themes/", "/record/", "/record/9/", "/p/nm/desk/inputs/")
    weights = kilobytes(room.desk, (*paths, "/p/nm/desk/", "/p/nm/inputs/1/", "/p/nm/charter/"))
    assert {path: size for path, size in weights.items() if size > LIST} == {}
    icon, sheet = (
        weight(Path(str(finders.find(f"site/{name}"))).read_bytes()) for name in ("icon.svg", "talanoa.css")
    )
    assert max(weights.values()) + icon + sheet < WHOLE


def test_a_page_needs_three_requests_itself_its_style_sheet_and_its_icon(room: Room) -> None:
    asked = [
        attrs.get("rel", "")
        for tag, attrs in page_of(room.visitor, "/p/nm/").elements
        if tag in ("script", "img", "iframe", "object") or (tag == "link" and attrs["rel"] != "alternate")
    ]
    assert asked == ["stylesheet", "icon"]


# --- queries


def queries(reader: Reader, path: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        answer = reader.client.get(path)
    assert answer.status_code == 200, path
    return len(asked)


PUBLIC = {
    "/": 7,
    "/p/nm/": 12,
    "/p/nm/charter/": 5,
    "/p/nm/inputs/": 9,
    "/p/nm/inputs/1/": 12,
    "/p/nm/inputs/write/": 2,
    "/p/nm/themes/": 5,
    "/p/nm/themes/theme-of-1/": 8,
    "/record/": 4,
    "/record/4/": 5,
}
DESK = {
    "/p/nm/desk/": 22,
    "/p/nm/desk/inputs/": 16,
    "/p/nm/desk/inputs/1/": 13,
    "/p/nm/desk/people/": 10,
    "/p/nm/desk/report/": 17,
    "/p/nm/report/": 19,
}
MINE = {"/me/": 15, "/p/nm/": 12}  # three less: the visitor had it counted


def test_a_page_asks_the_database_as_often_for_one_row_as_for_three(room: Room) -> None:
    room.answer(room.say(1))
    write_report(room.call.process, by=room.convenor, title="Report", text=REPORT, at=day(2))
    mine = Reader(know_person(name="", address="person-1@nuku.example"))
    found = []
    for more in ((), (2, 3)):
        for n in more:
            room.answer(room.say(n))
        found.append(
            {
                "public": {path: queries(room.visitor, path) for path in PUBLIC},
                "desk": {path: queries(room.desk, path) for path in DESK},
                "mine": {path: queries(mine, path) for path in MINE},
            }
        )
    assert found[0] == found[1] == {"public": PUBLIC, "desk": DESK, "mine": MINE}
    assert max(PUBLIC.values()) <= 12


def test_the_home_page_asks_as_often_for_one_process_as_for_three(room: Room, nino: Participant) -> None:
    one = queries(room.visitor, "/")
    publish_charter(nino.process, by=nino, at=START, channel="web")
    open_process(nino.process, by=nino, at=START, channel="web")
    draft_of(room)
    room.desk.press("Publish the charter")
    assert (one, queries(room.visitor, "/"), len(Process.objects.all())) == (7, 7, 3)


# --- bones


def bones(page: Page, path: str) -> None:
    """One title, one heading, one main part, a language; no id twice; nothing that the policy forbids."""
    tags = [tag for tag, _attrs in page.elements]
    assert (path, [tags.count(tag) for tag in ("title", "h1", "main")]) == (path, [1, 1, 1])
    html = next(attrs for tag, attrs in page.elements if tag == "html")
    assert (html["lang"], html["dir"]) == ("en", "ltr")
    ids = [attrs["id"] for _tag, attrs in page.elements if "id" in attrs]
    assert (path, sorted(ids)) == (path, sorted(set(ids)))
    assert {"script", "style"}.isdisjoint(tags)
    assert [attrs for _tag, attrs in page.elements if "style" in attrs] == []


ANYBODY = ("", "charter/", "inputs/", "themes/")
OFFICE = ("desk/", "desk/inputs/", "desk/people/", "desk/charter/", "desk/enter/", "desk/report/")


def walk(room: Room, *more: str) -> None:
    """Open every page of the process: as a visitor what is public, at the desk everything."""
    for path in (*ANYBODY, *more):
        bones(page_of(room.visitor, f"/p/nm/{path}"), path)
    for path in (*ANYBODY, *OFFICE, *more):
        bones(page_of(room.desk, f"/p/nm/{path}"), path)


def test_the_bones_of_an_open_process(room: Room) -> None:
    walk(room, "inputs/write/")
    theme = room.answer(room.say(1))
    walk(room, "inputs/write/", "inputs/1/", f"themes/{theme.slug}/")
    dispute = theme.contributions.get().answers.get().disputes.get()
    for path in (
        *("inputs/1/", "inputs/1/respond/", f"themes/{theme.slug}/respond/"),
        *(f"disputes/{dispute.pk}/", f"drafts/{theme.responses.get().pk}/"),
    ):
        bones(page_of(room.desk, f"/p/nm/desk/{path}"), path)


def draft_of(room: Room, **facts: object) -> None:
    """Begin another process, `tea`, in whose charter this stands."""
    room.desk.open("/new/")
    room.desk.press("Make the draft", title="Tea or coffee?", key="tea", template="open-consultation")
    room.desk.press("Save", **facts)


def test_the_bones_of_a_draft(room: Room) -> None:
    draft_of(room)
    for path in (*ANYBODY, *OFFICE, "charter/?draft"):
        bones(page_of(room.desk, f"/p/tea/{path}"), path)


@pytest.mark.parametrize(("bring", "at"), [(seal, 43), (finish, 65)])
def test_the_bones_of_a_report(
    room: Room, process: Process, hands: Hands, bring: Callable[[Participant], Any], at: int
) -> None:
    process.participants.get(person=room.chair.person).roles.all().delete()
    room.say(1)
    bring(room.convenor)
    hands.turn_to(day(at))
    walk(room, "report/")
    bones(page_of(room.desk, "/p/nm/desk/decision/"), "the decision")


@pytest.mark.parametrize("path", ["/", "/learn/", "/research/", "/rules/", "/accessibility/", "/source/"])
def test_the_bones_of_the_site(room: Room, path: str) -> None:
    bones(page_of(room.visitor, path), path)


@pytest.mark.parametrize("path", ["/me/", "/me/about/", "/new/", "/record/", "/record/2/"])
def test_the_bones_of_pages_for_somebody(room: Room, path: str) -> None:
    bones(page_of(room.desk, path), path)


@pytest.mark.parametrize(
    ("path", "status"),
    [("/p/none/", 404), ("/p/nm/inputs/7/", 404), ("/p/nm/desk/", 403), ("/tour/", 404)],
)
def test_the_bones_of_a_refusal(room: Room, yusuf: Person, path: str, status: int) -> None:
    bones(page_of(Reader(yusuf), path, status), path)


def test_a_refusal_by_a_rule_says_which_rule_and_that_nothing_changed(room: Room) -> None:
    page = page_of(room.desk, "/p/nm/desk/decision/", 409)
    bones(page, "a rule")
    assert "There is no sealed report to decide on. Rule: report_not_sealed Nothing was changed." in page.text


# --- dates, languages, names


def test_a_deadline_is_told_in_utc_and_then_by_the_readers_clock(room: Room, yusuf: Person) -> None:
    known = {"name": yusuf.name, "group": yusuf.group, "organization": "", "country": "KE", "language": "en"}
    declare(by=yusuf, time_zone="Africa/Nairobi", **known)
    told = "Closes Saturday 11 April 2026, 09:00 UTC"
    assert f"{told}. Add to my calendar" in page_of(room.visitor, "/p/nm/").text
    assert f"{told} (12:00 in Nairobi). Add to my calendar" in page_of(Reader(yusuf), "/p/nm/").text


def test_languages_and_groups_are_called_by_their_names(room: Room) -> None:
    draft_of(room, languages=["en", "sw"], more_languages="pt-BR tr", groups=["private_sector"])
    page = page_of(room.desk, "/p/tea/charter/")
    assert "Languages English, Kiswahili, Português (BR), Türkçe Groups concerned Private sector" in page.text


def test_a_text_finds_its_own_direction_and_says_its_language(room: Room) -> None:
    said = room.say(1, title="من يدفع؟", text="ادفعوا للمدربين.")
    Input.objects.filter(pk=said.pk).update(language="ar")
    page = page_of(room.visitor, "/p/nm/inputs/1/")
    heading = next(attrs for tag, attrs in page.elements if tag == "h1")
    assert heading == {"dir": "auto", "lang": "ar"}
    link = next(a for _t, a in page_of(room.visitor, "/p/nm/").elements if a.get("href") == "/p/nm/inputs/1/")
    assert link == {"href": "/p/nm/inputs/1/", "lang": "ar", "dir": "auto"}


def test_pages_turn_round_for_those_who_read_from_right_to_left(room: Room) -> None:
    room.say(1)
    answer = room.visitor.client.get("/p/nm/", headers={"accept-language": "ar"})
    html = next(attrs for tag, attrs in Page(answer.content.decode()).elements if tag == "html")
    assert html == {"lang": "ar", "dir": "rtl"}


def test_long_names_are_shown_whole(room: Room) -> None:
    name, title = "Tāufaʻāhau" * 25, "Nuku’alofa" * 19
    room.say(1, name=name, title=title, organization="x" * 190)
    page = page_of(room.visitor, "/p/nm/inputs/1/")
    assert f"{name}, {'x' * 190} ·" in page.text
    assert title in page_of(room.visitor, "/p/nm/inputs/").links


# --- what is empty, hidden or gone


def test_a_place_without_a_process_says_what_comes_next(db: None) -> None:
    page = page_of(Reader(), "/")
    assert "Nothing is open right now. No process has begun here yet." in page.text


def test_an_empty_process_says_what_comes_next(room: Room) -> None:
    assert "No input yet. The first one gets number 1" in page_of(room.visitor, "/p/nm/").text
    assert "No input here. Each input gets a number at once" in page_of(room.visitor, "/p/nm/inputs/").text
    assert "No theme yet. Themes appear here once" in page_of(room.visitor, "/p/nm/themes/").text
    assert "No input fits." in page_of(room.desk, "/p/nm/desk/inputs/").text
    assert "Nothing waits for you." in page_of(room.desk, "/me/").text


def test_what_is_withheld_or_erased_says_why_in_a_sentence(room: Room) -> None:
    first, second = room.say(1), room.say(2)
    hold_contribution(first.contribution, by=room.convenor, reason="abuse", at=day(2), channel="web")
    erase_input(second, by=room.convenor, ground="court_order", at=day(2), channel="web")
    told = page_of(room.visitor, "/p/nm/inputs/1/").text
    assert "It is held. It attacks a person. It is counted" in told
    assert "Its content was erased. A court ordered it." in page_of(room.visitor, "/p/nm/inputs/2/").text
    assert "Content erased A court ordered it" in page_of(room.visitor, "/p/nm/inputs/").text


def test_a_private_input_that_was_answered_is_not_said_to_wait(room: Room) -> None:
    said = room.say(1)
    Contribution.objects.update(publication=Contribution.Publication.PRIVATE)
    assert "The answer is not there yet." in page_of(room.visitor, "/p/nm/inputs/1/").text
    said.contribution.refresh_from_db()
    room.answer(said)
    assert "It has its answer, which was sent to its author." in page_of(room.visitor, "/p/nm/inputs/1/").text


def test_the_home_page_says_when_the_record_was_signed(room: Room) -> None:
    room.say(1)
    told = "On the record: entry 7. Checkpoint signed Tuesday 3 March 2026, 09:00 UTC."
    assert told in page_of(room.visitor, "/").text


def test_what_closes_first_stands_first_on_the_home_page(room: Room, nino: Participant, hands: Hands) -> None:
    publish_charter(nino.process, by=nino, at=START, channel="web")
    open_process(nino.process, by=nino, at=START, channel="web")
    Stage.objects.filter(process=nino.process, kind="input").update(closes_at=day(9))
    links = [link for link in page_of(room.visitor, "/").links if "?" in link]
    assert links == ["Who names the places on a map?", "How should training be funded?"]


# --- who is sent where


def test_the_sponsor_finds_the_decision_and_no_desk(room: Room, sponsor: Participant, hands: Hands) -> None:
    room.convenor.process.participants.get(person=room.chair.person).roles.all().delete()
    theirs = Reader(sponsor.person, in_office=True)
    assert page_of(theirs, "/me/").links["How should training be funded?"] == "/p/nm/"
    room.say(1)
    finish(room.convenor)
    hands.turn_to(day(65))
    page = page_of(theirs, "/me/")
    assert page.links["Answer the recommendations"] == "/p/nm/desk/decision/"
    assert "Desk" not in page_of(theirs, "/p/nm/desk/decision/").links


def test_a_decision_before_its_time_is_refused_before_its_fields_are_read(
    room: Room, sponsor: Participant, hands: Hands
) -> None:
    room.convenor.process.participants.get(person=room.chair.person).roles.all().delete()
    room.say(1)
    seal(room.convenor)
    hands.turn_to(day(43))
    theirs = Reader(sponsor.person, in_office=True)
    theirs.open("/p/nm/desk/decision/")
    page = theirs.press("Decide, on the record", reason_1="The money is there.")
    assert (theirs.status, "Nobody can decide before. Nothing was changed." in page.text) == (409, True)
    assert page.forms[0].values["reason_1"] == ["The money is there."]


def test_only_the_desk_reads_a_charter_that_is_being_changed(room: Room) -> None:
    room.desk.open("/p/nm/desk/charter/")
    room.desk.press("Save", payer="Somebody else")
    assert "Somebody else" in page_of(room.desk, "/p/nm/charter/?draft").text
    assert "Somebody else" not in page_of(room.desk, "/p/nm/charter/").text
    assert "Somebody else" not in page_of(room.visitor, "/p/nm/charter/?draft").text


# --- the policy


def policy(client: Client, path: str) -> dict[str, str]:
    parts = client.get(path).headers["Content-Security-Policy"].split(";")
    return {name: rest.strip() for name, _blank, rest in (part.strip().partition(" ") for part in parts)}


def test_no_page_runs_scripts_but_those_of_the_passkey_ceremony(room: Room) -> None:
    for path in ("/", "/p/nm/", "/p/nm/inputs/write/", "/me/", "/account/login/", "/account/2fa/"):
        found = policy(room.desk.client, path)
        assert (path, found["default-src"], found.get("script-src")) == (path, "'none'", None)
    ceremony = policy(Reader().client, "/account/login/?passkey=1")
    assert re.fullmatch(r"'nonce-[A-Za-z0-9+/=]+'", ceremony["script-src"])
    assert ceremony["connect-src"] == "'self'"


def test_every_ceremony_has_a_nonce_of_its_own(room: Room) -> None:
    nonces = {policy(Reader().client, "/account/login/?passkey=1")["script-src"] for _twice in range(2)}
    assert len(nonces) == 2
