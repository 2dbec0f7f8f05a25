"""Votes as people write them in a mail, and the one form in which a ballot is kept."""

import hashlib

import pytest

from talanoa.lib.ballot_lines import check_word, read, reads_as_vote, written


@pytest.mark.parametrize(
    ("text", "votes"),
    [
        ("17 agree", {17: "agree"}),
        ("17 agree\n3 pass\n18 DISAGREE.", {17: "agree", 3: "pass", 18: "disagree"}),
        ("nm-17: a, #18 d; 19=p", {17: "agree", 18: "disagree", 19: "pass"}),
        ("17. yes\n18) no", {17: "agree", 18: "disagree"}),
        ("> 17 agree\n> > 18 pass", {17: "agree", 18: "pass"}),
        ("17 agree\n17 disagree", {17: "disagree"}),
        ("Dear all,\n\n  17   agree  \n\nBest\nYusuf", {17: "agree"}),
    ],
)
def test_votes_are_read_in_any_order_quoted_or_not(text: str, votes: dict[int, str]) -> None:
    assert read(text).votes == votes


@pytest.mark.parametrize(
    "text",
    [
        "17  Pass the law",
        "> 17  The state should agree",
        "agree 17 19; disagree 20",
        "19; disagree 20; pass 18",
        "I agree with 17",
        "> 17 a",
        "17",
        "1234567890 agree",
    ],
)
def test_a_line_in_which_anything_else_stands_is_no_vote(text: str) -> None:
    assert read(text).votes == {}


def test_what_looks_like_a_vote_and_is_none_is_told() -> None:
    assert read("17 agre\n18 agree\n> 19 maybe").unread == ("17 agre",)


@pytest.mark.parametrize("text", ["agree 18 agree", "We ask for 18: pass it", "18 DISAGREE"])
def test_a_text_that_a_mail_program_could_break_into_a_vote_reads_as_one(text: str) -> None:
    assert reads_as_vote(text)


@pytest.mark.parametrize("text", ["By 2030 a fund pays.", "We agree on 18.", "18 passengers fit."])
def test_other_texts_with_numbers_do_not(text: str) -> None:
    assert not reads_as_vote(text)


def test_a_ballot_has_one_form_whatever_the_order_and_it_is_no_line_of_votes() -> None:
    told = written({19: "agree", 18: "disagree", 17: "agree"})
    assert told == written({17: "agree", 18: "disagree", 19: "agree"}) == "agree 17 19; disagree 18"
    assert read(told).votes == {}


def test_the_check_word_is_made_as_a_voter_would_make_it() -> None:
    salt = bytes(range(32))
    assert check_word(salt) == hashlib.sha256(b"talanoa check word\n" + salt).hexdigest()[:16]
