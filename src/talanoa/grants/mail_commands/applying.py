"""Sponsored research by mail: apply, hand in, take part, answer, withdraw. All of it comes to `grants@`."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talanoa.contributions.mail_commands import sender_of
from talanoa.grants import letters
from talanoa.grants.actions.applying import (
    Lead,
    answer_naming,
    attach_file,
    give_more,
    keep_draft,
    submit_application,
    withdraw_application,
)
from talanoa.grants.actions.deciding import appeal_decision
from talanoa.grants.actions.reviewing import attest, discuss, receive_review, recuse
from talanoa.grants.actions.stating import state_works
from talanoa.grants.letters import Told
from talanoa.grants.models import (
    ADDRESS,
    MOST_FILES,
    Application,
    Note,
    Reading,
    ResearchCall,
    check_unbarred,
)
from talanoa.grants.notices import APPEAL, ATTEST, DISCUSS, MORE, PART, REVIEW
from talanoa.grants.permissions import require_named
from talanoa.grants.queries import (
    application_numbered,
    call_named,
    calls_open,
    criteria_of,
    draft_of,
    drafts_of,
    in_words,
    reading_of,
    reviews_of,
)
from talanoa.grants.receipts import receipt_text
from talanoa.grants.uploads import read_attached, read_lines, telling_words
from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.lib.applications import faults
from talanoa.lib.reviews import read as read_review
from talanoa.mail import tokens
from talanoa.mail.letters import wrapped
from talanoa.mail.outbox import PROOF
from talanoa.mail.registry import MailReply, MailRequest, command, yes_or_no
from talanoa.people.models import Person
from talanoa.processes.mail_commands import proven

SECONDS_TO_READ = 2


@command(
    "apply",
    takes_words=True,
    address=ADDRESS,
    told=gettext_lazy(
        "An application under a call, one label for each answer. It stays a draft until you answer with submit."
    ),
    example="apply first-questions",
)
def apply(request: MailRequest) -> MailReply:
    """Keep an application as a draft and tell what was read; files that come with it are kept too."""
    person = sender_of(request)
    call, text = _call_in(request)
    if request.person is None and draft_of(call, person) is not None:
        raise NotAllowed(_("You have a draft under this call: answer our letter about it to change it."))
    told = read_lines(text, call)
    facts = {"organization": person.organization, "group": person.group, "country": person.country}
    draft = keep_draft(
        call, by=person, lead=Lead(person.name, **facts), told=told, at=request.at, channel="mail"
    )
    for attached in request.parsed.attachments[:MOST_FILES]:
        data, name = attached.data, attached.filename
        found = read_attached(data, name, seconds=SECONDS_TO_READ)
        attach_file(draft, by=person, data=data, filename=name, found=found, at=request.at)
    lacking = [in_words(one) for one in faults(draft.told, call.facts)]
    return _to(person, letters.kept(call, told, lacking, telling_words(draft)), None, request)


def _call_in(request: MailRequest) -> tuple[ResearchCall, str]:
    """Return the call that a mail names at its beginning or in its subject, or the only one that is open; and the rest.

    Raises RuleBroken: grant_call_unknown.
    """
    first, _break, rest = request.text.strip().partition("\n")
    for said, text in (
        (first, rest),
        (request.parsed.subject, request.text),
    ):
        for word in said.replace(":", " ").split():
            if found := call_named(word):
                return found, text
    open_ = list(calls_open(request.at)[:2])
    if len(open_) == 1:
        return open_[0], request.text
    keys = ", ".join(calls_open(request.at).values_list("key", flat=True)[:20]) or "-"
    raise RuleBroken(
        _("Say under which call you apply, in the first line: apply KEY. Open now: %(keys)s.")
        % {"keys": keys},
        code="grant_call_unknown",
    )


@command(
    "submit",
    only_at=ADDRESS,
    told=gettext_lazy("Your draft is handed in and gets its number, in answer to our letter about it."),
)
def submit(request: MailRequest) -> MailReply:
    """Hand in the newest draft of whoever answers our letter. Raises NotAllowed; RuleBroken as the act."""
    person = proven(request)
    draft = drafts_of(person).first()
    if draft is None:
        raise RuleBroken(_("You have no draft."), code="number_unknown")
    made = submit_application(draft, by=person, at=request.at, channel="mail")
    receipt = receipt_text(made)
    return _to(person, letters.received(made, receipt), made.number, request, receipt=receipt)


@command(
    "withdraw",
    only_at=ADDRESS,
    told=gettext_lazy("Your application is taken back. Its number stays."),
    example="withdraw 17",
)
def withdraw(request: MailRequest) -> MailReply:
    """Take an application back. Raises NotAllowed; RuleBroken: number_unknown and those of the act."""
    application, person = asked(request)
    withdraw_application(application, by=person, at=request.at, channel="mail")
    return thanks(
        application, person, _("Withdrawn. Its number and its entries stay on the record."), request
    )


@command(
    PART,
    is_question=True,
    only_at=ADDRESS,
    told=gettext_lazy("Whether you take part in an application that names you: answer our letter yes or no."),
)
def part(request: MailRequest) -> MailReply:
    """Take a plain yes or no of somebody who is named; anything else changes nothing, and we ask again.

    Raises NotAllowed; RuleBroken as the act.
    """
    application, person = asked(request)
    require_named(person, application)  # the letter that asks again names who leads it
    says = yes_or_no(request.text, name=person.name)
    if says is None:
        lead = application.applicants.get(number=1)
        return _to(person, letters.named_in(application, lead), application.number, request, word=PART)
    answer_naming(application, by=person, agrees=says, at=request.at, channel="mail")
    return thanks(application, person, _("Thank you. Your answer stands beside the application."), request)


@command(
    MORE,
    takes_words=True,
    only_at=ADDRESS,
    told=gettext_lazy("What you answer to a question about your application, in answer to our letter."),
    example="more: the ministry has agreed.",
)
def more(request: MailRequest) -> MailReply:
    """Answer the newest question about one's application. Raises NotAllowed; RuleBroken as the act."""
    application, person = asked(request)
    exchange = application.exchanges.order_by("-number").first()
    if exchange is None:
        raise RuleBroken(_("Nothing was asked about this application."), code="number_unknown")
    give_more(exchange, by=person, text=request.text, at=request.at, channel="mail")
    return thanks(application, person, _("Thank you. Your answer stands beside the application."), request)


