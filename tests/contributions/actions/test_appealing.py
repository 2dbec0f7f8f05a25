"""Appeals: raised by the author, decided by another person than the one who decided, with a clock."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from conftest import day
from remembering import remembered
from steps import line, new_entries, refusal
from talanoa.contributions.actions.appealing import raise_appeal, rule_on_appeal
from talanoa.contributions.actions.moderating import (
    flag_contribution,
    hold_contribution,
    quarantine,
    reject_contribution,
    release_contribution,
)
from talanoa.contributions.actions.standing import withdraw
from talanoa.contributions.models import Appeal, Contribution
from talanoa.contributions.permissions import appeal_body
from talanoa.kernel.errors import NotAllowed
from talanoa.processes.actions.roles import give_role
from talanoa.processes.models import SYSTEM, Participant, Role
from talanoa.processes.queries import participant
from talanoa.record.auditing import audit
from talanoa.record.models import Entry, Log

State = Contribution.State
ON = day(3)


def hold(contribution: Contribution, by: Participant) -> Contribution:
    return hold_contribution(contribution, by=by, reason="abuse", at=day(2), channel="web")


def reject(contribution: Contribution, by: Participant) -> Contribution:
    told: dict[str, Any] = {"reason": "spam", "text": "It sells soap.", "at": day(2), "channel": "web"}
    return reject_contribution(contribution, by=by, **told)


def appeal(contribution: Contribution, by: Any, text: str = "I name nobody.", **more: Any) -> Appeal:
    return raise_appeal(contribution, by=by, **{"text": text, "at": ON, "channel": "web"} | more)


def rule(appealed: Appeal, by: Any, outcome: str = "overturned", reasons: str = "It names nobody.") -> Appeal:
    return rule_on_appeal(appealed, by=by, outcome=outcome, reasons=reasons, at=day(4), channel="web")


@pytest.fixture
@remembered
def appealed(spoken: Contribution, author: Participant, dalia: Participant, chair: Participant) -> Appeal:
    """Dalia held Yusuf's input; he appealed on the third day."""
    hold(spoken, dalia)
    return appeal(spoken, author)


def test_the_author_appeals_against_the_entry_of_the_act(
    spoken: Contribution, author: Participant, dalia: Participant
) -> None:
    hold(spoken, dalia)
    held = Entry.objects.latest("index")
    told = new_entries(lambda: appeal(spoken, author))
    expected = {"n": 1, "entry": held.index, "until": "2026-03-19T09:00Z"}
    assert told == [line("appeal.raised.1", r="participant", at=ON, **expected)]
    made = Appeal.objects.get()
    assert (made.entry, made.decide_by, made.standing(ON)) == (held, ON + timedelta(days=14), "open")


def test_nobody_appeals_for_the_author(
    spoken: Contribution, dalia: Participant, stranger: Participant
) -> None:
    hold(spoken, dalia)
    for other in (dalia, stranger, SYSTEM):
        with pytest.raises(NotAllowed, match="Only the author of number 1"):
            appeal(spoken, other)


@pytest.mark.parametrize("state", [s for s in State if s not in {State.WITHHELD, State.REJECTED}])
def test_what_is_not_kept_back_cannot_be_appealed(
    spoken: Contribution, author: Participant, state: str
) -> None:
    Contribution.objects.filter(pk=spoken.pk).update(state=state)
    assert refusal(lambda: appeal(spoken, author)) == "nothing_to_appeal"


def test_what_the_clock_holds_ends_by_itself_and_cannot_be_appealed(
    spoken: Contribution, author: Participant
) -> None:
    quarantine(spoken, until=day(2.5), at=day(2), channel="web")
    assert refusal(lambda: appeal(spoken, author)) == "nothing_to_appeal"


def test_an_appeal_is_raised_within_28_days(
    spoken: Contribution, author: Participant, dalia: Participant
) -> None:
    hold(spoken, dalia)
    assert refusal(lambda: appeal(spoken, author, at=day(30))) == "appeal_too_late"
    assert appeal(spoken, author, at=day(30) - timedelta(seconds=1)).raised_at < day(30)


@pytest.mark.parametrize(("text", "code"), [("\n ", "reason_missing"), ("x" * 4001, "text_too_long")])
def test_an_appeal_says_why(
    spoken: Contribution, author: Participant, dalia: Participant, text: str, code: str
) -> None:
    hold(spoken, dalia)
    assert refusal(lambda: appeal(spoken, author, text)) == code


def test_one_act_is_appealed_once_and_the_same_words_are_the_same_appeal(
    spoken: Contribution, author: Participant, appealed: Appeal
) -> None:
    assert new_entries(lambda: appeal(spoken, author)) == []
    assert refusal(lambda: appeal(spoken, author, "Other words.")) == "appealed_already"


def test_a_rejection_after_an_upheld_hold_can_be_appealed_too(
    spoken: Contribution, author: Participant, appealed: Appeal, dalia: Participant, chair: Participant
) -> None:
    rule(appealed, chair, "upheld")
    reject(spoken, dalia)
    assert appeal(spoken, author).entry != appealed.entry


def test_while_it_waits_the_one_who_decided_can_do_nothing(
    spoken: Contribution, appealed: Appeal, dalia: Participant
) -> None:
    release = {"by": dalia, "at": ON, "channel": "web"}
    assert refusal(lambda: release_contribution(spoken, **release)) == "appeal_open"
    assert refusal(lambda: reject(spoken, dalia)) == "appeal_open"


