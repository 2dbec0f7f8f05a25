"""An award is offered, accepted, withdrawn with reasons, and then the next on the reserve list has its turn."""

import pytest

from conftest import day
from grants.awarding import AGREED, DECIDED, accept, act, decide, offer, on
from grants.conftest import Apply
from steps import line, new_entries, refusal
from talanoa.contributions.models import Appeal
from talanoa.grants.actions.awarding import (
    accept_award,
    complete_award,
    give_up_award,
    offer_award,
    withdraw_award,
)
from talanoa.grants.actions.deciding import appeal_decision, hear_appeal
from talanoa.grants.models import Application, Award, Conflict, ResearchCall
from talanoa.grants.queries.awards import promised
from talanoa.kernel.errors import NotAllowed
from talanoa.lib.agreements import Agreement, Due
from talanoa.people.models import Person
from talanoa.processes.models import Participant


def test_an_award_is_offered_and_public_once_it_is_accepted(
    funded: Application, convenor: Participant, yusuf: Person, lucia: Person
) -> None:
    told = new_entries(lambda: offer(funded, convenor))
    assert [entry["k"] for entry in told] == ["award.offered.1"]
    assert "application" not in told[0]
    made = Award.objects.get()
    assert (made.number, made.state, made.total) == (1, "offered", 9000)
    assert [(row.number, row.amount, row.in_advance) for row in made.milestones.all()] == [
        (1, 3000, True),
        (2, 6000, False),
    ]
    assert made.agreement == AGREED
    assert not Award.objects.visible_to(lucia).exists()
    assert Award.objects.visible_to(yusuf).exists()
    told = new_entries(lambda: accept(made, yusuf))
    facts = {"award": 1, "application": 1, "amount": 9000}
    assert told == [line("award.accepted.1", r="grantee", at=day(DECIDED + 2), **facts)]
    assert Award.objects.visible_to(None).get() == made
    assert not Award.objects.whole_for(lucia).exists()
    assert new_entries(lambda: accept(made, yusuf)) == []


def test_only_the_office_offers_and_only_who_leads_accepts(
    funded: Application, chair: Participant, convenor: Participant, yusuf: Person, lucia: Person
) -> None:
    with pytest.raises(NotAllowed):
        offer(funded, chair)
    funded.applicants.create(person=lucia, number=2, name="Lucía", answer="agreed")
    made = offer(funded, convenor)
    for by in (lucia, convenor.person):
        with pytest.raises(NotAllowed):
            accept(made, by)
    facts = {"source": "declared", "name": "A", "found_at": day(DECIDED)}
    Conflict.objects.create(application=funded, person=convenor.person, **facts)
    with pytest.raises(NotAllowed):
        withdraw_award(made, reason="So.", **act(convenor))
    assert not Award.objects.visible_to(convenor.person).exists()


def test_agreement_unfit_all_that_is_wrong_is_told(funded: Application, convenor: Participant) -> None:
    offered = {"agreed": Agreement(), **act(convenor)}
    assert refusal(lambda: offer_award(funded, **offered)) == "agreement_unfit"
    assert refusal(lambda: offer(funded, convenor, shares={1: 9001})) == "agreement_unfit"


def test_award_taken_an_offer_is_withdrawn_before_another_one(
    funded: Application, convenor: Participant, yusuf: Person
) -> None:
    made = offer(funded, convenor)
    assert refusal(lambda: offer(funded, convenor)) == "award_taken"
    withdraw_award(made, reason="The days were wrong.", **act(convenor))
    again = offer(funded, convenor, ends=on(DECIDED + 300))
    assert (again.number, promised(funded.call, without=Application())) == (2, 9000)
    accept(again, yusuf)
    withdraw_award(again, reason="No report came.", **act(convenor))
    assert refusal(lambda: offer(funded, convenor)) == "award_taken"