@command(
    ATTEST,
    is_question=True,
    only_at=ADDRESS,
    told=gettext_lazy(
        "Whether you have no conflict of interest and review an application: answer yes or no."
    ),
)
def state(request: MailRequest) -> MailReply:
    """Take a plain yes or no to a request to review; anything else changes nothing, and we ask again.

    Raises NotAllowed, also for a conflict of interest; RuleBroken as the act.
    """
    reading, person = _reading(request)
    says = yes_or_no(request.text, name=person.name)
    if says is None:
        reading.check_state(Reading.State.ASKED)
        check_unbarred(person, reading.application)
        return _to(person, letters.asked_to_review(reading), reading.application.number, request, word=ATTEST)
    if not says:
        recuse(reading, by=person, reason=_("By mail: no."), at=request.at, channel="mail")
        return thanks(reading.application, person, _("Thank you. Somebody else reviews it."), request)
    made = attest(reading, by=person, at=request.at, channel="mail")
    if made.state == Reading.State.RECUSED:
        told = _(
            "What is known of you and of those who apply shows a conflict of interest, so somebody else reviews it."
        )
        return thanks(reading.application, person, told, request)
    return _to(person, letters.to_review(made), reading.application.number, request, word=REVIEW)


@command(
    REVIEW,
    takes_words=True,
    only_at=ADDRESS,
    told=gettext_lazy("Your review of an application, as the lines of our letter, in answer to it."),
    example="review: question: 4",
)
def review(request: MailRequest) -> MailReply:
    """Take a review. Raises NotAllowed; RuleBroken: number_unknown and those of the act."""
    reading, person = _reading(request)
    told = read_review(request.text, [one.id for one in criteria_of(reading)])
    receive_review(
        reading,
        by=person,
        marks=told.marks,
        confidence=told.confidence,
        text=told.text,
        at=request.at,
        channel="mail",
    )
    return _panel(reading.application, person, _("Thank you. Your review is in."), request)


