"""The pages of the expert roster, as somebody without scripts reads them."""

import json

import pytest

from conftest import day
from roster.conftest import Ask, Join, Request, somebody, state
from talanoa.lib.ties import EMPLOYER, Tie
from talanoa.people.models import Person
from talanoa.processes.models import Participant, Process
from talanoa.roster.actions.answering import decline_assignment
from talanoa.roster.models import Assignment, Expert
from web import Hands, Reader


@pytest.fixture(autouse=True)
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    return Hands(monkeypatch, day(2))


def shown(reader: Reader, path: str) -> str:
    return " ".join(reader.open(path).text.split())


def test_the_roster_shows_languages_topics_clock_and_dated_interests(join: Join) -> None:
    tie = Tie(EMPLOYER, "Office of Roads", "2019")
    join("Neema Mushi", "sw", "en", ties=(tie,), topics="ferries", zone="Africa/Nairobi", about="I chair.")
    told = shown(Reader(), "/roster/")
    for line in (
        "Neema Mushi",
        "Kiswahili, English",
        "ferries",
        "Africa/Nairobi",
        "I chair.",
        "Employed by Office of Roads",
        "Interests stated, 2 March 2026",
        "1 person",
    ):
        assert line in told
    assert "neema@people.example" not in told


def test_interests_that_are_a_year_old_are_told_as_such(join: Join, hands: Hands) -> None:
    join("Neema Mushi")
    assert "no request lists them" not in shown(Reader(), "/roster/")
    hands.turn_to(day(366))
    assert "no request lists them until they state them again" in shown(Reader(), "/roster/")


def test_the_roster_is_filtered_and_paged(join: Join) -> None:
    for one in range(21):
        join(f"Person{one} X", "fr", kind="expert")
    join("Neema Mushi", "sw")
    reader = Reader()
    assert "Neema Mushi" not in shown(reader, "/roster/")
    assert "Neema Mushi" in reader.follow("Next page").text
    reader.open("/roster/")
    told = reader.press("Show these", language="sw").text
    assert ("Neema Mushi" in told, "Person1 X" in told) == (True, False)
    assert "Nobody on the roster is like that yet." in shown(reader, "/roster/?language=sw&kind=expert")
    assert "22 people" in shown(reader, "/roster/?language=%00&kind=x")


def test_an_empty_roster_says_what_comes_next(log: object) -> None:
    assert "Nobody is on the roster yet." in shown(Reader(), "/roster/")
    assert "No process has asked yet." in shown(Reader(), "/roster/requests/")


def test_to_join_one_states_interests_first_then_changes_and_leaves(log: object) -> None:
    neema = somebody("Neema Mushi")
    reader = Reader(neema)
    reader.open("/me/roster/")
    page = reader.press("Join the roster", kind="facilitator", languages=["sw"], more_languages="tr")
    assert "State yours first" in page.text
    state(neema)
    page = reader.press("Join the roster", kind="facilitator", languages=["sw"], more_languages="klingonish")
    assert "is no language that we know" in page.text
    page = reader.press("Join the roster", kind="facilitator", languages=["sw"], more_languages="tr pt-br")
    assert "You stand on the roster like this" in page.text
    assert Expert.objects.get().languages == ["sw", "tr", "pt-BR"]
    reader.press("Change it", kind="both", topics="ferries")
    made = Expert.objects.get()
    assert (made.kind, made.languages, made.topics) == ("both", ["sw", "tr", "pt-BR"], "ferries")
    assert "You are off the roster." in reader.press("Leave the roster").text
    assert "Neema" not in shown(Reader(), "/roster/")


def test_the_convenor_asks_from_the_desk_and_who_is_asked_accepts(
    join: Join, process: Process, amina: Person
) -> None:
    neema = join("Neema Mushi", "sw", "en", topics="cables")
    join("Lars Holm", "en")
    boss = Reader(amina, in_office=True)
    boss.open("/p/nm/desk/")
    boss.follow("Ask for a facilitator or an expert")
    facts = {"kind": "facilitator", "text": "Chair five meetings about cables.", "needed_by": "2026-05-01"}
    page = boss.press("Publish the request", **facts)
    assert "Name at least one language." in page.text
    page = boss.press("Publish the request", **facts, languages=["sw"])
    assert "Your request is public." in page.text
    assert ("Neema Mushi" in page.text, "Lars Holm" in page.text) == (True, False)
    assert "cables" in page.text
    assert "Asked. A letter is on its way" in boss.press("Ask Neema Mushi").text
    own = Reader(neema.person)
    own.open("/me/")
    own.follow("Accept or decline request 1 to the expert roster")
    assert "Your answer stands on the record" in own.press("Accept").text
    told = shown(Reader(), "/roster/requests/1/")
    assert "Neema Mushi, asked on 4 March 2026: Accepted" in told
    assert "Filled" in shown(Reader(), "/roster/requests/")


