"""A call is held for comments, changed by them, opened and closed by the clock."""

import pytest

from conftest import day
from grants.conftest import CLOSES, OPENS, POSTED, call_text
from steps import line, new_entries, refusal
from talanoa.discussions.models import Message
from talanoa.grants.actions.calling import cancel_call, keep_calls, publish_call, revise_call
from talanoa.grants.models import ResearchCall
from talanoa.kernel.errors import NotAllowed
from talanoa.people.models import Person
from talanoa.processes.models import Participant, Process
from talanoa.processes.queries import participant

ACT = {"at": day(2), "channel": "web"}


def test_a_call_begins_a_thread_of_comments_and_stands_on_the_record(
    process: Process, convenor: Participant
) -> None:
    told = new_entries(
        lambda: publish_call(process, by=convenor, text=call_text(), posted=POSTED, **ACT)  # type: ignore[arg-type]
    )
    made = ResearchCall.objects.get()
    assert (made.state, made.key, made.facts.total) == ("held", "first-questions", 60_000)
    opening = Message.objects.get(contribution__number=made.thread)
    assert "say here what is wrong with it" in opening.text
    assert [entry["k"] for entry in told] == ["message.received.1", "grantcall.published.1"]
    assert told[1]["text_sha256"] == made.text_sha256


def test_comment_too_short_a_call_opens_no_earlier_than_its_comments_allow(
    process: Process, convenor: Participant
) -> None:
    soon = call_text(opens=day(22))
    assert (
        refusal(lambda: publish_call(process, by=convenor, text=soon, posted=POSTED, **ACT))  # type: ignore[arg-type]
        == "comment_too_short"
    )


def test_call_unreadable_a_broken_file_is_refused_with_every_fault(
    process: Process, convenor: Participant
) -> None:
    text = call_text().replace("currency: EUR", "currency: euro")
    assert (
        refusal(lambda: publish_call(process, by=convenor, text=text, posted=POSTED, **ACT))  # type: ignore[arg-type]
        == "call_unreadable"
    )


def test_call_key_taken_no_two_calls_have_one_id(
    held: ResearchCall, process: Process, convenor: Participant
) -> None:
    assert (
        refusal(lambda: publish_call(process, by=convenor, text=call_text(), posted=POSTED, **ACT))  # type: ignore[arg-type]
        == "call_key_taken"
    )
    other = call_text().replace("id: first-questions", "id: others")
    assert (
        refusal(lambda: revise_call(held, by=convenor, text=other, reason="So.", **ACT)) == "call_key_taken"
    )  # type: ignore[arg-type]


def test_what_the_comments_changed_is_told_and_their_days_begin_again(
    held: ResearchCall, convenor: Participant
) -> None:
    text = call_text(opens=day(30)).replace("most: 20000", "most: 15000")
    revised = revise_call(held, by=convenor, text=text, reason="Less for each.", at=day(8), channel="web")
    assert (revised.version, revised.facts.most, revised.opens_on) == (2, 15000, day(30).date())
    late = call_text(opens=day(30))
    again = {"text": late, "reason": "More.", "at": day(9), "channel": "web"}
    assert refusal(lambda: revise_call(held, by=convenor, **again)) == "comment_too_short"  # type: ignore[arg-type]


def test_the_clock_opens_and_closes_it_and_then_it_does_not_change(
    held: ResearchCall, convenor: Participant
) -> None:
    assert keep_calls(at=day(OPENS - 1)) == 0
    assert keep_calls(at=day(OPENS)) == 1
    text = call_text(opens=day(80))
    assert (
        refusal(lambda: revise_call(held, by=convenor, text=text, reason="So.", **ACT)) == "grant_call_state"
    )  # type: ignore[arg-type]
    assert keep_calls(at=day(CLOSES)) == 0
    told = new_entries(lambda: keep_calls(at=day(CLOSES + 1)))
    assert told == [
        line("grantcall.closed.1", r="system", at=day(CLOSES + 1), ch="tick", call="first-questions")
    ]


def test_a_canceled_call_says_why(held: ResearchCall, convenor: Participant) -> None:
    assert cancel_call(held, by=convenor, reason="The money is gone.", **ACT).state == "canceled"  # type: ignore[arg-type]
    assert keep_calls(at=day(OPENS)) == 0


def test_only_convenor_and_secretariat_publish(
    process: Process, chair: Participant, sponsor: Participant, yusuf: Person
) -> None:
    for by in (chair, sponsor):
        with pytest.raises(NotAllowed):
            publish_call(process, by=by, text=call_text(), posted=POSTED, **ACT)  # type: ignore[arg-type]
    assert participant(process, yusuf) is None