@command(
    "recuse",
    takes_words=True,
    only_at=ADDRESS,
    told=gettext_lazy("You step back from reviewing an application, and say why, in answer to our letter."),
    example="recuse: I know who wrote this.",
)
def step_back(request: MailRequest) -> MailReply:
    """Step back from a review. Raises NotAllowed; RuleBroken: number_unknown and those of the act."""
    reading, person = _reading(request)
    recuse(reading, by=person, reason=request.text, at=request.at, channel="mail")
    return thanks(reading.application, person, _("Thank you. Somebody else reviews it."), request)


@command(
    DISCUSS,
    takes_words=True,
    only_at=ADDRESS,
    told=gettext_lazy("What you say of an application to the others who judge it, once your review is in."),
    example="discuss 17: the second process has not ended.",
)
def talk(request: MailRequest) -> MailReply:
    """Say something to the others who judge. Raises NotAllowed; RuleBroken: number_unknown and those of the act."""
    application, person = asked(request)
    discuss(application, by=person, text=request.text, at=request.at, channel="mail")
    return _panel(application, person, _("Thank you. Those who judge it read it."), request)


@command(
    "published",
    takes_words=True,
    only_at=ADDRESS,
    told=gettext_lazy("What you published with others, one work in a line: none of you judges the other."),
    example="published: On reefs; 2025-03; Ana Lopes; 0000-0002-1825-0097",
)
def published(request: MailRequest) -> MailReply:
    """State what one published with others. Raises NotAllowed; RuleBroken as the act."""
    person = proven(request)
    made = state_works(by=person, text=request.text, at=request.at, channel="mail")
    lines = [*wrapped(_("Thank you. This is what we read:"), ""), *letters.quoted(made.text)]
    return _to(person, (_("What you published with others"), tuple(lines)), None, request)


@command(
    APPEAL,
    takes_words=True,
    only_at=ADDRESS,
    told=gettext_lazy(
        "What went wrong in the procedure of the decision on your application, in answer to our letter."
    ),
    example="appeal: one review speaks of another application.",
)
def contest(request: MailRequest) -> MailReply:
    """Appeal against a decision. Raises NotAllowed; RuleBroken: number_unknown and those of the act."""
    application, person = asked(request)
    appeal_decision(application, by=person, text=request.text, at=request.at, channel="mail")
    return thanks(
        application, person, _("Thank you. Other people hear your appeal, and you are told."), request
    )


def _reading(request: MailRequest) -> tuple[Reading, Person]:
    """Return what a mail reviews, and who proved to have sent it. Raises NotAllowed; RuleBroken: number_unknown."""
    person = proven(request)
    found = reading_of(person, request.number or 0)
    if found is None or request.process_key != ADDRESS:
        raise RuleBroken(_("You do not review an application with this number."), code="number_unknown")
    return found, person


def asked(request: MailRequest) -> tuple[Application, Person]:
    """Return the application that a mail is about, and who proved to have sent it.

    Raises NotAllowed; RuleBroken: number_unknown.
    """
    person = proven(request)
    found = application_numbered(request.number or 0)
    if found is None or request.process_key != ADDRESS:
        raise RuleBroken(_("There is no application with this number."), code="number_unknown")
    return found, person


def thanks(application: Application, person: Person, told: str, request: MailRequest) -> MailReply:
    """Answer with one sentence about an application."""
    subject = _("Received: about application %(number)s") % {"number": application.number}
    return _to(person, (subject, tuple(wrapped(told))), application.number, request)


def _panel(application: Application, person: Person, told: str, request: MailRequest) -> MailReply:
    """Answer with one sentence, and with what others found and said of an application, as far as `person` may read."""
    notes = Note.objects.visible_to(person).filter(application=application)
    lines = letters.found(application, reviews_of(application, person), notes)
    subject = _("Received: about application %(number)s") % {"number": application.number}
    return _to(person, (subject, (*wrapped(told, ""), *lines)), application.number, request, word=DISCUSS)


def _to(
    person: Person,
    told: Told,
    number: int | None,
    request: MailRequest,
    *,
    word: str = "",
    receipt: str = "",
) -> MailReply:
    token = tokens.issue(person, process_key=ADDRESS, number=number, at=request.at, word=word)
    return MailReply(
        subject=told[0], lines=told[1], number=number, receipt=receipt, to=person, extra={PROOF: token}
    )
