"""The page of the search, and its command."""

import json
from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from command_line import talanoa
from talanoa.inputs.actions.receiving import Words
from talanoa.inputs.models import Input
from talanoa.people.models import Person

Send = Callable[..., Input]


def test_the_page_shows_the_words_marked_and_what_people_wrote_as_text(
    send: Send, yusuf: Person, client: Client
) -> None:
    send(yusuf, words=Words(title="<b>Wages</b>", text="Pay the trainers."))
    page = client.get(reverse("search:index"), {"words": "trainers"}).content.decode()
    assert "<mark>trainers</mark>" in page
    assert ("&lt;b&gt;Wages" in page, "<b>Wages" in page) == (True, False)


def test_a_search_without_an_answer_says_so(db: None, client: Client) -> None:
    page = client.get(reverse("search:index"), {"words": "quetzal", "kind": "input"}).content.decode()
    assert "Nothing here speaks of that." in page


def test_hostile_words_are_a_page(db: None, client: Client) -> None:
    for typed in ('"', "\x00", "x" * 500, "a' OR NEAR(", "-"):
        assert client.get(reverse("search:index"), {"words": typed, "process": "\x00"}).status_code == 200


def test_the_command_finds_what_the_page_finds(send: Send, yusuf: Person) -> None:
    send(yusuf, words=Words(title="Wages", text="Pay the trainers."))
    told = json.loads(talanoa("search", "trainers", "--json").out)
    assert told["found"] == [
        {
            "kind": "input",
            "title": "Wages",
            "address": "/p/nm/inputs/1/",
            "process": "nm",
            "text": "Pay the trainers.",
        }
    ]
