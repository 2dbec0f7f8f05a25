"""Contesting an outcome by mail: challenge, appeal, stand behind an appeal; and hearing one: find, leave a seat."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talanoa.consensus.actions.challenging import raise_challenge
from talanoa.consensus.actions.contesting import bring_appeal, support_appeal
from talanoa.consensus.actions.empaneling import leave_seat
from talanoa.consensus.actions.hearing import give_opinion
from talanoa.consensus.contestable import acts_in, open_acts
from talanoa.consensus.letters.contesting import (
    CHALLENGE,
    OPINION,
    RECUSE,
    SECOND,
    act_name,
    appeal_lines,
    appeal_page,
    challenge_lines,
    part_name,
)
from talanoa.consensus.models import Call, Designation, Objection, PanelAppeal, PanelMember
from talanoa.consensus.queries import open_appeals
from talanoa.contributions.mail_commands import appeal_by_mail
from talanoa.contributions.models import Appeal, Contribution
from talanoa.kernel.errors import RuleBroken
from talanoa.lib import numbered
from talanoa.mail import tokens
from talanoa.mail.letters import wrapped
from talanoa.mail.outbox import PROOF
from talanoa.mail.registry import MailReply, MailRequest, command
from talanoa.people.models import Person
from talanoa.processes.actions.roles import enter
from talanoa.processes.mail_commands import process_of, proven
from talanoa.processes.models import Process

_ENTRY = re.compile(r"\s*entry\s+#?(?P<index>[0-9]{1,9})\s*[:.,;]?[ \t]*", re.IGNORECASE)
_OUTCOMES = {
    Appeal.Outcome.UPHELD: re.compile(r"(?:i\s+)?uph(?:o|e)ld(?:\s+it)?\b", re.IGNORECASE),
    Appeal.Outcome.OVERTURNED: re.compile(r"(?:i\s+)?overturn(?:ed)?(?:\s+it)?\b", re.IGNORECASE),
}


@command(
    CHALLENGE,
    takes_words=True,
    told=gettext_lazy(
        "What the chair found in a consensus call is wrong, and why: of one recommendation, after its number."
    ),
    example="challenge 1: 2: the rate was never argued for.",
)
def challenge(request: MailRequest) -> MailReply:
    """Challenge what a chair found: `challenge 1: 2: because`, with the call and then the recommendation."""
    process, person = process_of(request), proven(request)
    call = _call(process, request.number)
    before, said = numbered.read(request.text)
    designation, text = _designation(call, before, said)
    by = enter(process, person, at=request.at)
    made = raise_challenge(designation, by=by, text=text, at=request.at, channel="mail")
    subject = _("Challenge %(number)s: received") % {"number": made.number}
    return _reply(person, request, subject, challenge_lines(made))


def _call(process: Process, number: int | None) -> Call:
    """Return the call that a mail names, or the last that was declared. Raises RuleBroken: call_unnamed."""
    rows = process.calls.filter(declared_at__isnull=False).select_related("process", "draft__document")
    found = rows.filter(number=number).first() if number else rows.order_by("-number").first()
    if found is None:
        raise RuleBroken(
            _("Say which call you mean, such as: %(example)s") % {"example": "challenge 1: 2: ..."},
            code="call_unnamed",
        )
    return found


def _designation(call: Call, before: str, said: dict[int, str]) -> tuple[Designation, str]:
    """Return the designation that a mail speaks of, and why. Raises RuleBroken: recommendation_unknown."""
    rows = {row.recommendation: row for row in call.designations.order_by("recommendation", "pk")}
    named = [number for number in said if number in rows]
    if len(rows) == 1:
        [only] = rows.values()
        words = "\n".join(said.values())
        return only, f"{before}\n{words}".strip()
    if len(named) != 1 or len(said) != 1:
        raise RuleBroken(
            _(
                "Say which one recommendation you mean, by its number before your words. There are: %(numbers)s."
            )
            % {"numbers": ", ".join(part_name(number) for number in rows)},
            code="recommendation_unknown",
        )
    return rows[named[0]], f"{before}\n{said[named[0]]}".strip()


@command(
    "appeal",
    takes_words=True,
    takes=r"entry\s+#?\d{1,9}\b.*",
    told=gettext_lazy(
        "Your number was held or rejected, or what was done in a consensus call, as an entry of the record, is wrong:"
        " others look again."
    ),
    example="appeal 17: I wrote of the fee, not of the person.",
)
def appeal(request: MailRequest) -> MailReply:
    """Appeal to a panel, where a mail names an entry, or the number of an objection on which the chair found.

    Any other number is about what moderation did.
    """
    matched = _ENTRY.match(request.text)
    call, entry = _named(request, int(matched["index"])) if matched else _objected(request)
    if call is None:
        return appeal_by_mail(request)
    process, person = process_of(request), proven(request)
    before, said = numbered.read(request.text[matched.end() :] if matched else request.text)
    by = enter(process, person, at=request.at)
    arguments = [text for text in (before, *said.values()) if text]
    made = bring_appeal(call, by=by, entry=entry, arguments=arguments, at=request.at, channel="mail")
    subject = _("Appeal %(number)s: received") % {"number": made.number}
    return _reply(person, request, subject, appeal_lines(made))


def _named(request: MailRequest, index: int) -> tuple[Call | None, int]:
    """Return the call in which an entry is an act. Raises RuleBroken: nothing_to_appeal, with what there is."""
    calls = list(process_of(request).calls.select_related("process", "draft").order_by("-number"))
    for call in calls:
        if any(act.entry.index == index for act in acts_in(call, request.at)):
            return call, index
    listed = [
        f"appeal entry {act.entry.index}: …\n  {act_name(act)}"
        for call in calls
        for act in open_acts(call, request.at)
    ]
    raise RuleBroken(
        _("Entry %(entry)s is nothing that you can appeal. You can appeal these:\n%(listed)s")
        % {"entry": index, "listed": "\n".join(listed[:20]) or "-"},
        code="nothing_to_appeal",
    )


def _objected(request: MailRequest) -> tuple[Call | None, int]:
    """Return the call of an objection on which the chair found, and the entry of that; None where there is none."""
    rows = Objection.objects.select_related("call__process", "call__draft", "contribution").filter(
        contribution__process__key=request.process_key, contribution__number=request.number or 0
    )
    found = rows.exclude(contribution__state__in=Contribution.KEPT_BACK).first()
    if found is None:
        return None, 0
    mine = [
        act
        for act in acts_in(found.call, request.at)
        if act.handling and act.handling.objection_id == found.pk
    ]
    return (found.call, mine[0].entry.index) if mine else (None, 0)


@command(
    SECOND,
    told=gettext_lazy("You took part too, and stand behind an appeal that somebody else brought."),
    example="second 2",
)
def second(request: MailRequest) -> MailReply:
    """Stand behind an appeal."""
    process, person = process_of(request), proven(request)
    found = _appeal(process, request.number, "second 2")
    by = enter(process, person, at=request.at)
    made = support_appeal(found, by=by, at=request.at, channel="mail")
    subject = _("Appeal %(number)s: you support it") % {"number": made.number}
    told = _("Noted in public: you support appeal %(number)s.") % {"number": made.number}
    return _reply(person, request, subject, [*wrapped(told), appeal_page(made)])


@command(
    OPINION,
    takes_words=True,
    told=gettext_lazy("You were drawn for a panel: uphold or overturn, and your reasons for each argument."),
    example="opinion 2: overturn",
)
def opinion(request: MailRequest) -> MailReply:
    """Find on an appeal, as a member of its panel: the outcome first, then the reasons by the numbers of arguments."""
    process, person = process_of(request), proven(request)
    found = _appeal(process, request.number, "opinion 2: overturn", seats_of=person)
    before, said = numbered.read(request.text)
    outcome = next((code for code, words in _OUTCOMES.items() if words.match(before)), "")
    by = enter(process, person, at=request.at)
    rest = re.sub(r"^\S+[\s.,:;–-]*", "", before)
    if rest and not said:
        said = {1: rest}
    give_opinion(found, by=by, outcome=outcome, reasons=said, at=request.at, channel="mail")
    subject = _("Appeal %(number)s: your opinion is kept") % {"number": found.number}
    told = _(
        "Your opinion counts. Once the panel has decided, its reasons are public; that they are yours is told to"
        " nobody."
    )
    return _reply(person, request, subject, [*wrapped(told), appeal_page(found)])


@command(
    RECUSE,
    takes_words=True,
    told=gettext_lazy(
        "You were drawn for a panel and leave the seat to the next, for a reason that is public."
    ),
    example="recuse 2: I work for the editor of the text.",
)
def recuse(request: MailRequest) -> MailReply:
    """Leave a seat of a panel."""
    process, person = process_of(request), proven(request)
    found = _appeal(process, request.number, "recuse 2: ...", seats_of=person)
    by = enter(process, person, at=request.at)
    leave_seat(found, by=by, text=request.text, at=request.at, channel="mail")
    subject = _("Appeal %(number)s: you left the seat") % {"number": found.number}
    told = _("Noted, with your reason in public. The next of the draw takes the seat.")
    return _reply(person, request, subject, [*wrapped(told), appeal_page(found)])


def _appeal(
    process: Process, number: int | None, example: str, *, seats_of: Person | None = None
) -> PanelAppeal:
    """Return the appeal with this number, or the only open one: of those on whose panel `seats_of` has a seat.

    Raises RuleBroken: number_unknown.
    """
    waiting = open_appeals(process)
    if seats_of is not None:
        mine = PanelMember.objects.seated().filter(participant__person=seats_of).values_list("draw__appeal")
        seats = {key for (key,) in mine}
        waiting = [row for row in waiting if row.pk in seats]
    found = process.panel_appeals.select_related("process").filter(number=number or 0).first()
    if found is None and number is None and len(waiting) == 1:
        return waiting[0]
    if found is None:
        listed = [f"  {row.number}. {act_name(row)}" for row in waiting]
        told = _("Say which appeal you mean, such as: %(example)s") % {"example": example}
        raise RuleBroken("\n".join([told, *listed]), code="number_unknown")
    return found


def _reply(person: Person, request: MailRequest, subject: str, lines: list[str]) -> MailReply:
    token = tokens.issue(person, process_key=request.process_key, number=None, at=request.at)
    return MailReply(subject=subject, lines=tuple(lines), to=person, extra={PROOF: token})
