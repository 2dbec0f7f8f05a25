"""What came of a round: who sees it when, small groups untold, and that everybody finds their own ballot counted."""

import json
from hashlib import sha256
from pathlib import Path

import pytest

from command_line import refused, told
from conftest import day
from mail.example_mails import Postbox, words
from statements.conftest import ACT, BUDGET, LATE, PAY, CastVotes
from steps import new_entries
from talanoa.conf.clockwork import tick
from talanoa.lib.ballot_lines import check_word
from talanoa.lib.counted_votes import result_of
from talanoa.lib.published_votes import from_json
from talanoa.lib.receipts import parse
from talanoa.people.models import Person
from talanoa.processes.actions.roles import enter
from talanoa.processes.models import Participant
from talanoa.statements.actions.rounds import close_rounds, count_all_running
from talanoa.statements.actions.voting import erase_votes
from talanoa.statements.models import Ballot, Result, Round, Voter
from talanoa.statements.receipts import ballot_receipt
from talanoa.statements.results import Bar, Dot, shown
from web import Hands, Reader

ONE = "/p/nm/statements/1/"


@pytest.fixture(autouse=True)
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    return Hands(monkeypatch, day(3))


@pytest.fixture
def voted(cast: CastVotes, two: tuple[int, int], crowd: list[Person]) -> list[Person]:
    """Academia agrees on pay, the private sector does not, and all twelve agree on the budget."""
    for person in crowd:
        cast(person, {1: "agree" if person.group == "academia" else "disagree", 2: "agree"})
    return crowd


def test_a_running_round_is_counted_once_five_people_have_voted_and_again_after_five_more(
    cast: CastVotes, two: tuple[int, int], crowd: list[Person]
) -> None:
    for person in crowd[:4]:
        cast(person, {1: "agree"})
    assert count_all_running(at=day(2.1)) == 0
    cast(crowd[4], {1: "agree"})
    assert (count_all_running(at=day(2.1)), Result.objects.get().n_voters) == (1, 5)
    for person in crowd[5:9]:
        cast(person, {1: "disagree"}, at=day(2.2))
    assert (count_all_running(at=day(2.3)), Result.objects.get().n_voters) == (0, 5)
    cast(crowd[0], {1: "disagree"}, at=day(2.2))
    assert (count_all_running(at=day(2.3)), Result.objects.get().n_voters) == (1, 9)


def test_counting_what_runs_leaves_nothing_on_the_record(voted: list[Person]) -> None:
    assert new_entries(lambda: count_all_running(at=day(2.1))) == []


def test_nobody_sees_the_result_before_they_have_voted_or_the_round_is_over(
    voted: list[Person], sione: Person, cast: CastVotes, hands: Hands
) -> None:
    count_all_running(at=day(2.1))
    for reader in (Reader(), Reader(sione)):
        page = reader.open(f"{ONE}results/")
        assert ("You see it once you have voted" in page.text, PAY in page.text) == (True, False)
    cast(sione, {1: "pass"})
    assert "12 people voted. Counted so far:" in Reader(sione).open(f"{ONE}results/").text
    close_rounds(at=LATE)
    hands.turn_to(LATE)
    page = Reader().open(f"{ONE}results/")
    assert "13 people voted. The round is closed." in page.text


def test_the_table_goes_from_what_the_weakest_group_supports_to_what_divides(
    voted: list[Person], hands: Hands
) -> None:
    close_rounds(at=LATE)
    told_ = shown(Result.objects.get(), {1: PAY, 2: BUDGET}, {2: "agree"})
    assert [(row.number, row.weakest_group, row.vote_name) for row in told_.rows] == [
        (2, "Civil society", "Agree"),
        (1, "Civil society", ""),
    ]
    # Nobody of civil society voted, whom the charter names: a silent group surely supports nothing.
    assert [row.weakest for row in told_.rows] == [0, 0]
    page = Reader().open(f"{ONE}results/").text
    assert page.index(BUDGET) < page.index(PAY)


def test_the_picture_shows_what_the_table_says_and_nothing_of_what_is_withheld(
    cast: CastVotes, two: tuple[int, int], crowd: list[Person], hands: Hands
) -> None:
    for person in crowd[:11]:  # all but the one civil servant, of whose group nothing is told
        cast(person, {1: "agree" if person.group == "academia" else "disagree", 2: "agree"})
    close_rounds(at=LATE)
    hands.turn_to(LATE)
    dots = shown(Result.objects.get(), {}, {}).dots
    assert [(dot.number, dot.agree, dot.apart, dot.down) for dot in dots] == [
        (2, 100, 0, 100),
        (1, 55, 100, 0),
    ]
    assert 'cx="55" cy="0"' in Reader().client.get(f"{ONE}results/").content.decode()
    assert Dot(1, 0, 30).down == 70


def test_a_group_of_one_is_told_nowhere(voted: list[Person]) -> None:
    close_rounds(at=LATE)
    result = Result.objects.get()
    assert "government" not in {one.group for one in from_json(result.table).voters}
    rows = json.loads(result.body)["results"]
    assert "government" not in {cell["group"] for row in rows for cell in row["declared"]}


def test_a_bar_is_whole_and_of_too_few_there_is_none() -> None:
    bar = Bar("", "", 3, agree=33, disagree=33, passed=34)
    assert (bar.pass_from, bar.disagree_from) == (33, 67)


