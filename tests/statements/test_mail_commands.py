"""Voting and proposing by mail: what counts, what is told, and that the desk reads no ballot."""

import pytest

from conftest import day
from mail.example_mails import Postbox, answer, mail, words
from statements.conftest import BUDGET, PAY, CastVotes, State
from steps import new_entries
from talanoa.conf.clockwork import tick
from talanoa.lib.receipts import parse
from talanoa.mail.models import OutgoingMessage, RawMessage
from talanoa.people.models import Person
from talanoa.processes.actions.roles import enter
from talanoa.statements.models import Ballot, Round, Statement, Voter
from talanoa.statements.queries import votes_of

LATER = day(2.1)
"""Not at once, as a machine answers."""


@pytest.fixture
def letter(two: tuple[int, int], round_: Round, yusuf: Person, postbox: Postbox) -> Postbox:
    """Yusuf has the letter that begins the round."""
    enter(round_.process, yusuf, at=day(2))
    tick(at=day(2))
    return postbox


def test_the_answer_to_the_letter_is_a_ballot_in_any_order(
    letter: Postbox, round_: Round, yusuf: Person
) -> None:
    letter.receive(answer(letter.last(), "2 disagree\n1 agree"), at=LATER)
    assert votes_of(round_, yusuf) == {1: "agree", 2: "disagree"}
    told = words(letter.last())
    assert "Your votes are counted." in told
    assert "  agree 1\n  disagree 2" in told
    assert parse(told).opened == {"voter": "Yusuf Abdi", "votes": "agree 1; disagree 2"}


def test_votes_between_the_quoted_lines_count_and_what_is_quoted_does_not(
    letter: Postbox, round_: Round, yusuf: Person
) -> None:
    letter.receive(answer(letter.last(), "> Do you agree?\n> 1 agree\n\nand 2, I do not know"), at=LATER)
    assert votes_of(round_, yusuf) == {1: "agree"}


def test_the_answer_to_a_receipt_changes_one_vote_and_leaves_the_others(
    letter: Postbox, round_: Round, yusuf: Person
) -> None:
    letter.receive(answer(letter.last(), "1 agree\n2 agree"), at=LATER)
    letter.receive(answer(letter.last(), "2 pass"), at=day(3))
    assert votes_of(round_, yusuf) == {1: "agree", 2: "pass"}
    assert [row.lines for row in Ballot.objects.all()] == ["agree 1 2", "pass 2"]


def test_the_same_mail_twice_is_one_ballot(letter: Postbox) -> None:
    raw = answer(letter.last(), "1 agree")
    letter.receive(raw, at=LATER)
    assert new_entries(lambda: letter.receive(raw, at=LATER)) == []


def test_a_mail_with_the_one_word_vote_brings_ten_statements(letter: Postbox) -> None:
    letter.receive(answer(letter.last(), "vote"), at=LATER)
    assert all(line in words(letter.last()) for line in (f"1  {PAY}\n", f"2  {BUDGET}\n"))
    letter.receive(answer(letter.last(), "1 agree"), at=day(3))
    assert PAY not in words(letter.last()).partition("Talanoa receipt")[0]


def test_a_line_that_cannot_be_read_is_told_and_the_others_count(
    letter: Postbox, round_: Round, yusuf: Person
) -> None:
    letter.receive(answer(letter.last(), "1 agree\n2 agre"), at=LATER)
    assert votes_of(round_, yusuf) == {1: "agree"}
    assert "could not be read as votes, and nothing came of them:\n  2 agre" in words(letter.last())


@pytest.mark.parametrize("text", ["9 agree", "1 agre"])
def test_what_is_wrong_with_a_ballot_is_told_to_its_sender_and_the_desk_reads_nothing(
    letter: Postbox, text: str
) -> None:
    letter.receive(answer(letter.last(), text), at=LATER)
    assert letter.last()["Subject"] == "Your votes were not counted"
    assert not RawMessage.objects.for_hand("nm").exists()
    assert not Voter.objects.exists()


