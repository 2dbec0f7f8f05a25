"""Participant acts by mail on an answer: dispute it, or say that it does one justice."""

from django.utils.translation import gettext as _

from talanoa.contributions.actions.answering import acknowledge_response, dispute_response
from talanoa.contributions.models import Answer, Contribution
from talanoa.contributions.receipts import receipt_text
from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.lib.processkeys import label, number_in
from talanoa.mail.registry import MailReply, MailRequest, command
from talanoa.processes.actions import enter
from talanoa.processes.models import Participant


def own_answer(request: MailRequest) -> tuple[Answer, Participant]:
    """Return the newest answer to the contribution that a proven sender speaks of.

    Raises NotAllowed; RuleBroken: number_unknown, not_answered.
    """
    if request.person is None:
        raise NotAllowed(
            _("Please answer the mail with your receipt, from the same address: that shows that it is you.")
        )
    first = request.argument.rstrip(":").split(" ")[0].rstrip(":")
    number = number_in(first) or request.number
    found = Contribution.objects.filter(process__key=request.process_key, number=number or 0).first()
    if found is None:
        raise RuleBroken(_("Say which number you mean, such as: dispute 17: ..."), code="number_unknown")
    answer = found.answers.filter(sent_at__isnull=False).order_by("-sent_at", "-pk").first()
    if answer is None:
        raise RuleBroken(_("There is no answer yet."), code="not_answered")
    return answer, enter(found.process, request.person, at=request.at)


@command("dispute")
def dispute_own(request: MailRequest) -> MailReply:
    """Say how an answer misreads one: the words after the command, or below it."""
    answer, by = own_answer(request)
    inline = request.argument.partition(":")[2].strip()
    if not inline and number_in(request.argument.rstrip(":")) is None:
        inline = request.argument
    text = "\n".join(filter(None, (inline, request.text)))
    dispute_response(answer, by=by, text=text, at=request.at, channel="mail")
    return _done(answer, _("Your dispute of the answer to %(number)s stands in public beside it."))


@command("thanks", "acknowledge")
def acknowledge_own(request: MailRequest) -> MailReply:
    """Say that an answer does one justice."""
    answer, by = own_answer(request)
    acknowledge_response(answer, by=by, at=request.at, channel="mail")
    return _done(answer, _("Noted: the answer to %(number)s does you justice. Thank you."))


def _done(answer: Answer, told: str) -> MailReply:
    contribution = answer.contribution
    called = label(contribution.process.key, contribution.number)
    return MailReply(
        subject=_("Received: %(number)s") % {"number": called},
        lines=(told % {"number": called},),
        number=contribution.number,
        receipt=receipt_text(contribution),
        to=contribution.person,
    )
