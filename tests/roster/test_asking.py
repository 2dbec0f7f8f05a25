"""Requests of a process, whom they fit, and who is asked."""

from datetime import date

import pytest

from conftest import day
from roster.conftest import WHAT, Ask, Join, Request, state
from steps import line, new_entries, refusal
from talanoa.contributions.actions.moderating import reject_contribution
from talanoa.contributions.actions.standing import author_of
from talanoa.contributions.models import Assurance
from talanoa.kernel.errors import NotAllowed
from talanoa.lib.ties import EMPLOYER, FUNDER, MANDATE, MEMBER, Tie
from talanoa.people.models import Person
from talanoa.processes.actions.roles import enter, give_role
from talanoa.processes.models import Participant, Process, Role
from talanoa.roster.actions.answering import accept_assignment, decline_assignment, lapse_assignments
from talanoa.roster.actions.asking import Wanted, ask_expert, request_expert
from talanoa.roster.actions.joining import leave_roster
from talanoa.roster.candidates import candidates
from talanoa.roster.models import Assignment, ExpertRequest


def names(request: ExpertRequest, *, at: float = 2) -> list[tuple[str, str]]:
    """Who could be asked, in order, with the code of what bars them."""
    found = candidates(request, day(at))
    return [(row.expert.name, row.obstacle.rule if row.obstacle else "") for row in found]


def test_a_request_stands_on_the_record_with_its_languages_and_its_day(request_for: Request) -> None:
    [entry] = new_entries(lambda: request_for("sw", "Français"))
    told = {"request": 1, "wanted": "facilitator", "languages": "sw,fr", "until": "2026-05-01"}
    assert entry == line("expert.requested.1", r="convenor", at=day(1), **told)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"kind": "both"}, "expert_kind_unknown"),
        ({"languages": ()}, "languages_missing"),
        ({"languages": ("??",)}, "language_unknown"),
        ({"text": " "}, "text_empty"),
        ({"text": "x" * 2001}, "text_too_long"),
        ({"needed_by": date(2026, 3, 2)}, "day_passed"),
    ],
)
def test_a_request_says_whom_in_which_language_what_for_and_by_when(
    process: Process, convenor: Participant, wrong: dict[str, object], code: str
) -> None:
    facts = {"kind": "expert", "languages": ("en",), "text": WHAT, "needed_by": date(2026, 5, 1)} | wrong
    wanted = Wanted(**facts)  # type: ignore[arg-type]
    act = {"by": convenor, "wanted": wanted, "at": day(1), "channel": "web"}
    assert refusal(lambda: request_expert(process, **act)) == code  # type: ignore[arg-type]


def test_day_passed(process: Process, convenor: Participant) -> None:
    wanted = Wanted("expert", ("en",), WHAT, date(2026, 3, 2))
    act = {"by": convenor, "wanted": wanted, "at": day(1), "channel": "web"}
    assert refusal(lambda: request_expert(process, **act)) == "day_passed"  # type: ignore[arg-type]


def test_a_request_in_kiswahili_lists_only_people_who_speak_it(join: Join, request_for: Request) -> None:
    join("Neema Mushi", "sw")
    join("Lars Holm", "en", "fr")
    join("Juma Ali", "en", "sw")
    assert names(request_for("sw")) == [("Neema Mushi", ""), ("Juma Ali", "")]


def test_candidates_come_with_what_their_place_rests_on(
    join: Join, request_for: Request, amina: Person
) -> None:
    amina.time_zone = "Africa/Nairobi"
    amina.save()
    join("Neema Mushi", "sw", "en", topics="cables, ferries", zone="Africa/Dar_es_Salaam")
    join("Ana Sousa", "en", topics="undersea cables", zone="America/Sao_Paulo")
    first, second = candidates(request_for("en", "sw"), day(2))
    assert (first.fit.languages, first.fit.words, first.fit.hours, first.fit.load) == (
        ("en", "sw"),
        ("cables",),
        8,
        0,
    )
    assert (second.expert.name, second.fit.languages, second.fit.words, second.fit.hours) == (
        "Ana Sousa",
        ("en",),
        ("undersea", "cables"),
        2,
    )


