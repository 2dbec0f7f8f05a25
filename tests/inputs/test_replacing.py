"""Replacing and erasing an input: numbers and proofs stay; part of inputs/actions."""

from collections.abc import Callable
from typing import Any

import pytest

from conftest import START, day
from steps import line, new_entries, refusal
from talanoa.contributions.actions.appealing import raise_appeal, rule_on_appeal
from talanoa.contributions.actions.erasing import ERASURE_GROUNDS
from talanoa.contributions.actions.moderating import flag_contribution, reject_contribution
from talanoa.contributions.actions.standing import author_of, confirm, withdraw
from talanoa.contributions.models import Assurance, Authorship, Contribution, Flag, ModerationAct
from talanoa.inputs.actions.erasing import erase_input
from talanoa.inputs.actions.receiving import Words, supersede_input
from talanoa.inputs.models import Input, Original
from talanoa.kernel.errors import NotAllowed
from talanoa.people.models import Person
from talanoa.processes.actions.roles import enter
from talanoa.processes.models import SYSTEM, Participant
from talanoa.record.auditing import audit
from talanoa.record.models import Log

Send = Callable[..., Input]
State = Contribution.State


def replace(
    old: Input, by: Participant, text: str = "On second thoughts: in shillings.", **other: Any
) -> Input:
    facts: dict[str, Any] = {"dedup_key": f"again-{text}", "channel": "web", "at": day(2)} | other
    return supersede_input(old, by=by, words=Words(title="", text=text), **facts)


def erase(made: Input, by: Any, ground: str = "author_request") -> Input:
    return erase_input(made, by=by, ground=ground, at=day(2), channel="web")


def test_a_replacement_is_an_input_of_its_own_that_names_the_first(
    send: Send, yusuf: Person, author: Participant
) -> None:
    old = send(yusuf)
    told = new_entries(lambda: replace(old, author))
    assert told == [
        line(
            "input.received.1",
            r="participant",
            at=day(2),
            n=2,
            stage="input",
            state="published",
            assurance="proven",
            entered=0,
            replaces=1,
            file_sha256="-",
        )
    ]
    old.contribution.refresh_from_db()
    assert (old.contribution.state, old.contribution.reason, old.contribution.is_public) == (
        State.SUPERSEDED,
        "",
        True,
    )


def test_a_replacement_is_shown_as_the_first_was(send: Send, lucia: Person) -> None:
    old = send(lucia, publication="group_only")
    lucia.name, lucia.organization = "Somebody else", "Another network"
    lucia.save()
    new = replace(old, enter(old.stage.process, lucia, at=day(2))).contribution
    assert (new.publication, new.authorship.name, new.authorship.organization) == (
        "group_only",
        "Lucía Pereira",
        "Red del Sur",
    )


def test_what_its_author_never_confirmed_stays_unseen_when_it_is_replaced(
    send: Send, yusuf: Person, author: Participant
) -> None:
    old = send(yusuf, author=author_of(yusuf, assurance=Assurance.CLAIMED))
    new = replace(old, author)
    assert new.contribution.state == State.UNCONFIRMED
    old.contribution.refresh_from_db()
    assert (old.contribution.state, list(Contribution.objects.visible_to(None))) == (State.SUPERSEDED, [])


def test_who_confirmed_the_first_need_not_confirm_the_second(
    send: Send, yusuf: Person, author: Participant
) -> None:
    old = send(yusuf, author=author_of(yusuf, assurance=Assurance.CLAIMED))
    confirm(old.contribution, by=author, at=day(2), channel="mail")
    new = replace(old, author).contribution
    assert (new.state, new.authorship.assurance) == (State.PUBLISHED, Assurance.PROVEN)


def test_an_interview_that_was_corrected_by_its_subject_is_shown_in_their_words_only(
    send: Send, dalia: Participant, yusuf: Person, author: Participant
) -> None:
    entered = {"author": author_of(yusuf, assurance=Assurance.ENTERED), "source": "interview"}
    old = send(dalia.person, "He wants dollars.", **entered)
    new = replace(old, author, "I want shillings.")
    assert list(Input.objects.visible_to(None)) == [new]


def test_the_same_replacement_twice_is_one(send: Send, yusuf: Person, author: Participant) -> None:
    old = send(yusuf)
    first = replace(old, author)
    assert new_entries(lambda: replace(old, author)) == []
    assert replace(old, author) == first


