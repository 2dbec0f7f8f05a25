"""Flag, hold, release, reject: who may, for which reasons, on the record; and that nothing is deleted by it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from conftest import day
from steps import answer_all, line, new_entries, refusal
from talanoa.contributions.actions.moderating import (
    FLAGS_A_DAY,
    end_quarantines,
    flag_contribution,
    hold_contribution,
    quarantine,
    reject_contribution,
    release_contribution,
)
from talanoa.contributions.conduct import reasons_for
from talanoa.contributions.models import Contribution, Flag, ModerationAct
from talanoa.contributions.queries import coverage
from talanoa.inputs.models import Input
from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.people.models import Person
from talanoa.processes.models import SYSTEM, Participant
from talanoa.record.auditing import audit
from talanoa.record.models import Entry
from talanoa.record.queries import opened_for
from talanoa.reports.actions import seal_report, write_report

State = Contribution.State
Act = Callable[..., Any]
Send = Callable[..., Input]
ACTS: dict[Act, dict[str, Any]] = {
    flag_contribution: {"reason": "abuse", "text": "It calls me a thief."},
    hold_contribution: {"reason": "abuse"},
    release_contribution: {},
    reject_contribution: {"reason": "abuse", "text": "The third line calls somebody a thief."},
}
OF_THE_DESK = (hold_contribution, release_contribution, reject_contribution)
START = {hold_contribution: "published", release_contribution: "withheld", reject_contribution: "withheld"}


def do(act: Act, contribution: Contribution, by: Any, **other: Any) -> Any:
    told: dict[str, Any] = {"at": day(2), "channel": "web"}
    return act(contribution, by=by, **told | ACTS[act] | other)


def stand(contribution: Contribution, state: str, reason: str = "") -> Contribution:
    """Put a contribution where no act has brought it."""
    Contribution.objects.filter(pk=contribution.pk).update(state=state, reason=reason)
    contribution.refresh_from_db()
    return contribution


@pytest.fixture
def everybody(
    *,
    author: Participant,
    stranger: Participant,
    observer: Participant,
    sponsor: Participant,
    chair: Participant,
    dalia: Participant,
    convenor: Participant,
    nino: Participant,
) -> dict[str, Any]:
    return {
        "author": author,
        "participant": stranger,
        "observer": observer,
        "sponsor": sponsor,
        "chair": chair,
        "secretariat": dalia,
        "convenor": convenor,
        "elsewhere": nino,
        "clock": SYSTEM,
    }


# Who may do what. The author of what is flagged is refused by a rule, not for want of a role.
MAY = {
    flag_contribution: {"author", "participant", "observer", "sponsor", "chair", "secretariat", "convenor"},
    hold_contribution: {"secretariat", "convenor"},
    release_contribution: {"secretariat", "convenor"},
    reject_contribution: {"secretariat", "convenor"},
}


def is_admitted(act: Act, contribution: Contribution, by: Any) -> bool:
    """Try an act and undo it; a rule that stops it comes after the question of who may."""
    with transaction.atomic():
        try:
            do(act, contribution, by)
        except NotAllowed:
            return False
        except RuleBroken as broken:
            return broken.rule == "own_case"
        finally:
            transaction.set_rollback(True)
        return True


@pytest.mark.parametrize("act", ACTS)
def test_every_role_is_admitted_or_refused_as_the_table_says(
    spoken: Contribution, everybody: dict[str, Any], act: Act
) -> None:
    stand(spoken, START.get(act, "published"))
    admitted = {role for role, by in everybody.items() if is_admitted(act, spoken, by)}
    assert admitted == MAY[act]


def test_a_flag_is_on_the_record_without_the_one_who_raised_it(
    spoken: Contribution, dalia: Participant
) -> None:
    told = new_entries(lambda: do(flag_contribution, spoken, dalia))
    assert told == [line("contribution.flagged.1", r="participant", at=day(2), n=1, reason="abuse")]
    made = Flag.objects.get()
    assert (made.person, made.text) == (dalia.person, "It calls me a thief.")
    assert [value.value for value in opened_for(Entry.objects.latest("index"), dalia.person)] == [None]


def test_a_flag_tells_no_group_even_where_five_share_it(
    spoken: Contribution, stranger: Participant, send: Send
) -> None:
    for n in range(5):
        person = Person.objects.create(name=f"P{n}", group=stranger.group)
        send(person, f"Words {n}")
    assert "g" not in new_entries(lambda: do(flag_contribution, spoken, stranger))[0]
    assert "g" in new_entries(lambda: send(stranger.person, "Mine."))[0]


def test_the_same_flag_again_is_the_same_flag(spoken: Contribution, stranger: Participant) -> None:
    first = do(flag_contribution, spoken, stranger)
    assert new_entries(lambda: do(flag_contribution, spoken, stranger, text="Again!")) == []
    assert do(flag_contribution, spoken, stranger) == first


def test_a_person_flags_ten_times_a_day_and_then_waits(many: Any, stranger: Participant) -> None:
    rows = many(FLAGS_A_DAY + 1)
    for row in rows[:-1]:
        do(flag_contribution, row, stranger)
    assert refusal(lambda: do(flag_contribution, rows[-1], stranger)) == "flag_limit"
    do(flag_contribution, rows[-1], stranger, at=day(3) + timedelta(seconds=1))
    assert Flag.objects.count() == FLAGS_A_DAY + 1


@pytest.mark.parametrize("state", [state for state in State if state != State.PUBLISHED])
def test_what_does_not_stand_in_public_cannot_be_flagged(
    spoken: Contribution, stranger: Participant, state: str
) -> None:
    stand(spoken, state)
    assert refusal(lambda: do(flag_contribution, spoken, stranger)) == "wrong_state"


def test_a_private_one_cannot_be_flagged(send: Send, yusuf: Person, stranger: Participant) -> None:
    private = send(yusuf, publication="private").contribution
    assert refusal(lambda: do(flag_contribution, private, stranger)) == "wrong_state"


@pytest.mark.parametrize("act", [flag_contribution, reject_contribution])
@pytest.mark.parametrize(("text", "code"), [(" \n", "reason_missing"), ("x" * 4001, "text_too_long")])
def test_to_flag_and_to_reject_take_words(
    spoken: Contribution, convenor: Participant, act: Act, text: str, code: str
) -> None:
    assert refusal(lambda: do(act, spoken, convenor, text=text)) == code


@pytest.mark.parametrize("act", [flag_contribution, hold_contribution, reject_contribution])
@pytest.mark.parametrize("reason", ["disagrees", "off_topic", "newcomer", ""])
def test_disagreeing_is_no_reason_and_an_input_is_never_off_topic(
    spoken: Contribution, convenor: Participant, act: Act, reason: str
) -> None:
    assert refusal(lambda: do(act, spoken, convenor, reason=reason)) == "reason_unknown"


@pytest.mark.parametrize("reason", [reason.code for reason in reasons_for("input")])
def test_it_is_held_for_a_public_reason_and_still_counts(
    spoken: Contribution, dalia: Participant, reason: str
) -> None:
    told = new_entries(lambda: do(hold_contribution, spoken, dalia, reason=reason))
    assert told == [line("contribution.withheld.1", r="secretariat", at=day(2), n=1, reason=reason)]
    spoken.refresh_from_db()
    assert (spoken.state, spoken.reason, spoken.is_counted) == (State.WITHHELD, reason, True)
    made = ModerationAct.objects.get()
    assert (made.by, made.act, made.entry) == (dalia, "hold", Entry.objects.latest("index"))


@pytest.mark.parametrize("state", [State.UNCONFIRMED, State.WITHHELD, State.REJECTED])
def test_it_is_released(spoken: Contribution, dalia: Participant, state: str) -> None:
    stand(spoken, state, "abuse")
    told = new_entries(lambda: do(release_contribution, spoken, dalia))
    assert told == [line("contribution.released.1", r="secretariat", at=day(2), n=1)]
    spoken.refresh_from_db()
    assert (spoken.state, spoken.reason) == (State.PUBLISHED, "")


def test_what_was_flagged_can_be_let_stand(
    spoken: Contribution, stranger: Participant, dalia: Participant
) -> None:
    do(flag_contribution, spoken, stranger)
    do(release_contribution, spoken, dalia)
    assert Flag.objects.get().closed_at == day(2)
    assert refusal(lambda: do(release_contribution, spoken, dalia)) == "wrong_state"


def test_it_is_rejected_with_words_for_its_author_alone(spoken: Contribution, convenor: Participant) -> None:
    told = new_entries(lambda: do(reject_contribution, spoken, convenor))
    assert told == [line("contribution.rejected.1", r="convenor", at=day(2), n=1, reason="abuse")]
    spoken.refresh_from_db()
    assert (spoken.state, spoken.is_counted, spoken.is_public) == (State.REJECTED, True, False)
    assert ModerationAct.objects.get().text == "The third line calls somebody a thief."


@pytest.mark.parametrize(
    ("act", "state"),
    [
        *((hold_contribution, s) for s in State if s not in {State.PUBLISHED, State.UNCONFIRMED}),
        *(
            (release_contribution, s)
            for s in State
            if s not in {State.UNCONFIRMED, State.WITHHELD, State.REJECTED}
        ),
        *(
            (reject_contribution, s)
            for s in State
            if s not in {State.PUBLISHED, State.UNCONFIRMED, State.WITHHELD}
        ),
    ],
)
def test_each_act_is_possible_from_its_own_states_only(
    spoken: Contribution, dalia: Participant, act: Act, state: str
) -> None:
    stand(spoken, state)
    assert refusal(lambda: do(act, spoken, dalia)) == "wrong_state"


@pytest.mark.parametrize("act", OF_THE_DESK)
def test_nobody_decides_on_what_they_wrote_themselves(send: Send, dalia: Participant, act: Act) -> None:
    own = send(dalia.person).contribution
    stand(own, START[act])
    assert refusal(lambda: do(act, own, dalia)) == "own_case"


@pytest.mark.parametrize("act", OF_THE_DESK)
def test_nobody_decides_on_what_they_flagged_themselves(
    spoken: Contribution, dalia: Participant, convenor: Participant, act: Act
) -> None:
    do(flag_contribution, spoken, dalia)
    stand(spoken, START[act])
    assert refusal(lambda: do(act, spoken, dalia)) == "own_case"
    do(act, spoken, convenor)


def test_nobody_flags_what_they_wrote_themselves(spoken: Contribution, author: Participant) -> None:
    assert refusal(lambda: do(flag_contribution, spoken, author)) == "own_case"


def test_a_rejected_input_is_answered_before_a_report_is_sealed(
    spoken: Contribution, convenor: Participant, chair: Participant
) -> None:
    do(reject_contribution, spoken, convenor)
    process = convenor.process
    process.state = "report_draft"
    process.save()
    write_report(process, by=convenor, title="R", text="# R\n\nRecommendation 1. Pay.\n", at=day(41))
    seal = lambda: seal_report(process, by=convenor, at=day(42), channel="web")  # noqa: E731
    assert coverage(process).waiting == 1
    assert refusal(seal) == "input_unanswered"
    answer_all(chair)
    assert coverage(process).waiting == 0
    assert seal().sealed_at == day(42)


@pytest.fixture
def moderated(spoken: Contribution, stranger: Participant, dalia: Participant) -> ModerationAct:
    do(flag_contribution, spoken, stranger)
    do(hold_contribution, spoken, dalia)
    return ModerationAct.objects.get()


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM contributions_flag",
        "DELETE FROM contributions_moderationact",
        "DELETE FROM contributions_contribution",
        "UPDATE contributions_moderationact SET reason = 'spam'",
        "UPDATE contributions_moderationact SET act = 'release'",
    ],
)
def test_the_database_refuses_to_delete_or_to_change_what_was_done(
    moderated: ModerationAct, statement: str
) -> None:
    with (
        pytest.raises(DatabaseError, match="deletion_forbidden"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_number_hash_and_receipt_stay_and_the_record_audits(
    spoken: Contribution, dalia: Participant, stranger: Participant
) -> None:
    entry, text = spoken.entry, spoken.input.text
    do(flag_contribution, spoken, stranger)
    do(hold_contribution, spoken, dalia)
    do(reject_contribution, spoken, dalia)
    spoken.refresh_from_db()
    assert (spoken.number, spoken.entry, spoken.input.text) == (1, entry, text)
    assert entry
    assert audit(entry.log).holds


def held_by_the_clock(contribution: Contribution) -> Contribution:
    return quarantine(contribution, until=day(2) + timedelta(hours=6), at=day(2), channel="mail")


def test_a_newcomer_s_message_is_held_by_the_clock_and_released_when_the_time_is_over(
    spoken: Contribution,
) -> None:
    told = new_entries(lambda: held_by_the_clock(spoken))
    until = "2026-03-04T15:00Z"
    expected = line("contribution.quarantined.1", r="system", at=day(2), ch="mail", n=1, until=until)
    assert told == [expected]
    assert end_quarantines(at=day(2) + timedelta(hours=5, minutes=59)) == 0
    end = day(2) + timedelta(hours=6)
    told = new_entries(lambda: end_quarantines(at=end))
    assert told == [line("contribution.released.1", r="system", at=end, ch="tick", n=1)]
    spoken.refresh_from_db()
    assert (spoken.state, spoken.reason, end_quarantines(at=day(9))) == (State.PUBLISHED, "", 0)


def test_what_the_clock_holds_can_be_held_for_a_reason_and_then_stays_held(
    spoken: Contribution, dalia: Participant
) -> None:
    held_by_the_clock(spoken)
    do(hold_contribution, spoken, dalia)
    assert end_quarantines(at=day(9)) == 0
    assert refusal(lambda: do(hold_contribution, spoken, dalia)) == "wrong_state"


def test_the_desk_may_release_it_before_the_clock_does(spoken: Contribution, dalia: Participant) -> None:
    held_by_the_clock(spoken)
    do(release_contribution, spoken, dalia)
    assert end_quarantines(at=day(9)) == 0
