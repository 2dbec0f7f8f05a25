"""What makes a statement, whose it is, what is refused, and what erasure leaves."""

import pytest

from conftest import day
from statements.conftest import ACT, BUDGET, LATE, PAY, CastVotes, State
from steps import line, new_entries, refusal
from talanoa.contributions.actions.moderating import hold_contribution, release_contribution
from talanoa.contributions.actions.standing import author_of, confirm, withdraw
from talanoa.contributions.models import Assurance, Contribution
from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.people.models import Person
from talanoa.processes.actions.roles import enter
from talanoa.processes.models import Participant, Process
from talanoa.record.auditing import audit
from talanoa.record.models import Log
from talanoa.statements.actions import proposing
from talanoa.statements.actions.proposing import erase_proposed
from talanoa.statements.actions.rounds import close_rounds
from talanoa.statements.models import Round, Statement
from talanoa.statements.models.rounds import RoundQuerySet


def test_a_statement_gets_its_number_its_place_and_one_entry(state: State, yusuf: Person) -> None:
    made: list[Statement] = []
    [entry] = new_entries(lambda: made.append(state(yusuf)))
    facts = {"state": "published", "assurance": "proven", "round": 1, "origin": "participant"}
    assert entry == line("statement.received.1", r="participant", at=day(2), n=1, **facts)
    assert (made[0].contribution.number, made[0].place, made[0].text) == (1, 1, PAY)


def test_one_of_convenor_or_secretariat_is_labeled_so(state: State, dalia: Participant) -> None:
    [entry] = new_entries(lambda: state(dalia.person))
    assert (entry["r"], entry["origin"]) == ("secretariat", "convenor")
    assert Statement.objects.get().is_convenors


def test_what_the_secretariat_enters_for_somebody_is_theirs(
    state: State, dalia: Participant, yusuf: Person
) -> None:
    author = author_of(yusuf, assurance=Assurance.ENTERED)
    made = state(dalia.person, author=author)
    assert (made.is_convenors, made.contribution.person) == (False, yusuf)


def test_an_observer_proposes_too(state: State, observer: Participant) -> None:
    assert state(observer.person).contribution.state == "published"


def test_who_takes_no_part_in_the_process_does_not(state: State, yusuf: Person, nino: Participant) -> None:
    with pytest.raises(NotAllowed):
        state(yusuf, by=nino)


def test_the_same_sent_twice_is_one_statement(state: State, yusuf: Person) -> None:
    assert state(yusuf) == state(yusuf)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (" \u202e\n", "text_empty"),
        ("x" * 201, "text_too_long"),
        ("Pay the trainers. Publish the budget.", "one_idea"),
        ("Should the ministry pay the trainers?", "one_idea"),
        ("All who read 18 agree with this.", "reads_as_vote"),
    ],
)
def test_what_is_no_statement_is_refused(state: State, yusuf: Person, text: str, code: str) -> None:
    assert refusal(lambda: state(yusuf, text)) == code


def test_lines_of_a_mail_become_one_sentence(state: State, yusuf: Person) -> None:
    assert (
        state(yusuf, "The ministry should\n  pay the trainers.").text
        == "The ministry should pay the trainers."
    )


def test_what_stands_already_is_refused_whoever_says_it(state: State, yusuf: Person, lucia: Person) -> None:
    state(yusuf)
    assert refusal(lambda: state(lucia, PAY.upper())) == "statement_known"
    assert refusal(lambda: state(lucia, PAY.upper(), differs=True)) == "statement_known"


def test_what_is_nearly_the_same_is_refused_unless_its_author_means_something_else(
    state: State, yusuf: Person, lucia: Person
) -> None:
    state(yusuf)
    near = PAY.replace("day", "hour")
    assert refusal(lambda: state(lucia, near)) == "statement_similar"
    assert state(lucia, near, differs=True).place == 2


def test_what_was_taken_back_stands_in_nobodys_way(state: State, yusuf: Person, lucia: Person) -> None:
    first = state(yusuf).contribution
    withdraw(first, by=enter(first.process, yusuf, at=day(2)), **ACT)
    assert state(lucia).place == 2


def test_copies_are_looked_for_under_the_lock(
    state: State, yusuf: Person, lucia: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lucía's sentence comes in while Yusuf's waits for its turn."""
    by, lock, waiting = enter(Process.objects.get(), yusuf, at=day(2)), RoundQuerySet.locked, [lucia]

    def turn(rows: RoundQuerySet, made: Round) -> Round:
        if waiting:
            state(waiting.pop())
        return lock(rows, made)

    monkeypatch.setattr(RoundQuerySet, "locked", turn)
    with pytest.raises(RuleBroken, match="nm-1 says this already"):
        state(yusuf, by=by)


def test_statement_limit_a_round_has_room_for_so_many_and_each_person_for_so_many(
    state: State, yusuf: Person, convenor: Participant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proposing, "MOST_OF_ONE", 1)
    state(yusuf)
    assert refusal(lambda: state(yusuf, BUDGET)) == "statement_limit"
    state(convenor.person, BUDGET)
    state(convenor.person, "Trainers should come from the region.")
    monkeypatch.setattr(proposing, "MOST", 3)
    assert refusal(lambda: state(convenor.person, "Courses should be short.")) == "statement_limit"


def test_of_somebody_unconfirmed_it_is_numbered_and_held(state: State, yusuf: Person) -> None:
    [entry] = new_entries(lambda: state(yusuf, assurance=Assurance.CLAIMED))
    assert (entry["state"], entry["n"]) == ("unconfirmed", 1)
    held = Statement.objects.get()
    assert not Statement.objects.visible_to(None).exists()
    confirm(held.contribution, by=enter(held.contribution.process, yusuf, at=day(2)), **ACT)
    assert Statement.objects.visible_to(None).votable().get() == held


def test_the_first_words_of_somebody_new_wait_where_the_charter_says_so(
    state: State, yusuf: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proposing, "quarantine_until", lambda *_args, **_more: day(3))
    assert state(yusuf).contribution.state == Contribution.State.WITHHELD


def test_it_is_moderated_in_the_open_like_everything_that_people_say(
    state: State, yusuf: Person, dalia: Participant
) -> None:
    contribution = state(yusuf).contribution
    hold_contribution(contribution, by=dalia, reason="off_topic", **ACT)
    assert not Statement.objects.visible_to(None).exists()
    release_contribution(contribution, by=dalia, **ACT)
    assert Statement.objects.visible_to(None).exists()


def test_after_the_end_nobody_proposes(state: State, round_: Round, yusuf: Person) -> None:
    assert refusal(lambda: state(yusuf, at=LATE)) == "round_closed"


def test_erasure_empties_the_words_and_leaves_number_place_and_proofs(
    *, state: State, cast: CastVotes, yusuf: Person, lucia: Person, convenor: Participant, log: Log
) -> None:
    made, kept = state(yusuf), state(lucia, BUDGET)
    cast(lucia, {1: "agree", 2: "agree"})
    erase_proposed(made, by=convenor, ground="court_order", **ACT)
    row = Statement.objects.get(pk=made.pk)
    assert (row.text, row.place, row.contribution.state) == ("", 1, "erased")
    assert audit(log).holds
    assert refusal(lambda: cast(yusuf, {1: "agree"})) == "statement_unknown"
    close_rounds(at=LATE)
    assert f'"moderated_out":[{made.contribution.number}]' in kept.round.results.get().table
