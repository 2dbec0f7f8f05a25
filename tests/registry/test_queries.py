"""Finding who works on what."""

from datetime import date

import pytest

from talanoa.lib.overlap import Proposal
from talanoa.registry.models import Body, OutsideProcess
from talanoa.registry.queries import about, called, deadlines, open_processes, overlaps, search


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("body/forum", "body/forum"),
        ("FORUM", "body/forum"),
        ("fees", "process/fees"),
        ("training/rowing", "training/rowing"),
        ("bridge", "funding/bridge"),
        ("process/forum", None),
        ("castle/forum", None),
        ("", None),
    ],
)
def test_an_entry_is_called_by_what_it_is_and_its_key(forum: Body, name: str, found: str | None) -> None:
    row = called(name)
    assert (about(row) if row else None) == found


def test_what_is_not_listed_is_not_found(forum: Body) -> None:
    Body.objects.filter(key="forum").update(is_listed=False)
    assert called("forum") is None
    assert {row.body for row in overlaps(Proposal("Ferries"))} == {"pavers"}
    assert "body/forum" not in {about(found.row) for found in search("Ferries and fees")}


def test_a_search_finds_bodies_and_what_they_offer_by_what_they_say(forum: Body) -> None:
    assert [about(found.row) for found in search("fair fee for ferries")] == ["process/fees", "body/forum"]
    assert [about(found.row) for found in search("bridges")] == ["funding/bridge"]
    assert search("volcano") == []


def test_a_proposal_is_held_against_bodies_and_their_processes(forum: Body) -> None:
    first, second = overlaps(Proposal("What is a fair price for a ferry?"))
    assert (first.body, first.via, second.body) == ("forum", "fees", "pavers")


def test_what_is_over_or_closed_is_not_offered(forum: Body) -> None:
    assert [row.key for row in open_processes(date(2026, 4, 1))] == ["fees"]
    assert open_processes(date(2026, 4, 2)) == []
    OutsideProcess.objects.update(status="closed")
    assert open_processes(date(2026, 3, 1)) == []


def test_deadlines_come_in_order(forum: Body) -> None:
    assert [about(row) for row in deadlines()] == ["funding/bridge", "process/fees"]
