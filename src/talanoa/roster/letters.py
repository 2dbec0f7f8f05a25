"""Letters of the expert roster: to who is asked, and to who asked."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from talanoa.kernel.instants import moment
from talanoa.lib.languages import language_name
from talanoa.mail.letters import wrapped
from talanoa.mail.posting import outbox
from talanoa.roster.models import ADDRESS, Assignment, Expert, ExpertRequest


def page(request: ExpertRequest) -> str:
    """Return the whole address of the page of a request."""
    return f"{outbox.site}/{ADDRESS}/requests/{request.number}/"


def named(tags: list[str]) -> str:
    """Return languages by their own names."""
    return ", ".join(map(language_name, tags))


def asked_lines(assignment: Assignment) -> tuple[str, ...]:
    """Return what somebody who is asked reads: for what, until when, and how to answer."""
    request = assignment.request
    told = _("The process “%(title)s” asks you, as somebody on the expert roster: %(kind)s.")
    facts = _("Languages: %(languages)s. Needed by %(day)s.")
    needed = date_format(request.needed_by, pgettext("date format", "j F Y"))
    bars = _(
        "Nobody serves a process whose party they work for, are paid by or speak for: if that is so, decline. It is"
        " checked once more when you accept, by what you stated of your interests."
    )
    return (
        *wrapped(told % {"title": request.process.title, "kind": request.get_kind_display()}, ""),
        *(f"> {line}".rstrip() for line in request.text.split("\n")),
        "",
        *wrapped(facts % {"languages": named(request.languages), "day": needed}, ""),
        *how_lines(assignment),
        *wrapped(bars),
        "",
        f"  {page(request)}",
        f"  {outbox.site}/p/{request.process.key}/",
    )


def how_lines(assignment: Assignment) -> list[str]:
    """Return how one answers by mail, and until when."""
    asked = _("Please answer this mail until %(until)s with one of these at its beginning:")
    return wrapped(
        asked % {"until": moment(assignment.answer_by)},
        _("  accept"),
        _("  decline"),
        _("  decline: a reason, which those who ask read"),
        _("  decline in public: a reason, which everybody may read, without your name"),
        "",
    )


def answered_lines(assignment: Assignment) -> tuple[str, ...]:
    """Return what who asked reads when there is an answer, or none in time."""
    request, said = assignment.request, Assignment.State(assignment.state)
    told = {
        Assignment.State.ACCEPTED: _(
            "%(name)s accepts request %(number)s, and takes part in “%(title)s” now."
        ),
        Assignment.State.DECLINED: _("%(name)s declines request %(number)s, for “%(title)s”."),
        Assignment.State.LAPSED: _("%(name)s did not answer request %(number)s, for “%(title)s”, in time."),
    }[said]
    facts = {"name": assignment.expert.name, "number": request.number, "title": request.process.title}
    next_one = _("You can ask another one of those who fit:")
    return (
        *wrapped(told % facts, ""),
        *(
            [*(f"> {line}".rstrip() for line in assignment.reason.split("\n")), ""]
            if assignment.reason
            else []
        ),
        *(wrapped(next_one) if said != Assignment.State.ACCEPTED else []),
        f"  {page(request)}",
    )


def joined_lines(listing: Expert) -> tuple[str, ...]:
    """Return what somebody reads who joined the roster by mail, or changed what stands there."""
    told = _("You stand on the expert roster as number %(number)s: %(kind)s; %(languages)s.")
    facts = {
        "number": listing.number,
        "kind": listing.get_kind_display(),
        "languages": named(listing.languages),
    }
    leave = _("To leave it, answer with: roster leave")
    return tuple(wrapped(told % facts, leave, "", f"  {outbox.site}/{ADDRESS}/"))
