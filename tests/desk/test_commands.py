"""The issue desk on the command line."""

import pytest

from command_line import refused, told
from desk.conftest import Bring
from talanoa.desk.models import Issue, Referral
from talanoa.people.models import Person
from talanoa.registry.models import Body

AMINA, YUSUF = ("--as", "amina@talanoa.example"), ("--as", "yusuf@garissa.example")


def test_an_issue_is_brought_listed_and_answered(
    bring: Bring, yusuf: Person, amina: Person, forum: Body
) -> None:
    made = told("issue", "bring", "--title", "Cables", "--text", "Nobody looks.", *YUSUF)
    assert made["number"] == 1
    waiting = told("issue", "list", *AMINA)["issues"]
    assert [(row["number"], row["title"], row["outcome"], row["overdue"]) for row in waiting] == [
        (1, "Cables", "", False)
    ]
    said = told("issue", "answer", 1, "refer", "--body", "forum", "--text", "They do it.", *AMINA)
    assert said == {"number": 1, "answer": 1, "outcome": "refer"}
    told("issue", "heard", 1, "--text", "We do.", *AMINA)
    assert Referral.objects.get().reply == "We do."
    assert told("issue", "reply", 1, "--text", "They told me no.", *YUSUF) == {"number": 1}
    again = told("issue", "reconsider", 1, "decline", "--text", "Then nobody.", *AMINA)
    assert again == {"number": 1, "answer": 2, "outcome": "decline"}
    assert told("issue", "erase", 1, "--ground", "court_order", *AMINA) == {"number": 1, "state": "erased"}


def test_what_waits_is_listed_first_and_what_is_overdue_says_so(
    bring: Bring, yusuf: Person, amina: Person
) -> None:
    bring(yusuf, "One.", title="One")
    bring(yusuf, "Two.", title="Two")
    told("issue", "answer", 1, "decline", "--text", "No.", *AMINA)
    rows = told("issue", "list", *AMINA)["issues"]
    assert [(row["title"], row["overdue"]) for row in rows] == [("Two", True), ("One", False)]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("answer", 7, "decline", "--text", "No.", *AMINA), (3, "number_unknown")),
        (("answer", 1, "decline", "--text", "No.", *YUSUF), (4, "not_allowed")),
        (("heard", 1, "--text", "We do.", *AMINA), (3, "issue_unanswered")),
    ],
)
def test_a_refusal_has_its_code(
    bring: Bring, yusuf: Person, amina: Person, words: tuple[object, ...], code: tuple[int, str]
) -> None:
    bring(yusuf)
    assert refused("issue", *words) == code
    assert Issue.objects.get().newest_answer is None


def test_what_was_referred_to_nobody_has_no_answer_of_a_body(
    bring: Bring, yusuf: Person, amina: Person
) -> None:
    bring(yusuf)
    told("issue", "answer", 1, "decline", "--text", "No.", *AMINA)
    assert refused("issue", "heard", 1, "--text", "We do.", *AMINA) == (3, "body_missing")
