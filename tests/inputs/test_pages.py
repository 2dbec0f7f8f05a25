"""The forms of an input on the web."""

from collections.abc import Callable

import pytest

from conftest import day
from talanoa.inputs.models import Input
from talanoa.people.models import Person
from talanoa.processes.models import Stage
from web import Hands, Reader

Send = Callable[..., Input]


def offered(reader: Reader, path: str) -> str:
    """The language that stands in the form at `path`."""
    return str(reader.client.get(path).context["form"]["language"].value())


def test_a_form_says_no_language_for_who_writes(
    call: Stage, yusuf: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    Hands(monkeypatch, day(1))
    yusuf.language = "sw"
    yusuf.save()
    assert offered(Reader(yusuf), "/p/nm/inputs/write/") == "None"
    page = Reader(yusuf).client.get("/p/nm/inputs/write/").content.decode()
    assert 'value="">As the words show' in page or 'value="" selected>As the words show' in page


@pytest.mark.parametrize(("source", "begins_with"), [("stated", "ar"), ("corrected", "ar"), ("detected", "")])
def test_a_replacement_begins_with_the_language_that_was_said_of_what_it_replaces(
    send: Send, yusuf: Person, source: str, begins_with: str
) -> None:
    said = send(yusuf)
    said.language, said.language_source = "ar", source
    said.save()
    assert offered(Reader(yusuf), "/p/nm/inputs/1/replace/") == begins_with


def test_inputs_of_one_organization_fold_into_one_line_and_open_again(
    send: Send, yusuf: Person, lucia: Person, sione: Person
) -> None:
    for person, name in ((yusuf, "Télécom S.A."), (lucia, "telecom s.a."), (sione, "")):
        Person.objects.filter(pk=person.pk).update(organization=name)
        person.refresh_from_db()
        send(person, text=f"Said by {person.pk}.")
    send(lucia, text="Unseen.", publication="private")
    send(yusuf, text="Unnamed.", publication="group_only")
    reader = Reader()
    page = reader.open("/p/nm/inputs/?fold=organization").text
    assert ("nm-1" in page, "nm-2" in page, "nm-3" in page, "nm-4" in page) == (False, True, True, True)
    page = reader.follow("2 inputs of this organization: nm-2").text
    assert ("nm-1" in page, "nm-2" in page, "nm-3" in page, "nm-4" in page) == (True, True, False, False)
    assert "No input fits these filters." in reader.open("/p/nm/inputs/?of=4").text
