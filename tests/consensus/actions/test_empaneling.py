"""A panel is drawn by lot and by public numbers, from a pool without who decided, wrote, took a side or ratifies."""

import json

import pytest
from django.db import DatabaseError, transaction

from command_line import talanoa
from conftest import day
from consensus.actions.test_calling import ask
from consensus.hearing import (
    JURORS,
    KNOWN,
    SAID,
    SOURCES,
    announced,
    appealed,
    empaneled,
    fit,
    found_on,
    jurors,
    opine,
    seats_of,
    speak,
)
from remembering import remembered
from steps import line, member, new_entries, refusal
from talanoa.consensus.actions.challenging import raise_challenge
from talanoa.consensus.actions.contesting import admit_appeal, support_appeal
from talanoa.consensus.actions.empaneling import draw_panel, leave_seat
from talanoa.consensus.models import Call, PanelAppeal, PanelDraw, PanelMember
from talanoa.consensus.panels import command_of, draw_data, pool_for
from talanoa.kernel.errors import NotAllowed
from talanoa.lib import draws
from talanoa.people.actions import know_person, prove_address
from talanoa.people.interests import Interests
from talanoa.people.models import Person
from talanoa.processes.actions.interests import state_interests
from talanoa.processes.actions.roles import enter
from talanoa.processes.models import Participant, Role


@pytest.fixture
@remembered
def appeal(call: Call, voice: Participant, second: Participant, chair: Participant) -> PanelAppeal:
    """Yusuf's appeal against what Henrike found; Sione took part in the call too."""
    speak(call, voice)
    speak(call, second)
    return appealed(found_on(call, chair), voice)


def draw(appeal: PanelAppeal, by: Participant, **other: object) -> PanelDraw:
    said: dict[str, object] = {"said": SAID, "at": day(97), "channel": "web"} | other
    return draw_panel(appeal, by=by, **said)  # type: ignore[arg-type]


def leave(appeal: PanelAppeal, seat: PanelMember, text: str = "I work for the editor.") -> PanelMember:
    return leave_seat(appeal, by=seat.participant, text=text, at=day(98), channel="mail")


def names(appeal: PanelAppeal) -> list[str]:
    return [row.person.name for row in pool_for(appeal, day(95))]


def test_the_pool_has_who_took_part_is_confirmed_and_says_what_ties_them(
    appeal: PanelAppeal, sione: Person
) -> None:
    jurors(appeal.process, JURORS[:2])
    assert names(appeal) == list(JURORS[:2])
    fit(appeal.process, sione)
    assert "Sione Vea" in names(appeal)


def test_nobody_is_in_the_pool_without_a_confirmed_address_or_a_current_statement(
    appeal: PanelAppeal,
) -> None:
    unproven, silent = (
        know_person(name=name, address=f"{name}@x.example") for name in ("unproven", "silent")
    )
    stale, observing = (
        know_person(name=name, address=f"{name}@x.example") for name in ("stale", "observing")
    )
    for person in (silent, stale, observing):
        prove_address(person, at=day(1))
    enter(appeal.process, silent, at=day(41))
    told = {"at": day(41), "channel": "web"}
    state_interests(appeal.process, by=unproven, interests=Interests(text="None."), **told)  # type: ignore[arg-type]
    state_interests(appeal.process, by=stale, interests=Interests(text="None."), at=day(-300), channel="web")
    state_interests(appeal.process, by=observing, interests=Interests(is_declined=True), **told)  # type: ignore[arg-type]
    assert names(appeal) == []


def test_who_decided_wrote_took_a_side_or_ratifies_is_not_in_the_pool(
    appeal: PanelAppeal, chair: Participant, editor: Participant, convenor: Participant, second: Participant
) -> None:
    sponsor, observer = (know_person(name=name, address=f"{name}@x.example") for name in ("Sam", "Oba"))
    member(convenor, sponsor, Role.SPONSOR)
    member(convenor, observer, Role.OBSERVER)
    everybody = [chair, editor, convenor, appeal.by, second]
    for person in [*(one.person for one in everybody), sponsor, observer]:
        fit(appeal.process, person)
    support_appeal(appeal, by=second, at=day(95), channel="web")
    assert names(appeal) == []


