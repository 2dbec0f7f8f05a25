"""Steps of a discussion: who may speak when, what stands on the record, what erasure leaves."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from conftest import Say, day
from steps import line, new_entries, refusal, seal
from talanoa.contributions.actions.erasing import ERASURE_GROUNDS
from talanoa.contributions.actions.moderating import end_quarantines
from talanoa.contributions.actions.standing import confirm, withdraw
from talanoa.contributions.models import Assurance, Contribution, Mention
from talanoa.discussions.actions import erase_message, pin_summary
from talanoa.discussions.models import Message, Summary, Thread
from talanoa.documents.actions import revise
from talanoa.inputs.models import Input
from talanoa.kernel.errors import NotAllowed
from talanoa.people.models import Person
from talanoa.processes.actions.stages import keep_stages
from talanoa.processes.models import CharterVersion, Participant, Process
from talanoa.record.auditing import audit
from talanoa.record.models import Log
from talanoa.reports.actions import end_reviews

Send = Callable[..., Input]
ACT: dict[str, Any] = {"at": day(2), "channel": "web"}


def test_a_message_gets_its_number_and_one_entry(say: Say, yusuf: Person, lucia: Person) -> None:
    made: list[Message] = []
    [entry] = new_entries(lambda: made.append(say(yusuf)))
    facts = {"state": "published", "assurance": "proven"}
    assert entry == line("message.received.1", r="participant", at=day(1), n=1, thread=0, answers=0, **facts)
    [entry] = new_entries(lambda: made.append(say(lucia, "We do.", to=made[0])))
    assert (entry["n"], entry["thread"], entry["answers"]) == (2, 1, 1)
    assert made[1].thread == made[0].thread


def test_the_same_thing_said_twice_is_one_message(say: Say, yusuf: Person) -> None:
    assert say(yusuf) == say(yusuf)
    assert Thread.objects.count() == 1


def test_numbers_run_over_inputs_and_messages_alike(say: Say, send: Send, yusuf: Person) -> None:
    first: Input = send(yusuf)
    assert (first.contribution.number, say(yusuf).contribution.number) == (1, 2)


def test_a_message_of_somebody_unconfirmed_is_numbered_and_held(say: Say, yusuf: Person) -> None:
    [entry] = new_entries(lambda: say(yusuf, assurance=Assurance.CLAIMED))
    assert (entry["state"], entry["n"]) == ("unconfirmed", 1)
    held = Message.objects.get()
    assert not Message.objects.visible_to(None).exists()
    confirm(held.contribution, by=held.contribution.process.participants.get(person=yusuf), **ACT)
    assert Message.objects.visible_to(None).get() == held


def test_an_observer_may_speak(say: Say, observer: Participant) -> None:
    [entry] = new_entries(lambda: say(observer.person))
    assert entry["r"] == "observer"


def test_who_takes_no_part_in_the_process_does_not_speak_in_it(
    say: Say, yusuf: Person, nino: Participant
) -> None:
    with pytest.raises(NotAllowed):
        say(yusuf, by=nino)


def test_discussion_closed_before_the_opening_and_from_the_seal_on_save_in_the_review(
    say: Say, send: Send, yusuf: Person, convenor: Participant, process: Process
) -> None:
    send(yusuf)
    say(yusuf, "While the call is open.")
    keep_stages(at=day(41))
    say(yusuf, "While the report is written.", at=day(41))
    seal(convenor)
    say(yusuf, "In the review period.", at=day(50))
    end_reviews(at=day(64))
    assert refusal(lambda: say(yusuf, "Too late.", at=day(64))) == "discussion_closed"
    Process.objects.filter(pk=process.pk).update(state="charter_review")
    process.stages.update(opened_at=None)
    assert refusal(lambda: say(yusuf, "Too early.")) == "discussion_closed"


def test_between_the_end_of_the_review_and_the_final_report_nobody_talks(
    say: Say, send: Send, yusuf: Person, convenor: Participant
) -> None:
    send(yusuf)
    seal(convenor)
    assert refusal(lambda: say(yusuf, at=day(63))) == "discussion_closed"


@pytest.mark.parametrize(
    ("text", "code"), [("", "text_empty"), (" \u202e\n", "text_empty"), ("x" * 200_001, "text_too_long")]
)
def test_words_without_words_or_without_end_are_refused(
    say: Say, yusuf: Person, text: str, code: str
) -> None:
    assert refusal(lambda: say(yusuf, text)) == code


@pytest.mark.parametrize(
    ("subject", "shown"),
    [
        ("Hi\r\nBcc: all@talanoa.example", "Hi Bcc: all@talanoa.example"),
        ("\u202egpj.exe", "gpj.exe"),
        ("<script>", "<script>"),
        ("", "Who trains the trainers?"),
        ("x" * 300, "x" * 199 + "…"),
    ],
)
def test_a_hostile_subject_is_one_line(say: Say, yusuf: Person, subject: str, shown: str) -> None:
    assert say(yusuf, said={"subject": subject}).subject == shown


def test_an_answer_copies_no_subject_that_may_be_erased_one_day(
    say: Say, yusuf: Person, lucia: Person
) -> None:
    answer = say(lucia, "I know.\nAnd more.", to=say(yusuf))
    assert (answer.subject, answer.title) == ("", "I know.")


# --- summaries


def test_the_desk_pins_a_summary_under_a_name_and_older_versions_stay(
    say: Say, yusuf: Person, dalia: Participant
) -> None:
    thread = say(yusuf).thread
    [entry] = new_entries(lambda: pin_summary(thread, by=dalia, text="All want trainers.", **ACT))
    assert entry == line("thread.summarized.1", r="secretariat", at=day(2), n=1, version=1)
    pin_summary(thread, by=dalia, text="Most want trainers.", **ACT)
    told = list(Summary.objects.order_by("version").values_list("version", "name", "text"))
    assert told == [(1, "Dalia Mansour", "All want trainers."), (2, "Dalia Mansour", "Most want trainers.")]


def test_others_pin_no_summary(say: Say, yusuf: Person, observer: Participant) -> None:
    with pytest.raises(NotAllowed):
        pin_summary(say(yusuf).thread, by=observer, text="I think so.", **ACT)


@pytest.mark.parametrize(("text", "code"), [("  ", "text_empty"), ("x" * 20_001, "text_too_long")])
def test_a_summary_has_words_and_an_end(
    say: Say, yusuf: Person, dalia: Participant, text: str, code: str
) -> None:
    thread = say(yusuf).thread
    assert refusal(lambda: pin_summary(thread, by=dalia, text=text, **ACT)) == code


# --- nothing is deleted


@pytest.mark.parametrize("model", [Thread, Message, Summary])
def test_deletion_forbidden_by_the_database(
    say: Say, yusuf: Person, dalia: Participant, model: type[Message]
) -> None:
    pin_summary(say(yusuf).thread, by=dalia, text="Trainers.", **ACT)
    with pytest.raises(IntegrityError, match="deletion_forbidden"), transaction.atomic():
        model.objects.all()._raw_delete(model.objects.db)


def test_a_summary_is_never_rewritten(say: Say, yusuf: Person, dalia: Participant) -> None:
    pin_summary(say(yusuf).thread, by=dalia, text="Trainers.", **ACT)
    with pytest.raises(IntegrityError, match="deletion_forbidden"), transaction.atomic():
        Summary.objects.update(text="Something else.")


def test_the_author_takes_a_message_back_and_its_number_stays(
    say: Say, yusuf: Person, process: Process
) -> None:
    made = say(yusuf)
    [entry] = new_entries(
        lambda: withdraw(made.contribution, by=process.participants.get(person=yusuf), **ACT)
    )
    assert (entry["k"], entry["n"]) == ("contribution.withdrawn.1", 1)
    assert not Message.objects.visible_to(None).exists()


@pytest.mark.parametrize("ground", ERASURE_GROUNDS)
def test_erasure_leaves_number_address_and_proofs_and_no_word(
    *, say: Say, yusuf: Person, lucia: Person, convenor: Participant, log: Log, ground: str
) -> None:
    made = say(yusuf, "Call 0712-555 about #1.", said={"quoted": "> secret", "subject": "My phone"})
    child = say(lucia, "Why?", to=made, said={"references": (made.message_id,)})
    place, name = made.hash, made.message_id
    [entry] = new_entries(lambda: erase_message(made, by=convenor, ground=ground, **ACT))
    assert (entry["k"], entry["ground"]) == ("redaction.made.1", ground)
    gone = Message.objects.get(pk=made.pk)
    assert (gone.subject, gone.text, gone.quoted, gone.message_id, gone.references) == ("", "", "", "", [])
    assert (gone.hash, gone.contribution.state) == (place, "erased")
    child.refresh_from_db()
    assert name not in child.references
    assert audit(log).wrong == []


def test_only_the_convenor_erases_and_once(
    say: Say, yusuf: Person, dalia: Participant, convenor: Participant
) -> None:
    made = say(yusuf)
    with pytest.raises(NotAllowed):
        erase_message(made, by=dalia, ground="unlawful", **ACT)
    assert refusal(lambda: erase_message(made, by=convenor, ground="taste", **ACT)) == "ground_unknown"
    erase_message(made, by=convenor, ground="unlawful", **ACT)
    assert refusal(lambda: erase_message(made, by=convenor, ground="unlawful", **ACT)) == "wrong_state"


# --- mentions


def test_a_mention_is_kept_with_the_words_and_goes_with_them(
    say: Say, send: Send, yusuf: Person, lucia: Person, convenor: Participant
) -> None:
    spoken: Contribution = send(yusuf).contribution
    made = say(lucia, "As nm-1 and #1 and #99 and geo-1 say, #2.")
    assert list(Mention.objects.values_list("source", "target")) == [(made.contribution_id, spoken.pk)]
    erase_message(made, by=convenor, ground="author_request", **ACT)
    assert not Mention.objects.exists()


def welcome(process: Process, hours: int) -> None:
    """Let the charter hold the first message of somebody new for so long."""
    charter = process.charters.get()
    facts = charter.facts | {"newcomer_hours": str(hours)}
    CharterVersion.objects.create(
        process=process,
        version=2,
        facts=facts,
        revision=revise(process.charter, text="Hours.", at=day(0)),
        published_at=day(0),
    )


def test_the_first_message_of_somebody_new_waits_no_longer_than_the_charter_says(
    say: Say, process: Process, yusuf: Person
) -> None:
    welcome(process, 24)
    first = say(yusuf).contribution
    assert (first.state, first.reason) == (Contribution.State.WITHHELD, "newcomer")
    assert end_quarantines(at=day(1.9)) == 0
    assert end_quarantines(at=day(2)) == 1
    assert say(yusuf, "And who pays?", at=day(3)).contribution.state == Contribution.State.PUBLISHED


def test_without_such_hours_in_the_charter_everybody_is_shown_at_once(say: Say, yusuf: Person) -> None:
    assert say(yusuf).contribution.state == Contribution.State.PUBLISHED
