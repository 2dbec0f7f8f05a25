"""The expert roster by mail: join it, change what stands there, leave it; accept or decline by answering our letter."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.mail import tokens
from talanoa.mail.letters import wrapped
from talanoa.mail.outbox import PROOF
from talanoa.mail.registry import MailReply, MailRequest, command, yes_or_no
from talanoa.people.models import Person
from talanoa.processes.mail_commands import proven
from talanoa.roster.actions.answering import accept_assignment, decline_assignment
from talanoa.roster.actions.joining import Offered, join_roster, leave_roster
from talanoa.roster.letters import how_lines, joined_lines
from talanoa.roster.models import ADDRESS, Assignment, Expert
from talanoa.roster.notices import ACCEPT
from talanoa.roster.queries import asked_of

LEAVE = "leave"
DECLINE = "decline"
_OFFER = "|".join(Expert.Kind.values)
# Only this makes a mail a command, so that “Roster: we need one” stays the input that it is.
_TAKES = rf"leave|(?:{_OFFER})\s*[;；].*"
_YES = re.compile(r"\s*(?:i )?accept(?:ed)?\b", re.IGNORECASE)
_NO = re.compile(
    r"\s*(?:i )?decline(?P<public> in public)?\b[:：,.!]*\s*(?P<reason>.*)", re.IGNORECASE | re.DOTALL
)


@command(
    "roster",
    anywhere=True,
    takes=_TAKES,
    told=gettext_lazy(
        "You join the expert roster: facilitator, expert or both; your languages; your topics. State your interests"
        " first. Once more changes it; roster leave ends it."
    ),
    example="roster: facilitator; en, sw; undersea cables",
)
def roster(request: MailRequest) -> MailReply:
    """Join the roster, change what stands there, or leave it. Raises NotAllowed; RuleBroken: those of the acts."""
    person = proven(request)
    said = request.text.strip()
    if said.casefold().partition("\n")[0].strip(" .!") == LEAVE:
        leave_roster(by=person, at=request.at, channel="mail")
        return _told(request, person, *wrapped(_("You are off the roster. You may come back at any time.")))
    made = join_roster(by=person, offered=_offered(said), at=request.at, channel="mail")
    return _told(request, person, *joined_lines(made))


def _offered(said: str) -> Offered:
    """Read `facilitator; en, sw; topics`; what stands right below it is the sentence about oneself."""
    line, _break, about = said.replace("；", ";").partition("\n\n")[0].partition("\n")
    kind, languages, topics = ([part.strip() for part in line.split(";", 2)] + ["", ""])[:3]
    tags = tuple(re.split(r"[,، ]+", languages))
    return Offered(kind.lower(), tags, topics, about)


@command(
    ACCEPT,
    DECLINE,
    is_question=True,
    address=ADDRESS,
    told=gettext_lazy(
        "For those on the expert roster: your answer to our letter that asks you, with accept, or with decline and a"
        " reason if you like."
    ),
    example="accept",
)
def answer(request: MailRequest) -> MailReply:
    """Accept or decline; what says neither plainly changes nothing, and we ask again. Raises NotAllowed; RuleBroken."""
    if request.person is None or request.process_key != ADDRESS:
        raise NotAllowed(_("Please answer our letter that asks you, from the same address."))
    person = request.person
    found = asked_of(person, request.number or 0)
    if found is None:
        raise RuleBroken(_("Nobody asked you for that."), code="number_unknown")
    said = request.text.strip()
    means_yes = yes_or_no(_YES.sub("confirm", said, count=1), name=f"{found.expert.name} {person.name}")
    if means_yes:
        accept_assignment(found, by=person, at=request.at, channel="mail")
        told = _("Thank you. You take part in “%(title)s” now, and who asked is told.")
        return _told(request, person, *wrapped(told % {"title": found.request.process.title}))
    no = _NO.match(said)
    if means_yes is False or no:
        reason, is_public = _reason(no) if no and means_yes is None else ("", False)
        decline_assignment(
            found, by=person, reason=reason, is_public=is_public, at=request.at, channel="mail"
        )
        told = _("Thank you. Your answer stands on the record, without your name, and who asked is told.")
        return _told(request, person, *wrapped(told))
    return _asked_again(request, found, person)


def _reason(no: re.Match[str]) -> tuple[str, bool]:
    """Return the reason, and whether everybody may read it; then its first paragraph, without the name below it."""
    is_public = no["public"] is not None
    return (no["reason"].partition("\n\n")[0] if is_public else no["reason"]), is_public


def _asked_again(request: MailRequest, found: Assignment, person: Person) -> MailReply:
    """Ask once more where an answer says neither yes nor no, such as that somebody is away."""
    found.check_waiting(request.at)
    token = tokens.issue(person, process_key=ADDRESS, number=found.request.number, at=request.at, word=ACCEPT)
    subject = _("Will you? Request %(number)s to the expert roster") % {"number": found.request.number}
    told = wrapped(_("Your answer says neither, so nothing changed."), "")
    return MailReply(subject=subject, lines=(*told, *how_lines(found)), to=person, extra={PROOF: token})


def _told(request: MailRequest, person: Person, *lines: str) -> MailReply:
    """Answer somebody proven, who can answer again as themselves."""
    token = tokens.issue(person, process_key=request.process_key, number=None, at=request.at)
    return MailReply(subject=_("The expert roster"), lines=lines, to=person, extra={PROOF: token})
