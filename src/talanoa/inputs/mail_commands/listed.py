"""What somebody said on a mailing list, made an input or forgotten by its author's answer to our letter."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talanoa.inputs.actions.listed import confirm_listed, decline_listed
from talanoa.inputs.letters import asking_lines, subject_asking
from talanoa.inputs.mail_commands.receiving import received
from talanoa.inputs.models import ListReply
from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.mail import tokens
from talanoa.mail.letters import wrapped
from talanoa.mail.outbox import PROOF
from talanoa.mail.posting import outbox
from talanoa.mail.registry import MailReply, MailRequest, command, yes_or_no
from talanoa.people.models import Person
from talanoa.processes.actions.roles import enter
from talanoa.processes.mail_commands import process_of


@command(
    "listed",
    is_question=True,
    told=gettext_lazy(
        "What you wrote on a mailing list in answer to an announcement of ours: when our letter asks, answer it with"
        " confirm, and it is an input, or with no, and we forget it. This word alone brings the letter again."
    ),
)
def answer_listed(request: MailRequest) -> MailReply:
    """Make what somebody said on a list an input, or forget it, by a plain yes or no to our letter; else ask again."""
    process, person = process_of(request), request.person
    if person is None:
        raise NotAllowed(
            _("Please answer our letter about it, from the same address: that shows that it is you.")
        )
    called, _line, said = request.text.partition("\n")
    rows = ListReply.objects.visible_to(person).filter(process=process).select_related("process", "list")
    is_answer = called.isascii() and called.isdigit()
    waiting = rows.filter(state=ListReply.State.WAITING)
    reply = rows.filter(pk=int(called)).first() if is_answer else waiting.first()
    if reply is None:
        raise RuleBroken(
            _("Nothing that you wrote on a list waits here. Our letter about it is the one to answer."),
            code="list_reply_unknown",
        )
    is_yes = yes_or_no(said, name=f"{reply.name} {person.name}") if is_answer else None
    if is_yes is None:
        return _asked_again(reply, person, request, is_answer=is_answer)
    by = enter(process, person, at=request.at)
    if is_yes:
        return received(confirm_listed(reply, by=by, at=request.at, channel="mail").contribution, request)
    decline_listed(reply, by=by)
    told = _("It is no input, and we have forgotten your words. On the list they stay as they are.")
    return MailReply(subject=_("Declined"), lines=tuple(wrapped(told)), to=person)


def _asked_again(reply: ListReply, person: Person, request: MailRequest, *, is_answer: bool) -> MailReply:
    """Send the letter again; above it, that an answer to it was neither yes nor no."""
    address = f"{request.process_key}@{outbox.domain}"
    unclear = wrapped(
        _("Nothing is changed: your answer was neither a plain yes nor a plain no."),
        _("To say it in other words, write a new mail to %(address)s.") % {"address": address},
        "",
    )
    token = tokens.issue(
        person,
        process_key=request.process_key,
        number=None,
        at=request.at,
        word=f"listed {reply.pk}",
    )
    lines = (*(unclear if is_answer else ()), *asking_lines(reply, at=request.at))
    return MailReply(subject=subject_asking(), lines=lines, to=person, extra={PROOF: token})
