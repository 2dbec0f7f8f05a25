"""Letters about what others do already: to a body, to those who answer for a process, to who said one was missed."""

from django.utils.translation import gettext as _

from talanoa.kernel.instants import moment
from talanoa.mail.letters import wrapped
from talanoa.mail.outbox import whole_address
from talanoa.processes.models import Process
from talanoa.registry.models import Liaison, Missed


def quoted(text: str) -> list[str]:
    """Return words of somebody, each line marked as theirs."""
    return [f"> {line}".rstrip() for line in text.split("\n")]


def page(process: Process) -> str:
    """Return the address of the page on which it all stands."""
    return f"  {whole_address(process.key, None)}overlap/"


def liaison_lines(process: Process, liaison: Liaison) -> list[str]:
    """Return the letter to a body whose work seems near to what is proposed."""
    told = _(
        "We prepare a process here, “%(title)s”, and do not want to double what you do. Its question: %(question)s"
    )
    asked = _(
        "Please answer this mail until %(until)s. Your answer stands on the public page about what others do already;"
        " without one we go on after that day."
    )
    until = moment(liaison.reply_due_at)
    named = {"title": process.title, "question": process.question}
    return [*wrapped(told % named, ""), *wrapped(liaison.text), "", *wrapped(asked % {"until": until})]


def found_lines(process: Process, bodies: list[str]) -> list[str]:
    """Return what those who answer for a process are told when a new search finds a body that nobody judged."""
    told = _(
        "The registry was searched again for “%(title)s”. These bodies are close, and nobody has judged them:"
    )
    asked = _("Judge them at your desk, so that the report can say how it stands to their work.")
    listed = [f"- {name}" for name in bodies]
    return [*wrapped(told % {"title": process.title}, ""), *listed, "", *wrapped(asked), page(process)]


def outcome_lines(process: Process) -> list[str]:
    """Return what a body whose work is near is told when something came out."""
    told = _(
        "We wrote to you about “%(title)s”, because your work is near to it. Something came out of it, and it is"
        " public:"
    )
    asked = _(
        "While its review period runs, an answer to this mail is a comment on the report, and is answered."
    )
    return [
        *wrapped(told % {"title": process.title}),
        f"  {whole_address(process.key, None)}report/",
        "",
        *wrapped(asked),
    ]


def questioned_lines(process: Process, missed: Missed) -> list[str]:
    """Return what those who answer for a process are told when somebody says that one was missed."""
    told = _("Somebody says that “%(title)s” missed somebody who works on it already:") % {
        "title": process.title
    }
    asked = _("Answer it at your desk until %(until)s; then it stands in public as overdue.")
    until = moment(missed.answer_due_at)
    return [*wrapped(told), "", *quoted(missed.text), "", *wrapped(asked % {"until": until}), page(process)]


def received_lines(process: Process, missed: Missed) -> list[str]:
    """Return the receipt of who says that somebody was missed."""
    told = _("Thank you. It is number %(number)s on this page, and is answered until %(until)s:")
    until = moment(missed.answer_due_at)
    return [*wrapped(told % {"number": missed.number, "until": until}), page(process)]


def explained_lines(process: Process, missed: Missed) -> list[str]:
    """Return the answer to who said that somebody was missed."""
    told = _("You said that “%(title)s” missed somebody. This is the answer:") % {"title": process.title}
    return [*wrapped(told), "", *wrapped(missed.answer), "", page(process)]
