"""What a person sees who opens an address that only takes a form, say by reloading a page."""

from django.test import Client

from talanoa.processes.models import Process
from web import Page


def test_who_opens_the_address_of_a_form_alone_is_told_how_to_get_there(
    client: Client, process: Process
) -> None:
    answer = client.get(f"/p/{process.key}/inputs/1/withdraw/")
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "Go back one page and choose the button again." in Page(answer.content.decode()).text


def test_a_program_that_asks_in_another_way_gets_no_page(client: Client, process: Process) -> None:
    answer = client.put(f"/p/{process.key}/inputs/1/withdraw/")
    assert (answer.status_code, answer.content) == (405, b"")