def test_of_two_who_are_alike_the_one_with_less_in_hand_comes_first(
    join: Join, request_for: Request, ask: Ask
) -> None:
    neema, juma = join("Neema Mushi"), join("Juma Ali")
    assert names(request_for()) == [("Neema Mushi", ""), ("Juma Ali", "")]
    accept_assignment(ask(neema), by=neema.person, at=day(3), channel="web")
    found = candidates(request_for(), day(4))
    assert [(row.expert.pk, row.fit.load) for row in found] == [(juma.pk, 0), (neema.pk, 1)]


def test_interests_that_are_a_year_old_take_somebody_out_until_they_state_them_again(
    join: Join, request_for: Request
) -> None:
    neema = join("Neema Mushi")
    made = request_for(needed_by=date(2027, 9, 1))
    assert names(made, at=365) == [("Neema Mushi", "")]
    assert names(made, at=366) == []
    state(neema.person, at=367)
    assert names(made, at=368) == [("Neema Mushi", "")]


def test_who_is_asked_stands_on_the_record_by_a_commitment_alone(
    join: Join, request_for: Request, ask: Ask
) -> None:
    neema, made = join("Neema Mushi"), request_for()
    [entry] = new_entries(lambda: ask(neema, made))
    told = {"request": 1, "assignment": 1, "until": "2026-03-14T09:00Z"}
    assert entry == line("assignment.asked.1", r="convenor", at=day(2), **told)


def test_only_convenor_and_secretariat_ask(
    *,
    join: Join,
    request_for: Request,
    process: Process,
    dalia: Participant,
    chair: Participant,
    nino: Participant,
) -> None:
    made, neema = request_for(), join("Neema Mushi")
    wanted = Wanted("expert", ("en",), WHAT, date(2026, 5, 1))
    plain = enter(process, neema.person, at=day(1))
    for by in (chair, nino, plain):
        with pytest.raises(NotAllowed):
            request_expert(process, by=by, wanted=wanted, at=day(2), channel="web")
        with pytest.raises(NotAllowed):
            ask_expert(made, neema, by=by, at=day(2), channel="web")
    assert ask_expert(made, neema, by=dalia, at=day(2), channel="web").state == "asked"


@pytest.mark.parametrize("kind", [EMPLOYER, FUNDER, MANDATE])
def test_employed_by_party(
    *, join: Join, request_for: Request, ask: Ask, send: object, lucia: Person, kind: str
) -> None:
    send(lucia)  # type: ignore[operator]  # for Red del Sur
    tie = Tie(kind, "RED DEL SÚR.", "2020", "", "a contract")
    neema, made = join("Neema Mushi", ties=(tie,)), request_for()
    [found] = candidates(made, day(2))
    assert found.obstacle
    assert (found.obstacle.rule, found.obstacle.subjects) == ("employed_by_party", ("RED DEL SÚR.",))
    assert "RED DEL SÚR." in found.obstacle.text
    assert refusal(lambda: ask(neema, made)) == "employed_by_party"


@pytest.mark.parametrize(
    "tie",
    [
        Tie(MEMBER, "Red del Sur"),
        Tie(EMPLOYER, "Red del Sur", "2019", "2025"),
        Tie(EMPLOYER, "Red del Sur", "2027"),
        Tie(EMPLOYER, "Red"),
        Tie(EMPLOYER, "Red del Sur Ltd"),
    ],
)
def test_a_membership_a_past_post_and_a_name_within_a_name_bar_nobody(
    *, join: Join, request_for: Request, ask: Ask, send: object, lucia: Person, tie: Tie
) -> None:
    send(lucia)  # type: ignore[operator]
    made = request_for()
    assert ask(join("Neema Mushi", ties=(tie,)), made).state == "asked"


def test_what_somebody_declares_as_their_organization_counts_as_a_post(
    join: Join, request_for: Request, send: object, lucia: Person
) -> None:
    send(lucia)  # type: ignore[operator]
    join("Neema Mushi", organization="Red del Sur")
    assert names(request_for()) == [("Neema Mushi", "employed_by_party")]


def test_the_organizations_of_those_who_run_a_process_are_parties_by_what_they_state(
    join: Join, request_for: Request, sponsor: Participant, chair: Participant
) -> None:
    state(sponsor.person, Tie(EMPLOYER, "Fund of Roads"), Tie(FUNDER, "City of Delft"))
    state(chair.person, Tie(MANDATE, "Union of Ports", "", "", "minutes"))
    for name, employer in (("A", "Fund of Roads"), ("B", "union of ports"), ("C", "City of Delft")):
        join(f"{name} X", ties=(Tie(EMPLOYER, employer),))
    assert names(request_for()) == [("C X", ""), ("A X", "employed_by_party"), ("B X", "employed_by_party")]


