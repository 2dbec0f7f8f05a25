"""Letters of the discussion: the receipt of a message, and a message as it goes to those who want each one."""

from email.utils import parseaddr

from django.urls import reverse
from django.utils.translation import gettext as _

from talanoa.contributions.letters import held_lines
from talanoa.contributions.models import Contribution
from talanoa.contributions.receipts import receipt_text
from talanoa.discussions.models import Message
from talanoa.lib.mailboxes import mailbox
from talanoa.lib.processkeys import label
from talanoa.lib.subjects import answer_to
from talanoa.mail.letters import wrapped
from talanoa.mail.posting import outbox

WHOLE = 14_000
"""Bytes of a message that are sent: a letter has 20 kB at most, also where its words are not in ASCII."""


def permalink(message: Message) -> str:
    """Return the whole address of a message, for letters."""
    path = reverse("discussions:show", args=[message.contribution.process.key, message.hash])
    return f"{outbox.site}{path}"


def subject_received(contribution: Contribution) -> str:
    """Return the subject of the answer to somebody who said something."""
    return _("Received: %(number)s") % {"number": label(contribution.process.key, contribution.number)}


def received_lines(message: Message) -> tuple[str, ...]:
    """Return the lines of that answer, the receipt at its end; complete in itself."""
    contribution = message.contribution
    called = label(contribution.process.key, contribution.number)
    told = _("Thank you. Your message in the discussion of “%(title)s” has the number %(number)s.")
    return (
        *wrapped(told % {"title": contribution.process.title, "number": called}),
        permalink(message),
        "",
        *held_lines(contribution),
        *wrapped(
            _("To say more in this thread, answer this mail."),
            _("To take it back, answer with the one word: withdraw"),
        ),
        "",
        receipt_text(contribution),
    )


def mail_subject(message: Message) -> str:
    """Return the subject with which a message goes out: its own, or else its thread's where that is public."""
    opening = message.thread.opening
    is_shown = opening is not None and opening.contribution.is_public
    inherited = answer_to(opening.subject) if opening and is_shown else ""
    return message.subject or inherited or message.title


def message_headers(message: Message) -> dict[str, str]:
    """Return the headers of a message that goes out: its author's name, its own identifier, what it answers."""
    author = message.contribution.authorship.shown()
    _name, address = parseaddr(outbox.sender)
    headers = {
        "From": mailbox(author.name, address),
        "Message-ID": f"<{message.message_id}>",
        "Message-ID-Hash": message.hash,
        "Archived-At": f"<{permalink(message)}>",
    }
    if message.parent and message.parent.message_id:
        headers["In-Reply-To"] = f"<{message.parent.message_id}>"
    if ids := message.answered_ids():
        headers["References"] = " ".join(f"<{name}>" for name in ids)
    return headers


def message_lines(message: Message) -> list[str]:
    """Return what is sent of a message: its words, what it carries along, and how to answer."""
    contribution, author = message.contribution, message.contribution.authorship.shown()
    whole = f"{message.text}\n\n{message.quoted}".rstrip()
    sent = whole.encode()[:WHOLE].decode(errors="ignore")
    more = [_("(The rest stands on its page.)")] if len(sent) < len(whole) else []
    who = ", ".join(filter(None, (author.name, author.organization)))
    told = _("%(who)s in the discussion of “%(title)s”, number %(number)s:") % {
        "who": who,
        "title": contribution.process.title,
        "number": label(contribution.process.key, contribution.number),
    }
    return [
        *wrapped(sent),
        *more,
        "",
        "-- ",
        *wrapped(told),
        permalink(message),
        *wrapped(_("Answer this mail: your words join the thread and get a number of their own.")),
    ]
