"""The desk: what the convenor, the secretariat and the chair see there, and where each step leads."""

from collections.abc import Callable

import pytest

from conftest import day
from steps import answer, theme_with
from talanoa.contributions.actions.answering import draft_response
from talanoa.inputs.models import Input
from talanoa.people.models import Person
from talanoa.processes.models import Participant
from web import Hands, Reader

Send = Callable[..., Input]


@pytest.fixture(autouse=True)
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    return Hands(monkeypatch, day(3))


@pytest.fixture
def desk(convenor: Participant) -> Reader:
    return Reader(convenor.person, in_office=True)


def test_filters_and_ticks_survive_a_theme_that_was_not_chosen(
    desk: Reader, send: Send, yusuf: Person, lucia: Person, convenor: Participant
) -> None:
    first, second = send(yusuf).contribution, send(lucia, "Pay in time.").contribution
    theme = theme_with(convenor, first)
    desk.open("/p/nm/desk/inputs/?show=unthemed")
    page = desk.press("See what will happen", chosen=[str(second.pk)])
    assert "Choose some inputs and a theme." in page.text
    assert desk.path == f"/p/nm/desk/inputs/?show=unthemed&chosen={second.pk}"
    assert page.form_with("See what will happen").values["chosen"] == [str(second.pk)]
    desk.press("See what will happen", theme=str(theme.pk))
    assert desk.page.links["Back"] == f"/p/nm/desk/inputs/?show=unthemed&chosen={second.pk}"
    desk.press("Put them there")
    assert desk.path == "/p/nm/desk/inputs/?show=unthemed"


def test_nothing_but_filters_is_carried_on(
    desk: Reader, send: Send, yusuf: Person, convenor: Participant
) -> None:
    theme_with(convenor, send(yusuf).contribution)
    desk.open("/p/nm/desk/inputs/?show=waiting&next=elsewhere")
    desk.press("See what will happen")
    assert desk.path == "/p/nm/desk/inputs/?show=waiting"


def test_a_theme_with_a_draft_leads_to_the_draft(
    desk: Reader, send: Send, yusuf: Person, convenor: Participant
) -> None:
    theme = theme_with(convenor, send(yusuf).contribution)
    assert "draft an answer: Money" in desk.open("/p/nm/desk/inputs/").links
    said = draft_response(
        convenor.process, by=convenor, theme=theme, status="noted", text="We read it.", at=day(3)
    )
    page = desk.open("/p/nm/desk/inputs/")
    assert page.links["read the draft: Money"] == f"/p/nm/desk/drafts/{said.pk}/"
    assert "draft an answer: Money" not in page.links


def test_who_drafts_an_answer_reads_the_words_and_the_meaning_of_each_status(
    desk: Reader, send: Send, yusuf: Person, lucia: Person, convenor: Participant
) -> None:
    alone = send(yusuf, "Pay in shillings.", title="Currency").contribution
    theme_with(convenor, alone, send(lucia, "Pay in time.").contribution)
    one = desk.open("/p/nm/desk/inputs/1/respond/").text
    assert "nm-1: Currency Yusuf Abdi · Civil society Pay in shillings." in one
    assert "This was read and stands on the record; it asks for no change." in one
    together = desk.open("/p/nm/desk/themes/money/respond/").text
    assert "Pay in shillings." in together
    assert "Pay in time." in together


def test_a_draft_names_its_inputs_and_can_be_edited(
    desk: Reader, send: Send, yusuf: Person, convenor: Participant
) -> None:
    said = answer(send(yusuf, title="Currency").contribution, convenor)
    page = desk.open(f"/p/nm/desk/drafts/{said.pk}/")
    assert "nm-1 Currency Yusuf Abdi" in page.text
    desk.follow("Edit")
    assert desk.page.forms[0].values["text"] == ["Yes: it costs little."]
    changed = desk.press("Save the draft and see whom it reaches", status="noted", text="We read it.")
    assert (desk.path, "We read it." in changed.text) == (f"/p/nm/desk/drafts/{said.pk}/", True)


def test_the_desk_is_told_who_is_told_and_who_cannot_be(
    desk: Reader, send: Send, yusuf: Person, lucia: Person, convenor: Participant
) -> None:
    Person.objects.filter(pk=lucia.pk).update(address="")
    lucia.refresh_from_db()
    chosen = [send(yusuf).contribution, send(lucia).contribution, send(yusuf, "And in time.").contribution]
    theme = theme_with(convenor, *chosen)
    said = draft_response(
        convenor.process, by=convenor, theme=theme, status="noted", text="We read it.", at=day(3)
    )
    desk.open(f"/p/nm/desk/drafts/{said.pk}/")
    page = desk.press("Approve and tell the authors")
    told = "Published: 3 inputs are answered. 1 author is told. 1 author cannot be told: no address is known."
    assert (told in page.text, desk.path) == (True, "/p/nm/desk/")
