"""`talanoa registry`: each verb good and refused."""

from datetime import date
from pathlib import Path

from command_line import refused, talanoa, told
from registry.example_files import REGISTRY, change, copied
from talanoa.people.models import Person
from talanoa.record.models import Log
from talanoa.registry.models import Body, Correction, OutsideProcess

AMINA = ("--as", "amina@talanoa.example")


def test_it_is_loaded_once_and_again_without_a_change(log: Log) -> None:
    first, again = (told("registry", "load", REGISTRY) for _time in range(2))
    assert (first["new"], first["bodies"], first["processes"], first["trainings"], first["funding"]) == (
        True,
        2,
        1,
        1,
        1,
    )
    assert again == first | {"new": False}


def test_what_is_wrong_in_a_file_is_told_with_its_line_and_nothing_is_loaded(
    log: Log, tmp_path: Path
) -> None:
    folder = copied(tmp_path)
    change(folder, "bodies/forum.yaml", "kind: forum", "kind: club")
    assert refused("registry", "load", folder) == (3, "registry_unreadable")
    assert "bodies/forum.yaml:4: kind is none of" in talanoa("registry", "load", folder).err
    assert not Body.objects.exists()
    assert refused("registry", "load", tmp_path / "nowhere") == (5, "file_unreadable")


def test_candidates_come_in_order_with_their_parts(forum: Body) -> None:
    words = ("--title", "A dialogue about ferries", "--summary", "Once a year on the river")
    found = told("registry", "overlap", *words)
    assert [row["body"] for row in found["candidates"]] == ["forum", "pavers"]
    first = found["candidates"][0]
    assert first["parts"].keys() == found["weights"].keys()
    assert first["score"] == round(
        sum(found["weights"][name] * first["parts"][name] for name in first["parts"]), 4
    )
    assert first["must_judge"] is True
    assert found == told("registry", "overlap", *words)
    assert talanoa("registry", "overlap", *words).out.startswith(f"{first['score']:.2f} forum*  text ")


def test_what_is_said_of_a_proposal_counts(forum: Body) -> None:
    more = ("--topic", "roads", "--addressee", "road builders", "--jurisdiction", "KE")
    found = told("registry", "overlap", "--title", "Something", *more)["candidates"]
    assert (found[0]["body"], found[0]["parts"]["addressee"], found[0]["parts"]["topics"]) == ("pavers", 1, 1)


def test_an_empty_registry_says_so(log: Log) -> None:
    assert told("registry", "overlap", "--title", "Ferries")["candidates"] == []
    assert "talanoa registry load" in talanoa("registry", "overlap", "--title", "Ferries").out


def test_it_is_searched(forum: Body) -> None:
    assert told("registry", "search", "rowing")["found"] == [
        {"entry": "training/rowing", "title": "Rowing for beginners", "url": "https://rowing.example/"}
    ]


def test_dates_are_set_by_those_who_keep_it(forum: Body, amina: Person, yusuf: Person) -> None:
    days = ("--checked", "2026-03-01", "--closes", "2026-06-01")
    assert told("registry", "date", "process/fees", *days, *AMINA) == {
        "entry": "process/fees",
        "checked": "2026-03-01",
    }
    assert OutsideProcess.objects.get().closes_on == date(2026, 6, 1)
    assert refused("registry", "date", "fees", *days, "--as", yusuf.address) == (4, "not_allowed")


def test_what_the_registry_does_not_have_is_refused(forum: Body, amina: Person) -> None:
    assert refused("registry", "date", "body/senate", "--checked", "2026-03-01", *AMINA) == (
        3,
        "entry_unknown",
    )
    assert refused("registry", "answer", 7, "kept", "--text", "No.", *AMINA) == (3, "number_unknown")
    assert refused("registry", "correct", "--text", "No.", "--as", "nobody@talanoa.example") == (
        3,
        "person_unknown",
    )


def test_a_correction_is_sent_listed_and_answered(forum: Body, amina: Person, yusuf: Person) -> None:
    made = told("registry", "correct", "forum", "--text", "It moved.", "--as", yusuf.address)
    assert made == {"number": 1, "about": "body/forum"}
    told("registry", "correct", "--text", "Boats are missing.", "--as", yusuf.address)
    assert (
        told("registry", "answer", 1, "corrected", "--text", "So it did.", *AMINA)["outcome"] == "corrected"
    )
    listed = told("registry", "corrections")["corrections"]
    assert [(row["number"], row["outcome"], row["answer"]) for row in listed] == [
        (2, "", ""),
        (1, "corrected", "So it did."),
    ]
    assert Correction.objects.get(number=1).person == yusuf


def test_a_body_without_a_feed_that_can_be_read_is_refused(forum: Body) -> None:
    assert refused("registry", "news", "pavers") == (3, "feed_missing")
    assert refused("registry", "news", "senate") == (3, "entry_unknown")


def test_a_feed_that_is_no_public_place_is_told_with_its_code(forum: Body) -> None:
    forum.feeds = [
        {"kind": "atom", "url": "https://127.0.0.1/feed"},
        {"kind": "mbox", "url": "https://forum.example/"},
    ]
    forum.save()
    assert told("registry", "news", "forum") == {
        "feeds": [{"feed": "https://127.0.0.1/feed", "code": "address_not_public"}]
    }
