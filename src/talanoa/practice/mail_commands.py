"""A room by mail: whatever comes to `practice@` is for one, and such a mail goes nowhere else."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talanoa.lib.processkeys import PRACTICE
from talanoa.mail.letters import wrapped
from talanoa.mail.registry import MailReply, MailRequest, command
from talanoa.practice.commands import play
from talanoa.practice.letters import ADDRESS, morning_lines, subject
from talanoa.processes.mail_commands import proven

_KEY = re.compile(rf"{PRACTICE}[0-9a-f]{{8}}")


@command(
    "room",
    takes_words=True,
    address=ADDRESS,
    alone=True,
    told=gettext_lazy(
        "A practice room: a mail to practice@ needs no command. Begin with open and the name of a scenario and a seat,"
        " or join with the code of your trainer; the answer tells what you can write."
    ),
    example="room: open 72-hours consumer",
)
def room(request: MailRequest) -> MailReply:
    """Do what the lines of a mail ask for, all or nothing, and answer with where the room stands."""
    person = proven(request)
    named = _KEY.search(request.parsed.subject.lower())
    key = named[0] if named else ""
    found, told = play(
        request.text, by=person, key=key, dedup_key=request.dedup_key, at=request.at, channel="mail"
    )
    seat = found.seats.filter(player=person).first()
    return MailReply(
        subject=subject(found, _("Day %(day)s") % {"day": found.day}),
        lines=(*wrapped(*told), *([""] if told else []), *morning_lines(found, seat)),
        to=person,
    )
