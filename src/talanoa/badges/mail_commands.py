"""Badges by mail: whoever answers our letter with one word has their badge erased here."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talanoa.badges.actions.ending import erase_badge
from talanoa.badges.letters import erased_lines
from talanoa.badges.models import ADDRESS, Badge
from talanoa.badges.notices import ERASE
from talanoa.kernel.errors import NotAllowed
from talanoa.mail import tokens
from talanoa.mail.letters import wrapped
from talanoa.mail.outbox import PROOF
from talanoa.mail.registry import MailReply, MailRequest, command
from talanoa.people.models import Person


@command(
    ERASE,
    is_question=True,
    address=ADDRESS,
    told=gettext_lazy(
        "For those who have a badge: your answer to our letter that brought it has it erased here."
    ),
    example="erase",
)
def erase(request: MailRequest) -> MailReply:
    """Erase the badge that the letter brought; any other word changes nothing. Raises NotAllowed."""
    person = request.person
    rows = Badge.objects.visible_to(person).select_related("entry")
    badge = rows.filter(pk=request.number or 0).first()
    if person is None or badge is None or request.process_key != ADDRESS:
        raise NotAllowed(_("Please answer our letter that brought your badge, from the same address."))
    first = next((line for line in request.text.splitlines() if line.strip()), "")
    if first.strip(" .!\t").casefold() != ERASE:
        told = _("Nothing changed. To have your badge erased here, answer this mail with the one word: erase")
        return _answer(request, person, badge, *wrapped(told))
    erase_badge(badge, by=person, at=request.at, channel="mail")
    return _answer(request, person, badge, *erased_lines(badge))


def _answer(request: MailRequest, person: Person, badge: Badge, *lines: str) -> MailReply:
    token = tokens.issue(person, process_key=ADDRESS, number=badge.pk, at=request.at, word=ERASE)
    return MailReply(subject=_("Your badge"), lines=lines, to=person, extra={PROOF: token})
