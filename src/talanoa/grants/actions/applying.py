"""Steps of those who apply: keep a draft, attach files, hand it in, agree to take part, give more, withdraw."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from talanoa.contributions.conduct import checked_words
from talanoa.grants.actions.barring import bar_whom_it_concerns
from talanoa.grants.events import ApplicantAnswered, ApplicationReceived, ApplicationWithdrawn, MoreGiven
from talanoa.grants.models import (
    MOST_FILES,
    Applicant,
    Application,
    Attachment,
    Exchange,
    Office,
    ResearchCall,
)
from talanoa.grants.permissions import require_applicant, require_lead_applicant, require_named
from talanoa.grants.queries import draft_of, in_words, judges_of, names_of
from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.text import clean_text, fitting_line
from talanoa.lib.applications import ANSWER_LIMIT, MOST_PEOPLE, TITLE_LIMIT, ApplicationText, faults
from talanoa.lib.blinding import telling
from talanoa.lib.extraction import Extracted
from talanoa.people.actions import know_person, prove_address
from talanoa.people.models import Group, Person
from talanoa.processes.models import SYSTEM
from talanoa.record.actions import append
from talanoa.record.events import Committed

State = Application.State
ROLE = "applicant"


@dataclass(frozen=True, slots=True)
class Lead:
    """Who leads an application, as they declare themselves in it."""

    name: str
    organization: str = ""
    group: str = Group.OTHER
    country: str = ""
    orcid: str = ""


@transaction.atomic
def keep_draft(
    call: ResearchCall, *, by: Person, lead: Lead, told: ApplicationText, at: datetime, channel: str
) -> Application:
    """Keep what somebody wants to apply with, in place of what they kept before; nobody else reads it.

    One draft of a person for a call. Raises RuleBroken: grant_call_closed, line_too_long, text_too_long,
    too_many_people.
    """
    call = ResearchCall.objects.locked(call)
    call.check_takes_applications(at)
    if len(told.fellows) > MOST_PEOPLE:
        raise RuleBroken(_("Name at most %(limit)s people.") % {"limit": MOST_PEOPLE}, code="too_many_people")
    draft = draft_of(call, by) or Application(call=call, channel=channel)
    draft.title, draft.drafted_at, draft.channel = fitting_line(told.title, TITLE_LIMIT), at, channel
    known = {one.id for one in call.facts.questions}
    draft.answers = {name: _clean(said) for name, said in told.answers.items() if name in known}
    draft.budget = dict(told.budget)
    draft.save()
    _name(draft, by, lead, told)
    return draft


def _clean(said: str) -> str:
    try:
        return clean_text(said.strip(), ANSWER_LIMIT)
    except ValueError as long:
        raise RuleBroken(
            _("Please keep each answer under %(limit)s characters.") % {"limit": ANSWER_LIMIT},
            code="text_too_long",
        ) from long


def _name(draft: Application, by: Person, lead: Lead, told: ApplicationText) -> None:
    """Keep who applies: the lead, and those who were named, each once; it is a draft, so others go."""
    draft.applicants.all().delete()
    first = {"name": fitting_line(lead.name, 300), "orcid": lead.orcid, "answer": Applicant.Answer.AGREED}
    _add(draft, by, 1, group=lead.group, organization=lead.organization, country=lead.country, **first)
    seen = {by.pk}
    for one in told.fellows:
        person = know_person(name=one.name, address=one.address)
        if person.pk not in seen:
            seen.add(person.pk)
            about = {"organization": one.organization, "country": one.country, "group": one.group}
            _add(draft, person, len(seen), name=fitting_line(one.name, 300), orcid=one.orcid, **about)


def _add(draft: Application, person: Person, number: int, **facts: str) -> None:
    facts["organization"] = fitting_line(facts["organization"], 200)
    facts["country"] = fitting_line(facts["country"], 40)
    facts["group"] = facts["group"] if facts["group"] in Group.values else Group.OTHER
    Applicant.objects.create(application=draft, person=person, number=number, **facts)


@transaction.atomic
def attach_file(
    draft: Application, *, by: Person, data: bytes, filename: str, found: Extracted, at: datetime
) -> Attachment:
    """Keep a file with a draft: as it came, its text, and what in both tells who applies.

    Those who judge read the text alone. A file of the same name takes the place of the first. Raises NotAllowed;
    RuleBroken: application_state, attachments_too_many, line_too_long.
    """
    draft = Application.objects.locked(draft)
    require_lead_applicant(by, draft)
    draft.check_state(State.DRAFT)
    name = fitting_line(filename, 200) or "file"
    draft.attachments.filter(filename=name).delete()
    if draft.attachments.count() >= MOST_FILES:
        raise RuleBroken(
            _("An application has at most %(limit)s files.") % {"limit": MOST_FILES},
            code="attachments_too_many",
        )
    numbers = set(draft.attachments.values_list("number", flat=True))
    return Attachment.objects.create(
        application=draft,
        number=next(number for number in range(1, MOST_FILES + 1) if number not in numbers),
        filename=name,
        media_type=found.media_type,
        data=data,
        text=found.text,
        telling=[[one.line, one.word] for one in telling(found.text, names_of(draft), found.named)],
        added_at=at,
    )


@transaction.atomic
def submit_application(draft: Application, *, by: Person, at: datetime, channel: str) -> Application:
    """Hand in a draft: it gets its number and receipt, and those who are named in it are asked.

    Who judges under the call and has a conflict of interest in it is barred from it on the record.

    Raises NotAllowed; RuleBroken: application_state, grant_call_closed, application_incomplete.
    """
    Office.objects.get_or_create(pk=1)
    office = Office.objects.select_for_update(no_key=True).get(pk=1)
    ResearchCall.objects.locked(draft.call)  # it may end meanwhile, or somebody be named who judges under it
    draft = Application.objects.locked(draft)
    lead = require_lead_applicant(by, draft)
    draft.check_state(State.DRAFT)
    draft.call.check_takes_applications(at)
    lacking = faults(draft.told, draft.call.facts)
    if lacking:
        raise RuleBroken("\n".join(map(in_words, lacking)), code="application_incomplete")
    office.last_application += 1
    office.save(update_fields=["last_application"])
    draft.number, draft.state, draft.submitted_at = office.last_application, State.SUBMITTED, at
    draft.channel = channel
    event = ApplicationReceived(
        call=draft.call.key,
        application=draft.number,
        text_sha256=Committed(draft, "text_sha256"),
        lead=Committed(lead, "name"),
    )
    draft.save(update_fields=["number", "state", "submitted_at", "channel"])
    draft.entry = append(event, at=at, channel=channel, role=ROLE, process=draft.call.process.key)
    draft.save(update_fields=["entry"])
    judges = judges_of(draft.call) | set(draft.call.reviewers.values_list("person", flat=True))
    bar_whom_it_concerns([draft], judges, by=SYSTEM, role="system", at=at, channel=channel)
    return draft


@transaction.atomic
def withdraw_application(application: Application, *, by: Person, at: datetime, channel: str) -> Application:
    """Take an application back before it is decided; its number and its entries stay. Twice changes nothing.

    Raises NotAllowed; RuleBroken: application_state.
    """
    application = Application.objects.locked(application)
    require_lead_applicant(by, application)
    if application.state == State.WITHDRAWN:
        return application
    application.check_state(State.SUBMITTED, State.ELIGIBLE, State.RECOMMENDED, State.RESERVE)
    application.state = State.WITHDRAWN
    application.save(update_fields=["state"])
    event = ApplicationWithdrawn(application=application.number or 0)
    append(event, at=at, channel=channel, role=ROLE, process=application.call.process.key)
    return application


@transaction.atomic
def answer_naming(
    application: Application, *, by: Person, agrees: bool, at: datetime, channel: str
) -> Applicant:
    """Say, as somebody whom an application names, whether one takes part in it; the answer can change.

    What was known of them stays a ground of conflicts. Raises NotAllowed; RuleBroken: application_state.
    """
    application = Application.objects.locked(application)
    named = require_named(by, application)
    application.check_state(State.SUBMITTED, State.ELIGIBLE, State.RECOMMENDED, State.RESERVE, State.FUNDED)
    wanted = Applicant.Answer.AGREED if agrees else Applicant.Answer.DECLINED
    if named.answer == wanted:
        return named
    named.answer = wanted
    named.save(update_fields=["answer"])
    prove_address(by, at=at)
    event = ApplicantAnswered(
        application=application.number or 0, applicant=named.number, answer=named.answer
    )
    append(event, at=at, channel=channel, role=ROLE, process=application.call.process.key)
    return named


@transaction.atomic
def give_more(exchange: Exchange, *, by: Person, text: str, at: datetime, channel: str) -> Exchange:
    """Answer what was asked about one's application, once.

    Raises NotAllowed; RuleBroken: application_state, more_answered, reason_missing, text_too_long.
    """
    application = Application.objects.locked(exchange.application)
    require_applicant(by, application)
    application.check_state(State.SUBMITTED, State.ELIGIBLE, State.RECOMMENDED)
    exchange = Exchange.objects.select_for_update(no_key=True).get(pk=exchange.pk)
    exchange.check_open()
    exchange.answer, exchange.answered_at = checked_words(text), at
    exchange.save(update_fields=["answer", "answered_at"])
    event = MoreGiven(
        application=application.number or 0,
        exchange=exchange.number,
        answer_sha256=Committed(exchange, "answer_sha256"),
    )
    append(event, at=at, channel=channel, role=ROLE, process=application.call.process.key)
    return exchange
