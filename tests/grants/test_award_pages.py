"""The pages of awards, as somebody without scripts uses them."""

import csv
import json
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from conftest import day
from grants.awarding import DECIDED, FIRST, LAST, act, decide, offer, on
from grants.conftest import Apply
from talanoa.grants.actions.awarding import withdraw_award
from talanoa.grants.actions.reporting import receive_report
from talanoa.grants.models import Application, Award
from talanoa.people.actions import know_person
from talanoa.people.models import Group, Person
from talanoa.processes.models import Participant
from web import Hands, Reader

PAGE = "/grants/awards/1/"


@pytest.fixture
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    return Hands(monkeypatch, day(DECIDED + 1))


def agreement(**more: str) -> dict[str, str]:
    """What the form of the agreement is filled in with."""
    said = {
        "starts": FIRST.isoformat(),
        "ends": LAST.isoformat(),
        "budget-people": "8000",
        "budget-travel": "1000",
        "milestones": f"{FIRST}; 3000; The plan; advance\n{on(DECIDED + 120)}; 6000; Data and text",
        "conditions": "The data are open.",
    }
    return said | more


def output(**more: str) -> dict[str, str]:
    """What the form of an output is filled in with."""
    said = {
        "title": "Who stays?",
        "kind": "Dataset",
        "issued_on": f"{day(DECIDED):%Y-%m-%d}",
        "authors": "Yusuf Abdi; 0000-0002-1825-0097; Garissa University; 02mhbdp94",
        "license": "CC-BY-4.0",
        "doi": "https://doi.org/10.5555/ABC",
        "url": "https://data.example/1",
    }
    return said | more


def test_from_the_offer_to_the_end_of_an_award(
    hands: Hands, funded: Application, amina: Person, yusuf: Person, lucia: Person
) -> None:
    office, own = Reader(amina, in_office=True), Reader(yusuf)
    office.open("/grants/applications/1/")
    assert (
        "This cannot be read: “soon”." in office.press("Offer the award", **agreement(milestones="soon")).text
    )
    page = office.press("Offer the award", **agreement())
    assert "Offered. The whole agreement goes to those who apply." in page.text
    own.open("/grants/mine/")
    page = own.follow("Who stays in the room?")
    assert own.path == PAGE
    assert "The place itself (6000 EUR); A second funder (3000 EUR)" in page.text
    assert "The data are open." in page.text
    assert Reader().client.get(PAGE).status_code == 302
    assert Reader(lucia).client.get(PAGE).status_code == 404
    assert "Accepted. The award is public now." in own.press("Accept the agreement").text
    hands.turn_to(day(DECIDED + 121))
    assert own.open(PAGE).text.count("Overdue") == 2
    note = SimpleUploadedFile("note.txt", b"We count.")
    page = own.press("Send a report", milestone="1", text="The plan is made.", file=note)
    assert "Received. You are told what is made of it." in page.text
    assert own.client.get(page.links["note.txt"]).content == b"We count."
    assert Reader().client.get(page.links["note.txt"]).status_code == 302
    office.open(PAGE)
    office.press("Judge the report of milestone 1", outcome="returned", reasons="Which plan?")
    assert "Which plan?" in own.open(PAGE).text
    for number in ("1", "2"):
        own.press("Send a report", milestone=number, text=f"All of {number}.")
        office.open(PAGE)
        office.press(f"Judge the report of milestone {number}", outcome="accepted", reasons="Good.")
        own.open(PAGE)
    own.press("State the ethics approval", reason="Only published texts are counted.")
    own.press(
        "State where the plan is registered", registry="A registry", identifier="plan-17", on=f"{FIRST}"
    )
    assert "check" not in own.press("Tell of an output", **output()).text
    assert "This is no DOI." in own.press("Tell of an output", **output(doi="11/a")).text
    own.open(PAGE)
    own.press("Correct output 1", title="Who stays, and who leaves?")
    office.open(PAGE)
    page = office.press("Note a payment", milestone="1", state="instructed", reference="2026-17")
    assert "2026-17" in page.text
    office.press("Note a payment", milestone="1", state="paid", reference="2026-17")
    office.press("Complete the award")
    page = Reader().open(PAGE)
    for told in (
        "Complete",
        "Who stays, and who leaves?",
        "Paid so far 3000 EUR",
        "plan-17",
        "Garissa University",
    ):
        assert told in page.text
    for told in ("2026-17", "The plan is made.", "The data are open.", "Which plan?"):
        assert told not in page.text
    metadata = json.loads(Reader().client.get(page.links["Metadata for its DOI (JSON)"]).content)
    assert metadata["titles"] == [{"title": "Who stays, and who leaves?"}]
    assert metadata["creators"][0]["nameIdentifiers"][0]["nameIdentifier"].endswith("0097")


