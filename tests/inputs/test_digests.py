"""One letter a day at seven where the reader is, or each thing at once; nothing when nothing happened."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from conftest import START, Say, day
from steps import answer_all
from talanoa.conf.clockwork import tick
from talanoa.contributions.actions.moderating import hold_contribution
from talanoa.contributions.actions.standing import confirm
from talanoa.contributions.models import Contribution
from talanoa.inputs.actions.erasing import erase_input
from talanoa.inputs.digests import MOST, next_morning, write_digests
from talanoa.inputs.models import Input
from talanoa.mail.actions import follow
from talanoa.mail.models import OutgoingMessage, Silence, Subscription
from talanoa.people.models import Person
from talanoa.processes.actions.roles import enter
from talanoa.processes.models import Participant, Process
from talanoa.record.queries import newest_note

Send = Callable[..., Input]
NAIROBI = 4 / 24  # seven there is four in UTC
MORNING = datetime(2026, 3, 4, 4, 0, tzinfo=UTC)


@pytest.fixture
def reader(yusuf: Person, send: Send) -> Person:
    """Yusuf in Nairobi, who sent an input on day 1 (Tuesday 3 March, 9:00 UTC)."""
    Person.objects.filter(pk=yusuf.pk).update(time_zone="Africa/Nairobi")
    yusuf.refresh_from_db()
    send(yusuf, title="Training in shillings")
    return yusuf


def letters(kind: str = "digest") -> list[OutgoingMessage]:
    return list(OutgoingMessage.objects.filter(key__startswith=f"{kind}-").order_by("pk"))


def ticks(since: datetime, days: float) -> None:
    """Let the clock go on by half hours."""
    for n in range(round(days * 48)):
        write_digests(at=since + timedelta(minutes=30 * n))


def test_who_took_part_gets_one_letter_at_seven_in_the_morning(reader: Person) -> None:
    write_digests(at=day(1))
    assert (write_digests(at=MORNING - timedelta(seconds=1)), letters()) == (0, [])
    assert write_digests(at=MORNING) == 1
    [letter] = letters()
    assert (letter.to, letter.subject, letter.created_at) == (reader.address, "nm: what happened", MORNING)
    assert "- Input 1 was received.\n  Training in shillings\n" in letter.text
    assert "http://localhost:8000/p/nm/inputs/1/" in letter.text


def test_nothing_is_written_when_nothing_happened(reader: Person) -> None:
    ticks(day(1), 5)
    assert len(letters()) == 1


def test_each_thing_is_told_once_on_the_morning_after_it(reader: Person, lucia: Person, send: Send) -> None:
    ticks(day(1), 1)
    send(lucia, "Another one.", title="Radio", at=day(2))
    ticks(day(2), 3)
    mine = [letter.text for letter in letters() if letter.to == reader.address]
    assert [("Input 1 was" in text, "Input 2 was" in text) for text in mine] == [(True, False), (False, True)]


def test_a_second_run_in_the_same_minute_writes_nothing(reader: Person) -> None:
    write_digests(at=day(1))
    assert [write_digests(at=MORNING), write_digests(at=MORNING)] == [1, 0]


def test_a_run_that_died_and_is_done_again_writes_no_second_letter(reader: Person) -> None:
    """The row was written back as it stood before: as if its transaction had been undone behind the letter."""
    write_digests(at=day(1))
    before = Subscription.objects.values("digest_at", "told_to").get(person=reader)
    write_digests(at=MORNING)
    Subscription.objects.filter(person=reader).update(**before)
    write_digests(at=MORNING + timedelta(hours=1))
    assert len(letters()) == 1


def test_when_the_clock_stood_for_days_the_next_digest_tells_all_of_them(
    reader: Person, lucia: Person, send: Send
) -> None:
    ticks(day(1), 1)
    for n in (2, 3, 4):
        send(lucia, f"Words of day {n}.", at=day(n))
    write_digests(at=day(6))
    last = [letter for letter in letters() if letter.to == reader.address][-1]
    assert [f"Input {n} was" in last.text for n in (1, 2, 3, 4)] == [False, True, True, True]


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ((2026, 3, 28, 12), (2026, 3, 29, 5)),  # summer time begins in Berlin on the 29th
        ((2026, 3, 27, 12), (2026, 3, 28, 6)),
        ((2026, 10, 24, 12), (2026, 10, 25, 6)),  # and ends on 25 October
        ((2026, 10, 25, 5), (2026, 10, 25, 6)),
        ((2026, 10, 25, 6), (2026, 10, 26, 6)),
        ((2026, 10, 24, 4), (2026, 10, 24, 5)),
    ],
)
def test_seven_is_seven_on_the_days_when_clocks_change(
    after: tuple[int, ...], expected: tuple[int, ...]
) -> None:
    found = next_morning("Europe/Berlin", after=datetime(*after, tzinfo=UTC))  # type: ignore[misc]
    assert found.astimezone(UTC) == datetime(*expected, tzinfo=UTC)  # type: ignore[misc]


def test_over_a_change_of_clocks_there_is_one_digest_for_each_date(
    reader: Person, send: Send, lucia: Person
) -> None:
    Person.objects.filter(pk=reader.pk).update(time_zone="Europe/Berlin")
    for n in range(24, 30):
        send(lucia, f"Words of day {n}.", at=day(n))
        ticks(day(n), 1)
    dates = [letter.key.split("-", 3)[3] for letter in letters() if letter.to == reader.address]
    assert dates == [str(date(2026, 3, 27) + timedelta(days=n)) for n in range(6)]


@pytest.mark.parametrize("level", ["own", "every"])
def test_another_level_ends_the_digest(reader: Person, level: str) -> None:
    follow(reader, process_key="nm", level=level)
    ticks(day(1), 2)
    assert letters() == []


def test_a_pause_is_silent_and_the_letter_after_it_tells_what_happened(
    reader: Person, lucia: Person, send: Send
) -> None:
    ticks(day(1), 1)
    follow(reader, process_key="nm", level="digest", paused_until=day(4))
    send(lucia, "Words.", title="Radio", at=day(2.5))
    write_digests(at=day(2.5))
    ticks(day(2.5), 1.4)
    mine = [letter for letter in letters() if letter.to == reader.address]
    assert len(mine) == 1
    ticks(day(4), 1)
    assert "Radio" in [letter for letter in letters() if letter.to == reader.address][-1].text


def test_a_name_in_a_mail_sends_nobody_letters(process: Process, yusuf: Person, send: Send) -> None:
    """The address of an input that waits for its sender may be anybody's."""
    send(yusuf)
    Contribution.objects.update(state="unconfirmed")
    ticks(day(1), 2)
    assert letters() == []


