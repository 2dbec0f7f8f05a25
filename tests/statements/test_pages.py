"""The pages of a round: what somebody does on them without scripts, what they show to whom, what they weigh."""

import gzip
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from conftest import day
from mail.example_mails import Postbox, words
from statements.conftest import BUDGET, PAY, QUESTION, CastVotes, State
from talanoa.conf.clockwork import tick
from talanoa.contributions.actions.moderating import hold_contribution
from talanoa.contributions.models import Authorship
from talanoa.people.models import Person
from talanoa.processes.models import Participant, Process
from talanoa.record.models import Entry
from talanoa.statements.models import Ballot, Round, Statement, Voter
from web import Hands, Reader

ALL, ONE = "/p/nm/statements/", "/p/nm/statements/1/"
LIMIT = 14_000


@pytest.fixture(autouse=True)
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    return Hands(monkeypatch, day(2))


def test_the_convenor_opens_a_round_and_proposes_the_first_statement(
    process: Process, convenor: Participant
) -> None:
    reader = Reader(convenor.person, in_office=True)
    reader.open("/p/nm/")
    reader.follow("Statements")
    reader.follow("Open a round")
    page = reader.press("Open the round", question=QUESTION, days="7")
    assert f"{QUESTION} Say of each statement" in page.text
    reader.follow("Propose a statement")
    page = reader.press("Propose it", text=PAY)
    assert "nm-1" in page.text
    assert "A statement of the convenor" in reader.follow("See it on its page").text


@pytest.mark.usefixtures("two")
def test_somebody_votes_statement_by_statement_with_three_buttons(round_: Round, sione: Person) -> None:
    reader = Reader(sione)
    reader.open(ONE)
    reader.follow("Vote")
    asked = [reader.page.text]
    reader.press("Agree")
    asked.append(reader.page.text)
    page = reader.press("Pass")
    assert "You voted on everything" in page.text
    assert sorted(PAY in text for text in asked) == [False, True]
    assert "2 left" in asked[0]
    assert "1 left" in asked[1]
    assert sorted(Voter.objects.get().votes) == ["a", "p"]


@pytest.mark.usefixtures("two")
def test_somebody_changes_a_vote_and_sees_it_on_their_own_page_alone(
    round_: Round, sione: Person, lucia: Person
) -> None:
    reader = Reader(sione)
    reader.open(f"{ALL}n/1/")
    reader.follow("Vote on it")
    reader.press("Agree")
    reader.open(f"{ALL}n/1/")
    reader.follow("Change your vote")
    assert "You said: Agree" in reader.page.text
    reader.press("Disagree")
    page = reader.open(f"{ONE}mine/")
    assert "disagree 1" in page.text
    assert Voter.objects.get().votes == "d"
    assert "You have no votes in this round" in Reader(lucia).open(f"{ONE}mine/").text
    for path in (ONE, f"{ALL}n/1/"):
        assert "Disagree" not in Reader(lucia).open(path).text


@pytest.mark.usefixtures("two")
def test_somebody_votes_on_ten_at_once_and_leaves_one_open(round_: Round, sione: Person) -> None:
    reader = Reader(sione)
    reader.open(ONE)
    reader.follow("Vote on ten at once")
    page = reader.press("Cast these votes", vote_2="disagree")
    assert "You voted on 1 statement." in page.text
    assert (PAY in page.text, BUDGET in page.text) == (True, False)
    assert [row.lines for row in Ballot.objects.all()] == ["disagree 2"]


@pytest.mark.usefixtures("two")
def test_a_ballot_that_holds_nothing_says_so_beside_the_button(round_: Round, sione: Person) -> None:
    reader = Reader(sione)
    reader.open(f"{ONE}ballot/")
    assert "The ballot holds no vote." in reader.press("Cast these votes").text


@pytest.mark.usefixtures("two")
def test_the_receipt_of_a_ballot_verifies_and_nobody_else_gets_it(
    cast: CastVotes, sione: Person, lucia: Person, convenor: Participant
) -> None:
    cast(sione, {1: "agree"})
    path = f"{ONE}mine/1/receipt.txt"
    reader = Reader(sione)
    got = reader.client.get(path).content.decode()
    assert "votes: agree 1" in got
    for other in (Reader(lucia), Reader(convenor.person, in_office=True)):
        assert other.client.get(path).status_code == 404


@pytest.mark.usefixtures("two")
def test_somebody_takes_all_votes_back(cast: CastVotes, sione: Person) -> None:
    cast(sione, {1: "agree"})
    reader = Reader(sione)
    reader.open(f"{ONE}mine/")
    assert "Your votes are erased." in reader.press("Erase all my votes").text
    assert Voter.objects.get().votes == ""
    assert "erased" in reader.open(f"{ONE}mine/").text


@pytest.mark.usefixtures("two")
def test_who_is_not_signed_in_is_asked_to_and_casts_nothing(round_: Round) -> None:
    for path in ("vote/", "ballot/", "mine/"):
        assert Client().get(f"{ONE}{path}")["Location"].startswith("/account/login/")
    assert Client().post(f"{ONE}vote/", {"number": 1, "vote": "agree", "once": "a"}).status_code == 302
    assert not Ballot.objects.exists()


@pytest.mark.usefixtures("two")
def test_an_observer_is_told_why_they_have_no_vote(round_: Round, observer: Participant) -> None:
    reader = Reader(observer.person)
    reader.open(f"{ONE}vote/")
    page = reader.press("Agree")
    assert (reader.status, "observer_has_no_voice" in page.text) == (409, True)


