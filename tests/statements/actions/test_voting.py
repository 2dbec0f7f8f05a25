"""Ballots: who votes, what of it stands on the record, that the last vote counts, and that votes can be destroyed."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from conftest import day
from statements.conftest import ACT, LATE, CastVotes
from steps import line, new_entries, refusal
from talanoa.contributions.actions.moderating import hold_contribution
from talanoa.contributions.models import Assurance, Contribution
from talanoa.kernel.errors import NotAllowed
from talanoa.people.interests import Interests
from talanoa.people.models import Person
from talanoa.processes.actions.interests import state_interests
from talanoa.processes.actions.roles import enter
from talanoa.processes.models import Participant
from talanoa.record.auditing import audit
from talanoa.record.models import Entry, Log, Opening
from talanoa.record.queries import opened_for
from talanoa.statements.actions.rounds import close_rounds
from talanoa.statements.actions.voting import cast_ballot, erase_votes
from talanoa.statements.models import Ballot, Result, Round, Statement, Voter
from talanoa.statements.queries import votes_of

pytestmark = pytest.mark.usefixtures("two")


def test_a_ballot_is_one_entry_that_tells_neither_who_nor_how(cast: CastVotes, yusuf: Person) -> None:
    [entry] = new_entries(lambda: cast(yusuf, {1: "agree", 2: "pass"}))
    assert entry == line("ballot.cast.1", r="participant", at=day(2), round=1)
    ballot = Ballot.objects.get()
    assert (ballot.lines, ballot.name, ballot.voter.votes) == ("agree 1; pass 2", "Yusuf Abdi", "ap")


def test_the_record_opens_a_ballot_to_its_voter_and_to_nobody_else(
    cast: CastVotes, yusuf: Person, lucia: Person, convenor: Participant
) -> None:
    entry = cast(yusuf, {1: "agree"}).entry
    assert entry is not None
    shown = {
        person: [one.value for one in opened_for(entry, person)] for person in (yusuf, lucia, convenor.person)
    }
    assert shown == {yusuf: ["Yusuf Abdi", "agree 1"], lucia: [None, None], convenor.person: [None, None]}


def test_the_last_vote_counts_and_every_ballot_stays(cast: CastVotes, round_: Round, yusuf: Person) -> None:
    cast(yusuf, {1: "agree", 2: "agree"})
    cast(yusuf, {2: "disagree"})
    assert votes_of(round_, yusuf) == {1: "agree", 2: "disagree"}
    assert [row.lines for row in Ballot.objects.all()] == ["agree 1 2", "disagree 2"]
    assert Voter.objects.count() == 1


def test_the_same_ballot_twice_and_one_that_says_nothing_new_are_no_second_one(
    cast: CastVotes, yusuf: Person
) -> None:
    first = cast(yusuf, {1: "agree", 2: "pass"})
    assert new_entries(lambda: cast(yusuf, {1: "agree", 2: "pass"})) == []
    assert cast(yusuf, {2: "pass"}, dedup_key="another form") == first


def test_a_form_sent_again_after_another_changes_nothing(
    cast: CastVotes, round_: Round, yusuf: Person
) -> None:
    first = cast(yusuf, {1: "agree"})
    cast(yusuf, {1: "disagree"})
    assert cast(yusuf, {1: "agree"}) == first
    assert votes_of(round_, yusuf) == {1: "disagree"}


def test_an_observer_has_no_vote(cast: CastVotes, observer: Participant) -> None:
    assert refusal(lambda: cast(observer.person, {1: "agree"})) == "observer_has_no_voice"


def test_who_declined_to_state_their_interests_is_an_observer(cast: CastVotes, lucia: Person) -> None:
    state_interests(None, by=lucia, interests=Interests(is_declined=True), at=day(1), channel="web")
    assert refusal(lambda: cast(lucia, {1: "agree"})) == "observer_has_no_voice"


@pytest.mark.parametrize("assurance", [Assurance.CLAIMED, Assurance.PROBABLE])
def test_an_address_that_nobody_proved_has_no_vote(
    cast: CastVotes, yusuf: Person, assurance: Assurance
) -> None:
    with pytest.raises(NotAllowed):
        cast(yusuf, {1: "agree"}, assurance=assurance)


def test_nobody_votes_for_somebody_else_save_the_secretariat_from_paper(
    *, cast: CastVotes, round_: Round, yusuf: Person, lucia: Person, dalia: Participant, chair: Participant
) -> None:
    other = enter(round_.process, lucia, at=day(2))
    for by in (other, chair):
        with pytest.raises(NotAllowed):
            cast(yusuf, {1: "agree"}, by=by)
    entered: dict[str, Any] = {"by": dalia, "assurance": Assurance.ENTERED, "channel": "paper"}
    [entry] = new_entries(lambda: cast(yusuf, {1: "agree"}, **entered))
    assert entry == line("ballot.cast.1", r="secretariat", at=day(2), ch="paper", round=1)
    assert votes_of(round_, yusuf) == {1: "agree"}
    assert Ballot.objects.get().entered_by == dalia


def test_the_participant_of_another_process_has_no_vote_here(
    round_: Round, nino: Participant, yusuf: Person
) -> None:
    told: dict[str, Any] = {"votes": {1: "agree"}, "assurance": Assurance.PROVEN, "dedup_key": "k", **ACT}
    with pytest.raises(NotAllowed):
        cast_ballot(round_, by=nino, voter=nino, **told)


@pytest.mark.parametrize(
    ("votes", "code"),
    [({}, "ballot_empty"), ({9: "agree"}, "statement_unknown"), ({1: "abstain"}, "vote_unknown")],
)
def test_what_is_no_ballot_is_refused_whole(
    cast: CastVotes, yusuf: Person, votes: dict[int, str], code: str
) -> None:
    assert refusal(lambda: cast(yusuf, {2: "agree", **votes} if votes else {})) == code
    assert not Voter.objects.exists()


def test_statement_unknown_what_is_held_cannot_be_voted_on(
    cast: CastVotes, yusuf: Person, dalia: Participant
) -> None:
    hold_contribution(Contribution.objects.get(number=1), by=dalia, reason="abuse", **ACT)
    assert refusal(lambda: cast(yusuf, {1: "agree"})) == "statement_unknown"


def test_round_closed_before_and_after_it_nobody_votes(cast: CastVotes, yusuf: Person) -> None:
    assert refusal(lambda: cast(yusuf, {1: "agree"}, at=day(0.5))) == "round_closed"
    assert refusal(lambda: cast(yusuf, {1: "agree"}, at=day(22))) == "round_closed"


def test_somebody_has_all_their_votes_destroyed_and_every_proof_stays(
    cast: CastVotes, round_: Round, yusuf: Person, log: Log
) -> None:
    cast(yusuf, {1: "agree"})
    cast(yusuf, {2: "pass"})
    by = enter(round_.process, yusuf, at=day(3))
    entries = new_entries(lambda: erase_votes(round_, by=by, at=day(3), channel="web"))
    assert [(row["k"], row["r"], row["ground"]) for row in entries] == [
        ("redaction.made.1", "participant", "author_request")
    ] * 2
    assert votes_of(round_, yusuf) == {}
    assert {(row.lines, row.name) for row in Ballot.objects.all()} == {("", "")}
    assert not Opening.objects.filter(model="statements.Ballot", salt__isnull=False).exists()
    assert audit(log).holds
    assert refusal(lambda: erase_votes(round_, by=by, at=day(3), channel="web")) == "ballot_unknown"


def test_erased_votes_count_nowhere_and_one_can_vote_anew(
    cast: CastVotes, round_: Round, yusuf: Person, lucia: Person
) -> None:
    cast(lucia, {1: "agree"})
    cast(yusuf, {1: "agree", 2: "agree"})
    erase_votes(round_, by=enter(round_.process, yusuf, at=day(3)), at=day(3), channel="web")
    cast(yusuf, {2: "disagree"}, at=day(4))
    assert votes_of(round_, yusuf) == {2: "disagree"}
    erase_votes(round_, by=enter(round_.process, yusuf, at=day(5)), at=day(5), channel="web")
    close_rounds(at=LATE)
    assert Result.objects.get().n_voters == 1


def test_after_the_count_erasure_cuts_the_tie_to_the_published_row_which_stays(
    cast: CastVotes, round_: Round, yusuf: Person
) -> None:
    cast(yusuf, {1: "agree"})
    close_rounds(at=LATE)
    table = Result.objects.get().table
    erase_votes(round_, by=enter(round_.process, yusuf, at=LATE), at=LATE, channel="web")
    voter = Voter.objects.get()
    assert (voter.votes, voter.number, voter.check_word) == ("", None, "")
    assert Result.objects.get().table == table


def test_nobody_erases_the_votes_of_somebody_else(
    cast: CastVotes, round_: Round, yusuf: Person, convenor: Participant
) -> None:
    cast(yusuf, {1: "agree"})
    assert refusal(lambda: erase_votes(round_, by=convenor, **ACT)) == "ballot_unknown"


def refused(act: Any) -> bool:
    """Tell whether the database itself refuses."""
    with pytest.raises(IntegrityError, match="deletion_forbidden"), transaction.atomic():
        act()
    return True


def test_the_database_lets_nobody_delete_a_round_a_statement_a_voter_or_a_ballot(
    cast: CastVotes, yusuf: Person
) -> None:
    cast(yusuf, {1: "agree"})
    for model in (Ballot, Voter, Statement, Round):
        rows = model._default_manager.all()
        assert refused(lambda rows=rows: rows._raw_delete(rows.db))


@pytest.mark.parametrize(
    "change",
    [
        {"lines": "disagree 1"},
        {"name": "Somebody Else"},
        {"cast_at": day(9)},
        {"channel": "cli"},
        {"dedup_key": "x"},
        {"entry": None},
    ],
)
def test_the_database_lets_nobody_change_a_ballot(
    cast: CastVotes, yusuf: Person, change: dict[str, Any]
) -> None:
    cast(yusuf, {1: "agree"})
    assert refused(lambda: Ballot.objects.update(**change))


def test_the_entry_of_a_ballot_is_set_once(cast: CastVotes, yusuf: Person) -> None:
    cast(yusuf, {1: "agree"})
    assert refused(lambda: Ballot.objects.update(entry=Entry.objects.order_by("pk").first()))


def test_the_database_keeps_question_statement_and_end_of_a_round(
    cast: CastVotes, round_: Round, yusuf: Person
) -> None:
    assert refused(lambda: Round.objects.update(question="Another one"))
    assert refused(lambda: Round.objects.update(closes_at=day(3)))
    assert refused(lambda: Statement.objects.filter(place=1).update(text="Other words"))
    assert refused(lambda: Statement.objects.filter(place=1).update(place=7))


def test_the_database_keeps_a_final_result(cast: CastVotes, yusuf: Person) -> None:
    cast(yusuf, {1: "agree"})
    close_rounds(at=LATE)
    rows = Result.objects.all()
    assert refused(lambda: rows.update(body="{}"))
    assert refused(lambda: rows._raw_delete(rows.db))
