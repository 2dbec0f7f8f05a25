"""The pages of moderation: light, asking the database as often for many acts as for few, and saying what holds."""

import gzip
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conftest import day
from talanoa.contributions.actions.appealing import raise_appeal
from talanoa.contributions.actions.moderating import flag_contribution, hold_contribution
from talanoa.contributions.models import Contribution, ModerationAct
from talanoa.inputs.models import Input
from talanoa.people.models import Person
from talanoa.processes import charter
from talanoa.processes.actions.chartering import create_process, publish_charter
from talanoa.processes.actions.roles import enter
from talanoa.processes.models import Participant, Process
from talanoa.processes.queries import participant
from web import Hands, Reader

Send = Callable[..., Input]
LIST = 30_000
DONE: dict[str, Any] = {"at": day(2), "channel": "web"}


@pytest.fixture(autouse=True)
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    return Hands(monkeypatch, day(3))


@pytest.fixture
def moderate(send: Send, yusuf: Person, lucia: Person, dalia: Participant) -> Callable[[int], None]:
    """Flag one input and hold another: moderate(1)."""

    def acting(n: int) -> None:
        flagged, held = (send(yusuf, f"{what} {n}").contribution for what in ("Soap", "Names"))
        by = enter(flagged.process, lucia, at=day(1))
        flag_contribution(flagged, by=by, reason="spam", text="It sells soap.", **DONE)
        hold_contribution(held, by=dalia, reason="abuse", **DONE)

    return acting


def asked(reader: Reader, path: str) -> int:
    with CaptureQueriesContext(connection) as found:
        assert reader.client.get(path).status_code == 200
    return len(found)


def test_a_page_asks_as_often_for_one_act_as_for_three(
    moderate: Callable[[int], None], yusuf: Person, dalia: Participant
) -> None:
    readers = {
        "/p/nm/moderation/": Reader(),
        "/p/nm/moderation.csv": Reader(),
        "/p/nm/desk/": Reader(dalia.person, in_office=True),
        "/me/": Reader(yusuf),
    }
    counts = []
    for numbers in ((1,), (2, 3)):
        for n in numbers:
            moderate(n)
        counts.append({path: asked(reader, path) for path, reader in readers.items()})
    assert counts[0] == counts[1]
    assert counts[0]["/p/nm/moderation/"] <= 9


def test_a_full_page_of_the_log_is_light(moderate: Callable[[int], None]) -> None:
    for n in range(8):
        moderate(n)
    page = Reader().client.get("/p/nm/moderation/").content
    assert len(gzip.compress(page, 6)) < LIST / 4


def test_an_overdue_appeal_stands_so_in_public_and_on_the_desk(
    *,
    hands: Hands,
    send: Send,
    yusuf: Person,
    process: Process,
    dalia: Participant,
    chair: Participant,
) -> None:
    held = send(yusuf).contribution
    hold_contribution(held, by=dalia, reason="abuse", **DONE)
    raise_appeal(held, by=enter(process, yusuf, at=day(2)), text="No.", **DONE)
    pages = {"/p/nm/moderation/": Reader(), "/p/nm/desk/": Reader(dalia.person, in_office=True)}
    before = [reader.open(path).text for path, reader in pages.items()]
    hands.turn_to(day(16))
    after = [reader.open(path).text for path, reader in pages.items()]
    assert ["overdue" in text for text in before + after] == [False, False, True, True]
    assert "Decide an appeal" not in after[1]
    assert "Decide an appeal: nm-1" in Reader(chair.person, in_office=True).open("/p/nm/desk/").text


def test_nobody_gets_past_the_rule_about_their_own_case_on_the_page(
    send: Send, dalia: Participant, convenor: Participant
) -> None:
    send(dalia.person)
    desk = Reader(dalia.person, in_office=True)
    desk.open("/p/nm/desk/moderation/1/")
    page = desk.press("Hold it", reason="abuse")
    assert "You wrote this, or you flagged it: somebody else decides." in page.text
    assert not ModerationAct.objects.exists()
    assert Contribution.objects.get().state == "published"


def test_how_long_somebody_new_may_wait_is_said_where_people_look(amina: Person) -> None:
    facts = charter.template("open-consultation", title="Tides") | {"newcomer_hours": "6"}
    made = create_process(by=amina, key="tides", facts=facts, at=day(0), channel="cli")
    by = participant(made, amina)
    assert by
    publish_charter(made, by=by, at=day(0), channel="cli")
    told = "The first message of somebody new may be held for up to 6 hours"
    texts = [Reader().open(path).text for path in ("/p/tides/", "/p/tides/moderation/")]
    assert [told in text for text in texts] == [True, True]


def test_the_charter_form_asks_for_the_hours_and_keeps_them(process: Process, convenor: Participant) -> None:
    desk = Reader(convenor.person, in_office=True)
    desk.open("/p/nm/desk/charter/")
    desk.press("Save", newcomer_hours="4")
    assert process.charters.latest("version").facts["newcomer_hours"] == "4"