@pytest.mark.usefixtures("two")
def test_near_copies_are_shown_and_their_author_can_say_that_they_mean_something_else(
    round_: Round, sione: Person
) -> None:
    reader = Reader(sione)
    reader.open(f"{ONE}propose/")
    page = reader.press("Propose it", text=PAY.replace("day", "hour"))
    assert "Number nm-1 says nearly this." in page.text
    page = reader.press("Propose it", differs="on")
    assert "nm-3" in page.text


def test_a_visitor_proposes_and_confirms_by_mail(round_: Round, postbox: Postbox) -> None:
    reader = Reader()
    reader.open(f"{ONE}propose/")
    page = reader.press(
        "Propose it", text=PAY, name="Ana Silva", address="ana@praia.example", group="academia"
    )
    assert "It is held until you confirm it" in page.text
    assert Statement.objects.get().contribution.state == "unconfirmed"
    tick(at=day(2))
    assert "Your statement in" in words(postbox.last("ana@praia.example"))


def test_everybody_in_the_room_is_told_once_and_their_answer_is_a_ballot(
    state: State, lucia: Person, yusuf: Person, postbox: Postbox
) -> None:
    state(lucia)
    state(yusuf, BUDGET)
    tick(at=day(2))
    tick(at=day(2))
    told = [one for one in postbox.letters("yusuf@garissa.example") if "vote" in one["Subject"]]
    assert len(told) == 1
    assert f"1  {PAY}" in words(told[0])


@pytest.mark.usefixtures("two")
def test_what_is_held_keeps_its_number_and_no_reader_reads_its_words(
    round_: Round, sione: Person, dalia: Participant
) -> None:
    hold_contribution(
        Statement.objects.get(place=1).contribution, by=dalia, reason="abuse", at=day(2), channel="web"
    )
    for reader in (Reader(), Reader(sione)):
        for path in (ONE, f"{ALL}n/1/"):
            page = reader.open(path)
            assert (PAY in page.text, "Held: It attacks a person" in page.text) == (False, True)
    assert PAY not in Reader(sione).open(f"{ONE}vote/").text


def test_after_the_end_the_page_says_so_and_the_desk_closes_it(
    round_: Round, hands: Hands, chair: Participant
) -> None:
    hands.turn_to(day(22))
    reader = Reader(chair.person, in_office=True)
    assert "Its time is over." in reader.open(ONE).text
    assert "The round is closed and counted." in reader.press("Close and count it now").text
    assert Reader(chair.person).client.get(f"{ONE}propose/").status_code == 409


@pytest.mark.usefixtures("two")
def test_the_convenor_erases_a_statement_and_its_author_takes_one_back(
    round_: Round, convenor: Participant, sione: Person
) -> None:
    reader = Reader(convenor.person, in_office=True)
    reader.open(f"{ALL}n/1/")
    assert "Its content was erased." in reader.press("Erase the content", ground="court_order").text
    author = Reader(sione)
    author.open(f"{ALL}n/2/")
    assert "Number and receipt stay on the record." in author.press("Withdraw it").text
    assert "Its author took it back." in Reader().open(f"{ALL}n/2/").text


def test_my_data_hold_my_votes_and_those_of_nobody_else(
    cast: CastVotes, two: tuple[int, int], sione: Person, lucia: Person
) -> None:
    cast(sione, {1: "agree"})
    got = Reader(sione).client.get("/me/data.json").json()
    told = {"process": "nm", "round": 1, "votes": "agree 1", "channel": "web"}
    assert [{name: row[name] for name in told} for row in got["votes"]] == [told]
    assert Reader(lucia).client.get("/me/data.json").json()["votes"] == []


def queries(reader: Reader, path: str) -> int:
    reader.client.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert reader.client.get(path).status_code == 200
    return len(asked)


TEXTS = (
    "Trainers should come from the region.",
    "Courses should take place in the evening.",
    "A fee keeps the wrong people away.",
    "Every course needs a certificate.",
)


@pytest.mark.parametrize("path", [ONE, f"{ONE}vote/", f"{ONE}ballot/", f"{ONE}mine/"])
def test_more_statements_and_voters_cost_no_more_queries(
    *, state: State, cast: CastVotes, sione: Person, crowd: list[Person], convenor: Participant, path: str
) -> None:
    state(convenor.person)
    state(convenor.person, BUDGET)
    cast(sione, {1: "agree"})
    reader = Reader(sione)
    few = queries(reader, path)
    for text in TEXTS:
        state(convenor.person, text)
    cast(sione, {3: "agree", 4: "pass"})
    for person in crowd[:3]:
        cast(person, {1: "agree", 4: "disagree"})
    assert queries(reader, path) <= few


def test_a_statement_is_text_and_never_markup(state: State, yusuf: Person) -> None:
    state(yusuf, "Pay <b onx=1>them</b> by the day.")
    Authorship.objects.update(name="<b onx=2>Y")
    for path in (ONE, f"{ALL}n/1/"):
        assert b"<b onx" not in Client().get(path).content


def test_pages_for_voting_weigh_little(state: State, convenor: Participant, sione: Person) -> None:
    for text in TEXTS:
        state(convenor.person, text)
    reader = Reader(sione)
    sizes = [
        len(gzip.compress(reader.client.get(f"{ONE}{path}").content)) for path in ("vote/", "ballot/", "")
    ]
    assert max(sizes) < LIMIT


def test_reading_changes_nothing(two: tuple[int, int], sione: Person) -> None:
    reader, before = Reader(sione), Entry.objects.count()
    for path in (ALL, ONE, f"{ONE}vote/", f"{ONE}ballot/", f"{ONE}mine/", f"{ALL}n/1/"):
        got: Any = reader.client.get(path)
        assert got.status_code == 200
    assert (Entry.objects.count(), Voter.objects.count()) == (before, 0)