def test_an_observer_is_told_by_mail_too_that_they_have_no_vote(
    letter: Postbox, yusuf: Person, round_: Round, convenor: object
) -> None:
    from talanoa.processes.actions.roles import give_role  # noqa: PLC0415 - for this one
    from talanoa.processes.models import Role  # noqa: PLC0415 - as above

    give_role(round_.process, yusuf, role=Role.OBSERVER, by=convenor, at=day(2), channel="web")  # type: ignore[arg-type]
    letter.receive(answer(letter.last(), "1 agree"), at=LATER)
    assert "observer_has_no_voice" in words(letter.last())


def test_a_mail_from_an_address_that_nobody_proved_casts_nothing(letter: Postbox) -> None:
    got = letter.receive(mail("vote: 1 agree"), at=LATER)
    assert got.code == "not_allowed"
    assert not Voter.objects.exists()


def test_after_the_end_a_ballot_is_told_that_it_came_too_late(letter: Postbox) -> None:
    letter.receive(answer(letter.last(), "1 agree"), at=day(23))
    assert "round_closed" in words(letter.last())
    assert not Voter.objects.exists()


def test_somebody_proposes_by_mail_and_signs_below(letter: Postbox) -> None:
    got = letter.receive(
        answer(letter.last(), "propose: Trainers should come\nfrom the region.\n\nBest,\nYusuf"), at=day(2)
    )
    assert (got.number, Statement.objects.get(place=3).text) == (3, "Trainers should come from the region.")
    assert "Everybody can vote on it." in words(letter.last())


def test_who_is_not_known_proposes_and_confirms(round_: Round, postbox: Postbox) -> None:
    postbox.receive(mail("propose: Trainers should come from the region."), at=LATER)
    assert Statement.objects.get().contribution.state == "unconfirmed"
    postbox.receive(answer(postbox.last(), "confirm"), at=LATER)
    assert Statement.objects.get().contribution.state == "published"


def test_a_near_copy_is_refused_by_mail_and_comes_in_as_another_idea(letter: Postbox) -> None:
    near = PAY.replace("day", "hour")
    assert letter.receive(answer(letter.last(), f"propose: {near}"), at=LATER).code == "statement_similar"
    assert letter.receive(answer(letter.last(), f"differs: {near}"), at=LATER).number == 3


def test_one_takes_all_votes_back_by_mail_and_the_mails_forget_them_too(
    letter: Postbox, round_: Round, yusuf: Person
) -> None:
    letter.receive(answer(letter.last(), "1 agree\n2 disagree"), at=LATER)
    letter.receive(answer(letter.last(), "unvote"), at=day(3))
    assert votes_of(round_, yusuf) == {}
    kept = [bytes(row.data) for row in RawMessage.objects.all()]
    sent = [row.text for row in OutgoingMessage.objects.filter(to=yusuf.address)]
    assert not any(b"2 disagree" in data for data in kept)
    assert not any("disagree 2" in text for text in sent)
    assert not any(b"disagree 2" in path.read_bytes() for path in letter.files())


def test_a_mail_and_a_page_leave_the_same_on_the_record(
    letter: Postbox, cast: CastVotes, round_: Round, lucia: Person
) -> None:
    [by_mail] = new_entries(lambda: letter.receive(answer(letter.last(), "1 agree"), at=LATER))
    enter(round_.process, lucia, at=day(2))
    [by_web] = new_entries(lambda: cast(lucia, {1: "agree"}, at=LATER))
    assert by_mail | {"ch": "web"} == by_web


def test_a_statement_that_would_vote_in_a_quote_never_comes_into_a_letter(
    state: State, yusuf: Person
) -> None:
    from talanoa.kernel.errors import RuleBroken  # noqa: PLC0415 - for this one

    with pytest.raises(RuleBroken, match="read as a vote"):
        state(yusuf, "agree 1 agree 2 agree")
