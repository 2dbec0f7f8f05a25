"""Contesting an outcome by mail alone: each letter holds what one needs to go on, and each mail is answered."""

from datetime import datetime

import pytest

from conftest import day
from consensus.conftest import SETTLED
from consensus.hearing import announced, appealed, empaneled, found_on, jurors, opine, seats_of, speak
from mail.example_mails import Postbox, answer, words
from talanoa.conf.clockwork import tick
from talanoa.consensus.actions.challenging import answer_challenge
from talanoa.consensus.actions.contesting import refuse_appeal
from talanoa.consensus.actions.empaneling import draw_panel
from talanoa.consensus.models import Call, Challenge, Designation, Opinion, PanelAppeal
from talanoa.contributions.models import Appeal
from talanoa.processes.models import Participant


@pytest.fixture
def designation(call: Call, voice: Participant, chair: Participant, postbox: Postbox) -> Designation:
    """Yusuf has the letter of the outcome."""
    speak(call, voice)
    made = found_on(call, chair)
    tick(at=SETTLED)
    return made


def to(postbox: Postbox, person: Participant) -> str:
    """The last letter to somebody."""
    return words(postbox.letters(person.person.address)[-1])


def say(postbox: Postbox, by: Participant, text: str, at: datetime) -> str:
    """Somebody answers the last letter that they got; the letter that answers them."""
    letter = postbox.letters(by.person.address)[-1]
    sender = f"{by.person.name} <{by.person.address}>"
    postbox.receive(answer(letter, text, sender=sender), at=at)
    return to(postbox, by)


def test_the_letter_of_the_outcome_says_how_to_challenge_it(
    designation: Designation, voice: Participant, postbox: Postbox
) -> None:
    told = to(postbox, voice)
    assert "challenge 1: (the number of the recommendation): (and why)" in " ".join(told.split())
    assert "/p/wg/calls/1/appeal/" in told


def test_a_challenge_and_its_answer_by_mail(
    designation: Designation, voice: Participant, chair: Participant, postbox: Postbox
) -> None:
    told = say(postbox, voice, "challenge 1: 1: it was never argued for.\nNobody asked us.", day(92))
    made = Challenge.objects.get()
    assert (made.designation, made.text) == (designation, "it was never argued for.\nNobody asked us.")
    assert "Your challenge has the number 1." in told
    tick(at=day(92))
    assert "Nobody asked us." in to(postbox, chair)
    answer_challenge(made, by=chair, outcome="kept", text="See wg-1.", at=day(93), channel="web")
    tick(at=day(93))
    told = " ".join(to(postbox, voice).split())
    made.refresh_from_db()
    assert made.answer_entry
    assert "Henrike Maas: See wg-1." in told
    assert f"“appeal entry {made.answer_entry.index}:”" in told


def test_a_challenge_names_one_recommendation(
    designation: Designation, voice: Participant, postbox: Postbox
) -> None:
    told = say(postbox, voice, "challenge 1: it was never argued for.", day(92))
    assert "Say which one recommendation you mean" in told
    assert not Challenge.objects.exists()


def test_an_appeal_by_mail_has_its_arguments_by_number(
    designation: Designation, voice: Participant, chair: Participant, clerk: Participant, postbox: Postbox
) -> None:
    assert designation.entry
    entry = designation.entry.index
    told = say(postbox, voice, f"Appeal entry {entry}:\n1: nobody asked.\n2: it was not there.", day(92))
    made = PanelAppeal.objects.get()
    assert [row.text for row in made.arguments.all()] == ["nobody asked.", "it was not there."]
    assert "Your appeal has the number 1" in told
    tick(at=day(92))
    assert "Say whether it is heard" in to(postbox, clerk)
    assert "people decide it who had no part in it" in to(postbox, chair)


def test_what_cannot_be_appealed_is_answered_with_what_can(
    designation: Designation, voice: Participant, postbox: Postbox
) -> None:
    told = say(postbox, voice, "appeal entry 3: no.", day(92))
    assert designation.entry
    assert f"appeal entry {designation.entry.index}: …" in told


