"""A consensus call by mail alone: the letter holds all that one needs, and each answer is answered."""

from datetime import datetime

import pytest

from conftest import day
from consensus.conftest import CALLED, FOUND, SETTLED
from mail.example_mails import LUCIA, Postbox, answer, mail, words
from steps import COMMENTED_ON, DRAFT
from talanoa.conf.clockwork import tick
from talanoa.consensus.actions.calling import open_call
from talanoa.consensus.actions.designating import designate
from talanoa.consensus.actions.handling import answer_objection
from talanoa.consensus.models import Call, MinorityStatement, Objection
from talanoa.drafts.actions.writing import begin_draft, revise_draft
from talanoa.processes.models import Participant

NEXT_DAY = day(COMMENTED_ON + 1)
OBJECTION = """1: objection, evidence: Nobody has counted the hours.
In the north they are longer.
Resolve: Count them for one year.
2: I support it"""


@pytest.fixture
def asked(call: Call, voice: Participant, postbox: Postbox) -> Call:
    """Yusuf has the letter of the call."""
    tick(at=CALLED)
    return call


def say(postbox: Postbox, text: str, at: datetime = NEXT_DAY) -> str:
    """Yusuf answers the last letter that he got; the letter that answers him."""
    postbox.receive(answer(postbox.last(), text), at=at)
    return words(postbox.last())


def stand(call: Call) -> list[tuple[int, str, str]]:
    rows = call.positions.newest().order_by("recommendation")
    return [(row.recommendation, row.option, row.reason) for row in rows]


def test_the_letter_of_a_call_holds_question_text_hash_and_how_to_answer(
    asked: Call, postbox: Postbox
) -> None:
    letter = postbox.last()
    told = words(letter)
    assert str(letter["Subject"]) == "Consensus call 1: where do you stand?"
    for part in (
        asked.question,
        "Recommendation 2. Publish the budget each year.",
        asked.revision.sha256,
        "support",
    ):
        assert part in told
    assert len(bytes(letter)) < 20_000


def test_one_word_is_a_position(asked: Call, postbox: Postbox) -> None:
    told = say(postbox, "I can live with it")
    assert stand(asked) == [(0, "live_with", "")]
    assert "The whole text: I can live with it" in told


def test_who_objects_without_a_remedy_is_offered_the_lesson_on_the_site_and_by_mail(
    asked: Call, postbox: Postbox
) -> None:
    told = say(postbox, "1: objection: Nobody has counted the hours.")
    assert "Code: resolution_missing" in told
    assert "/learn/in-the-room/object-with-a-remedy/" in told
    assert "lesson object-with-a-remedy" in told


def test_who_objects_has_a_number_and_may_speak_of_the_rest_in_the_same_mail(
    asked: Call, postbox: Postbox
) -> None:
    told = say(postbox, OBJECTION)
    made = Objection.objects.get()
    assert (made.recommendation, made.kind, made.resolves) == (1, "evidence", "Count them for one year.")
    assert made.text == "Nobody has counted the hours.\nIn the north they are longer."
    assert stand(asked) == [(1, "objection", ""), (2, "support", "")]
    assert "Your objection has the number wg-1." in told.replace("\n", " ")


def test_an_objection_without_what_would_resolve_it_is_asked_for_it_and_nothing_of_the_mail_is_taken(
    asked: Call, postbox: Postbox
) -> None:
    told = say(postbox, "2: support\n1: objection: I am against it")
    assert "what would have to change for you to live with it" in told.replace("\n", " ")
    assert stand(asked) == []


def test_other_words_are_told_how_to_answer(asked: Call, postbox: Postbox) -> None:
    told = say(postbox, "Thanks for asking me.")
    assert "To say where you stand, answer this mail and begin with one of these:" in told.replace("\n", " ")
    assert stand(asked) == []


