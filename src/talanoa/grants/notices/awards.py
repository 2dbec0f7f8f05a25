"""Who is told of what happens to awards: those who have one, and convenor and secretariat without a conflict."""

from collections.abc import Callable
from datetime import datetime

from talanoa.grants.letters import Told
from talanoa.grants.letters import awards as letters
from talanoa.grants.models import AWARDS, Award, AwardReport, Milestone
from talanoa.grants.queries import officers
from talanoa.grants.queries.awards import award_numbered, milestone_of
from talanoa.mail.letters import in_language_of, write_to
from talanoa.people.models import Person
from talanoa.record.models import Entry
from talanoa.record.queries import public_fields

AGREE, REPORT = "agree", "report"
"""What an answer to a letter means, as commands by mail."""
Written = Callable[[], Told]


def tell_award_offered(entry: Entry) -> None:
    """Offer it to everybody of the application, with the whole agreement."""
    award = _award(entry)
    if award.state == Award.State.OFFERED:
        _tell_grantees(entry, award, lambda: letters.offered(award), AGREE)


def tell_award_accepted(entry: Entry) -> None:
    """Tell those who have it how they report, and those who see to it that it is public."""
    award = _award(entry)
    _tell_grantees(entry, award, lambda: letters.in_force(award), REPORT)
    _tell_officers(entry, award, lambda: letters.accepted(award))


def tell_award_withdrawn(entry: Entry) -> None:
    """Tell the other side why; and where the office withdrew it, nobody of the office once more."""
    award = _award(entry)
    if award.is_given_up:
        _tell_officers(entry, award, lambda: letters.given_up(award))
    else:
        _tell_grantees(entry, award, lambda: letters.withdrawn(award))


def tell_award_reported(entry: Entry) -> None:
    """Ask those who see to it for their judgment."""
    report = _report(entry)
    _tell_officers(entry, report.milestone.award, lambda: letters.reported(report))


def tell_award_judged(entry: Entry) -> None:
    """Tell those who have it what was made of their report."""
    report = _report(entry)
    _tell_grantees(entry, report.milestone.award, lambda: letters.judged(report), REPORT)


def tell_award_payment(entry: Entry) -> None:
    """Tell those who have it how far a payment is, unless it has gone on since."""
    milestone = _milestone(entry)
    if public_fields(entry)["state"] != milestone.payment:
        return
    _tell_grantees(entry, milestone.award, lambda: letters.payment(milestone), REPORT)


def tell_award_completed(entry: Entry) -> None:
    """Tell those who had it."""
    award = _award(entry)
    _tell_grantees(entry, award, lambda: letters.completed(award))


def _award(entry: Entry) -> Award:
    found = award_numbered(int(public_fields(entry)["award"]))
    assert found is not None  # noqa: S101 - an entry names what is there
    return found


def _milestone(entry: Entry) -> Milestone:
    return milestone_of(_award(entry), int(public_fields(entry)["milestone"]))


def _report(entry: Entry) -> AwardReport:
    return _milestone(entry).reports.get(number=int(public_fields(entry)["report"]))


def _tell_grantees(entry: Entry, award: Award, written: Written, word: str = "") -> None:
    """Write to everybody who applied and takes part."""
    for one in award.application.applicants.standing().select_related("person"):
        _write(one.person, entry, award, written, word)


def _tell_officers(entry: Entry, award: Award, written: Written) -> None:
    """Write to convenor and secretariat, save who has a conflict of interest."""
    for seat in officers(award.application):
        _write(seat.person, entry, award, written, "")


def _write(person: Person, entry: Entry, award: Award, written: Written, word: str) -> None:
    """Write once for each entry; an answer that names no command means `word`."""
    with in_language_of(person):
        post(person, f"awards-{entry.pk}-{person.pk}", written(), award.number, word, at=entry.at)


def post(person: Person, key: str, told: Told, number: int, word: str, *, at: datetime) -> None:
    """Queue one letter about an award."""
    write_to(
        person,
        key=key,
        subject=told[0],
        lines=told[1],
        at=at,
        process_key=AWARDS,
        number=number,
        word=word,
        alone=True,
    )