def test_an_offer_is_declined_and_another_one_withdrawn(
    hands: Hands, funded: Application, convenor: Participant, yusuf: Person
) -> None:
    offer(funded, convenor)
    own, office = Reader(yusuf), Reader(convenor.person, in_office=True)
    own.open(PAGE)
    assert "We have other work." in own.press("Decline it", reason="We have other work.").text
    office.open("/grants/applications/1/")
    office.press("Offer the award", **agreement())
    office.open("/grants/awards/2/")
    page = office.press("Withdraw the award", reason="The money is gone.")
    assert "The next one on the reserve list can be offered an award." in page.text
    assert Reader().open("/grants/awards/").text.count("Nothing was awarded yet.") == 1


def test_what_is_under_embargo_is_named_and_its_address_is_not(
    hands: Hands, award: Award, yusuf: Person
) -> None:
    own = Reader(yusuf)
    own.open(PAGE)
    until = f"{day(DECIDED + 30):%Y-%m-%d}"
    own.press("Tell of an output", **output(embargo_until=until))
    page = Reader().open(PAGE)
    assert "can be read from" in page.text
    assert "https://data.example/1" not in page.links.values()
    path = page.links["Metadata for its DOI (JSON)"]
    metadata = json.loads(Reader().client.get(path).content)
    assert "url" not in metadata
    assert {"date": until, "dateType": "Available"} in metadata["dates"]
    hands.turn_to(day(DECIDED + 30))
    assert Reader().open(PAGE).links["Read it"] == "https://data.example/1"


def rows_of(path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(Reader().client.get(path).content.decode())))


@pytest.fixture
def others(eligible: Apply, convenor: Participant, lucia: Person, sione: Person) -> None:
    """An application that was declined, and one whose award is offered."""
    decide(eligible(lucia, "Who leaves?"), convenor, "declined", 0)
    offered = eligible(sione, "Who returns?")
    decide(offered, convenor)
    offer(offered, convenor)


def test_the_portfolio_adds_up_and_tells_nothing_of_few(
    hands: Hands, others: None, award: Award, convenor: Participant
) -> None:
    page = Reader().open("/grants/awards/")
    assert "Who stays in the room?" in page.text
    assert "Who leaves?" not in page.text
    assert "Who returns?" not in page.text
    assert "Civil society" not in page.text
    assert page.text.count("Fewer than five people each, together 1 9000 EUR 0 EUR") == 2
    [row] = rows_of("/grants/awards.csv")
    assert (row["title"], row["amount"], row["lead"]) == ("Who stays in the room?", "9000", "Yusuf Abdi")
    assert row["funders"] == "The place itself: 6000; A second funder: 3000"
    sums = rows_of("/grants/awards/totals.csv")
    assert [(one["by"], one["key"], one["amount"]) for one in sums] == [
        ("group", "withheld", "9000"),
        ("region", "withheld", "9000"),
        ("funder", "The place itself", "6000"),
        ("funder", "A second funder", "3000"),
    ]
    withdraw_award(award, reason="No report came.", **act(convenor))
    assert "Withdrawn" in Reader().open("/grants/awards/").text
    assert rows_of("/grants/awards.csv")[0]["amount"] == "0"


def test_a_group_of_five_is_told(hands: Hands, award: Award, convenor: Participant) -> None:
    call = award.application.call
    for number in range(2, 6):
        person = know_person(name=f"A{number}", address=f"a{number}@x.example")
        facts = {"call": call, "state": "funded", "channel": "web", "drafted_at": day(27)}
        made = Application.objects.create(number=number, title=f"T{number}", **facts)
        made.applicants.create(
            person=person,
            number=1,
            name=person.name,
            group=Group.CIVIL_SOCIETY,
            country="UG",
            answer="agreed",
        )
        told = {
            "state": "active",
            "starts_on": FIRST,
            "ends_on": LAST,
            "budget": {"people": 1000},
            "shares": {"1": 1000},
        }
        days = {"offered_by": convenor, "offered_at": day(DECIDED), "accepted_at": day(DECIDED)}
        Award.objects.create(number=number, application=made, **told, **days)
    assert "Civil society 5 13000 EUR 0 EUR" in Reader().open("/grants/awards/").text
    assert "Africa 5 13000 EUR 0 EUR" in Reader().open("/grants/awards/").text


def test_what_i_am_awarded_is_among_my_data(hands: Hands, award: Award, yusuf: Person) -> None:
    receive_report(award.milestones.get(number=1), text="The plan is made.", **act(yusuf, DECIDED + 3))
    data = json.loads(Reader(yusuf).client.get("/me/data.json").content)
    [held] = data["applications"][0]["awards"]
    assert (held["award"], held["state"], held["outputs"]) == (1, "active", [])
    assert held["reports"][0]["text"] == "The plan is made."
