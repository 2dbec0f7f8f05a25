"""What a digest tells of the discussion."""

from conftest import Say, day
from talanoa.contributions.actions.standing import confirm, withdraw
from talanoa.contributions.models import Assurance
from talanoa.discussions.queries import DIGEST_LIMIT, LONGEST_LINE, MOST_LINES, digest_lines
from talanoa.people.models import Person
from talanoa.processes.actions.roles import enter
from talanoa.processes.models import Process


def told(process: Process, since: float, until: float, person: Person | None = None) -> list[int]:
    return [line.number for line in digest_lines(process, day(since), day(until), person)]


def test_a_digest_tells_the_words_of_its_span_and_not_ones_own(
    say: Say, process: Process, yusuf: Person, lucia: Person
) -> None:
    say(yusuf, "Early.")
    say(lucia, "Who trains?\n\nNobody.", at=day(2), said={"quoted": "> old"})
    say(yusuf, "Late.", at=day(3))
    assert told(process, 0, 3) == [1, 2, 3]
    assert told(process, 1, 2) == [2]
    assert told(process, 0, 3, yusuf) == [2]
    [line] = digest_lines(process, day(1), day(2), yusuf)
    assert (line.subject, line.author, line.organization) == ("Trainers", "Lucía Pereira", "Red del Sur")
    assert (line.text, line.is_cut) == ("Who trains?\n\nNobody.", False)


def test_a_held_message_is_told_when_it_is_public_and_one_taken_back_never(
    say: Say, process: Process, yusuf: Person
) -> None:
    held = say(yusuf, assurance=Assurance.CLAIMED).contribution
    assert told(process, 0, 2) == []
    confirm(held, by=enter(process, yusuf, at=day(3)), at=day(3), channel="mail")
    assert told(process, 2, 4) == [1]
    withdraw(held, by=enter(process, yusuf, at=day(3)), at=day(4), channel="mail")
    assert told(process, 0, 9) == []


def test_a_digest_has_an_end(say: Say, process: Process, yusuf: Person) -> None:
    for n in range(MOST_LINES + 1):
        say(yusuf, f"{n} " + "x" * LONGEST_LINE)
    lines = digest_lines(process, day(0), day(2), None)
    assert len(lines) == MOST_LINES
    assert sum(len(line.text) for line in lines) <= DIGEST_LIMIT
    assert lines[0].is_cut
    assert (lines[-1].text, lines[-1].subject) == ("", "Trainers")
