"""A room from its opening to its end: what may be done in it, its replay, forks, seats, and its deletion."""

import os
from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import transaction
from django.utils.translation import override

from conftest import START
from practice.conftest import SEAT, Opens, live
from talanoa.consensus.models import Call, Objection
from talanoa.documents.models import Revision
from talanoa.drafts.models import Comment, Suggestion
from talanoa.inputs.models import Input
from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.learning.actions.enrolling import enroll
from talanoa.learning.queries import progress_of
from talanoa.lib.bots import PLAYERS
from talanoa.lib.debriefs import timeline
from talanoa.lib.practice_acts import Act
from talanoa.lib.simulation import play
from talanoa.people.models import Person
from talanoa.practice.actions.acting import MOST_A_DAY, act, end_day
from talanoa.practice.actions.deleting import delete_room
from talanoa.practice.actions.forking import fork_room
from talanoa.practice.actions.judging import give_level
from talanoa.practice.actions.opening import MOST_ROOMS, begin_room
from talanoa.practice.actions.seating import hand_over, join_room, keep_promise
from talanoa.practice.models import Room, Seat
from talanoa.practice.queries import root_of

REPLAYS = 1000 if os.environ.get("TALANOA_NIGHTLY") else 4
ORIGIN = "talanoa.example/practice"
ASK = Act(0, "", "ask", to="small", slot="transition", text="What do you need in paragraph 4?")


def by(person: Person) -> dict[str, object]:
    return {"by": person, "at": START, "channel": "web"}


def refused(step: Callable[[], object]) -> str:
    """Return the code of the rule that a step breaks; nothing of it stays."""
    with pytest.raises(RuleBroken) as broken, transaction.atomic():
        step()
    return broken.value.rule


def test_scripts_hand_in_their_inputs_as_inputs_of_a_process(room: Room) -> None:
    assert Input.objects.filter(contribution__process=room.process).count() == 5
    assert room.process.space.log == f"practice/{room.process.key}"


def test_each_act_is_the_act_of_a_real_process(room: Room, amina: Person) -> None:
    act(room, Act(0, "", "state", text="People first."), **by(amina))  # type: ignore[arg-type]
    act(room, ASK, **by(amina))  # type: ignore[arg-type]
    act(room, Act(0, "", "propose", package=("72h", "1k", "totals", "12m", "1y"), text="So."), **by(amina))  # type: ignore[arg-type]
    assert Input.objects.filter(contribution__process=room.process).count() == 6
    assert Comment.objects.get(contribution__process=room.process).text == ASK.text
    assert Suggestion.objects.filter(contribution__process=room.process).count() == 3
    assert [list(done.numbers) for done in room.done.filter(rule="")] == [[6], [7], [8, 9, 10]]


@pytest.mark.parametrize("bot", ["listener", "vote-counter", "silent"])
def test_a_room_goes_as_its_scenario_says_for_the_seed(room: Room, amina: Person, bot: str) -> None:
    room = live(room, amina, bot)
    assert room.acts() == play(room.scenario, room.process.space.seed, PLAYERS[bot], SEAT)
    assert room.is_over


def test_what_was_agreed_stands_in_the_call_of_the_process(room: Room, amina: Person) -> None:
    live(room, amina, "listener")
    call = Call.objects.filter(process=room.process).latest("number")
    objections = Objection.objects.filter(call__process=room.process)
    stands = any(row.standing != Objection.State.WITHDRAWN for row in objections)
    assert call.designations.get().level == ("divergence" if stands else "full_consensus")
    assert call.declared_at is not None
    newest = Revision.objects.filter(document__draft__process=room.process).latest("number")
    assert newest.number > 1


