"""People apply together, with files, and see what tells who they are; what is handed in has a number and a receipt."""

import pytest

from conftest import day
from grants.conftest import ANSWERS, CLOSES, OPENS, Apply
from steps import line, new_entries, refusal
from talanoa.grants.actions.applying import (
    Lead,
    answer_naming,
    attach_file,
    give_more,
    keep_draft,
    submit_application,
    withdraw_application,
)
from talanoa.grants.actions.screening import ask_more, screen_application
from talanoa.grants.models import Application, ResearchCall
from talanoa.grants.queries import draft_of
from talanoa.grants.receipts import receipt_text
from talanoa.kernel.errors import NotAllowed
from talanoa.lib.applications import ApplicationText, Fellow
from talanoa.lib.extraction import Extracted
from talanoa.people.models import Person
from talanoa.people.queries import person_at
from talanoa.processes.models import Participant

ACT = {"at": day(OPENS + 1), "channel": "web"}
AMA = Fellow("Ama Owusu", "ama@legon.example", "Legon", "GH", "academia")
TOLD = ApplicationText("Who stays?", ANSWERS, {"people": 9000}, (AMA,))


def keep(call: ResearchCall, person: Person, told: ApplicationText = TOLD) -> Application:
    return keep_draft(call, by=person, lead=Lead(person.name), told=told, **ACT)  # type: ignore[arg-type]


def test_a_draft_is_its_leads_alone_and_has_no_number(
    grant_call: ResearchCall, yusuf: Person, amina: Person
) -> None:
    made = keep(grant_call, yusuf)
    assert keep(grant_call, yusuf, ApplicationText("Other")).pk == made.pk
    assert [row.title for row in Application.objects.visible_to(yusuf)] == ["Other"]
    assert not Application.objects.visible_to(amina).exists()
    assert made.number is None
    assert draft_of(grant_call, amina) is None


def test_application_incomplete_all_that_lacks_is_told_at_once(
    grant_call: ResearchCall, yusuf: Person
) -> None:
    draft = keep(grant_call, yusuf, ApplicationText("Who stays?", {}, {"boat": 30_000}))
    assert refusal(lambda: submit_application(draft, by=yusuf, **ACT)) == "application_incomplete"  # type: ignore[arg-type]


def test_what_is_handed_in_has_a_number_a_receipt_and_one_entry_that_names_nobody(
    grant_call: ResearchCall, yusuf: Person
) -> None:
    draft = keep(grant_call, yusuf)
    told = new_entries(lambda: submit_application(draft, by=yusuf, **ACT))  # type: ignore[arg-type]
    [entry] = told
    assert entry == line(
        "application.received.1", r="applicant", at=day(OPENS + 1), call="first-questions", application=1
    )
    made = Application.objects.get()
    assert "Talanoa receipt: application 1" in receipt_text(made)


def test_grant_call_closed_nobody_applies_before_it_opens_or_after_its_last_day(
    held: ResearchCall, yusuf: Person
) -> None:
    assert refusal(lambda: keep(held, yusuf)) == "grant_call_closed"
    ResearchCall.objects.update(state="open")
    draft = keep(held, yusuf)
    late = {"at": day(CLOSES + 1), "channel": "web"}
    assert refusal(lambda: submit_application(draft, by=yusuf, **late)) == "grant_call_closed"  # type: ignore[arg-type]


def test_a_file_is_kept_as_it_came_and_what_tells_who_applies_is_found(
    grant_call: ResearchCall, yusuf: Person
) -> None:
    draft = keep(grant_call, yusuf)
    found = Extracted("text/plain", "We, led by Yusuf Abdi, count.", named=("Y. Abdi",))
    kept = {"data": b"raw", "filename": "plan.docx", "found": found, "at": day(OPENS + 1)}
    first = attach_file(draft, by=yusuf, **kept)  # type: ignore[arg-type]
    assert (first.text, bytes(first.data)) == (found.text, b"raw")
    assert first.telling == [[0, "Y. Abdi"], [1, "abdi"], [1, "yusuf abdi"]]
    attach_file(draft, by=yusuf, **kept)  # type: ignore[arg-type]
    for number in range(2, 6):
        attach_file(draft, by=yusuf, **kept | {"filename": f"{number}.txt"})  # type: ignore[arg-type]
    more = kept | {"filename": "6.txt"}
    assert refusal(lambda: attach_file(draft, by=yusuf, **more)) == "attachments_too_many"  # type: ignore[arg-type]
    assert [row.number for row in draft.attachments.all()] == [1, 2, 3, 4, 5]