def test_a_decision_that_is_overturned_shows_what_was_held(
    spoken: Contribution, appealed: Appeal, chair: Participant
) -> None:
    told = new_entries(lambda: rule(appealed, chair))
    expected = {"n": 1, "entry": appealed.entry.index, "outcome": "overturned"}
    assert told == [line("appeal.decided.1", r="chair", at=day(4), **expected)]
    spoken.refresh_from_db()
    assert (spoken.state, spoken.reason) == (State.PUBLISHED, "")
    assert Appeal.objects.get().reasons == "It names nobody."


def test_a_decision_that_stands_leaves_it_where_it_is(
    spoken: Contribution, appealed: Appeal, chair: Participant
) -> None:
    rule(appealed, chair, "upheld")
    spoken.refresh_from_db()
    assert (spoken.state, spoken.reason) == (State.WITHHELD, "abuse")


def test_what_its_author_took_back_meanwhile_is_not_shown_again(
    spoken: Contribution, author: Participant, appealed: Appeal, chair: Participant
) -> None:
    withdraw(spoken, by=author, at=ON, channel="web")
    rule(appealed, chair)
    spoken.refresh_from_db()
    assert spoken.state == State.WITHDRAWN


@pytest.mark.parametrize(
    ("outcome", "reasons", "code"),
    [
        ("perhaps", "Yes.", "outcome_unknown"),
        ("", "Yes.", "outcome_unknown"),
        ("upheld", " ", "reason_missing"),
    ],
)
def test_an_outcome_is_one_of_two_and_has_reasons(
    appealed: Appeal, chair: Participant, outcome: str, reasons: str, code: str
) -> None:
    assert refusal(lambda: rule(appealed, chair, outcome, reasons)) == code


def test_an_appeal_is_decided_once(appealed: Appeal, chair: Participant) -> None:
    rule(appealed, chair)
    assert refusal(lambda: rule(appealed, chair, "upheld")) == "appeal_decided"


def test_only_the_chair_hears_it_where_there_is_one(
    *,
    appealed: Appeal,
    author: Participant,
    stranger: Participant,
    sponsor: Participant,
    observer: Participant,
    convenor: Participant,
    nino: Participant,
    dalia: Participant,
) -> None:
    for other in (author, stranger, sponsor, observer, convenor, nino, dalia, SYSTEM):
        with pytest.raises(NotAllowed):
            rule(appealed, other)


def test_without_a_chair_a_convenor_who_did_not_decide_hears_it(
    spoken: Contribution, author: Participant, dalia: Participant, convenor: Participant
) -> None:
    hold(spoken, dalia)
    assert rule(appeal(spoken, author), convenor).outcome == "overturned"


def test_nobody_hears_an_appeal_against_their_own_decision(
    spoken: Contribution, author: Participant, convenor: Participant
) -> None:
    hold(spoken, convenor)
    made = appeal(spoken, author)
    assert refusal(lambda: rule(made, convenor)) == "same_person"
    assert not appeal_body(spoken).exists()


def test_who_held_it_does_not_hear_the_appeal_against_its_rejection_by_another(
    spoken: Contribution, author: Participant, dalia: Participant, convenor: Participant
) -> None:
    hold(spoken, convenor)
    reject(spoken, dalia)
    made = appeal(spoken, author)
    assert refusal(lambda: rule(made, convenor)) == "same_person"


def test_a_chair_who_is_convenor_too_and_decided_leaves_it_to_another_convenor(
    spoken: Contribution, author: Participant, convenor: Participant, stranger: Participant
) -> None:
    process = convenor.process
    give_role(process, convenor.person, role=Role.CHAIR, by=convenor, at=day(1), channel="web")
    give_role(process, stranger.person, role=Role.CONVENOR, by=convenor, at=day(1), channel="web")
    both, other = participant(process, convenor.person), participant(process, stranger.person)
    assert both
    hold(spoken, both)
    made = appeal(spoken, author)
    assert refusal(lambda: rule(made, both)) == "same_person"
    assert rule(made, other).decided_by == other


def test_a_chair_who_flagged_it_does_not_hear_the_appeal(
    spoken: Contribution, author: Participant, dalia: Participant, chair: Participant, convenor: Participant
) -> None:
    flag_contribution(spoken, by=chair, reason="abuse", text="A thief!", at=day(2), channel="web")
    hold(spoken, dalia)
    made = appeal(spoken, author)
    assert refusal(lambda: rule(made, chair)) == "own_case"
    assert rule(made, convenor).outcome == "overturned"


def test_after_14_days_it_stands_as_overdue_and_can_still_be_decided(
    appealed: Appeal, chair: Participant
) -> None:
    due = appealed.decide_by
    assert [appealed.standing(at) for at in (due - timedelta(seconds=1), due)] == ["open", "overdue"]
    assert rule(appealed, chair, "upheld").standing(day(90)) == "upheld"


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM contributions_appeal",
        "UPDATE contributions_appeal SET decide_by = '2030-01-01 00:00:00+00:00'",
        "UPDATE contributions_appeal SET outcome = 'upheld'",
    ],
)
def test_the_database_refuses_to_delete_an_appeal_or_to_move_its_clock_or_outcome(
    appealed: Appeal, chair: Participant, statement: str
) -> None:
    rule(appealed, chair)
    with (
        pytest.raises(DatabaseError, match="deletion_forbidden"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_the_database_refuses_an_outcome_without_a_person_and_a_time(appealed: Appeal) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Appeal.objects.update(outcome="upheld")


def test_the_record_of_an_appeal_audits(appealed: Appeal, chair: Participant, log: Log) -> None:
    rule(appealed, chair)
    assert audit(log).holds