def test_a_replay_gives_the_same_record(opens: Opens, amina: Person) -> None:
    for n in range(REPLAYS // 2):
        roots = set()
        for _again in range(2):
            with transaction.atomic():
                made = live(opens(seed=n.to_bytes(32, "big")), amina, "listener")
                roots.add(root_of(made))
                transaction.set_rollback(True)
        assert len(roots) == 1


def test_the_language_of_who_plays_changes_nothing_on_the_record(opens: Opens, amina: Person) -> None:
    roots = set()
    for language in ("en", "fr"):
        with override(language), transaction.atomic():
            roots.add(root_of(live(opens(), amina, "listener")))
            transaction.set_rollback(True)
    assert len(roots) == 1


def test_another_seed_gives_another_record(opens: Opens) -> None:
    assert root_of(opens()) != root_of(opens(seed=b"2" * 32))


def test_a_fork_begins_as_the_room_stood_in_that_morning_and_leaves_it_as_it_is(
    room: Room, amina: Person
) -> None:
    room = live(room, amina, days=3)
    before = room.acts()
    made = fork_room(room, day=3, origin=ORIGIN, **by(amina))  # type: ignore[arg-type]
    assert made.acts() == tuple(one for one in before if one.day < 3)
    assert (made.parent, made.forked_on, made.day) == (room, 3, 3)
    again = live(made, amina, days=1)
    assert again.acts() == before
    assert Room.objects.get(pk=room.pk).acts() == before


@pytest.mark.parametrize("day", [0, 1, 3])
def test_day_unknown_is_a_day_that_has_not_begun(room: Room, amina: Person, day: int) -> None:
    room = live(room, amina, "silent", days=1)
    assert refused(lambda: fork_room(room, day=day, origin=ORIGIN, **by(amina))) == "day_unknown"  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "made",
    [
        Act(0, "", "dance"),
        Act(0, "", "ask", text="Why?"),
        Act(0, "", "ask", to=SEAT, text="Myself?"),
        Act(0, "", "ask", to="small", slot="nothing", text="Why?"),
        Act(0, "", "ask", to="small", slot="deadline"),
        Act(0, "", "propose", package=("72h",), text="So."),
        Act(0, "", "object", slot="deadline", text="No.", remedy="Yes."),
        Act(0, "", "live"),
        Act(0, "", "withdraw", objection=1),
        Act(0, "", "read", to="mail"),
        Act(0, "", "revise", package=("72h", "1k", "totals", "12m", "1y")),
    ],
    ids=lambda made: f"{made.kind}-{made.to}-{made.slot}",
)
def test_act_incomplete_is_what_lacks_something_or_has_no_place_now(
    room: Room, amina: Person, made: Act
) -> None:
    assert refused(lambda: act(room, made, **by(amina))) == "act_incomplete"  # type: ignore[arg-type]


def test_an_objection_says_what_would_resolve_it_as_in_a_real_process(room: Room, amina: Person) -> None:
    room = live(room, amina, "silent", days=4)
    bare = Act(0, "", "object", slot="registry", text="No names.")
    assert refused(lambda: act(room, bare, **by(amina))) == "resolution_missing"  # type: ignore[arg-type]


def test_acts_spent_after_twenty_in_a_day(room: Room, amina: Person) -> None:
    for _one in range(MOST_A_DAY):
        act(room, ASK, **by(amina))  # type: ignore[arg-type]
    assert refused(lambda: act(room, ASK, **by(amina))) == "acts_spent"  # type: ignore[arg-type]


def test_an_input_after_the_call_for_input_is_a_comment_on_the_whole(room: Room, amina: Person) -> None:
    act(room, ASK, **by(amina))  # type: ignore[arg-type]
    act(room, Act(0, "", "state", text="Late."), **by(amina))  # type: ignore[arg-type]
    assert Comment.objects.get(text="Late.").anchor == ""


def test_room_over_takes_nothing_more(room: Room, amina: Person) -> None:
    room = live(room, amina, "silent")
    assert refused(lambda: act(room, ASK, **by(amina))) == "room_over"  # type: ignore[arg-type]
    assert refused(lambda: end_day(room, **by(amina))) == "room_over"  # type: ignore[arg-type]


def test_who_holds_no_seat_does_nothing(room: Room, yusuf: Person) -> None:
    with pytest.raises(NotAllowed):
        act(room, ASK, **by(yusuf))  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        end_day(room, **by(yusuf))  # type: ignore[arg-type]


def test_too_many_rooms_of_one_person_wait_for_their_end(opens: Opens, amina: Person) -> None:
    opens()
    Room.objects.all().first()
    for n in range(1, MOST_ROOMS):
        opens(seed=n.to_bytes(32, "little"))
    assert refused(lambda: opens(seed=b"9" * 32)) == "too_many_rooms"