def test_an_appeal_about_a_number_that_moderation_held_is_moderations(
    designation: Designation, voice: Participant, postbox: Postbox
) -> None:
    told = say(postbox, voice, "appeal 17: because", day(92))
    assert "Say which number you mean" in told
    assert not Appeal.objects.exists()


def test_another_stands_behind_it_by_one_word(
    call: Call, voice: Participant, second: Participant, chair: Participant, postbox: Postbox
) -> None:
    speak(call, voice)
    speak(call, second)
    made = appealed(found_on(call, chair), voice, day(92))
    tick(at=day(92))
    assert "you support appeal 1" in say(postbox, second, "second 1", day(93))
    assert [row.name for row in made.supporters.all()] == ["Sione Vea"]


def test_who_was_drawn_reads_the_numbers_and_answers_by_mail(
    designation: Designation, voice: Participant, clerk: Participant, postbox: Postbox
) -> None:
    made = appealed(designation, voice)
    jurors(made.process)
    first, second, third = empaneled(made, clerk)
    tick(at=day(97))
    told = to(postbox, first.participant)
    assert f"you are number {first.number} of the pool" in " ".join(told.split())
    assert "talanoa draw --method rfc3797 --pool 5" in told
    assert "Nobody asked those who are paid by the day." in told
    told = say(postbox, first.participant, "Overturn\n1: Nobody was asked.\n2: It is true.", day(98))
    assert "Your opinion counts." in told
    opinion = Opinion.objects.get()
    assert (opinion.outcome, opinion.reasons) == (
        "overturned",
        {"1": "Nobody was asked.", "2": "It is true."},
    )
    say(postbox, second.participant, "opinion 1: uphold\n1: They were asked.\n2: It was.", day(98))
    assert Opinion.objects.count() == 2
    told = say(postbox, third.participant, "overturn\n1: No.", day(98))
    assert "Each argument of the appeal gets your reasons" in told


def test_who_was_drawn_leaves_the_seat_by_mail_and_the_next_is_told(
    designation: Designation, voice: Participant, clerk: Participant, postbox: Postbox
) -> None:
    made = appealed(designation, voice)
    jurors(made.process)
    first, *_others = empaneled(made, clerk)
    tick(at=day(97))
    told = say(postbox, first.participant, "recuse 1: I work for the editor.", day(98))
    assert "The next of the draw takes the seat." in told
    tick(at=day(98))
    following = seats_of(made)[-1]
    assert "and came out at place 4" in " ".join(to(postbox, following.participant).split())


def test_all_parties_are_told_of_draw_and_decision(
    designation: Designation, voice: Participant, chair: Participant, clerk: Participant, postbox: Postbox
) -> None:
    made = appealed(designation, voice)
    jurors(made.process)
    announced(made, clerk)
    tick(at=day(95))
    for party in (voice, chair):
        assert "State lottery of Uruguay" in to(postbox, party)
        assert "  2. Tomás Rivera" in to(postbox, party)
    draw_panel(made, by=clerk, said=("1 2", "3"), at=day(97), channel="web")
    tick(at=day(97))
    members = seats_of(made)
    assert members[0].name in to(postbox, voice)
    for member in members:
        opine(made, member, "overturned", why="It was not argued for.")
    tick(at=day(98))
    for party in (voice, chair, clerk, members[0].participant):
        letters = [words(one) for one in postbox.letters(party.person.address)]
        assert any("The panel has decided appeal 1." in one for one in letters)
        assert any("is annulled" in one for one in letters)


def test_who_is_not_heard_reads_why_and_how_to_appeal_against_that(
    designation: Designation, voice: Participant, clerk: Participant, postbox: Postbox
) -> None:
    made = refuse_appeal(
        appealed(designation, voice), by=clerk, text="It names no breach.", at=day(95), channel="web"
    )
    tick(at=day(95))
    told = " ".join(to(postbox, voice).split())
    assert made.refusal_entry
    assert "It names no breach." in told
    assert f"“appeal entry {made.refusal_entry.index}:”" in told
