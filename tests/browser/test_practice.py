"""A room in Chromium: every page of it narrow and light, wide and dark, from the offer to the debrief."""

from typing import TYPE_CHECKING

import pytest

from browser.conftest import Place
from browser.eye import AUTHOR, Eye, needs_chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytest.importorskip("playwright.sync_api")
pytestmark = needs_chromium


def test_every_page_of_a_room_can_be_read_and_used(chromium: "Browser", demonstration: Place) -> None:
    eye = Eye(chromium, demonstration.url)
    eye.become(AUTHOR)
    eye.open("/practice/")
    eye.open("/practice/join/")
    eye.open("/practice/scenarios/72-hours/")
    eye.press("Open the room")
    eye.look("room, day 1")
    eye.follow("The charter")
    eye.look("charter")
    eye.press("I have read it")
    for day in range(1, 6):
        if day in (2, 5):
            eye.look(f"room, day {day}")
        eye.press("End my day")
    eye.look("debrief")
    eye.follow("Show all packages")
    eye.look("debrief with the map")
    assert (eye.wrong, eye.said) == ({}, [])
