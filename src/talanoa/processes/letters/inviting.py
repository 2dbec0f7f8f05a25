"""The letter to somebody who was invited by name, and the answers to what they write back; complete in themselves."""

from datetime import datetime

from django.utils.translation import gettext as _

from talanoa.kernel.instants import moment
from talanoa.lib.regions import place_name
from talanoa.lib.shortening import shortened
from talanoa.mail.actions import MOST
from talanoa.mail.letters import wrapped
from talanoa.mail.outbox import invitation_link, whole_address
from talanoa.mail.posting import outbox
from talanoa.people.models import Group
from talanoa.processes.models import Invitation, Participant, Process, last_day
from talanoa.processes.queries import open_call, published_charter

JOIN = "join"
"""The command that an answer to an invitation means."""
LONGEST_FACT = 1_000
"""Characters of a fact of the charter in such a letter; the whole stands on its page."""


def invitation_lines(invitation: Invitation, *, at: datetime, is_reminder: bool = False) -> list[str]:
    """Return the letter of invitation with the facts as they stand at `at` (aware, UTC), at most 20 kB.

    What is asked comes first, then by whom and why, then how to answer: by one word, or with an input at once.
    """
    process = invitation.process
    lines = [
        *_opening(invitation, is_reminder=is_reminder),
        *_facts(process),
        *_time(process, at=at),
        *_answering(invitation, at=at, is_reminder=is_reminder),
        *_web(process),
        *_data(invitation),
    ]
    tail = _("The rest stands here: %(page)s") % {"page": whole_address(process.key, None)}
    return shortened("\n".join(lines), most=MOST, tail=tail).split("\n")


def _opening(invitation: Invitation, *, is_reminder: bool) -> list[str]:
    process, by = invitation.process, invitation.round.by.person.name
    told = _("%(by)s invites you to take part in “%(title)s”.")
    again = _("We wrote to you a week ago and have no answer yet. This is the only reminder.")
    return wrapped(
        _("Dear %(name)s,") % {"name": invitation.name},
        "",
        *([again, ""] if is_reminder else []),
        told % {"by": by, "title": process.title},
        "",
        _("THE QUESTION"),
        _cut(process.question),
        "",
        _("WHY YOU ARE ASKED"),
        _why(invitation),
        "",
    )


def _why(invitation: Invitation) -> str:
    """Say whose voice is looked for, as far as whoever invited them told it."""
    group = "" if invitation.group == Group.OTHER else str(Group(invitation.group).label)
    told = [group, invitation.organization, place_name(invitation.country)]
    seen = ", ".join(part for part in told if part)
    if not seen:
        return _("Those who run it think that your view would be missing without you.")
    why = _("Those who run it look for voices that would be missing. They describe you so: %(seen)s.")
    return why % {"seen": seen}


def _facts(process: Process) -> list[str]:
    version = published_charter(process)
    facts = version.facts if version else {}
    told = (
        (_("WHO RUNS IT"), facts.get("runs")),
        (_("WHO DECIDES WHAT"), facts.get("decides")),
        (_("HOW LONG IT TAKES YOU"), facts.get("time_cost")),
    )
    return wrapped(*(line for head, fact in told if fact for line in (head, _cut(fact), "")))


def _time(process: Process, *, at: datetime) -> list[str]:
    ends = last_day(process)
    if ends is None:
        return wrapped(_("UNTIL WHEN"), _("The call for input is not open yet; its page says when."), "")
    told = _("Until %(end)s. After that no input is taken.") % {"end": moment(ends)}
    if open_call(process, at) is None:
        told += " " + _("The call for input is not open yet; its page says when.")
    return wrapped(_("UNTIL WHEN"), told, "")


def _answering(invitation: Invitation, *, at: datetime, is_reminder: bool) -> list[str]:
    person = invitation.person
    group = person.group if person.group != Group.OTHER else invitation.group
    joined = _(
        "You then take part for this stakeholder group: %(group)s. For another one, write it below the yes:"
    )
    input_lines = [
        _("TO SAY WHAT YOU THINK AT ONCE"),
        _(
            "Answer with the word input on the first line and your words below it, as short as one sentence. They get a"
            " number, a receipt and an answer with a reason, and are shown under your name. You have then joined too."
        ),
        "",
    ]
    is_open = open_call(invitation.process, at) is not None
    silence = _("Without an answer you get one reminder, and no more.")
    return wrapped(
        _("TO JOIN"),
        _("Answer this mail with the one word: yes"),
        joined % {"group": Group(group).label},
        f"  group: {_other_than(group)}",
        "",
        _("TO DECLINE"),
        _("Answer this mail with the one word: no"),
        _("Then we do not invite you to this process again."),
        *([] if is_reminder else [silence]),
        "",
        *(input_lines if is_open else []),
    )


def _other_than(group: str) -> str:
    """Return a group as an example of another one, as people write it."""
    shown = Group.ACADEMIA if group != Group.ACADEMIA else Group.CIVIL_SOCIETY
    return shown.value.replace("_", " ")


def _web(process: Process) -> list[str]:
    return [
        _("ON THE WEB"),
        *wrapped(_("Everything that was said so far, with the whole charter:")),
        f"  {whole_address(process.key, None)}",
        *wrapped(
            _("Join or decline there, with the group that you choose. To open the page changes nothing:")
        ),
        f"  {invitation_link(process.key)}",
        "",
    ]


def _data(invitation: Invitation) -> list[str]:
    told = _(
        "%(by)s entered your name and your address for this invitation. Only those who run the process see them; they"
        " stand on no public page and not on the record."
    )
    return wrapped(told % {"by": invitation.round.by.person.name})


def _cut(fact: str) -> str:
    return fact if len(fact) <= LONGEST_FACT else fact[:LONGEST_FACT].rsplit(" ", 1)[0] + " …"


def joined_lines(member: Participant, *, at: datetime, unread: bool = False) -> list[str]:
    """Return the answer to somebody who joined; `unread` says that their mail had more words than the yes."""
    process = member.process
    told = _("You take part in “%(title)s”, for this stakeholder group: %(group)s.")
    words = _("Your mail had more words than the yes. They were not taken as an input.")
    how = _(
        "To send an input, answer with the word input on the first line and your words below it, or write to"
        " %(address)s."
    )
    return wrapped(
        told % {"title": process.title, "group": member.get_group_display()},
        "",
        *([words] if unread else []),
        how % {"address": f"{process.key}@{outbox.domain}"},
        *([] if open_call(process, at) else [_("The call for input is not open yet; its page says when.")]),
        _(
            "You get one letter a day when something happened. For less or more, answer with: pause, unsubscribe, help"
        ),
        "",
        f"  {whole_address(process.key, None)}",
    )


def declined_lines(process: Process, *, unread: bool) -> list[str]:
    """Return the answer to somebody who declined; `unread` says that their mail had more words than the no."""
    words = _("Your mail had more words than the no. They are kept with it and stand on no page.")
    return wrapped(
        _("Thank you for the answer. We do not invite you to “%(title)s” again.") % {"title": process.title},
        *([words] if unread else []),
        _("Should you change your mind, answer this mail with the one word: join"),
    )