def test_who_challenged_took_a_side(appeal: PanelAppeal, second: Participant, chair: Participant) -> None:
    fit(appeal.process, second.person)
    assert names(appeal) == ["Sione Vea"]
    assert appeal.designation
    raise_challenge(appeal.designation, by=second, text="No.", at=day(95), channel="web")
    assert names(appeal) == []


def test_the_draw_is_announced_with_its_pool_before_the_sources_speak(
    appeal: PanelAppeal, convenor: Participant
) -> None:
    jurors(appeal.process)
    told = new_entries(lambda: announced(appeal, convenor))
    assert told[-1] == line(
        "draw.announced.1",
        r="convenor",
        at=day(95),
        p="wg",
        appeal=1,
        draw=1,
        method="rfc3797",
        seats=3,
        pool=5,
        known="2026-06-06T09:00Z",
    )
    made = PanelDraw.objects.get()
    assert [(row.number, row.name) for row in made.members.all()] == list(enumerate(JURORS, start=1))
    assert made.sources == list(SOURCES)
    assert command_of(made).endswith("--pool 5 --select 5 --source ... --source ...")


def test_wrong_state_before_it_is_admitted(appeal: PanelAppeal, convenor: Participant) -> None:
    appeal.admitted_at = day(95)
    assert refusal(lambda: announced(appeal, convenor)) == "wrong_state"


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"known_at": day(95)}, "draw_date_unfit"),
        ({"known_at": day(94)}, "draw_date_unfit"),
        ({"known_at": day(126)}, "draw_date_unfit"),
        ({"method": "dice"}, "method_unknown"),
        ({"seats": 4}, "seats_uneven"),
        ({"sources": ["", " "]}, "sources_missing"),
        ({"sources": ["x"] * 17}, "sources_missing"),
        ({"sources": ["x" * 301]}, "line_too_long"),
        ({"seats": 7}, "pool_too_small"),
    ],
)
def test_what_no_draw_can_be(
    appeal: PanelAppeal, convenor: Participant, other: dict[str, object], code: str
) -> None:
    jurors(appeal.process)
    admit_appeal(appeal, by=convenor, at=day(95), channel="web")
    appeal.refresh_from_db()
    assert refusal(lambda: announced(appeal, convenor, **other)) == code


def test_draw_announced_nothing_of_it_changes(appeal: PanelAppeal, convenor: Participant) -> None:
    jurors(appeal.process)
    announced(appeal, convenor)
    appeal.refresh_from_db()
    assert refusal(lambda: announced(appeal, convenor)) == "draw_announced"
    with pytest.raises(DatabaseError, match="deletion_forbidden"), transaction.atomic():
        PanelDraw.objects.update(sources=["my own dice"])
    with pytest.raises(DatabaseError, match="deletion_forbidden"), transaction.atomic():
        PanelMember.objects.filter(number=1).update(number=9)


def test_draw_missing_draw_too_early_draw_done(appeal: PanelAppeal, convenor: Participant) -> None:
    jurors(appeal.process)
    admit_appeal(appeal, by=convenor, at=day(95), channel="web")
    assert refusal(lambda: draw(appeal, convenor)) == "draw_missing"
    appeal.refresh_from_db()
    announced(appeal, convenor)
    assert refusal(lambda: draw(appeal, convenor, at=day(95.5))) == "draw_too_early"
    draw(appeal, convenor)
    assert refusal(lambda: draw(appeal, convenor, said=("1", "2"))) == "draw_done"


@pytest.mark.parametrize("said", [("9 18",), ("9 18", "x"), ("9 18", ""), ("9 18", "1", "2"), ()])
def test_source_unreadable(appeal: PanelAppeal, convenor: Participant, said: tuple[str, ...]) -> None:
    jurors(appeal.process)
    announced(appeal, convenor)
    assert refusal(lambda: draw(appeal, convenor, said=said)) == "source_unreadable"


