"""Taking part in a consensus call by mail: where one stands, that an answer will not do, a minority statement."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talanoa.consensus.actions.dissenting import state_minority
from talanoa.consensus.actions.handling import maintain_objection
from talanoa.consensus.actions.positions import Reasons, raise_objection, take_position
from talanoa.consensus.letters.calls import (
    MINORITY,
    POSITION,
    STANDS,
    how_to_answer,
    minority_lines,
    objected_lines,
)
from talanoa.consensus.models import Call, Objection, Option, Position
from talanoa.consensus.queries import live_calls
from talanoa.contributions.actions.standing import author_of
from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.instants import moment
from talanoa.lib import positions
from talanoa.lib.positions import Stated
from talanoa.lib.processkeys import label
from talanoa.mail import tokens
from talanoa.mail.letters import wrapped
from talanoa.mail.outbox import PROOF
from talanoa.mail.registry import MailReply, MailRequest, command
from talanoa.processes.actions.roles import enter
from talanoa.processes.mail_commands import process_of, proven
from talanoa.processes.models import Participant, Process

GOAL = Objection.Kind.GOAL


@command(
    POSITION,
    takes_words=True,
    told=gettext_lazy(
        "Where you stand in a consensus call: support, live with it, concern, objection, not my field, or abstain. An"
        " objection says why, and below it what would resolve it. Answer the letter of the call, or name its number."
    ),
    example="position 1: support",
)
def position(request: MailRequest) -> MailReply:
    """Take a position, or object; one mail may speak of several recommendations."""
    process = process_of(request)
    person = proven(request)
    call = _called(process, request)
    stated = positions.read(request.text)
    if not stated:
        raise RuleBroken("\n".join(how_to_answer(call)), code="option_unknown")
    by = enter(process, person, at=request.at)
    taken, objections = _take_all(call, by, stated, request)
    lines = [line for made in taken for line in _told(made)]
    for objection in objections:
        lines += ["", *objected_lines(objection)]
    return _reply(by, request, _("Call %(number)s: noted") % {"number": call.number}, lines, objections)


@transaction.atomic
def _take_all(
    call: Call, by: Participant, stated: Sequence[Stated], request: MailRequest
) -> tuple[list[Position], list[Objection]]:
    """Take every position of a mail, or none: its sender need not find out what of it was refused."""
    taken = [_stand(call, by, one, request) for one in stated if one.option != Option.OBJECTION]
    return taken, [_object(call, by, one, request) for one in stated if one.option == Option.OBJECTION]


def _called(process: Process, request: MailRequest) -> Call:
    """Return the call that a mail names, or the only one that takes positions now. Raises RuleBroken: call_unnamed."""
    live = live_calls(process, request.at)
    if request.number:
        named = (
            process.calls.filter(number=request.number).select_related("revision", "draft__document").first()
        )
        if named:
            return named
    if len(live) == 1:
        return live[0]
    listed = "\n".join(
        f"position {call.number}: …\n  {call.draft.document.title}, {moment(call.closes_at)}" for call in live
    )
    raise RuleBroken(
        _("Say which consensus call you mean. These take positions now:\n%(calls)s")
        % {"calls": listed or "-"},
        code="call_unnamed",
    )


def _stand(call: Call, by: Participant, one: Stated, request: MailRequest) -> Position:
    return take_position(
        call,
        by=by,
        option=one.option,
        reason=one.reason,
        recommendation=one.recommendation,
        assurance=request.grade,
        at=request.at,
        channel="mail",
    )


def _object(call: Call, by: Participant, one: Stated, request: MailRequest) -> Objection:
    return raise_objection(
        call,
        by=by,
        author=author_of(by.person, assurance=request.grade, group=by.group),
        reasons=Reasons(one.about or GOAL, one.reason, one.resolves),
        recommendation=one.recommendation,
        dedup_key=f"{request.dedup_key}-{one.recommendation}"[-64:],
        at=request.at,
        channel="mail",
    )


def _told(made: Position) -> list[str]:
    about = (
        _("Recommendation %(number)s") % {"number": made.recommendation}
        if made.recommendation
        else _("The whole text")
    )
    return wrapped(f"{about}: {made.get_option_display()}", *([made.reason] if made.reason else []))


@command(
    STANDS,
    takes_words=True,
    told=gettext_lazy("Your objection was answered, or the text was changed, and it will not do: say why."),
    example="stands 17: it does not say who counts the hours.",
)
def stands(request: MailRequest) -> MailReply:
    """Say that an objection stands although it was answered."""
    process, person = process_of(request), proven(request)
    rows = Objection.objects.select_related("contribution__process", "call")
    found = rows.filter(contribution__process=process, contribution__number=request.number or 0).first()
    if found is None:
        raise RuleBroken(
            _("Say which number you mean, such as: %(example)s") % {"example": "stands 17: ..."},
            code="number_unknown",
        )
    by = enter(process, person, at=request.at)
    maintain_objection(found, by=by, text=request.text, at=request.at, channel="mail")
    called = label(process.key, found.contribution.number)
    told = _("Your objection %(number)s stands, in your words. The chair weighs it, and says so in public.")
    return _reply(
        by,
        request,
        _("It stands: %(number)s") % {"number": called},
        wrapped(told % {"number": called}),
        [found],
    )


@command(
    MINORITY,
    takes_words=True,
    told=gettext_lazy(
        "Your words are a minority statement: it stands in the report, beside what was agreed."
    ),
    example="minority 1: the rate leaves out the islands.",
)
def minority(request: MailRequest) -> MailReply:
    """Send a minority statement about the outcome of a call."""
    process, person = process_of(request), proven(request)
    calls = process.calls.filter(declared_at__isnull=False).order_by("-number")
    call = calls.filter(number=request.number).first() if request.number else calls.first()
    if call is None:
        raise RuleBroken(
            _("Say which call you mean, such as: %(example)s") % {"example": "minority 1: ..."},
            code="call_unnamed",
        )
    by = enter(process, person, at=request.at)
    made = state_minority(
        call,
        by=by,
        author=author_of(person, assurance=request.grade, group=by.group),
        text=request.text,
        dedup_key=request.dedup_key,
        at=request.at,
        channel="mail",
    )
    number = made.contribution.number
    token = tokens.issue(person, process_key=process.key, number=number, at=request.at)
    subject = _("Received: %(number)s") % {"number": label(process.key, number)}
    return MailReply(
        subject=subject, lines=tuple(minority_lines(made)), number=number, to=person, extra={PROOF: token}
    )


def _reply(
    by: Participant, request: MailRequest, subject: str, lines: list[str], objections: list[Objection]
) -> MailReply:
    """Answer the sender, who can answer as themselves: about their objection, where the mail held just one."""
    number = objections[0].contribution.number if len(objections) == 1 else None
    token = tokens.issue(by.person, process_key=request.process_key, number=number, at=request.at)
    return MailReply(subject=subject, lines=tuple(lines), number=number, to=by.person, extra={PROOF: token})
