"""Who joins the roster, what it asks of them, and how they leave."""

import pytest
from django.db import DatabaseError, transaction

from conftest import START, day
from roster.conftest import Join, somebody, state
from steps import line, new_entries, refusal
from talanoa.people.interests import Interests
from talanoa.people.models import Person
from talanoa.processes.actions.interests import erase_interests, state_interests
from talanoa.roster.actions.joining import Offered, join_roster, leave_roster
from talanoa.roster.models import Expert
from talanoa.roster.queries import on_roster, spoken, with_interests

EN = Offered("facilitator", ("en",))


def offered(person: Person, what: Offered = EN, *, at: float = 1) -> Expert:
    return join_roster(by=person, offered=what, at=day(at), channel="web")


def test_who_joins_stands_on_the_record_by_a_number_and_a_committed_name(yusuf: Person) -> None:
    state(yusuf)
    what = Offered("both", ("en", "Kiswahili", "en"), "  radio,\nferries ", "I chaired a village council.")
    [entry] = new_entries(lambda: offered(yusuf, what))
    assert entry == line(
        "expert.listed.1", r="reader", at=day(1), p="", expert=1, offers="both", languages="en,sw"
    )
    made = Expert.objects.get()
    assert (made.name, made.languages, made.topics) == ("Yusuf Abdi", ["en", "sw"], "radio, ferries")


@pytest.mark.parametrize("what", ["missing", "stale", "declined", "erased"])
def test_nobody_joins_without_a_current_statement_of_interests(yusuf: Person, what: str) -> None:
    if what != "missing":
        said = Interests(is_declined=True) if what == "declined" else Interests(text="None.")
        made = state_interests(None, by=yusuf, interests=said, at=START, channel="web")
        if what == "erased":
            erase_interests(made, by=yusuf, at=START, channel="web")
    late = 366 if what == "stale" else 1
    assert refusal(lambda: offered(yusuf, at=late)) == "interest_statement_missing"


@pytest.mark.parametrize(
    ("what", "code"),
    [
        (Offered("chair", ("en",)), "expert_kind_unknown"),
        (Offered("expert", ()), "languages_missing"),
        (Offered("expert", (" ",)), "languages_missing"),
        (Offered("expert", ("en", "Klingonish")), "language_unknown"),
        (Offered("expert", ("en",), "x" * 301), "line_too_long"),
    ],
)
def test_what_is_offered_can_be_understood(yusuf: Person, what: Offered, code: str) -> None:
    state(yusuf)
    assert refusal(lambda: offered(yusuf, what)) == code


def test_expert_kind_unknown(yusuf: Person) -> None:
    state(yusuf)
    assert refusal(lambda: offered(yusuf, Offered("", ("en",)))) == "expert_kind_unknown"


def test_languages_missing(yusuf: Person) -> None:
    state(yusuf)
    assert refusal(lambda: offered(yusuf, Offered("expert", ()))) == "languages_missing"


def test_who_joins_again_changes_what_stands_there_and_the_same_changes_nothing(yusuf: Person) -> None:
    state(yusuf)
    offered(yusuf)
    [entry] = new_entries(lambda: offered(yusuf, Offered("expert", ("sw",))))
    assert (entry["k"], entry["expert"], entry["offers"]) == ("expert.changed.1", 1, "expert")
    assert new_entries(lambda: offered(yusuf, Offered("expert", ("sw",)))) == []
    assert Expert.objects.count() == 1


def test_who_leaves_is_off_the_roster_and_comes_back_as_a_new_number(yusuf: Person) -> None:
    state(yusuf)
    offered(yusuf)
    [entry] = new_entries(lambda: leave_roster(by=yusuf, at=day(2), channel="web"))
    assert entry == line("expert.left.1", r="reader", at=day(2), p="", expert=1)
    assert list(on_roster()) == []
    assert offered(yusuf, at=3).number == 2
    assert [row.number for row in Expert.objects.visible_to(yusuf)] == [1, 2]
    assert [row.number for row in Expert.objects.visible_to(None)] == [2]


def test_expert_unlisted(yusuf: Person) -> None:
    assert refusal(lambda: leave_roster(by=yusuf, at=day(2), channel="web")) == "expert_unlisted"


def test_the_roster_is_filtered_by_language_and_by_what_is_offered(join: Join) -> None:
    join("Ana Sousa", "pt-BR")
    join("Neema Mushi", "sw", "en", kind="expert")
    join("Tomasi Leka", "en", kind="both")
    names = {
        wanted: [row.name for row in on_roster(language=wanted[0], kind=wanted[1])]
        for wanted in [("pt", ""), ("en", ""), ("en", "facilitator"), ("", "expert"), ("fr", "")]
    }
    assert names == {
        ("pt", ""): ["Ana Sousa"],
        ("en", ""): ["Neema Mushi", "Tomasi Leka"],
        ("en", "facilitator"): ["Tomasi Leka"],
        ("", "expert"): ["Neema Mushi", "Tomasi Leka"],
        ("fr", ""): [],
    }
    assert spoken() == [("en", "English"), ("sw", "Kiswahili"), ("pt-BR", "Português (BR)")]


@pytest.mark.parametrize("number", [1, 3])
def test_interests_are_read_by_two_queries_whatever_the_number(
    join: Join, number: int, django_assert_num_queries: object
) -> None:
    for one in range(number):
        join(somebody(f"Person{one} X"))
    rows = list(on_roster())
    with django_assert_num_queries(2):  # type: ignore[operator]
        assert [row.standing for row in with_interests(rows, day(1))] == ["current"] * number


@pytest.mark.parametrize("change", ["delete", "left_at", "number"])
def test_the_database_refuses_to_delete_a_listing_or_to_undo_a_leave(yusuf: Person, change: str) -> None:
    state(yusuf)
    made = offered(yusuf)
    leave_roster(by=yusuf, at=day(2), channel="web")
    rows = Expert.objects.filter(pk=made.pk)
    acts = {
        "delete": rows.delete,
        "left_at": lambda: rows.update(left_at=None),
        "number": lambda: rows.update(number=7),
    }
    with pytest.raises(DatabaseError, match="deletion_forbidden"), transaction.atomic():
        acts[change]()
