"""Nobody acts by accident, in another's name, or through a page that another site holds open."""

from typing import Any
from urllib.parse import unquote

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from permissions import acts, places
from permissions.asking import Browser
from permissions.cast import address
from permissions.matrix import Line, lines
from permissions.stages import KEYS
from permissions.world import World
from talanoa.contributions.models import Contribution
from talanoa.people.models import Person
from talanoa.record.models import Entry
from talanoa.record.queries import public_fields

pytestmark = pytest.mark.django_db
OPEN = KEYS["open"]
WRITE = f"/p/{OPEN}/inputs/write/"


# Addresses that take a POST without our form: each with the reason.
WITHOUT_FORM = {"site:leave": "one click in a mail program, whose link is the proof (RFC 8058, section 3.2)"}


def posts() -> list[Line]:
    """Each address that takes a POST, once."""
    found = {line.name: line for line in reversed(lines()) if line.method == "POST"}
    return [line for name, line in found.items() if name not in WITHOUT_FORM]


@pytest.mark.parametrize("line", posts(), ids=str)
def test_no_act_is_done_without_the_token_of_our_own_form(world: World, line: Line) -> None:
    browser = Browser(enforce_csrf_checks=True)
    url, sent = places.url(world, line.name, line.state), acts.data(world, line.name, line.state)
    asked = {
        role: browser.ask(world.askers[role], "POST", url, sent) for role in ("visitor", "author", "convenor")
    }
    assert {found.outcome for found in asked.values()} == {"403"}
    assert [found.written for found in asked.values() if found.written] == []


def sent_by_visitor(world: World, **more: Any) -> Contribution:
    """Send an input as a visitor; it stays until the test ends."""
    answer = Client().post(WRITE, acts.INPUT | more)
    assert answer.status_code == 302
    return Contribution.objects.latest("pk")


def test_a_visitor_who_names_the_convenors_address_is_nobodys_convenor(world: World) -> None:
    made = sent_by_visitor(world, address=address("convenor"), name="Somebody else")
    entry = Entry.objects.latest("index")
    told = public_fields(entry)
    assert (told["r"], told["state"], "g" in told) == ("participant", "unconfirmed", False)
    assert (made.person, made.authorship.name) == (world.cast["convenor"], "Somebody else")


def test_the_same_form_sent_twice_is_one_input(world: World) -> None:
    assert sent_by_visitor(world).pk == sent_by_visitor(world).pk


@pytest.mark.parametrize("change", [{"text": "Other words."}, {"address": "other@talanoa.example"}])
def test_the_same_form_with_other_words_or_from_somebody_else_is_another_input(
    world: World, change: dict[str, str]
) -> None:
    first = sent_by_visitor(world)
    assert sent_by_visitor(world, **change).number == first.number + 1


def test_nothing_is_kept_of_a_visitor_whose_input_is_refused(world: World) -> None:
    asked = Browser().ask(world.askers["visitor"], "POST", WRITE, acts.INPUT | {"text": "\u202e"})
    assert (asked.outcome, asked.written) == ("200", ())


def test_the_author_of_a_paper_reads_the_answer_without_becoming_a_participant(world: World) -> None:
    """Whoever handed in a paper never entered the process; to open the form of a dispute does not bring them in."""
    answer = world.answers["answered"]
    stranger = world.cast["registered"]
    Contribution.objects.filter(pk=answer.contribution_id).update(person=stranger)
    pages = (
        f"/p/{OPEN}/answers/{answer.pk}/dispute/",
        f"/p/{OPEN}/inputs/{answer.contribution.number}/replace/",
    )
    asked = [Browser().ask(world.askers["registered"], "GET", page) for page in pages]
    assert [(found.outcome, found.written) for found in asked] == [("200", ()), ("200", ())]


@pytest.mark.parametrize("page", ["desk/", "desk/decision/", "desk/inputs/"])
def test_a_role_needs_the_second_factor_in_this_session_not_in_the_login_only(
    world: World, page: str
) -> None:
    asker = world.askers["convenor"]
    session = SessionStore(asker.session)
    session["account_authentication_methods"] = session["account_authentication_methods"][:1]
    session.save()
    asked = Browser().ask(asker, "GET", f"/p/{OPEN}/{page}")
    assert unquote(asked.response["Location"]) == f"/account/2fa/reauthenticate/?next=/p/{OPEN}/{page}"


def test_who_may_not_give_a_role_makes_nobody_known(world: World) -> None:
    asked = Browser().ask(
        world.askers["chair"], "POST", f"/p/{OPEN}/desk/people/", acts.FIXED["processes:people"]
    )
    assert (asked.outcome, asked.written) == ("403", ())
    assert not Person.objects.filter(address="new@talanoa.example").exists()
