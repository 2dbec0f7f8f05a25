"""The desk: what the convenor, the secretariat and the chair see there, and where each step leads."""

import re
from collections.abc import Callable

import pytest

from conftest import START, day
from steps import DECIDED_ON, REPORT, RULINGS, answer, answer_all, draft, finish, seal, theme_with
from talanoa.contributions.actions.answering import dispute_response, draft_response
from talanoa.contributions.models import Answer
from talanoa.inputs.models import Input
from talanoa.people.models import Person
from talanoa.processes.actions.chartering import publish_charter
from talanoa.processes.actions.roles import enter
from talanoa.processes.actions.stages import keep_stages
from talanoa.processes.models import Participant, Process
from talanoa.reports.actions import decide, end_reviews, write_report
from talanoa.site.duties import next_step
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


# --- the next step, and what waits for whom


def buttons(reader: Reader) -> list[str]:
    """The words of the buttons that stand out on a page: those of the main step."""
    html = reader.client.get(reader.path).content.decode()
    return re.findall(r'class="button"[^>]*>([^<]*)<', html)


@pytest.mark.parametrize(
    ("state", "step"),
    [
        ("open", "Work on the inputs"),
        ("report_draft", "Work on the inputs"),
        ("review_period", "Answer the comments"),
        ("final", "Answer the recommendations"),
        ("decided", "Say what became of the decision"),
        ("follow_up", "Close the process"),
        ("closed", "Read the report"),
    ],
)
def test_each_state_of_a_process_has_its_next_step(convenor: Participant, state: str, step: str) -> None:
    process = convenor.process
    process.state = state
    assert next_step(process, convenor, waiting=1, has_report=True).text == step


def test_the_main_button_of_the_desk_is_the_next_step(desk: Reader, send: Send, yusuf: Person) -> None:
    send(yusuf)
    desk.open("/p/nm/desk/")
    assert buttons(desk) == ["Work on the inputs"]


def test_before_the_call_the_next_step_is_the_charter_and_then_to_open(amina: Person) -> None:
    made, by = draft(amina)
    hers = Reader(amina, in_office=True)
    hers.open("/p/nm/desk/")
    assert buttons(hers) == ["Publish the charter"]
    publish_charter(made, by=by, at=START, channel="web")
    assert buttons(hers) == ["Open the process"]


def test_once_everything_is_answered_the_report_is_written_and_sealed(
    desk: Reader, send: Send, yusuf: Person, convenor: Participant
) -> None:
    send(yusuf)
    keep_stages(at=day(41))
    answer_all(convenor)
    desk.open("/p/nm/desk/")
    assert buttons(desk) == ["Write the report"]
    write_report(convenor.process, by=convenor, title="Report", text=REPORT, at=day(42))
    assert buttons(desk) == ["Seal the report"]


def test_the_desk_says_what_keeps_a_report_from_being_final(
    desk: Reader, send: Send, yusuf: Person, convenor: Participant, hands: Hands
) -> None:
    send(yusuf)
    report = seal(convenor)
    given = Answer.objects.select_related("contribution__process").get()
    by = enter(convenor.process, yusuf, at=day(50))
    dispute_response(given, by=by, text="Not what I said.", at=day(50), channel="web")
    assert "Disputes without a reply: nm-1." not in desk.open("/p/nm/desk/").text
    hands.turn_to(day(64))
    assert end_reviews(at=day(64)) == 0
    told = "The review period is over, and the report is not final yet. Disputes without a reply: nm-1."
    assert told in desk.open("/p/nm/desk/").text
    assert told in desk.open("/p/nm/desk/decision/").text
    assert report.final_at is None


def test_the_clocks_say_when_the_decision_was_taken(
    desk: Reader, send: Send, yusuf: Person, convenor: Participant
) -> None:
    send(yusuf)
    finish(convenor)
    assert "Decisionopen since 5 May 2026" in desk.open("/p/nm/desk/").text
    decide(convenor.process, by=convenor, rulings=RULINGS, at=day(DECIDED_ON), channel="web")
    assert "Decisiontaken 11 May 2026" in desk.open("/p/nm/desk/").text


def waits(reader: Reader) -> list[str]:
    """What the list of my page says that waits for me."""
    text = reader.open("/me/").text
    return re.split(
        r"(?<=funded\?) ", text.partition("What waits for me ")[2].partition(" Where I have a role")[0]
    )


def test_my_page_has_a_line_for_each_duty_of_a_convenor(
    desk: Reader, send: Send, yusuf: Person, convenor: Participant
) -> None:
    title = "How should training be funded?"
    send(yusuf)
    assert waits(desk) == [f"Answer 1 input: {title}"]
    keep_stages(at=day(41))
    given = answer_all(convenor)
    by = enter(convenor.process, yusuf, at=day(41))
    dispute_response(given[0], by=by, text="Not what I said.", at=day(41), channel="web")
    assert waits(desk) == [f"Reply to 1 dispute: {title}", f"Seal the report: {title}"]


def test_my_page_tells_a_convenor_to_publish_to_open_and_to_decide(amina: Person) -> None:
    title = "How should training be funded?"
    made, by = draft(amina)
    hers = Reader(amina, in_office=True)
    assert waits(hers) == [f"Publish the charter: {title}"]
    publish_charter(made, by=by, at=START, channel="web")
    assert waits(hers) == [f"Open the process: {title}"]
    Process.objects.update(state="final")
    assert waits(hers) == [f"Answer the recommendations: {title}"]
    assert hers.page.links["Answer the recommendations"] == "/p/nm/desk/decision/"


def test_a_secretariat_is_told_of_inputs_and_disputes_and_not_of_what_only_the_convenor_does(
    send: Send, yusuf: Person, dalia: Participant
) -> None:
    hers = Reader(dalia.person, in_office=True)
    send(yusuf)
    assert waits(hers) == ["Answer 1 input: How should training be funded?"]
    Process.objects.update(state="final")
    assert waits(hers) == ["Nothing waits for you."]
