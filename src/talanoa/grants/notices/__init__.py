"""Who is told of what happens to applications; each letter goes to one person, and none to who may not read it."""

from collections.abc import Callable, Iterable
from datetime import datetime

from talanoa.contributions.models import Appeal
from talanoa.grants import letters
from talanoa.grants.letters import Told
from talanoa.grants.models import ADDRESS, Applicant, Application, Exchange, Reading, Verdict, found_conflicts
from talanoa.grants.queries import appealed_verdict, application_numbered, hearers, officers
from talanoa.grants.receipts import receipt_text
from talanoa.mail.letters import in_language_of, write_to
from talanoa.people.models import Person
from talanoa.record.models import Entry
from talanoa.record.queries import public_fields

PART, MORE, ATTEST, REVIEW, DISCUSS, APPEAL = "part", "more", "attest", "review", "discuss", "appeal"
"""What an answer to a letter means, as commands by mail."""


def tell_received(entry: Entry) -> None:
    """Send the receipt to the lead, ask everybody who is named, and tell those who see to eligibility."""
    application = _application(entry)
    lead, *fellows = application.applicants.select_related("person")
    if application.channel != "mail":
        write(
            lead.person, entry, application, lambda: letters.received(application, receipt_text(application))
        )
    for one in fellows:
        write(one.person, entry, application, lambda: letters.named_in(application, lead), PART)
    tell_officers(entry, application, lambda: letters.arrived(application))


def tell_screened(entry: Entry) -> None:
    """Tell those who apply whether their application is eligible."""
    application = _application(entry)
    tell_applicants(entry, application, lambda: letters.screened(application))


def tell_more_asked(entry: Entry) -> None:
    """Ask those who apply."""
    exchange = _exchange(entry)
    tell_applicants(entry, exchange.application, lambda: letters.asked_more(exchange), MORE)


def tell_more_given(entry: Entry) -> None:
    """Tell those who asked."""
    exchange = _exchange(entry)
    tell_officers(entry, exchange.application, lambda: letters.given_more(exchange))


def tell_assigned(entry: Entry) -> None:
    """Ask everybody who was drawn whether they have a conflict of interest, once for each application.

    The letter tells its title, so none goes to somebody of whom a conflict is known by now.
    """
    fields = public_fields(entry)
    rows = Reading.objects.filter(state=Reading.State.ASKED, round=int(fields["round"]))
    if "application" in fields:
        rows = rows.filter(application__number=int(fields["application"]))
    else:
        rows = rows.filter(application__call__key=str(fields["call"]))
    asked = list(rows.select_related("application__call__process", "reviewer__person"))
    applications = {row.application_id: row.application for row in asked}
    barred = found_conflicts({row.reviewer.person_id for row in asked}, applications.values())
    for row in asked:
        person = row.reviewer.person
        if (person.pk, row.application_id) in barred:
            continue
        with in_language_of(person):
            told = letters.asked_to_review(row)
            post(person, f"grants-review-{row.pk}", told, row.application.number, ATTEST, at=entry.at)


def tell_stepped_back(entry: Entry) -> None:
    """Tell convenor and secretariat that somebody else has to read it."""
    application = _application(entry)
    rows = Reading.objects.filter(application=application, state=Reading.State.RECUSED)
    row = rows.select_related("application").order_by("-pk").first()
    if row is not None:
        tell_officers(entry, application, lambda: letters.stepped_back(row))


def _application(entry: Entry) -> Application:
    found = application_numbered(int(public_fields(entry)["application"]))
    assert found is not None  # noqa: S101 - an entry names what is there
    return found


def _exchange(entry: Entry) -> Exchange:
    rows = Exchange.objects.select_related("application__call__process")
    return rows.get(application=_application(entry), number=int(public_fields(entry)["exchange"]))


def tell_applicants(
    entry: Entry, application: Application, written: Callable[[], Told], word: str = ""
) -> None:
    """Write to everybody who applies and did not say that they do not take part."""
    rows: Iterable[Applicant] = application.applicants.exclude(answer=Applicant.Answer.DECLINED)
    for one in rows:
        write(one.person, entry, application, written, word)


def tell_officers(entry: Entry, application: Application, written: Callable[[], Told]) -> None:
    """Write to convenor and secretariat, save who has a conflict of interest."""
    for seat in officers(application):
        write(seat.person, entry, application, written)


def write(
    person: Person, entry: Entry, application: Application, written: Callable[[], Told], word: str = ""
) -> None:
    """Write what `written` tells to `person`, once for each entry; an answer that names no command means `word`."""
    with in_language_of(person):
        subject, lines = written()
        post(
            person, f"grants-{entry.pk}-{person.pk}", (subject, lines), application.number, word, at=entry.at
        )


def post(person: Person, key: str, told: Told, number: int | None, word: str, *, at: datetime) -> None:
    """Queue one letter about an application."""
    write_to(
        person,
        key=key,
        subject=told[0],
        lines=told[1],
        at=at,
        process_key=ADDRESS,
        number=number,
        word=word,
        alone=True,
    )


def tell_application_decided(entry: Entry) -> None:
    """Tell those who apply what was decided, with every review."""
    application = _application(entry)
    verdict = application.verdicts.get(entry=entry)
    tell_applicants(entry, application, lambda: letters.decided(application, verdict), APPEAL)


def tell_grant_appeal(entry: Entry) -> None:
    """Tell those who may hear an appeal against a decision on an application; any other appeal is not ours."""
    appeal = _appeal(entry)
    if appeal is None:
        return
    application = appealed_verdict(appeal).application
    for seat in hearers(application, appeal):
        write(seat.person, entry, application, lambda: letters.appealed(appeal, application))


def tell_grant_ruling(entry: Entry) -> None:
    """Tell who appealed how it was decided."""
    appeal = _appeal(entry)
    if appeal is not None:
        application = appealed_verdict(appeal).application
        write(appeal.person, entry, application, lambda: letters.heard(appeal, application))


def _appeal(entry: Entry) -> Appeal | None:
    """Return the appeal that an entry tells of, where it is against a decision on an application."""
    rows = Appeal.objects.filter(entry__index=int(public_fields(entry)["entry"]), entry__log=entry.log)
    return rows.filter(entry__in=Verdict.objects.exclude(entry=None).values("entry")).first()
