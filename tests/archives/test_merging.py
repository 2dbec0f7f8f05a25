"""Who is one person: listed with evidence, decided, undone, each time on the record."""

import pytest

from archives.conftest import Import
from archives.test_importing import entries
from conftest import day
from lib.archive.example_list import plain
from talanoa.archives.actions.merging import decide_merge, find_merges
from talanoa.archives.models import Archive, Merge
from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.people.models import Person


@pytest.fixture
def twice(bring: Import) -> Archive:
    """A list to which Sina wrote from two addresses."""
    return bring(plain(1) + b"\n" + plain(2).replace(b"sina@village", b"s.faleolo@office")).archive


@pytest.fixture
def merge(twice: Archive, amina: Person) -> Merge:
    find_merges(twice, by=amina)
    return twice.merges.get()


def test_who_may_be_one_person_is_listed_once_with_what_speaks_for_it(
    twice: Archive, merge: Merge, amina: Person
) -> None:
    assert (merge.number, merge.evidence, merge.decision) == (1, "same name: faleolo sina", "open")
    assert find_merges(twice, by=amina) == 0


def test_a_decision_and_its_undoing_stand_on_the_record(merge: Merge, amina: Person) -> None:
    for decision in ("same", "open", "different"):
        decide_merge(merge, by=amina, decision=decision, at=day(2), channel="cli")

    told = [(one["k"], one["merge"], one["decision"]) for one in entries()[1:]]
    assert told == [("merge.decided.1", 1, decision) for decision in ("same", "open", "different")]


@pytest.mark.parametrize(("decision", "code"), [("perhaps", "merge_decision"), ("open", "merge_decided")])
def test_a_decision_is_one_of_three_and_changes_something(
    merge: Merge, amina: Person, decision: str, code: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        decide_merge(merge, by=amina, decision=decision, at=day(2), channel="cli")
    assert refused.value.rule == code


def test_only_whom_the_operator_appointed_decides(twice: Archive, merge: Merge, yusuf: Person) -> None:
    with pytest.raises(NotAllowed):
        decide_merge(merge, by=yusuf, decision="same", at=day(2), channel="cli")
    with pytest.raises(NotAllowed):
        find_merges(twice, by=yusuf)