def test_who_only_looked_in_gets_none(process: Process, lucia: Person, reader: Person) -> None:
    enter(process, lucia, at=START)
    ticks(day(1), 2)
    assert {letter.to for letter in letters()} == {reader.address}


def test_what_may_not_be_read_is_told_without_its_title(
    reader: Person, lucia: Person, send: Send, convenor: Participant
) -> None:
    hidden = send(lucia, "CANARY text", title="CANARY title", publication="private")
    withheld = send(lucia, "CANARY more", title="CANARY second")
    hold_contribution(withheld.contribution, by=convenor, reason="abuse", at=day(1), channel="web")
    write_digests(at=day(1))
    write_digests(at=day(3))
    texts = "".join(letter.text for letter in letters())
    assert f"Input {hidden.contribution.number} was received." in texts
    assert "CANARY" not in texts


def test_the_newest_checkpoint_comes_with_it(reader: Person, process: Process) -> None:
    write_digests(at=day(1))
    write_digests(at=MORNING)
    note = newest_note(process.space)
    assert letters()[0].text.endswith(note)
    assert len(note.encode()) <= 1_000


def test_a_busy_day_fits_into_20_kb_and_says_that_there_is_more(
    reader: Person, lucia: Person, send: Send
) -> None:
    for n in range(MOST + 5):
        send(lucia, f"Words {n}.", title="言葉 " * 60)
    write_digests(at=day(1))
    write_digests(at=MORNING)
    [letter] = [letter for letter in letters() if letter.to == reader.address]
    assert len(letter.text.encode()) <= 20_000
    assert letter.text.endswith("The rest stands here: http://localhost:8000/p/nm/")


