"""A default changes only by an accepted recommendation of a decided process, and not under those who take part."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from conftest import START, day
from place.conftest import DECIDED_ON
from steps import line, new_entries, refusal
from talanoa.kernel.errors import NotAllowed
from talanoa.people.models import Person
from talanoa.place.actions import change_default
from talanoa.place.queries import standing_defaults
from talanoa.processes import charter
from talanoa.processes.actions.chartering import create_process
from talanoa.processes.models import FOUNDING, Default, DefaultChange, Participant, Process
from talanoa.reports.models import Report

AFTER = day(DECIDED_ON + 1)


def change(
    host: Participant, decided: Process, default: str = "appeal", days: int = 35, **more: Any
) -> DefaultChange:
    told = {"recommendation": 1, "at": AFTER, "channel": "web"} | more
    return change_default(host.process, by=host, default=default, days=days, decided=decided, **told)


def test_the_founding_has_the_days_of_the_design() -> None:
    assert FOUNDING == {
        "input": 40,
        "drafting": 21,
        "call": 14,
        "objection-answer": 14,
        "objection-reply": 7,
        "challenge": 14,
        "minority": 14,
        "review": 21,
        "appeal": 28,
        "appeal-decision": 14,
        "overlap-reply": 14,
        "overlap-answer": 10,
    }
    assert set(FOUNDING) == set(Default.values)


def test_an_accepted_recommendation_is_carried_out_on_the_record(host: Participant, decided: Report) -> None:
    assert new_entries(lambda: change(host, decided.process)) == [
        line(
            "default.changed.1",
            p="place",
            r="convenor",
            at=AFTER,
            default="appeal",
            days=35,
            version=2,
            decided="nm",
            recommendation=1,
        )
    ]
    assert DefaultChange.objects.days(AFTER) == FOUNDING | {"appeal": 35}
    assert DefaultChange.objects.version(AFTER) == 2
    [row] = [row for row in standing_defaults(AFTER) if row.change]
    assert (row.default, row.days, row.founding) == (Default.APPEAL, 35, 28)


def test_without_a_decision_no_default_changes(host: Participant, final: Process) -> None:
    assert refusal(lambda: change(host, final)) == "default_undecided"
    assert DefaultChange.objects.days(AFTER) == FOUNDING


@pytest.mark.parametrize(
    ("default", "days", "recommendation"),
    [
        ("appeal", 36, 1),  # other days than decided
        ("input", 35, 1),  # another default
        ("appeal", 35, 9),  # no such recommendation
        ("overlap-reply", 30, 3),  # accepted in part only
    ],
)
def test_only_what_was_decided_is_carried_out(
    host: Participant, decided: Report, default: str, days: int, recommendation: int
) -> None:
    act = lambda: change(host, decided.process, default, days, recommendation=recommendation)  # noqa: E731 - a call to refuse
    assert refusal(act) == "default_undecided"


def test_a_review_period_never_gets_less_than_14_days_whatever_was_decided(
    host: Participant, decided: Report
) -> None:
    assert (
        refusal(lambda: change(host, decided.process, "review", 13, recommendation=2)) == "review_too_short"
    )


def test_a_default_that_nothing_uses_is_unknown(host: Participant, decided: Report) -> None:
    assert refusal(lambda: change(host, decided.process, "lunch", 35)) == "default_unknown"


@pytest.mark.parametrize("days", [0, 366])
def test_a_default_has_one_day_to_a_year(host: Participant, decided: Report, days: int) -> None:
    assert refusal(lambda: change(host, decided.process, "appeal", days)) == "default_out_of_bounds"


def test_a_decision_is_carried_out_once(host: Participant, decided: Report) -> None:
    change(host, decided.process)
    assert refusal(lambda: change(host, decided.process)) == "decision_overtaken"


def test_only_the_host_carries_it_out_and_only_as_the_host(
    convenor: Participant, host: Participant, decided: Report, place: Process
) -> None:
    with pytest.raises(NotAllowed):
        change_default(
            place,
            by=convenor,
            default="appeal",
            days=35,
            decided=decided.process,
            recommendation=1,
            at=AFTER,
            channel="web",
        )
    with pytest.raises(NotAllowed):
        change(convenor, decided.process)


def test_a_process_keeps_the_defaults_with_which_it_began(
    host: Participant, decided: Report, process: Process, amina: Person
) -> None:
    change(host, decided.process)
    change(host, decided.process, "input", 60, recommendation=2)
    facts = charter.template("open-consultation", title="Who digs?")
    facts["stages"] = [{"kind": stage["kind"]} for stage in facts["stages"]]
    later = create_process(by=amina, key="wells", facts=facts, at=AFTER, channel="web")
    before = Process.objects.get(pk=process.pk)
    assert (before.defaults["appeal"], later.defaults["appeal"]) == (28, 35)
    assert [stage["days"] for stage in later.charters.get().facts["stages"]] == [60, None, 21, None]
    assert before.stages.get(kind="input").closes_at == day(40)


def test_a_template_says_the_days_that_hold(host: Participant, decided: Report) -> None:
    change(host, decided.process)
    facts = charter.template("open-consultation", title="Who digs?", days=DefaultChange.objects.days(AFTER))
    assert "within 35 days" in facts["appeal"]


def _row(process: Process, **more: Any) -> DefaultChange:
    told = {"version": 2, "name": "appeal", "days": 35, "since": AFTER, "recommendation": 1} | more
    return DefaultChange(process=process, **told)


def test_the_database_refuses_a_default_that_no_process_decided(place: Process, final: Process) -> None:
    with pytest.raises(IntegrityError, match="default_undecided"), transaction.atomic():
        _row(final).save()


@pytest.mark.parametrize("more", [{"recommendation": 3}, {"recommendation": 4}, {"since": START}])
def test_the_database_refuses_what_was_not_accepted_or_not_yet(decided: Report, more: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError, match="default_undecided"), transaction.atomic():
        _row(decided.process, **more).save()


@pytest.mark.parametrize("more", [{"name": "review", "days": 13}, {"days": 0}, {"days": 366}, {"version": 1}])
def test_the_database_refuses_days_out_of_bounds(decided: Report, more: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        _row(decided.process, **more).save()


def test_the_database_refuses_to_change_or_delete_what_was_carried_out(
    host: Participant, decided: Report
) -> None:
    change(host, decided.process)
    for act in (lambda: DefaultChange.objects.update(days=1), DefaultChange.objects.all().delete):
        with pytest.raises(IntegrityError, match="deletion_forbidden"), transaction.atomic():
            act()