def test_the_people_of_a_room_play_in_no_other(room: Room) -> None:
    puppet = room.seats.get(role="small").participant.person
    with pytest.raises(NotAllowed):
        join_room(room.code, by=puppet, seat="large")


def test_seat_unknown_opens_nothing(opens: Opens) -> None:
    assert refused(lambda: opens(seat="nobody")) == "seat_unknown"


@pytest.fixture
def cohort(opens: Opens, yusuf: Person, lucia: Person) -> Room:
    """Amina leads; Yusuf and Lucía have seats; it has begun."""
    room = opens(seat="", mode=Room.Mode.COHORT)
    join_room(room.code, by=yusuf, seat="consumer")
    join_room(room.code.upper(), by=lucia, seat="small")
    return begin_room(room, **by(room.facilitator))  # type: ignore[arg-type]


def test_scripts_hold_the_empty_seats_of_a_group(cohort: Room) -> None:
    assert {one.seat for one in cohort.acts()} == {"large", "regulator", "technical", "university"}


def test_the_night_comes_when_all_have_ended_their_day_or_their_trainer_says_so(
    cohort: Room, yusuf: Person, lucia: Person, amina: Person
) -> None:
    assert end_day(cohort, **by(yusuf)).day == 1  # type: ignore[arg-type]
    assert refused(lambda: act(cohort, ASK, **by(yusuf))) == "room_waits"  # type: ignore[arg-type]
    assert end_day(cohort, **by(lucia)).day == 2  # type: ignore[arg-type]
    assert end_day(cohort, **by(amina)).day == 3  # type: ignore[arg-type]


def test_who_does_nothing_for_two_days_is_handed_to_the_script_openly(
    cohort: Room, yusuf: Person, amina: Person
) -> None:
    for _day in range(3):
        act(cohort, ASK, **by(yusuf))  # type: ignore[arg-type]
        cohort = end_day(cohort, **by(amina))  # type: ignore[arg-type]
    seat = cohort.seats.get(role="small")
    assert (seat.player, seat.left_by.name, seat.handed_on) == (None, "Lucía Pereira", 3)  # type: ignore[union-attr]
    assert Comment.objects.filter(text__startswith="From day 3 on, a script plays the seat").count() == 1
    assert cohort.played() == {"consumer"}


def test_one_hands_over_ones_own_seat_and_nobody_elses(cohort: Room, yusuf: Person, lucia: Person) -> None:
    with pytest.raises(NotAllowed):
        hand_over(cohort, "small", **by(yusuf))  # type: ignore[arg-type]
    hand_over(cohort, "small", **by(lucia))  # type: ignore[arg-type]
    assert refused(lambda: hand_over(cohort, "small", **by(lucia))) == "seat_unknown"  # type: ignore[arg-type]


def test_nobody_joins_twice_or_with_a_wrong_code_or_late(opens: Opens, yusuf: Person, sione: Person) -> None:
    room = opens(seat="", mode=Room.Mode.COHORT)
    join_room(room.code, by=yusuf, seat="consumer")
    assert refused(lambda: join_room(room.code, by=yusuf, seat="small")) == "seat_held"
    assert refused(lambda: join_room(room.code, by=sione, seat="consumer")) == "seat_unknown"
    assert refused(lambda: join_room("wrong", by=sione, seat="small")) == "code_unknown"
    assert refused(lambda: act(room, ASK, **by(yusuf))) == "room_gathering"  # type: ignore[arg-type]
    begin_room(room, **by(room.facilitator))  # type: ignore[arg-type]
    assert refused(lambda: begin_room(room, **by(room.facilitator))) == "wrong_state"  # type: ignore[arg-type]
    assert refused(lambda: join_room(room.code, by=sione, seat="small")) == "code_unknown"


def test_a_brief_is_its_players_until_the_debrief(
    cohort: Room, yusuf: Person, amina: Person, sione: Person
) -> None:
    assert [seat.role for seat in Seat.objects.briefed(yusuf)] == ["consumer"]
    assert [list(Seat.objects.briefed(one)) for one in (amina, sione, None)] == [[], [], []]
    for _day in range(5):
        cohort = end_day(cohort, **by(amina))  # type: ignore[arg-type]
    assert [Seat.objects.briefed(one).count() for one in (yusuf, amina, sione, None)] == [6, 6, 0, 0]