def test_whose_mail_came_back_gets_none(reader: Person) -> None:
    Silence.objects.create(person=reader, since=day(1))
    ticks(day(1), 2)
    assert letters() == []


def test_every_thing_at_once_with_its_words_where_everybody_may_read_them(
    reader: Person, lucia: Person, send: Send
) -> None:
    follow(lucia, process_key="nm", level="every")
    tick(at=day(1))
    [letter] = [one for one in letters("every") if "Input 1" in one.subject]
    assert (letter.to, letter.subject) == (lucia.address, "[nm] Input 1 was received.")
    assert "Pay the trainers in their own currency." in letter.text
    tick(at=day(2))
    assert len([one for one in letters("every") if "Input 1" in one.subject]) == 1


def test_words_that_wait_for_their_sender_come_once_they_are_confirmed(
    yusuf: Person, lucia: Person, send: Send
) -> None:
    follow(lucia, process_key="nm", level="every")
    made = send(yusuf, "CANARY")
    Contribution.objects.update(state="unconfirmed")
    tick(at=day(1))
    assert not any("CANARY" in one.text for one in letters("every"))
    made.contribution.refresh_from_db()
    confirm(
        made.contribution, by=enter(made.contribution.process, yusuf, at=day(2)), at=day(2), channel="web"
    )
    tick(at=day(2))
    assert "CANARY" in letters("every")[-1].text


def test_one_s_own_act_is_not_told_to_oneself(reader: Person, convenor: Participant) -> None:
    follow(reader, process_key="nm", level="every")
    tick(at=day(1))
    assert not any("Input 1" in one.subject for one in letters("every"))
    answer_all(convenor)
    tick(at=day(3))
    assert "[nm] Answered: 1 (accepted)." in [one.subject for one in letters("every")]


def test_a_thousand_readers_cost_a_constant_number_of_questions_each(
    reader: Person, lucia: Person, sione: Person, send: Send, django_assert_max_num_queries: object
) -> None:
    for person in (lucia, sione):
        send(person, f"From {person.pk}.")
    write_digests(at=day(1))
    with django_assert_max_num_queries(60):  # type: ignore[operator]
        assert write_digests(at=day(3)) == 3


def test_a_digest_brings_the_words_of_messages_and_where_the_rest_stands(reader: Person, say: Say) -> None:
    say(reader, "Who trains the trainers?\n" + "And who pays them? " * 60, at=day(1.2))
    write_digests(at=day(1))
    write_digests(at=MORNING)
    text = letters()[0].text
    assert "  | Who trains the trainers?\n" in text
    assert "(more on its page)" in text
    assert f"/p/nm/inputs/{Contribution.objects.latest('number').number}/" in text


def test_what_is_erased_stands_in_no_letter_that_told_of_it(
    reader: Person, lucia: Person, convenor: Participant, send: Send
) -> None:
    follow(convenor.person, process_key="nm", level="every")
    send(lucia, "CANARY", title="CANARY in shillings")
    tick(at=day(1))
    write_digests(at=MORNING)
    told = {
        letter.key.partition("-")[0] for letter in OutgoingMessage.objects.filter(text__contains="CANARY")
    }
    assert {"digest", "every"} <= told
    erased = Input.objects.get(contribution__person=lucia)
    erase_input(erased, by=convenor, ground="personal_data", at=day(3), channel="web")
    assert not OutgoingMessage.objects.filter(text__contains="CANARY").exists()
