"""Participant acts by mail on an answer: dispute it, or say that it does one justice."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talanoa.contributions.actions.answering import acknowledge_response, dispute_response
from talanoa.contributions.models import Answer, Contribution
from talanoa.contributions.receipts import receipt_text
from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.lib.processkeys import label
from talanoa.mail import tokens
from talanoa.mail.letters import wrapped
from talanoa.mail.outbox import PROOF
from talanoa.mail.registry import MailReply, MailRequest, command
from talanoa.processes.actions.roles import enter
from talanoa.processes.models import Participant


def own_answer(request: MailRequest) -> tuple[Answer, Participant]:
    """Return the newest answer to the contribution that a proven sender speaks of.

    Raises NotAllowed; RuleBroken: number_unknown, not_answered.
    """
    if request.person is None:
        raise NotAllowed(
            _("Please answer the mail with your receipt, from the same address: that shows that it is you.")
        )
    rows = Contribution.objects.select_related("process", "person")
    found = rows.filter(process__key=request.process_key, number=request.number or 0).first()
    if found is None:
        raise RuleBroken(_("Say which number you mean, such as: dispute 17: ..."), code="number_unknown")
    answer = found.answers.filter(sent_at__isnull=False).order_by("-sent_at", "-pk").first()
    if answer is None:
        raise RuleBroken(_("There is no answer yet."), code="not_answered")
    return answer, enter(found.process, request.person, at=request.at)


@command(
    "dispute",
    takes_words=True,
    told=gettext_lazy("Your words stand in public beside the answer that misreads you."),
    example="dispute 17: I said fees, not levies.",
)
def dispute_own(request: MailRequest) -> MailReply:
    """Say how an answer misreads one: the words after the command, or below it."""
    answer, by = own_answer(request)
    dispute_response(answer, by=by, text=request.text, at=request.at, channel="mail")
    return _done(answer, request, _("Your dispute of the answer to %(number)s stands in public beside it."))


@command(
    "thanks",
    "acknowledge",
    told=gettext_lazy("You say that the answer to your input does you justice."),
    example="thanks 17",
)
def acknowledge_own(request: MailRequest) -> MailReply:
    """Say that an answer does one justice."""
    answer, by = own_answer(request)
    acknowledge_response(answer, by=by, at=request.at, channel="mail")
    return _done(answer, request, _("Noted: the answer to %(number)s does you justice. Thank you."))


def _done(answer: Answer, request: MailRequest, told: str) -> MailReply:
    contribution = answer.contribution
    called = label(contribution.process.key, contribution.number)
    token = tokens.issue(
        contribution.person, process_key=contribution.process.key, number=contribution.number, at=request.at
    )
    return MailReply(
        subject=_("Received: %(number)s") % {"number": called},
        lines=tuple(wrapped(told % {"number": called})),
        number=contribution.number,
        receipt=receipt_text(contribution),
        to=contribution.person,
        extra={PROOF: token},
    )