def test_the_files_hold_what_the_record_has_the_hashes_of_and_lead_to_each_other(
    round_: Round, voted: list[Person]
) -> None:
    reader = Reader()
    assert reader.client.get(f"{ONE}votes.json").status_code == 404
    [entry] = new_entries(lambda: close_rounds(at=LATE))
    votes, numbers = (reader.client.get(f"{ONE}{name}.json").content for name in ("votes", "result"))
    assert sha256(votes).hexdigest() == entry["table_sha256"]
    assert sha256(numbers).hexdigest() == entry["result_sha256"]
    assert result_of(from_json(votes.decode())).encode() == numbers


def test_a_voter_finds_their_row_by_the_receipt_alone(
    voted: list[Person], tmp_path: Path, hands: Hands
) -> None:
    close_rounds(at=LATE)
    hands.turn_to(LATE)
    ballot = Ballot.objects.get(voter__participant__person=voted[0])
    receipt = tmp_path / "receipt.txt"
    receipt.write_text(ballot_receipt(ballot), encoding="utf-8")
    found = told("statements", "check", "nm", receipt, "--as", voted[1].address)
    word = check_word(parse(receipt.read_text(encoding="utf-8")).salts["votes"])
    assert (found["check_word"], found["votes"]) == (word, "agree 1 2")
    page = Reader().open(f"{ONE}check/?word={word}")
    assert "Counted: agree 1 2" in page.text
    assert "Your row in the published table" in Reader(voted[0]).open(f"{ONE}check/").text
    assert "No row has this word." in Reader().open(f"{ONE}check/?word=abc").text


def test_only_the_last_receipt_leads_to_the_row(cast: CastVotes, voted: list[Person], tmp_path: Path) -> None:
    first = Ballot.objects.get(voter__participant__person=voted[0])
    cast(voted[0], {1: "pass"}, at=day(4))
    close_rounds(at=LATE)
    receipt = tmp_path / "receipt.txt"
    receipt.write_text(ballot_receipt(first), encoding="utf-8")
    asks = ("--as", voted[0].address)
    assert refused("statements", "check", "nm", receipt, *asks) == (3, "ballot_not_counted")
    receipt.write_text("no receipt", encoding="utf-8")
    assert refused("statements", "check", "nm", receipt, *asks) == (3, "receipt_unreadable")


def test_who_had_their_votes_erased_after_the_count_is_led_to_no_row(
    round_: Round, voted: list[Person], hands: Hands
) -> None:
    close_rounds(at=LATE)
    hands.turn_to(LATE)
    by = enter(round_.process, voted[0], at=LATE)
    erase_votes(round_, by=by, at=LATE, channel="web")
    assert "Your row" not in Reader(voted[0]).open(f"{ONE}check/").text


def test_the_secretariat_enters_a_ballot_from_paper_and_its_voter_gets_the_receipt(
    two: tuple[int, int], dalia: Participant, postbox: Postbox
) -> None:
    reader = Reader(dalia.person, in_office=True)
    reader.open(ONE)
    reader.follow("Enter a ballot from paper")
    said = {"name": "Ana Silva", "address": "ana@praia.example", "group": "academia"}
    page = reader.press("Enter the ballot", votes="1 agree\n2 perhaps", **said)
    assert "These lines are no votes: 2 perhaps." in page.text
    page = reader.press("Enter the ballot", votes="1 agree\n2 pass")
    assert "Entered." in page.text
    ballot = Ballot.objects.get()
    assert (ballot.lines, ballot.channel, ballot.entered_by) == ("agree 1; pass 2", "paper", dalia)
    tick(at=day(3))
    assert "The secretariat entered a ballot of yours from paper" in words(postbox.last("ana@praia.example"))


def test_votes_oneself_paper_does_not_replace_what_somebody_votes_by_themselves(
    cast: CastVotes, two: tuple[int, int], sione: Person, dalia: Participant
) -> None:
    cast(sione, {1: "agree"})
    reader = Reader(dalia.person, in_office=True)
    reader.open(f"{ONE}enter/")
    page = reader.press("Enter the ballot", name="Sione Vea", address=sione.address, votes="1 disagree")
    assert "votes_oneself" in page.text or "This person votes by themselves" in page.text
    assert Voter.objects.get().votes == "a"


def test_everybody_in_the_room_is_told_that_a_round_is_counted(voted: list[Person], postbox: Postbox) -> None:
    tick(at=LATE)
    tick(at=LATE)
    told_ = [one for one in postbox.letters(voted[0].address) if "Where the room agrees" in one["Subject"]]
    assert len(told_) == 1
    assert "/p/nm/statements/1/check/" in words(told_[0])


def test_what_is_erased_is_in_no_result(voted: list[Person], convenor: Participant) -> None:
    from talanoa.statements.actions.proposing import erase_proposed  # noqa: PLC0415 - for this one
    from talanoa.statements.models import Statement  # noqa: PLC0415 - as above

    close_rounds(at=LATE)
    erase_proposed(Statement.objects.get(place=1), by=convenor, ground="court_order", **ACT)
    page = Reader().open(f"{ONE}results/").text
    assert (PAY in page, "not shown" in page) == (False, True)
