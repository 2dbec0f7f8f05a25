"""Awards by mail: accept, report, tell what comes of one, give one up. All of it comes to `awards@`."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talanoa.grants.actions.awarding import accept_award, give_up_award
from talanoa.grants.actions.producing import state_ethics, state_registration, tell_output
from talanoa.grants.actions.reporting import ReportFile, receive_report
from talanoa.grants.letters import Told
from talanoa.grants.letters import awards as letters
from talanoa.grants.mail_commands.applying import SECONDS_TO_READ
from talanoa.grants.models import AWARDS, Award, Milestone
from talanoa.grants.notices.awards import AGREE, REPORT
from talanoa.grants.queries.awards import award_numbered, milestone_of, next_milestone
from talanoa.grants.uploads import read_attached, read_ethics, read_output, read_registration
from talanoa.kernel.errors import RuleBroken
from talanoa.mail import tokens
from talanoa.mail.letters import wrapped
from talanoa.mail.outbox import PROOF
from talanoa.mail.registry import MailReply, MailRequest, command, yes_or_no
from talanoa.people.models import Person
from talanoa.processes.mail_commands import proven

_DECLINED = re.compile(r"\s*decline\s*[:：]\s*(\S.*)", re.IGNORECASE | re.DOTALL)
_MILESTONE = re.compile(r"\s*milestone\s+(\d{1,2})\s*(?:[:：]|\n|$)", re.IGNORECASE)


@command(
    AGREE,
    is_question=True,
    only_at=AWARDS,
    told=gettext_lazy(
        "Whether you accept the agreement of your award: answer our letter yes, or decline: and why."
    ),
)
def agree(request: MailRequest) -> MailReply:
    """Take a plain yes to the agreement, or a no with its reason; anything else changes nothing, and we ask again."""
    award, person = held(request)
    if found := _DECLINED.fullmatch(request.text):
        return _give_up(award, person, found[1], request)
    if yes_or_no(request.text, name=person.name) is not True:
        return _to(person, letters.offered(award), award.number, request, word=AGREE)
    accept_award(award, by=person, at=request.at, channel="mail")
    return _thanks(award, person, _("Accepted. A letter with the whole agreement follows."), request)


@command(
    REPORT,
    takes_words=True,
    address=AWARDS,
    told=gettext_lazy(
        "Your report of what is due next; “milestone 2” in its first line names another one. One file can go with it."
    ),
    example="report 3: all interviews are done.",
)
def report(request: MailRequest) -> MailReply:
    """Take a report with a file. Raises NotAllowed; RuleBroken: number_unknown, milestone_unknown, those of the act."""
    award, person = held(request)
    milestone, text = _which(award, request.text)
    files = [
        ReportFile(one.data, one.filename, read_attached(one.data, one.filename, seconds=SECONDS_TO_READ))
        for one in request.parsed.attachments[:1]
    ]
    file = files[0] if files else None
    receive_report(milestone, by=person, text=text, file=file, at=request.at, channel="mail")
    told = _(
        "Thank you. Your report of milestone %(number)s is received, and you are told what is made of it."
    )
    return _thanks(award, person, told % {"number": milestone.number}, request)


def _which(award: Award, text: str) -> tuple[Milestone, str]:
    """Return the milestone that a report names in its first line, or the one due next; and the rest."""
    found = _MILESTONE.match(text)
    if found:
        return milestone_of(award, int(found[1])), text[found.end() :].strip()
    return next_milestone(award, text), text


@command(
    "decline",
    takes_words=True,
    only_at=AWARDS,
    told=gettext_lazy("You decline the award that is offered to you, or give yours up, and say why."),
    example="decline 3: our partner has left.",
)
def decline(request: MailRequest) -> MailReply:
    """Give an award up. Raises NotAllowed; RuleBroken: number_unknown and those of the act."""
    award, person = held(request)
    return _give_up(award, person, request.text, request)


def _give_up(award: Award, person: Person, reason: str, request: MailRequest) -> MailReply:
    give_up_award(award, by=person, reason=reason, at=request.at, channel="mail")
    return _thanks(award, person, _("The award is given up, and the reason stands beside it."), request)


@command(
    "ethics",
    takes_words=True,
    only_at=AWARDS,
    told=gettext_lazy(
        "Who approved your award as ethical: body, reference, date, each in a line; or none: and why nobody has to."
    ),
    example="ethics 3: none: only published texts are counted.",
)
def ethics(request: MailRequest) -> MailReply:
    """State the ethics approval. Raises NotAllowed; RuleBroken: number_unknown and those of the act."""
    award, person = held(request)
    state_ethics(award, by=person, ethics=read_ethics(request.text), at=request.at, channel="mail")
    return _thanks(
        award, person, _("Thank you. It stands beside your award, and everybody can read it."), request
    )


@command(
    "registered",
    takes_words=True,
    only_at=AWARDS,
    told=gettext_lazy(
        "Where the plan of your award is registered: registry, identifier, date, each in a line."
    ),
    example="registered 3: registry: the registry of plans",
)
def registered(request: MailRequest) -> MailReply:
    """State where the plan is registered. Raises NotAllowed; RuleBroken: number_unknown and those of the act."""
    award, person = held(request)
    plan = read_registration(request.text)
    state_registration(award, by=person, plan=plan, at=request.at, channel="mail")
    return _thanks(
        award, person, _("Thank you. It stands beside your award, and everybody can read it."), request
    )


@command(
    "output",
    takes_words=True,
    only_at=AWARDS,
    told=gettext_lazy(
        "Something that came of your award, one label in each line; with number: it takes the place of an earlier one."
    ),
    example="output 3: title: Who stays?",
)
def output(request: MailRequest) -> MailReply:
    """Tell of an output, or correct it. Raises NotAllowed; RuleBroken: number_unknown and those of the act."""
    award, person = held(request)
    sent = read_output(request.text)
    made = tell_output(award, by=person, told=sent.told, number=sent.number, at=request.at, channel="mail")
    told = _("Thank you. It is output %(number)s of your award, and everybody can read it.")
    return _thanks(award, person, told % {"number": made.number}, request)


def held(request: MailRequest) -> tuple[Award, Person]:
    """Return the award that a mail is about, and who proved to have sent it.

    Raises NotAllowed; RuleBroken: number_unknown.
    """
    person = proven(request)
    found = award_numbered(request.number or 0)
    is_known = found is not None and Award.objects.visible_to(person).filter(pk=found.pk).exists()
    if found is None or not is_known or request.process_key != AWARDS:
        raise RuleBroken(_("There is no award with this number."), code="number_unknown")
    return found, person


def _thanks(award: Award, person: Person, told: str, request: MailRequest) -> MailReply:
    """Answer with one sentence about an award."""
    subject = _("Received: about award %(number)s") % {"number": award.number}
    lines = (*wrapped(told), "", f"  {letters.page_of(award)}")
    return _to(person, (subject, lines), award.number, request)


def _to(person: Person, told: Told, number: int, request: MailRequest, *, word: str = "") -> MailReply:
    token = tokens.issue(person, process_key=AWARDS, number=number, at=request.at, word=word)
    return MailReply(subject=told[0], lines=told[1], number=number, to=person, extra={PROOF: token})