def test_award_state_what_is_withdrawn_is_not_accepted(
    funded: Application, convenor: Participant, yusuf: Person
) -> None:
    made = offer(funded, convenor)
    told = new_entries(lambda: give_up_award(made, reason="We have other work.", **act(yusuf)))
    assert [(entry["k"], entry["side"]) for entry in told] == [("award.withdrawn.1", "grantee")]
    assert refusal(lambda: accept(made, yusuf)) == "award_state"
    assert not Award.objects.visible_to(None).exists()


def test_appeal_open_while_an_appeal_waits_nothing_is_offered_or_accepted(
    funded: Application, convenor: Participant, dalia: Participant, yusuf: Person
) -> None:
    made = offer(funded, convenor)
    verdict = funded.verdicts.get()
    verdict.entry = made.entry
    verdict.save()
    appeal_decision(funded, text="Too little.", **act(yusuf))
    assert refusal(lambda: accept(made, yusuf)) == "appeal_open"
    hear_appeal(Appeal.objects.get(), outcome="upheld", reasons="It was kept.", **act(dalia))
    accept(made, yusuf)


def test_agreement_accepted_who_accepts_it_accepts_the_decision(award: Award, yusuf: Person) -> None:
    verdict = award.application.verdicts.get()
    verdict.entry = award.entry
    verdict.save()
    appeal = {"text": "Too little.", **act(yusuf, DECIDED + 3)}
    assert refusal(lambda: appeal_decision(award.application, **appeal)) == "agreement_accepted"


def test_the_next_on_the_reserve_list_has_its_turn_once_an_award_was_withdrawn(
    eligible: Apply, award: Award, convenor: Participant, lucia: Person, sione: Person
) -> None:
    first, second = eligible(lucia, "Who leaves?"), eligible(sione, "Who returns?")
    for one in (first, second):
        decide(one, convenor, "reserve", 8000)
    all_of_it = (Due(on(DECIDED + 120), 8000, "All"),)
    terms = {"budget": {"people": 8000}, "shares": {1: 5000, 2: 3000}, "milestones": all_of_it}
    assert refusal(lambda: offer(first, convenor, **terms)) == "no_award_withdrawn"
    withdraw_award(award, reason="No report came.", **act(convenor, DECIDED + 40))
    assert refusal(lambda: offer(second, convenor, **terms)) == "reserve_order"
    assert offer(first, convenor, **terms).state == "offered"
    assert Application.objects.get(pk=first.pk).state == "funded"
    facts = {"source": "declared", "name": "A", "found_at": day(DECIDED)}
    Conflict.objects.create(application=second, person=convenor.person, **facts)
    with pytest.raises(NotAllowed):
        offer(second, convenor, **terms)


def test_who_has_a_conflict_in_the_list_offers_nothing_of_it(
    eligible: Apply, award: Award, convenor: Participant, lucia: Person, sione: Person
) -> None:
    first, second = eligible(lucia, "Who leaves?"), eligible(sione, "Who returns?")
    for one in (first, second):
        decide(one, convenor, "reserve", 8000)
    withdraw_award(award, reason="No report came.", **act(convenor, DECIDED + 40))
    facts = {"source": "declared", "name": "A", "found_at": day(DECIDED)}
    Conflict.objects.create(application=second, person=convenor.person, **facts)
    with pytest.raises(NotAllowed):
        offer(first, convenor)


def test_funder_spent_no_funder_gives_more_than_it_has(
    eligible: Apply, award: Award, convenor: Participant, lucia: Person
) -> None:
    text = award.application.call.text.replace("amount: 20000", "amount: 5000")
    ResearchCall.objects.update(text=text)
    other = eligible(lucia, "Who leaves?")
    decide(other, convenor)
    assert refusal(lambda: offer(other, convenor)) == "funder_spent"
    assert offer(other, convenor, shares={1: 7000, 2: 2000}).state == "offered"


def test_award_unfinished_what_lacks_is_told(award: Award, convenor: Participant) -> None:
    assert refusal(lambda: complete_award(award, **act(convenor, DECIDED + 130))) == "award_unfinished"


def test_an_award_that_stands_is_accepted_once(award: Award, yusuf: Person) -> None:
    assert accept_award(award, **act(yusuf)).state == "active"