def test_what_nobody_confirmed_and_what_was_rejected_make_no_party(
    *, join: Join, request_for: Request, send: object, lucia: Person, yusuf: Person, convenor: Participant
) -> None:
    send(lucia, author=author_of(lucia, assurance=Assurance.CLAIMED))  # type: ignore[operator]
    yusuf.organization = "Soap Sellers"
    spam = send(yusuf, "Buy soap.")  # type: ignore[operator]
    reject_contribution(
        spam.contribution, by=convenor, reason="spam", text="It sells soap.", at=day(1), channel="web"
    )
    join("Neema Mushi", ties=(Tie(EMPLOYER, "Red del Sur"), Tie(EMPLOYER, "Soap Sellers")))
    assert names(request_for()) == [("Neema Mushi", "")]


def test_role_held(
    *, join: Join, request_for: Request, ask: Ask, process: Process, convenor: Participant, yusuf: Person
) -> None:
    listed, made = join(yusuf), request_for()
    give_role(process, yusuf, role=Role.OBSERVER, by=convenor, at=day(1), channel="web")
    assert names(made) == [("Yusuf Abdi", "role_held")]
    assert refusal(lambda: ask(listed, made)) == "role_held"


def test_not_a_candidate(join: Join, request_for: Request, ask: Ask) -> None:
    made, lars, juma = request_for("sw"), join("Lars Holm", "en"), join("Juma Ali", "sw", kind="expert")
    assert refusal(lambda: ask(lars, made)) == "not_a_candidate"
    assert refusal(lambda: ask(juma, made)) == "not_a_candidate"


def test_who_left_the_roster_is_not_asked(join: Join, request_for: Request, ask: Ask) -> None:
    neema, made = join("Neema Mushi"), request_for()
    leave_roster(by=neema.person, at=day(1), channel="web")
    assert names(made) == []
    assert refusal(lambda: ask(neema, made)) == "expert_unlisted"


def test_ask_open(join: Join, request_for: Request, ask: Ask) -> None:
    made, juma = request_for(), join("Juma Ali")
    ask(join("Neema Mushi"), made)
    assert refusal(lambda: ask(juma, made)) == "ask_open"


def test_after_a_no_another_one_is_asked_and_not_the_same_again(
    join: Join, request_for: Request, ask: Ask
) -> None:
    neema, juma, made = join("Neema Mushi"), join("Juma Ali"), request_for()
    decline_assignment(ask(neema, made), by=neema.person, reason="", at=day(3), channel="web")
    assert names(made) == [("Juma Ali", ""), ("Neema Mushi", "asked_already")]
    assert refusal(lambda: ask(neema, made, at=4)) == "asked_already"
    assert ask(juma, made, at=4).number == 2


def test_asked_already(join: Join, request_for: Request, ask: Ask) -> None:
    neema, made = join("Neema Mushi"), request_for()
    decline_assignment(ask(neema, made), by=neema.person, reason="", at=day(3), channel="web")
    assert refusal(lambda: ask(neema, made, at=4)) == "asked_already"


def test_who_let_it_lapse_may_be_asked_again(join: Join, request_for: Request, ask: Ask) -> None:
    neema, made = join("Neema Mushi"), request_for()
    ask(neema, made)
    assert lapse_assignments(at=day(12)) == 1
    assert ask(neema, made, at=13).number == 2


def test_request_over(join: Join, request_for: Request, ask: Ask) -> None:
    neema, juma, made = join("Neema Mushi"), join("Juma Ali"), request_for()
    accept_assignment(ask(neema, made), by=neema.person, at=day(3), channel="web")
    assert refusal(lambda: ask(juma, made, at=4)) == "request_over"
    late = request_for(needed_by=date(2026, 3, 4))
    assert refusal(lambda: ask(juma, late, at=3)) == "request_over"


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_whatever_its_length(
    join: Join, request_for: Request, number: int, django_assert_num_queries: object
) -> None:
    for one in range(number):
        join(f"Person{one} X", ties=(Tie(EMPLOYER, f"Office {one}"),))
    made = request_for()
    with django_assert_num_queries(12):  # type: ignore[operator]
        assert len(candidates(made, day(2))) == number
    assert not Assignment.objects.exists()