@pytest.mark.parametrize("state", [s for s in State if s not in {State.PUBLISHED, State.UNCONFIRMED}])
def test_what_no_longer_stands_cannot_be_replaced(
    send: Send, yusuf: Person, author: Participant, state: str
) -> None:
    old = send(yusuf)
    Contribution.objects.update(state=state)
    assert refusal(lambda: replace(old, author)) == "wrong_state"


def test_after_the_call_nothing_is_replaced(send: Send, yusuf: Person, author: Participant) -> None:
    old = send(yusuf)
    assert refusal(lambda: replace(old, author, at=day(41))) == "call_closed"
    old.contribution.refresh_from_db()
    assert old.contribution.state == State.PUBLISHED


def test_a_replacement_has_words(send: Send, yusuf: Person, author: Participant) -> None:
    old = send(yusuf)
    assert refusal(lambda: replace(old, author, " ")) == "text_empty"


def test_nobody_replaces_somebody_else_s_words(
    send: Send, yusuf: Person, convenor: Participant, nino: Participant
) -> None:
    old = send(yusuf)
    for other in (convenor, enter(nino.process, yusuf, at=START)):
        with pytest.raises(NotAllowed):
            replace(old, other)


@pytest.mark.parametrize("ground", ERASURE_GROUNDS)
def test_an_erasure_stands_on_the_record_with_ground_and_end_of_appeal(
    filed: Input, convenor: Participant, ground: str
) -> None:
    told = new_entries(lambda: erase(filed, convenor, ground))
    entry = filed.contribution.entry
    assert entry
    assert told == [
        line(
            "redaction.made.1",
            r="convenor",
            at=day(2),
            n=1,
            entry=entry.index,
            ground=ground,
            fields="author,country,file_sha256,organization,text_sha256,title",
            appeal_until="2026-04-01",
        )
    ]


def test_erasing_empties_words_file_and_author_and_every_proof_stays(
    log: Log, filed: Input, convenor: Participant
) -> None:
    erase(filed, convenor)
    words = Input.objects.values_list("title", "text", "keywords", "as_given").get()
    file, author = Original.objects.get(), Authorship.objects.get()
    assert words == ("", "", [], {})
    assert (file.filename, bytes(file.data), file.notes, file.sha256) == ("", b"", [], "-")
    assert (author.name, author.organization, author.country, author.mandate) == ("", "", "", "")
    assert audit(log).wrong == []


def test_after_an_erasure_nobody_can_test_a_guess(filed: Input, convenor: Participant) -> None:
    guess = filed.contribution.dedup_key
    erase(filed, convenor)
    kept = Contribution.objects.get()
    assert (kept.state, kept.reason, kept.dedup_key == guess, kept.number) == (
        State.ERASED,
        "author_request",
        False,
        1,
    )


def test_a_withdrawn_input_can_still_be_erased(
    filed: Input, author: Participant, convenor: Participant
) -> None:
    withdraw(filed.contribution, by=author, at=day(2), channel="web")
    assert len(new_entries(lambda: erase(filed, convenor))) == 1


def test_content_is_erased_once_and_on_a_listed_ground(filed: Input, convenor: Participant) -> None:
    assert refusal(lambda: erase(filed, convenor, "embarrassing")) == "ground_unknown"
    erase(filed, convenor)
    assert refusal(lambda: erase(filed, convenor)) == "wrong_state"


def test_nobody_but_the_convenor_erases(
    *, filed: Input, author: Participant, dalia: Participant, chair: Participant, nino: Participant
) -> None:
    for other in (author, dalia, chair, nino, SYSTEM):
        with pytest.raises(NotAllowed):
            erase(filed, other)


def test_what_was_said_when_it_was_moderated_goes_with_the_words(
    *, send: Send, yusuf: Person, convenor: Participant, dalia: Participant, lucia: Person, log: Log
) -> None:
    sent = send(yusuf)
    contribution, told = sent.contribution, {"at": day(2), "channel": "web"}
    flagger = enter(contribution.process, lucia, at=day(2))
    author = enter(contribution.process, contribution.person, at=day(2))
    flag_contribution(contribution, by=flagger, reason="abuse", text="CANARY", **told)
    reject_contribution(contribution, by=dalia, reason="abuse", text="CANARY", **told)
    appeal = raise_appeal(contribution, by=author, text="CANARY", **told)
    rule_on_appeal(appeal, by=convenor, outcome="upheld", reasons="CANARY", **told)
    erase_input(sent, by=convenor, ground="personal_data", **told)
    left = [Flag.objects.get().text, ModerationAct.objects.get().text]
    appeal.refresh_from_db()
    assert [*left, appeal.text, appeal.reasons] == [""] * 4
    assert audit(log).holds
