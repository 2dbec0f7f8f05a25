"""An announcement as a plain-text mail for the lists of others: complete in itself, at most 72 columns and 20 kB."""

from datetime import datetime

from django.utils.translation import gettext as _

from talanoa.kernel.instants import moment
from talanoa.lib import announcements
from talanoa.lib.shortening import shortened
from talanoa.mail.actions import MOST
from talanoa.mail.letters import in_language, wrapped
from talanoa.mail.posting import outbox
from talanoa.processes.models import Announcement, Process
from talanoa.processes.queries import open_call, published_charter

LONGEST_FACT = 1_500
"""Characters of a fact of the charter in such a mail; the whole stands on its page."""


def announcement_text(made: Announcement, *, at: datetime) -> str:
    """Return the mail of an announcement with the facts as they stand at `at` (aware, UTC); it need not be saved yet.

    The facts come after the words of the announcement: what the question is, until when, how to answer, who asks.
    """
    page = announcements.page(made.process.key, made.number, outbox.site)
    with in_language(made.language):
        lines = [
            *wrapped(made.title, "", made.text, "", _("THE QUESTION"), _cut(made.process.question), ""),
            *_deadline(made.process, at),
            *_answering(made.process),
            page,
            "",
            *_asking(made.process),
        ]
        tail = _("The rest stands here: %(page)s") % {"page": page}
    return shortened("\n".join(lines).rstrip() + "\n", most=MOST, tail=tail)


def _deadline(process: Process, at: datetime) -> list[str]:
    call = open_call(process, at)
    if call is None or call.closes_at is None:
        return []
    told = _("Until %(end)s. After that no input is taken.") % {"end": moment(call.closes_at)}
    return wrapped(_("THE DEADLINE"), told, "")


def _answering(process: Process) -> list[str]:
    heard = ", ".join(process.lists.followed().values_list("name", flat=True))
    on_lists = _(
        "You can also answer on a list that we follow (%(lists)s): then we ask you by mail to confirm it. Without your"
        " word, nothing that you write on a list becomes an input."
    )
    return wrapped(
        _("HOW TO ANSWER"),
        _("By plain mail, as short as one sentence, to:"),
        f"  {process.key}@{outbox.domain}",
        *([on_lists % {"lists": heard}] if heard else []),
        _("Every input gets a number, a receipt, and an answer with a reason. You need no account."),
        "",
        _("On the web, with everything that was said so far:"),
    )


def _asking(process: Process) -> list[str]:
    version = published_charter(process)
    facts = version.facts if version else {}
    told = (
        (_("WHO RUNS IT"), facts.get("runs")),
        (_("WHO PAYS"), facts.get("payer")),
        (_("WHO DECIDES WHAT"), facts.get("decides")),
        (_("WHAT IS PROMISED"), facts.get("commitment")),
    )
    return wrapped(*(line for head, fact in told if fact for line in (head, _cut(fact), "")))


def _cut(fact: str) -> str:
    return fact if len(fact) <= LONGEST_FACT else fact[:LONGEST_FACT].rsplit(" ", 1)[0] + " …"
