"""The pages of calls and applications, as somebody without scripts uses them."""

import pytest

from conftest import day
from grants.conftest import ANSWERS, OPENS, Apply, call_text
from talanoa.grants.actions.applying import attach_file
from talanoa.grants.actions.calling import keep_calls
from talanoa.grants.models import Application, Attachment, ResearchCall
from talanoa.grants.queries import draft_of
from talanoa.lib.extraction import Extracted
from talanoa.people.models import Person
from talanoa.processes.models import Participant, Process
from web import Hands, Reader


@pytest.fixture
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    return Hands(monkeypatch, day(2))


def fill(**more: str) -> dict[str, str]:
    """What the form of an application is filled in with."""
    said = {f"answer-{name}": text for name, text in ANSWERS.items()}
    return {"title": "Who stays?", "name": "Yusuf Abdi", "budget-people": "9000"} | said | more


def test_from_the_template_to_an_application_that_is_looked_at(
    hands: Hands, process: Process, amina: Person, yusuf: Person
) -> None:
    office = Reader(amina, in_office=True)
    assert "There is no call yet." in office.open("/grants/").text
    page = office.follow("Publish a call")
    assert "comment_days" in page.text
    assert (
        "Everybody can comment for 21 days first"
        in office.press("Publish it for comments", text=call_text(opens=day(5))).text
    )
    page = office.press("Publish it for comments", text=call_text())
    assert "Nobody can apply yet." in page.text
    assert (
        "say here what is wrong with it" in Reader().open(page.links["Read the comments and say yours"]).text
    )
    hands.at = day(OPENS + 1)
    keep_calls(at=day(OPENS))
    reader = Reader(yusuf)
    reader.open("/grants/calls/first-questions/")
    reader.follow("Apply")
    reader.press("Keep it as a draft", **fill(fellows="Ama Owusu; ama@legon.example"))
    page = reader.press("Hand it in", **fill(**{"answer-method": ""}))
    assert "method: nothing stands there yet." in page.text
    page = reader.press("Hand it in", **fill(fellows="Ama Owusu; ama@legon.example; ; Ghana"))
    assert "Received. Your receipt comes by mail." in page.text
    assert "Ama Owusu" in page.text
    receipt = reader.client.get(page.links["Download your receipt"])
    assert "Talanoa receipt: application 1" in receipt.content.decode()
    office.open("/grants/calls/first-questions/board/")
    office.follow("Who stays?")
    office.press("Ask for more information", text="Which two?")
    assert "Which two?" in reader.open("/grants/applications/1/").text
    reader.press("Answer the question", text="Radio and maps.")
    page = office.open("/grants/applications/1/")
    assert "Radio and maps." in page.text
    page = office.press("Say whether it is eligible", unmet=["open"], reason="No license is named.")
    assert "It does not meet:" in page.text
    assert "No license is named." in reader.open("/grants/applications/1/").text


def test_a_call_is_changed_and_canceled_on_its_board(hands: Hands, held: ResearchCall, amina: Person) -> None:
    office = Reader(amina, in_office=True)
    office.open("/grants/calls/first-questions/board/")
    office.press("Change the call", text=call_text(opens=day(30)), reason="Later, as many asked.")
    assert "Later, as many asked." in Reader().open("/grants/calls/first-questions/").text
    office.press("Cancel the call", reason="The money is gone.")
    assert "The money is gone." in Reader().open("/grants/calls/first-questions/").text


def test_the_form_shows_what_tells_who_applies(hands: Hands, grant_call: ResearchCall, yusuf: Person) -> None:
    hands.at = day(OPENS + 1)
    reader = Reader(yusuf)
    reader.open("/grants/calls/first-questions/apply/")
    reader.press("Keep it as a draft", **fill(**{"answer-team": "I, Yusuf Abdi."}))
    draft = draft_of(grant_call, yusuf)
    assert draft is not None
    found = Extracted("text/plain", "By Abdi.", named=("Y. Abdi",))
    attach_file(draft, by=yusuf, data=b"x", filename="a.txt", found=found, at=day(OPENS + 1))
    page = reader.open("/grants/calls/first-questions/apply/")
    assert "yusuf abdi" in page.text
    assert "a.txt: Y. Abdi" in page.text


def test_who_is_named_answers_and_who_leads_withdraws(
    hands: Hands, apply: Apply, yusuf: Person, lucia: Person
) -> None:
    hands.at = day(OPENS + 2)
    apply(yusuf, fellows=("Ama",))
    ama = Person.objects.get(address="ama@x.example")
    reader = Reader(ama)
    reader.open("/grants/mine/")
    reader.follow("Who stays in the room?")
    reader.press("Send my answer", answer="yes")
    assert Application.objects.get().applicants.get(number=2).answer == "agreed"
    lead = Reader(yusuf)
    lead.open("/grants/applications/1/")
    assert "Withdrawn. Its number stays." in lead.press("Withdraw the application").text
    assert Reader(lucia).client.get("/grants/applications/1/").status_code == 404


def test_a_file_goes_as_it_came_to_those_who_apply_and_who_see_to_it(
    hands: Hands, apply: Apply, yusuf: Person, amina: Person, sponsor: Participant
) -> None:
    made = apply(yusuf)
    text, name = "We count.", "a\r\nX: 1.txt"
    facts = {"media_type": "text/plain", "data": b"raw", "text": text, "added_at": day(OPENS + 1)}
    Attachment.objects.create(application=made, number=1, filename=name, **facts)
    path = "/grants/applications/1/files/1/"
    for reader in (Reader(yusuf), Reader(amina, in_office=True)):
        answer = reader.client.get(path)
        assert answer.content == b"raw"
        assert "X" not in answer.headers
    assert Reader(sponsor.person, in_office=True).client.get(path).status_code == 404
