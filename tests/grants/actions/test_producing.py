"""What comes of an award is told with what makes it findable, and corrected on the record."""

from dataclasses import replace
from datetime import date

import pytest

from conftest import day
from grants.awarding import DECIDED, act
from steps import new_entries, refusal
from talanoa.grants.actions.producing import (
    Ethics,
    Registration,
    state_ethics,
    state_registration,
    tell_output,
)
from talanoa.grants.models import MOST_OUTPUTS, Award, Output
from talanoa.kernel.errors import NotAllowed
from talanoa.lib.outputs import Author, OutputText
from talanoa.people.models import Person
from talanoa.processes.models import Participant

DAY = day(DECIDED).date()
SET = OutputText("Speakers", "Dataset", DAY, (Author("Y. Abdi"),), "CC0-1.0", url="https://a.example")
LATE = date(2030, 1, 1)


def test_an_output_is_told_once_and_corrected_under_its_number(award: Award, yusuf: Person) -> None:
    told = new_entries(lambda: tell_output(award, told=SET, **act(yusuf)))
    assert [(entry["k"], entry["output"], entry["version"]) for entry in told] == [("award.produced.1", 1, 1)]
    assert new_entries(lambda: tell_output(award, told=SET, **act(yusuf))) == []
    with_doi = replace(SET, doi="10.5555/abc")
    again = tell_output(award, told=with_doi, number=1, **act(yusuf))
    assert (again.version, again.doi, again.told) == (2, "10.5555/abc", with_doi)
    assert Output.objects.visible_to(None).get() == again
    assert again.facts_sha256 != told[0]["facts_sha256"]


def test_output_unfit_all_that_lacks_is_told(award: Award, yusuf: Person) -> None:
    assert refusal(lambda: tell_output(award, told=OutputText(), **act(yusuf))) == "output_unfit"
    assert refusal(lambda: tell_output(award, told=SET, number=7, **act(yusuf))) == "number_unknown"


def test_outputs_too_many_an_award_has_at_most_fifty(award: Award, yusuf: Person) -> None:
    facts = {
        "award": award,
        "kind": "Dataset",
        "issued_on": DAY,
        "authors": [],
        "license": "CC0-1.0",
        "url": "u",
    }
    Output.objects.bulk_create(
        Output(number=n, title=str(n), added_at=day(DECIDED), **facts) for n in range(1, MOST_OUTPUTS + 1)
    )
    assert refusal(lambda: tell_output(award, told=SET, **act(yusuf))) == "outputs_too_many"


def test_only_who_has_the_award_tells_what_came_of_it(
    award: Award, lucia: Person, convenor: Participant
) -> None:
    for by in (lucia, convenor.person):
        with pytest.raises(NotAllowed):
            tell_output(award, told=SET, **act(by))


def test_ethics_unfit_it_is_approved_or_a_reason_stands_for_it(award: Award, yusuf: Person) -> None:
    approved = Ethics("The board of Garissa", "2026/4", DAY)
    for ethics in (
        Ethics(),
        replace(approved, on=LATE),
        replace(approved, reference=""),
        replace(approved, reason="None."),
        Ethics(body="A board", reason="None."),
    ):
        assert (
            refusal(lambda ethics=ethics: state_ethics(award, ethics=ethics, **act(yusuf))) == "ethics_unfit"
        )  # type: ignore[misc]
    made = state_ethics(award, ethics=approved, **act(yusuf))
    assert (made.ethics_reference, made.has_ethics) == ("2026/4", True)
    made = state_ethics(award, ethics=Ethics(reason="Texts only."), **act(yusuf))
    assert (made.ethics_body, made.ethics_on, made.ethics_reason) == ("", None, "Texts only.")


def test_registration_unfit_a_plan_has_its_place_and_day(award: Award, yusuf: Person) -> None:
    plan = Registration("Registry of plans", "plan-17", DAY)
    for wrong in (replace(plan, registry=" "), replace(plan, identifier=""), replace(plan, on=LATE)):
        assert (
            refusal(lambda wrong=wrong: state_registration(award, plan=wrong, **act(yusuf)))  # type: ignore[misc]
            == "registration_unfit"
        )
    assert state_registration(award, plan=plan, **act(yusuf)).registered_as == "plan-17"
