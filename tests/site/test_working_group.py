"""A working group from the first page to its opening, without scripts: the kind, the rule, the days, the charter."""

import pytest

from conftest import START
from talanoa.people.models import Person
from talanoa.processes.models import Process
from web import Hands, Page, Reader

LEVELS = "Levels from full consensus to divergence, found for each recommendation (GNSO), gnso-levels/1"


@pytest.fixture(autouse=True)
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    return Hands(monkeypatch, START)


@pytest.fixture
def desk(amina: Person) -> Reader:
    """Amina at the charter of a working group that she has begun."""
    hers = Reader(amina, in_office=True)
    hers.open("/new/")
    hers.press("Make the draft", title="Who pays the trainers?", key="wg", template="working-group")
    return hers


def values(page: Page) -> dict[str, list[str]]:
    return page.form_with("Save").values


def test_the_form_holds_the_rule_and_the_days_of_the_template(desk: Reader) -> None:
    held = values(desk.page)
    assert (held["rule"], held["drafting_days"], held["input_days"]) == (["gnso-levels/1"], ["21"], ["40"])
    assert "Drafts open for comments, days" in desk.page.text
    assert "Needed where drafts are agreed on." in desk.page.text


def test_it_is_written_published_and_opened_and_its_charter_names_the_rule_in_words(desk: Reader) -> None:
    desk.press("Save", rule="consent/1", drafting_days="28")
    desk.press("Save", rule="gnso-levels/1")
    assert "The charter is published" in desk.press("Publish the charter").text
    assert "Its stages run by the clock" in desk.press("Open the process").text
    charter = Reader().open("/p/wg/charter/").text
    assert LEVELS in charter
    assert "Drafting, 28 days" in charter
    kinds = Process.objects.get().stages.order_by("position").values_list("kind", flat=True)
    assert list(kinds) == ["input", "drafting", "consensus", "report", "review", "decision"]
    rail = Reader().open("/p/wg/").text
    assert rail.index("Drafting Next") < rail.index("Consensus calls Waiting") < rail.index("Report Waiting")


def test_without_a_rule_it_is_not_published_and_says_which_there_are(desk: Reader) -> None:
    desk.press("Save", rule="")
    page = desk.press("Publish the charter")
    assert "Name the rule by which consensus is found: one of ietf-rough, gnso-levels, consent." in page.text
    assert Process.objects.get().state == Process.State.DRAFT


def test_without_days_for_drafts_it_is_an_ordinary_consultation(desk: Reader) -> None:
    desk.press("Save", rule="", drafting_days="")
    desk.press("Publish the charter")
    charter = Reader().open("/p/wg/charter/").text
    assert "Drafting" not in charter
    assert "Consensus calls" not in charter.partition("Stages")[2]
