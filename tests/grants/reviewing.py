"""People who review, from five regions and several groups, and what they say."""

from typing import Any

from conftest import day
from talanoa.grants.actions.assigning import name_reviewer
from talanoa.grants.actions.reviewing import attest, receive_review
from talanoa.grants.models import Reading, ResearchCall, Reviewer
from talanoa.people.actions import know_person
from talanoa.people.models import Group, Person
from talanoa.processes.models import Participant

CLOSED = 61
"""The day after the last one of the call."""
PEOPLE = (
    ("Wanjiku Kamau", "wanjiku@nbo.example", Group.ACADEMIA, "KE"),
    ("Kwame Boateng", "kwame@accra.example", Group.CIVIL_SOCIETY, "GH"),
    ("Mei Tanaka", "mei@kyoto.example", Group.TECHNICAL_COMMUNITY, "JP"),
    ("Anh Nguyen", "anh@hanoi.example", Group.GOVERNMENT, "VN"),
    ("Jelena Petrova", "jelena@sofia.example", Group.PRIVATE_SECTOR, "BG"),
    ("Tomasz Nowak", "tomasz@lodz.example", Group.ACADEMIA, "PL"),
    ("Rosa Quispe", "rosa@cusco.example", Group.CIVIL_SOCIETY, "PE"),
    ("Mateo Silva", "mateo@bahia.example", Group.TECHNICAL_COMMUNITY, "BR"),
    ("Ingrid Solberg", "ingrid@oslo.example", Group.GOVERNMENT, "NO"),
    ("Noah Martin", "noah@lyon.example", Group.PRIVATE_SECTOR, "FR"),
    ("Sefa Tuilagi", "sefa@apia.example", Group.ACADEMIA, "WS"),
    ("Olena Bondar", "olena@lviv.example", Group.CIVIL_SOCIETY, "UA"),
)
MARKS: dict[str, int | None] = {"question": 4, "method": 3}


def reviewers(
    call: ResearchCall, by: Participant, count: int, load: int = 10, skip: int = 0
) -> list[Reviewer]:
    """The first `count` people after `skip`, as reviewers of the call."""
    made = []
    for name, address, group, country in PEOPLE[skip : skip + count]:
        person = know_person(name=name, address=address, group=group, country=country)
        facts: dict[str, Any] = {"about": f"Rooms and who speaks in them, as {name} knows.", "load": load}
        made.append(name_reviewer(call, person, by=by, **facts, at=day(30), channel="web"))
    return made


def act(person: Person, number: float = CLOSED + 2) -> dict[str, Any]:
    """Who acts on a page on a day."""
    return {"by": person, "at": day(number), "channel": "web"}


def review(reading: Reading, marks: dict[str, int | None] | None = None, text: str = "It will do.") -> None:
    """State that there is no conflict, and review."""
    who = reading.reviewer.person
    attest(reading, **act(who))
    receive_review(reading, marks=marks or MARKS, confidence=2, text=text, **act(who))
