"""What a process page counts over all inputs, it counts once after each act: as many as they may become."""

from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from talanoa.inputs.models import Input
from talanoa.people.models import Person

Send = Callable[..., Input]
COUNTS = 3


def asked(client: Client) -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get("/p/nm/").status_code == 200
    return len(found)


def test_the_inputs_are_counted_once_for_all_who_read_the_page(
    send: Send, yusuf: Person, client: Client
) -> None:
    send(yusuf)
    first = asked(client)
    assert [asked(client), asked(Client())] == [first - COUNTS, first - COUNTS]


def test_after_an_act_they_are_counted_anew(send: Send, yusuf: Person, lucia: Person, client: Client) -> None:
    for person, told in ((yusuf, "0 / 1"), (lucia, "0 / 2")):
        send(person)
        assert told in client.get("/p/nm/").content.decode()