def test_somebody_who_is_named_says_whether_they_take_part(apply: Apply, yusuf: Person) -> None:
    made = apply(yusuf, fellows=(AMA,))
    ama = person_at("ama@legon.example")
    assert ama is not None
    assert [row.pk for row in Application.objects.visible_to(ama)] == [made.pk]
    act = {"at": day(OPENS + 2), "channel": "mail"}
    told = new_entries(lambda: answer_naming(made, by=ama, agrees=False, **act))  # type: ignore[arg-type]
    assert [(entry["applicant"], entry["answer"]) for entry in told] == [(2, "declined")]
    assert not Application.objects.visible_to(ama).exists()
    assert answer_naming(made, by=ama, agrees=True, **act).answer == "agreed"  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        answer_naming(made, by=yusuf, agrees=True, **act)  # type: ignore[arg-type]


def test_too_many_people_an_application_names_twelve_at_most(grant_call: ResearchCall, yusuf: Person) -> None:
    many = tuple(Fellow(f"P{n}", f"p{n}@x.example") for n in range(13))
    assert refusal(lambda: keep(grant_call, yusuf, ApplicationText(fellows=many))) == "too_many_people"


def test_a_withdrawn_application_keeps_its_number_and_only_its_lead_withdraws(
    apply: Apply, yusuf: Person
) -> None:
    made = apply(yusuf, fellows=(AMA,))
    ama = person_at("ama@legon.example")
    assert ama is not None
    with pytest.raises(NotAllowed):
        withdraw_application(made, by=ama, **ACT)  # type: ignore[arg-type]
    told = new_entries(lambda: withdraw_application(made, by=yusuf, **ACT))  # type: ignore[arg-type]
    assert [entry["k"] for entry in told] == ["application.withdrawn.1"]
    assert new_entries(lambda: withdraw_application(made, by=yusuf, **ACT)) == []  # type: ignore[arg-type]


def test_application_state_what_is_withdrawn_is_not_looked_at(
    apply: Apply, yusuf: Person, convenor: Participant
) -> None:
    made = withdraw_application(apply(yusuf), by=yusuf, **ACT)  # type: ignore[arg-type]
    facts = {"unmet": (), "reason": "Good.", **ACT}
    assert refusal(lambda: screen_application(made, by=convenor, **facts)) == "application_state"  # type: ignore[arg-type]


def test_who_is_turned_away_is_told_which_condition_is_not_met(
    apply: Apply, yusuf: Person, convenor: Participant
) -> None:
    made = apply(yusuf)
    facts = {"unmet": ("boat",), "reason": "No boat.", **ACT}
    assert refusal(lambda: screen_application(made, by=convenor, **facts)) == "condition_unknown"  # type: ignore[arg-type]
    facts["unmet"] = ("open",)
    told = new_entries(lambda: screen_application(made, by=convenor, **facts))  # type: ignore[arg-type]
    assert [(entry["finding"], entry["unmet"], entry["r"]) for entry in told] == [
        ("ineligible", "open", "convenor")
    ]


def test_more_answered_what_was_asked_is_answered_once(
    apply: Apply, yusuf: Person, lucia: Person, convenor: Participant
) -> None:
    made = apply(yusuf)
    exchange = ask_more(made, by=convenor, text="Which two processes?", **ACT)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        give_more(exchange, by=lucia, text="Ours.", **ACT)  # type: ignore[arg-type]
    assert give_more(exchange, by=yusuf, text="Radio and maps.", **ACT).answer == "Radio and maps."  # type: ignore[arg-type]
    assert refusal(lambda: give_more(exchange, by=yusuf, text="No.", **ACT)) == "more_answered"  # type: ignore[arg-type]


def test_an_officer_with_a_conflict_of_interest_neither_reads_nor_screens(
    apply: Apply, lucia: Person, convenor: Participant, amina: Person
) -> None:
    made = apply(lucia, organization="Talanoa")
    assert [row.pk for row in Application.objects.visible_to(amina)] == [made.pk]
    amina.organization = "Talanoa"
    amina.save()
    assert not Application.objects.visible_to(amina).exists()
    with pytest.raises(NotAllowed):
        ask_more(made, by=convenor, text="Why?", **ACT)  # type: ignore[arg-type]
