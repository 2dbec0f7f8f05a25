"""Letters of the issue desk: to who brought an issue, to those who keep the desk, to the body it is referred to."""

from django.utils.translation import gettext as _

from talanoa.contributions.models import Contribution
from talanoa.desk.models import ADDRESS, Answer, Issue, Reply
from talanoa.kernel.instants import moment
from talanoa.mail.letters import wrapped
from talanoa.mail.posting import outbox

Publication = Contribution.Publication


def page(issue: Issue) -> str:
    """Return the whole address of the page of an issue."""
    return f"{outbox.site}/{ADDRESS}/{issue.number}/"


def _quoted(text: str) -> list[str]:
    return [f"> {line}".rstrip() for line in text.split("\n")]


def subject_received(issue: Issue) -> str:
    """Return the subject of the letter with the receipt."""
    told = (
        _("Is this from you? Issue %(number)s")
        if issue.state == Issue.State.UNCONFIRMED
        else _("Received: issue %(number)s")
    )
    return told % {"number": issue.number}


def received_lines(issue: Issue, receipt: str) -> tuple[str, ...]:
    """Return what who brought an issue is told, `receipt` at the end; one who is not sure is asked to confirm."""
    told = _("Thank you. What you brought is issue %(number)s: %(title)s")
    lines = [*wrapped(told % {"number": issue.number, "title": issue.title}), ""]
    if issue.state == Issue.State.UNCONFIRMED:
        asked = _(
            "It waits for you. If it is from you, answer this mail with the one word: confirm. Then it is shown as you"
            " allowed, and has its public answer within 14 days. If it is not from you, do nothing."
        )
        lines += wrapped(asked)
    else:
        due = _(
            "It has an answer with its reason, in public, until %(until)s. Later than that it is named as overdue."
        )
        lines += wrapped(due % {"until": moment(issue.due_at)})
    return (*lines, "", f"  {page(issue)}", "", receipt)


def waiting_lines(issue: Issue) -> tuple[str, ...]:
    """Return what those who keep the desk are told of a new issue."""
    told = _("Issue %(number)s waits for an answer until %(until)s: %(title)s")
    named = {"number": issue.number, "until": moment(issue.due_at), "title": issue.title}
    return (*wrapped(told % named, ""), *_quoted(issue.text), "", *how_lines(), f"  {page(issue)}")


def how_lines() -> list[str]:
    """Return how the desk answers by mail."""
    return wrapped(
        _(
            "Answer this mail with one of these at its beginning, and the reason after the colon. All of it is public."
        ),
        _("  convene KEY:   a process was begun for it, as a draft at least"),
        _("  refer BODY:    a body of the registry works on it, and is written to"),
        _("  expertise:     what is offered, and by whom"),
        _("  decline:       nothing follows here"),
        "",
    )


def replied_lines(issue: Issue, reply: Reply) -> tuple[str, ...]:
    """Return what those who keep the desk are told when who brought an issue replies to its answer."""
    told = _("Who brought issue %(number)s, “%(title)s”, replies to its answer:")
    again = _("The reply stands beside the answer. To answer once more, do as the first time:")
    return (
        *wrapped(told % {"number": issue.number, "title": issue.title}, ""),
        *_quoted(reply.text),
        "",
        *wrapped(again),
        *how_lines(),
        f"  {page(issue)}",
    )


def answered_lines(issue: Issue, answer: Answer) -> tuple[str, ...]:
    """Return the answer, as who brought the issue gets it."""
    told = _("Issue %(number)s, “%(title)s”, has its answer: %(outcome)s.")
    named = {"number": issue.number, "title": issue.title, "outcome": answer.get_outcome_display()}
    asked = _(
        "What you answer to this mail stands beside it, in public where your issue is. One reply to an answer."
    )
    return (
        *wrapped(told % named, ""),
        *wrapped(answer.reason),
        "",
        *what_follows(answer),
        *wrapped(asked),
        "",
        f"  {page(issue)}",
    )


def what_follows(answer: Answer) -> list[str]:
    """Return which process was opened, or which body was written to, or that no address of it is known."""
    if answer.process is not None:
        where = f"{outbox.site}/p/{answer.process.key}/"
        return [_("The process: %(key)s") % {"key": answer.process.key}, f"  {where}", ""]
    if answer.body is None:
        return []
    told = (
        _("We wrote to %(body)s about it, at the address that it made public.")
        if answer.referral.person
        else _("We know no address of %(body)s that takes mail, so nobody wrote to it. This is its page:")
    )
    lines = wrapped(told % {"body": answer.body.title})
    return [*lines, *([] if answer.referral.person else [f"  {answer.body.contact}"]), ""]


def referral_lines(issue: Issue, answer: Answer) -> tuple[str, ...]:
    """Return the letter to a body that an issue is referred to; the words of its author where they may be shown."""
    told = _(
        "Somebody brought an issue to our public issue desk. It belongs to your work rather than to ours, so we"
        " refer it to you. Our reason:"
    )
    asked = _(
        "Please answer this mail: what you write stands on the public page of the issue, and its author is told. You"
        " owe us nothing; a word on whether you take it up helps who brought it."
    )
    return (
        *wrapped(told, ""),
        *wrapped(answer.reason),
        "",
        *_the_issue(issue),
        "",
        *wrapped(asked),
        "",
        f"  {page(issue)}",
    )


def _the_issue(issue: Issue) -> list[str]:
    if issue.publication == Publication.PRIVATE:
        return wrapped(_("Its author asked us not to show it, so its words are not in this letter."))
    shown = issue.bringer.shown()
    by = (
        ", ".join(part for part in (shown.name, shown.organization) if part)
        or issue.bringer.get_group_display()
    )
    told = _("Issue %(number)s, brought by %(who)s: %(title)s")
    return [
        *wrapped(told % {"number": issue.number, "who": by, "title": issue.title}, ""),
        *_quoted(issue.text),
    ]


def heard_lines(issue: Issue, answer: Answer) -> tuple[str, ...]:
    """Return what who brought an issue is told when the body wrote back."""
    told = _("%(body)s wrote back about issue %(number)s:")
    body = answer.body.title if answer.body else ""
    return (
        *wrapped(told % {"body": body, "number": issue.number}, ""),
        *_quoted(answer.referral.reply),
        "",
        f"  {page(issue)}",
    )
