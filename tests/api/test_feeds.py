"""What other programs read about a process: the feed says what the record says and nothing else."""

from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from conftest import day
from talanoa.inputs.models import Input
from talanoa.people.models import Person
from talanoa.processes.actions.announcing import announce
from talanoa.processes.models import Participant, Process

ATOM = "{http://www.w3.org/2005/Atom}"
Send = Callable[..., Input]
pytestmark = pytest.mark.django_db


def titles(client: Client, key: str) -> list[str]:
    answer = client.get(f"/p/{key}/feed.atom")
    return [str(e.findtext(f"{ATOM}title")) for e in ET.fromstring(answer.content).iter(f"{ATOM}entry")]


def test_the_feed_tells_every_public_act_newest_first(
    client: Client, process: Process, send: Send, yusuf: Person
) -> None:
    send(yusuf)
    assert titles(client, "nm") == [
        "Input 1 was received.",
        "The call for input began.",
        "The process was opened.",
        "Version 1 of the charter was published.",
        "The process was begun as a draft.",
    ]


def test_the_feed_holds_no_word_of_an_input(
    client: Client, process: Process, send: Send, yusuf: Person
) -> None:
    send(yusuf, "CANARY in the text", title="CANARY in the title", publication="private")
    assert b"CANARY" not in client.get("/p/nm/feed.atom").content


def test_a_draft_process_has_no_feed_for_the_public(client: Client, process: Process) -> None:
    Process.objects.update(state=Process.State.DRAFT)
    assert client.get("/p/nm/feed.atom").status_code == 404


def test_every_entry_leads_to_its_line_on_the_record(client: Client, process: Process) -> None:
    feed = ET.fromstring(client.get("/p/nm/feed.atom").content)
    links = [
        str(link.get("href")) for link in feed.iter(f"{ATOM}link") if "/record/" in str(link.get("href"))
    ]
    assert len(links) == len(list(feed.iter(f"{ATOM}entry")))


def test_an_announcement_stands_in_the_feed_with_its_words_and_leads_to_its_page(
    client: Client, process: Process, convenor: Participant
) -> None:
    said = {"title": "Who pays?", "text": "Come & <b>tell</b> us.", "language": "en", "lists": []}
    announce(process, by=convenor, **said, at=day(1), channel="web")  # type: ignore[arg-type]
    feed = ET.fromstring(client.get("/p/nm/feed.atom").content)
    entry = next(feed.iter(f"{ATOM}entry"))
    link = entry.find(f"{ATOM}link")
    assert link is not None
    assert entry.findtext(f"{ATOM}title") == "Who pays?"
    assert str(link.get("href")).endswith("/p/nm/announcements/1/")
    told = str(entry.findtext(f"{ATOM}summary"))
    assert told.startswith("<p>Come &amp; &lt;b&gt;tell&lt;/b&gt; us.</p>")
    assert "Entry 6 of the record." in told