def test_a_request_names_nobody_who_declined_and_shows_what_they_let_it(
    join: Join, request_for: Request, ask: Ask, amina: Person
) -> None:
    neema, made = join("Neema Mushi"), request_for()
    asked = ask(neema, made)
    assert "Somebody on the roster, asked on 4 March 2026: Asked" in shown(Reader(), "/roster/requests/1/")
    act = {"by": neema.person, "at": day(2), "channel": "web"}
    decline_assignment(asked, reason="My mother is ill.", **act)  # type: ignore[arg-type]
    told = shown(Reader(), "/roster/requests/1/")
    assert ("Declined" in told, "Neema" in told, "My mother" in told) == (True, False, False)
    for reader in (Reader(neema.person), Reader(amina, in_office=True)):
        told = shown(reader, "/roster/requests/1/")
        assert ("Neema Mushi, asked on" in told, "My mother is ill." in told) == (True, True)
    asked = ask(join("Juma Ali"), made)
    act["by"] = asked.expert.person
    decline_assignment(asked, reason="Too far.", is_public=True, **act)  # type: ignore[arg-type]
    told = shown(Reader(), "/roster/requests/1/")
    assert ("Juma" in told, "Too far." in told) == (False, True)


def test_who_declines_on_the_page_may_let_everybody_read_why(join: Join, ask: Ask) -> None:
    neema = join("Neema Mushi")
    ask(neema)
    own = Reader(neema.person)
    own.open("/roster/requests/1/")
    own.follow("Accept or decline")
    own.press("Decline", reason="No time.", is_public="on")
    assert Assignment.objects.get().public_reason == "No time."
    assert "Declined" in shown(own, "/roster/requests/1/answer/")


def test_a_form_without_a_yes_or_no_answers_nothing(join: Join, ask: Ask) -> None:
    neema = join("Neema Mushi")
    ask(neema)
    own = Reader(neema.person)
    own.client.handler.enforce_csrf_checks = False
    assert own.client.post("/roster/requests/1/answer/", {}).status_code == 200
    assert Assignment.objects.get().state == "asked"


def test_a_refusal_is_told_on_the_page(
    *, join: Join, ask: Ask, request_for: Request, send: object, lucia: Person, amina: Person
) -> None:
    neema, boss = join("Neema Mushi"), Reader(amina, in_office=True)
    request_for()
    boss.open("/roster/requests/1/")
    send(lucia)  # type: ignore[operator]
    state(neema.person, Tie(EMPLOYER, "Red del Sur"), at=2)
    assert "[employed_by_party]" in boss.press("Ask Neema Mushi").text
    told = shown(boss, "/roster/requests/1/")
    assert "speaks for Red del Sur, which is a party of this process. employed_by_party" in told
    assert "Ask Neema Mushi" not in told
    assert "party of this process" not in shown(Reader(), "/roster/requests/1/")


def test_the_list_is_for_organizers(
    join: Join, request_for: Request, amina: Person, chair: Participant, dalia: Participant
) -> None:
    join("Neema Mushi")
    request_for()
    readers = {
        "visitor": Reader(),
        "chair": Reader(chair.person, in_office=True),
        "unproven": Reader(amina),
        "secretariat": Reader(dalia.person, in_office=True),
    }
    seeing = {who for who, reader in readers.items() if "Neema" in shown(reader, "/roster/requests/1/")}
    assert seeing == {"secretariat"}


@pytest.mark.parametrize("given", ["", "9", "x", "9" * 400])
def test_nobody_is_asked_who_is_not_there(request_for: Request, amina: Person, given: str) -> None:
    request_for()
    boss = Reader(amina, in_office=True)
    boss.client.handler.enforce_csrf_checks = False
    assert boss.client.post("/p/nm/desk/experts/1/", {"expert": given}).status_code == 404


def test_what_stood_of_me_is_among_my_data(join: Join, ask: Ask) -> None:
    neema = join("Neema Mushi", "sw", "en")
    ask(neema)
    data = json.loads(Reader(neema.person).client.get("/me/data.json").content)
    assert data["roster"][0]["languages"] == ["sw", "en"]
    assert [(row["process"], row["state"]) for row in data["asked_of_me"]] == [("nm", "asked")]


def test_the_roster_is_found_from_home_learning_and_the_issue_desk(log: object) -> None:
    for path in ("/", "/learn/", "/issues/"):
        assert "/roster/" in Reader().open(path).links.values()