def test_a_room_is_seen_by_who_is_in_it_alone(cohort: Room, yusuf: Person, sione: Person) -> None:
    seen = [Room.objects.visible_to(one).count() for one in (yusuf, cohort.facilitator, sione, None)]
    assert seen == [1, 1, 0, 0]


def test_every_firing_is_explained(room: Room, amina: Person) -> None:
    room = live(room, amina, "listener")
    turns = timeline(room.scenario, room.acts())
    assert [turn.number for turn in turns if turn.act.rule and not turn.why] == []


def test_debrief_closed_until_the_last_day_has_ended(room: Room, amina: Person) -> None:
    with pytest.raises(RuleBroken, check=lambda broken: broken.rule == "debrief_closed"):
        keep_promise(room, sentence="I will ask first.", **by(amina))  # type: ignore[arg-type]


def test_with_the_promise_the_debrief_is_done_and_counts_in_the_course_that_asks_for_it(
    room: Room, amina: Person
) -> None:
    learner = enroll("in-the-room", by=amina, by_mail=False, at=START, channel="web")
    assert progress_of(learner).rooms == ("72-hours",)
    seat = keep_promise(live(room, amina, "silent"), sentence="I will ask first.", **by(amina))  # type: ignore[arg-type]
    assert seat.promise == "I will ask first."
    assert progress_of(learner).rooms == ()


def ended(room: Room, player: Person) -> Room:
    """The group's room after its last day; its player says something each day, so that no script takes the seat."""
    said = Act(0, "", "ask", to="small", slot="transition", text="What do you need?")
    for _day in range(5):
        act(room, said, **by(player))  # type: ignore[arg-type]
        room = end_day(room, **by(room.facilitator))  # type: ignore[arg-type]
    return room


def test_whoever_leads_a_room_gives_a_level_with_a_sentence_that_counts_before_the_rules(
    cohort: Room, amina: Person, yusuf: Person
) -> None:
    cohort = ended(cohort, yusuf)
    said = {"seat": "consumer", "criterion": "R2", "level": 3, "sentence": "You named each paragraph aloud."}
    give_level(cohort, **said, **by(amina))  # type: ignore[arg-type]
    give_level(cohort, **(said | {"level": 1}), **by(amina))  # type: ignore[arg-type]
    found = {row.criterion.id: row for row in cohort.seats.get(role="consumer").profile()}
    assert (found["R2"].level, found["R2"].sentence) == (1, "You named each paragraph aloud.")


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"sentence": " "}, "comment_missing"),
        ({"level": 4}, "levels_unfit"),
        ({"criterion": "beauty"}, "levels_unfit"),
        ({"seat": "university"}, "seat_unknown"),
    ],
)
def test_a_level_names_a_player_a_criterion_and_a_reason(
    cohort: Room, amina: Person, yusuf: Person, wrong: dict[str, object], code: str
) -> None:
    cohort = ended(cohort, yusuf)
    said = {"seat": "consumer", "criterion": "R2", "level": 2, "sentence": "So."} | wrong
    assert refused(lambda: give_level(cohort, **said, **by(amina))) == code  # type: ignore[arg-type]


def test_nobody_else_gives_levels_nor_before_the_end_nor_to_themselves(
    cohort: Room, opens: Opens, amina: Person, yusuf: Person
) -> None:
    said = {"seat": "consumer", "criterion": "R2", "level": 2, "sentence": "So."}
    assert refused(lambda: give_level(cohort, **said, **by(amina))) == "debrief_closed"  # type: ignore[arg-type]
    over = live(opens(seed=b"another".ljust(32)), amina, "silent")
    for who, where in ((yusuf, cohort), (amina, over)):
        with pytest.raises(NotAllowed):
            give_level(where, **said, **by(who))  # type: ignore[arg-type]


def test_a_room_goes_whole_and_nothing_else_with_it(opens: Opens, amina: Person, yusuf: Person) -> None:
    before = {model: model._default_manager.count() for model in apps.get_models()}
    room = live(opens(), amina, "listener")
    with pytest.raises(NotAllowed):
        delete_room(room, by=yusuf)
    delete_room(room, by=amina)
    assert {model: model._default_manager.count() for model in apps.get_models()} == before