def test_the_panel_is_what_anybody_draws_again(appeal: PanelAppeal, convenor: Participant) -> None:
    jurors(appeal.process)
    announced(appeal, convenor)
    told = new_entries(lambda: draw(appeal, convenor))
    again = draws.draw(SAID, pool=5, select=5)
    assert told == [
        line(
            "panel.drawn.1",
            r="convenor",
            at=day(97),
            p="wg",
            appeal=1,
            draw=1,
            key="9.18.26.34.41.45./9319.5/",
            selected=",".join(map(str, again.selected)),
            until="2026-06-21T09:00Z",
        )
    ]
    assert [seat.number for seat in seats_of(appeal)] == list(again.selected[:3])


def test_drawing_5_of_25_with_the_vector_of_the_rfc_and_again_offline(
    call: Call, voice: Participant, chair: Participant, convenor: Participant, tmp_path: object
) -> None:
    """Acceptance 8: RFC 3797, section 6, gives 17, 7, 2, 16, 25; a third party gets the same from what is exported."""
    speak(call, voice)
    appeal = appealed(found_on(call, chair), voice)
    jurors(call.process, [f"Member {number}" for number in range(1, 26)])
    sources = ("Deaths in the first world war", "Lottery", "Another lottery")
    announced(appeal, convenor, sources=sources, seats=5)
    made = draw(appeal, convenor, said=("9319", "2 5 12 8 10", "9 18 26 34 41 45"))
    assert [seat.number for seat in seats_of(appeal)] == [17, 7, 2, 16, 25]
    exported = tmp_path / "draw.json"  # type: ignore[operator]
    exported.write_text(json.dumps(draw_data(made)), encoding="utf-8")
    verified = talanoa("draw", "verify", exported, "--json").told
    assert (verified["holds"], verified["selected"][:5]) == (True, [17, 7, 2, 16, 25])
    words = command_of(made).replace("'", "").split(" --source ")
    base, said = words[0].split()[2:], [x for one in words[1:] for x in ("--source", one)]
    assert talanoa("draw", *base, *said, "--json").told["selected"] == verified["selected"]


def test_who_leaves_a_seat_says_why_and_the_next_of_the_draw_takes_it(
    appeal: PanelAppeal, convenor: Participant
) -> None:
    jurors(appeal.process)
    first, *_others = empaneled(appeal, convenor)
    assert refusal(lambda: leave(appeal, first, " ")) == "reason_missing"
    order = draws.draw(SAID, pool=5, select=5).selected
    told = new_entries(lambda: leave(appeal, first))
    assert (told[0]["k"], told[0]["member"], told[0]["next"]) == ("seat.left.1", order[0], order[3])
    assert [seat.number for seat in seats_of(appeal)] == [order[1], order[2], order[3]]
    with pytest.raises(NotAllowed):
        leave(appeal, first)


def test_opinion_given_the_seat_is_kept(appeal: PanelAppeal, convenor: Participant) -> None:
    jurors(appeal.process)
    first, *_others = empaneled(appeal, convenor)
    opine(appeal, first, "upheld")
    assert refusal(lambda: leave(appeal, first)) == "opinion_given"


def test_once_everybody_has_left_another_draw_is_announced(
    appeal: PanelAppeal, convenor: Participant
) -> None:
    jurors(appeal.process, JURORS[:3])
    for seat in empaneled(appeal, convenor):
        leave(appeal, seat)
    appeal.refresh_from_db()
    for number in range(3):
        person = know_person(name=f"Later {number}", address=f"later{number}@x.example")
        fit(appeal.process, person)
    again = announced(appeal, convenor, at=day(99), known_at=day(100))
    assert again.number == 2


def test_the_database_lets_nobody_draw_before_the_sources_speak(
    appeal: PanelAppeal, convenor: Participant
) -> None:
    jurors(appeal.process)
    announced(appeal, convenor)
    with pytest.raises(DatabaseError, match="panel_draw_after_sources"), transaction.atomic():
        PanelDraw.objects.update(drawn_at=day(95.5))
    assert PanelDraw.objects.get().known_at == KNOWN


def test_a_call_after_an_annulment_needs_no_reason(
    call: Call, chair: Participant, voice: Participant
) -> None:
    speak(call, voice)
    designation = found_on(call, chair)
    assert refusal(lambda: ask(call.draft, chair, day(92))) == "call_repeated"
    type(designation).objects.filter(pk=designation.pk).update(annulled_at=day(92))
    assert ask(call.draft, chair, day(93)).number == 2
