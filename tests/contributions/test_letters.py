"""The letters of moderation: at once, complete, to the right person, and to nobody else."""

from pathlib import Path
from typing import Any

import pytest

from conftest import day
from mail.example_mails import Postbox, words
from talanoa.conf.clockwork import tick
from talanoa.contributions.actions.appealing import raise_appeal, rule_on_appeal
from talanoa.contributions.actions.moderating import (
    flag_contribution,
    hold_contribution,
    quarantine,
    reject_contribution,
    release_contribution,
)
from talanoa.contributions.models import Contribution
from talanoa.inputs.actions.erasing import erase_input
from talanoa.mail.actions import follow
from talanoa.processes.models import Participant

DONE: dict[str, Any] = {"at": day(2), "channel": "web"}


@pytest.fixture
def postbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Postbox:
    return Postbox(tmp_path, monkeypatch)


def newest(postbox: Postbox, address: str = "yusuf@garissa.example") -> tuple[str, str]:
    """Subject and words of the newest letter, after the clock ran."""
    tick(at=day(4))
    letter = postbox.last(address)
    assert max(map(len, words(letter).splitlines())) <= 90
    return letter["Subject"], " ".join(words(letter).split())


def test_who_is_held_learns_the_rule_the_role_and_how_to_appeal_until_when(
    postbox: Postbox, spoken: Contribution, dalia: Participant
) -> None:
    hold_contribution(spoken, by=dalia, reason="abuse", **DONE)
    subject, told = newest(postbox)
    assert subject == "Your contribution nm-1 is held"
    for part in (
        "The rule: It attacks a person. It threatens, insults or degrades somebody",
        "Not meant by it: disagreeing, however firmly",
        "This was decided by: Secretariat, on Wednesday 4 March 2026, 09:00 UTC.",
        "appeal until Wednesday 1 April 2026, 09:00 UTC: answer this mail with “appeal 1:” and why",
        "/p/nm/appeal/1/",
        "Another person than the one who decided looks again, the chair where there is one, within 14 days",
        "Nothing is deleted.",
        "/conduct/",
        "/p/nm/moderation/",
    ):
        assert part in told
    assert "Dalia" not in told


def test_who_is_rejected_reads_the_words_of_whoever_decided(
    postbox: Postbox, spoken: Contribution, convenor: Participant
) -> None:
    reject_contribution(spoken, by=convenor, reason="spam", text="It sells soap.", **DONE)
    subject, told = newest(postbox)
    assert subject == "Your contribution nm-1 is rejected"
    assert "This was decided by: Convenor" in told
    assert "They write: It sells soap." in told


def test_the_reason_told_is_that_of_the_act_even_when_it_was_undone_since(
    postbox: Postbox, spoken: Contribution, dalia: Participant
) -> None:
    hold_contribution(spoken, by=dalia, reason="spam", **DONE)
    release_contribution(spoken, by=dalia, **DONE)
    assert newest(postbox)[0] == "Your contribution nm-1 is shown"
    first = next(x for x in postbox.letters("yusuf@garissa.example") if "held" in x["Subject"])
    assert "The rule: It is advertising." in words(first)


def test_the_first_message_of_somebody_new_is_told_until_when_it_waits(
    postbox: Postbox, spoken: Contribution
) -> None:
    quarantine(spoken, until=day(2.25), **DONE)
    subject, told = newest(postbox)
    letters = [x["Subject"] for x in postbox.letters("yusuf@garissa.example")]
    assert "Your contribution nm-1 is held for a short time" in letters
    assert subject == "Your contribution nm-1 is shown"
    assert "This was decided by: the clock." in told


def test_an_appeal_is_told_to_those_who_may_decide_it_and_its_outcome_to_the_author(
    *,
    postbox: Postbox,
    spoken: Contribution,
    author: Participant,
    dalia: Participant,
    convenor: Participant,
    chair: Participant,
) -> None:
    hold_contribution(spoken, by=dalia, reason="abuse", **DONE)
    appeal = raise_appeal(spoken, by=author, text="CANARY-APPEAL", **DONE)
    subject, told = newest(postbox, chair.person.address)
    assert subject == "An appeal waits for you: nm-1"
    assert "until Wednesday 18 March 2026, 09:00 UTC" in told
    assert postbox.letters(convenor.person.address) == postbox.letters(dalia.person.address) == []
    rule_on_appeal(appeal, by=chair, outcome="overturned", reasons="It names nobody.", **DONE)
    subject, told = newest(postbox)
    assert subject == "Your appeal about nm-1 is decided"
    assert "nm-1 in “How should training be funded?” is shown again." in told
    assert "Chair, who had no part in it before. The reasons: It names nobody." in told
    assert "CANARY" not in "".join(letter.as_string() for letter in postbox.letters())


def test_a_flag_is_told_to_nobody_and_its_words_stand_in_no_letter(
    postbox: Postbox, spoken: Contribution, stranger: Participant, dalia: Participant
) -> None:
    follow(spoken.person, process_key="nm", level="own")  # the digest tells the entry, as the record does
    before = tick(at=day(2)).mails
    flag_contribution(spoken, by=stranger, reason="abuse", text="CANARY-FLAG", **DONE)
    assert (before, tick(at=day(3)).mails) == (1, 0)
    hold_contribution(spoken, by=dalia, reason="abuse", **DONE)
    newest(postbox)
    told = "".join(letter.as_string() for letter in postbox.letters())
    assert not [name for name in ("CANARY", "Lucía", "lucia") if name in told]


def test_what_was_erased_since_is_written_about_no_more(
    postbox: Postbox, spoken: Contribution, convenor: Participant
) -> None:
    tick(at=day(1))
    reject_contribution(spoken, by=convenor, reason="personal_data", text="CANARY-NUMBER", **DONE)
    erase_input(spoken.input, by=convenor, ground="personal_data", **DONE)
    tick(at=day(3))
    assert "CANARY" not in "".join(letter.as_string() for letter in postbox.letters())