def test_a_mail_that_answers_no_letter_of_ours_takes_no_position(asked: Call, postbox: Postbox) -> None:
    postbox.receive(mail("position 1: support", to="wg@talanoa.example"), at=CALLED)
    assert stand(asked) == []
    assert "answer one of our letters" in words(postbox.last()).replace("\n", " ")


def test_call_unnamed_where_two_take_positions(
    asked: Call, postbox: Postbox, editor: Participant, chair: Participant
) -> None:
    other = begin_draft(asked.process, by=editor, title="Venue", text=DRAFT, at=CALLED, channel="web")
    second = open_call(other, by=chair, question="And this?", at=CALLED, channel="web")
    told = say(postbox, "support")
    assert "call_unnamed" in told
    assert "position 1: …" in told
    assert "position 2: …" in told
    say(postbox, "position 2: support")
    assert (stand(asked), stand(second)) == ([], [(0, "support", "")])


def test_an_answer_is_sent_to_who_objected_and_it_stands_by_one_more_mail(
    asked: Call, postbox: Postbox, editor: Participant
) -> None:
    say(postbox, OBJECTION)
    made = Objection.objects.get()
    answer_objection(made, by=editor, text="They were counted in 2025.", at=day(62), channel="web")
    tick(at=day(62))
    told = words(postbox.last()).replace("\n", " ")
    assert "They were counted in 2025." in told
    assert "until Sunday 10 May 2026, 09:00 UTC" in told
    said = say(postbox, "stands: In the north nobody counted.", at=day(63))
    made.refresh_from_db()
    assert (made.state, made.handlings.last().text) == ("stands", "In the north nobody counted.")  # type: ignore[union-attr]
    assert "Your objection wg-1 stands, in your words." in said.replace("\n", " ")


def test_who_objected_takes_it_back_with_one_word(asked: Call, postbox: Postbox, editor: Participant) -> None:
    say(postbox, OBJECTION)
    made = Objection.objects.get()
    answer_objection(made, by=editor, text="They were counted in 2025.", at=day(62), channel="web")
    tick(at=day(62))
    say(postbox, "withdraw", at=day(63))
    assert Objection.objects.get().standing == "withdrawn"


def test_nobody_maintains_the_objection_of_another_by_mail(asked: Call, postbox: Postbox) -> None:
    say(postbox, OBJECTION)
    postbox.receive(mail("stands 1: no", sender=LUCIA, to="wg@talanoa.example"), at=day(62))
    assert Objection.objects.get().state == "open"


def test_those_who_may_answer_are_told_of_an_objection(asked: Call, postbox: Postbox, lucia: object) -> None:
    say(postbox, OBJECTION)
    tick(at=day(62))
    told = [words(letter) for letter in postbox.letters("lucia@nic.example")]
    assert any("Count them for one year." in one for one in told)


def test_everybody_is_told_that_the_text_has_changed(
    asked: Call, postbox: Postbox, editor: Participant
) -> None:
    revise_draft(asked.draft, by=editor, text=DRAFT.replace("year.", "year!"), at=day(63), channel="web")
    tick(at=day(63))
    assert str(postbox.last()["Subject"]) == "Consensus call 1: the text was changed"
    assert len([one for one in postbox.letters() if "was changed" in str(one["Subject"])]) == len(
        {str(one["To"]) for one in postbox.letters() if "was changed" in str(one["Subject"])}
    )


def test_the_outcome_reaches_everybody_and_one_who_dissents_answers_it(
    asked: Call, postbox: Postbox, chair: Participant
) -> None:
    designate(asked, by=chair, found=FOUND, at=SETTLED, channel="web")
    tick(at=SETTLED)
    assert "1. Consensus. The hourly rate was argued for" in words(postbox.last()).replace("\n", " ")
    told = say(postbox, "minority 1: The rate leaves out the islands.", at=day(92))
    assert MinorityStatement.objects.get().text == "The rate leaves out the islands."
    assert "Your minority statement has the number wg-1." in told.replace("\n", " ")
