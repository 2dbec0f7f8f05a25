"""Letters of sponsored research to those who apply and to convenor and secretariat."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from talanoa.contributions.models import Appeal
from talanoa.grants.models import (
    ADDRESS,
    Applicant,
    Application,
    Exchange,
    Note,
    Reading,
    ResearchCall,
    Review,
    Verdict,
)
from talanoa.grants.queries import Found, answers, budget, criteria_of, unmet
from talanoa.kernel.instants import moment
from talanoa.lib.applications import ApplicationText, as_lines
from talanoa.lib.calls import Criterion
from talanoa.mail.letters import wrapped
from talanoa.mail.posting import outbox

Told = tuple[str, tuple[str, ...]]
"""A subject, and the lines below it."""


def page(path: str) -> str:
    """Return the whole address of a page of sponsored research."""
    return f"{outbox.site}/{ADDRESS}/{path}"


def page_of(application: Application) -> str:
    """Return the whole address of the page of an application."""
    return page(f"applications/{application.number}/")


def quoted(text: str) -> list[str]:
    """Return words of somebody as a letter quotes them."""
    return [f"> {line}".rstrip() for line in text.split("\n")]


def kept(call: ResearchCall, told: ApplicationText, lacking: list[str], telling: list[str]) -> Told:
    """Tell what was read of an application that came by mail, what it lacks, and how it is handed in."""
    lines = wrapped(
        _("This is what we read. Nobody else reads it, and it has no number yet."),
        "",
        _("To hand it in, answer this mail with the one word: submit")
        if not lacking
        else _("Before it can be handed in:"),
    )
    lines += [*(f"  {one}" for one in lacking), ""]
    if telling:
        lines += wrapped(_("These words tell who applies, and reviewers would read them:"))
        lines += [*(f"  {one}" for one in telling), ""]
    again = _(
        "To change it, send the whole again; the first line is: apply %(key)s. Files that you attach are read by"
        " reviewers as text only."
    )
    lines += [*wrapped(again % {"key": call.key}), "", *quoted(as_lines(told))]
    return _("Your draft under “%(title)s”") % {"title": call.title}, tuple(lines)


def received(application: Application, receipt: str) -> Told:
    """Tell who leads an application its number, with the receipt."""
    told = _("Thank you. “%(title)s” is application %(number)s under the call “%(call)s”.")
    named = {"title": application.title, "number": application.number, "call": application.call.title}
    next_ = _("You are told when somebody has looked at it. To take it back: withdraw %(number)s")
    lines = (
        *wrapped(told % named, "", next_ % named),
        "",
        f"  {page_of(application)}",
        "",
        receipt,
    )
    return _("Received: application %(number)s") % named, lines


def named_in(application: Application, lead: Applicant) -> Told:
    """Ask somebody whom an application names whether they take part."""
    told = _("%(lead)s names you in application %(number)s, “%(title)s”, as somebody who applies too.")
    asked = _(
        "If you take part, answer this mail with the one word: yes. If you do not, answer: no. Without your yes nothing"
        " is awarded to it."
    )
    facts = {"lead": lead.name, "number": application.number, "title": application.title}
    lines = (*wrapped(told % facts, "", asked), "", f"  {page_of(application)}")
    return _("Do you take part? Application %(number)s") % facts, lines


def arrived(application: Application) -> Told:
    """Tell convenor and secretariat of a new application."""
    facts = {"number": application.number, "title": application.title, "call": application.call.title}
    told = _("Application %(number)s came under “%(call)s”: %(title)s. Please see whether it is eligible.")
    return (
        _("An application waits: %(number)s") % facts,
        (*wrapped(told % facts), "", f"  {page_of(application)}"),
    )


def screened(application: Application) -> Told:
    """Tell who leads an application whether it is eligible, and why."""
    facts = {"number": application.number, "title": application.title}
    lines = wrapped(
        _("Application %(number)s, “%(title)s”, is eligible and will be reviewed.") % facts
        if application.state == Application.State.ELIGIBLE
        else _("Application %(number)s, “%(title)s”, does not meet these conditions of the call:") % facts
    )
    lines += wrapped(*(f"  - {text}" for text in unmet(application)), "", _("The reason:"), "")
    lines += [*wrapped(application.reason), "", f"  {page_of(application)}"]
    return _("Looked at: application %(number)s") % facts, tuple(lines)


def asked_more(exchange: Exchange) -> Told:
    """Ask who applies for more information."""
    application = exchange.application
    facts = {"number": application.number, "when": moment(exchange.asked_at)}
    lines = (
        *wrapped(_("About application %(number)s we need to know more:") % facts, ""),
        *quoted(exchange.question),
        "",
        *wrapped(_("What you answer to this mail stands beside the application.")),
        "",
        f"  {page_of(application)}",
    )
    return _("A question about application %(number)s") % facts, lines


def given_more(exchange: Exchange) -> Told:
    """Tell convenor and secretariat what was answered."""
    application = exchange.application
    facts = {"number": application.number}
    lines = (
        *wrapped(_("Who applies answers about application %(number)s:") % facts, ""),
        *quoted(exchange.answer),
        "",
        f"  {page_of(application)}",
    )
    return _("An answer about application %(number)s") % facts, lines


def asked_to_review(reading: Reading) -> Told:
    """Ask a reviewer whether they have a conflict of interest in an application; its words come with the answer."""
    application, call = reading.application, reading.application.call
    facts = {"number": application.number, "title": application.title, "call": call.title}
    lines = wrapped(
        _("You are asked to review application %(number)s under “%(call)s”:") % facts,
        f"  {application.title}",
        "",
    )
    if not application.hides_applicants:
        who = [", ".join(filter(None, (one.name, one.organization))) for one in application.applicants.all()]
        lines += [*wrapped(_("Who applies: %(names)s.") % {"names": "; ".join(who)}), ""]
    asked = _(
        "Do you have a conflict of interest: with the people who may stand behind it, their organizations, their money?"
        " If you have none, answer this mail with the one word: yes. That is your statement, and the application comes"
        " with our answer. If you have one, or are not sure, answer: no."
    )
    return (
        _("May you review application %(number)s?") % facts,
        (*lines, *wrapped(asked), "", f"  {page(f'reviews/{application.number}/')}"),
    )


def to_review(reading: Reading) -> Told:
    """Give a reviewer the words of an application, without who applies while that is hidden, and how to review it."""
    application, call = reading.application, reading.application.call
    lines = [*wrapped(application.title), ""]
    for one in answers(application):
        lines += [*wrapped(one.text, ""), *quoted(one.said), ""]
    lines += [*(f"{one.text}: {one.said} {call.facts.currency}" for one in budget(application)), ""]
    for file in application.attachments.order_by("number"):
        lines += [_("File %(number)s, its text:") % {"number": file.number}, "", *quoted(file.text), ""]
    for asked in application.exchanges.exclude(answered_at=None):
        lines += [*quoted(asked.question), "", *quoted(asked.answer), ""]
    how = _(
        "To review it, answer this mail with these lines, a mark from 0 to 5 or n/a in each, how sure you are (1"
        " guessing, 2 knows the field, 3 works on just this), and then your words,"
        " which those who apply read without your name:"
    )
    lines += [*wrapped(how), ""]
    for each in criteria_of(reading):
        lines += [f"{each.id}:", *wrapped(f"  {each.title}"), *_anchors(each)]
    ending = _("To step back instead, answer: recuse: and why. Reviews of others are shown once yours is in.")
    lines += ["confidence:", "", *wrapped(ending)]
    return _("To review: application %(number)s") % {"number": application.number}, tuple(lines)


def _anchors(one: Criterion) -> list[str]:
    return [line for mark, text in enumerate(one.anchors) for line in wrapped(f"  {mark} {text}")]


def stepped_back(reading: Reading) -> Told:
    """Tell convenor and secretariat that a reviewer stepped back, or was barred."""
    facts = {"number": reading.application.number}
    told = _("A reviewer of application %(number)s stepped back. On its page you can ask another one.")
    lines = (*wrapped(told % facts), "", f"  {page_of(reading.application)}")
    return _("A reviewer is missing: application %(number)s") % facts, lines


def decided(application: Application, verdict: Verdict) -> Told:
    """Tell who applies what was decided and why, what the reviews said by criterion, and how they can appeal."""
    facts = {
        "number": application.number,
        "title": application.title,
        "outcome": verdict.get_outcome_display(),
        "until": moment(verdict.until),
        "amount": f"{verdict.amount} {application.call.facts.currency}",
    }
    lines = wrapped(_("Application %(number)s, “%(title)s”: %(outcome)s.") % facts)
    if verdict.amount:
        lines += wrapped(_("Amount: %(amount)s.") % facts)
    lines += ["", *wrapped(_("The reasons:"), "", verdict.reasons), "", *_reviews(application)]
    asked = _(
        "If you think that the procedure was not kept, answer this mail until %(until)s with: appeal: and what"
        " went wrong. Other people than those who reviewed, recommended and decided hear it."
    )
    lines += [*wrapped(asked % facts), "", f"  {page_of(application)}"]
    return _("Decided: application %(number)s") % facts, tuple(lines)


def _reviews(application: Application) -> list[str]:
    """Return every review that counts."""
    rows = Review.objects.counted().filter(reading__application=application)
    return _listed(application, rows.order_by("reading__round", "pk"))


def found(application: Application, reviews: Iterable[Found], notes: Iterable[Note]) -> list[str]:
    """Tell somebody who judges what they may read of others: reviews, and what was said of them."""
    lines = _listed(application, [one.review for one in reviews])
    if told := list(notes):
        lines += [*wrapped(_("Said among those who judge it:")), ""]
    for note in told:
        lines += [moment(note.said_at), *quoted(note.text), ""]
    asked = _("To say something to the others who judge it, answer this mail with: discuss: and your words.")
    return [*lines, *wrapped(asked)]


def _listed(application: Application, rows: Iterable[Review]) -> list[str]:
    """Return each review without its author: the mark of each criterion, what that mark means, the words."""
    criteria = {one.id: one for one in application.call.facts.criteria}
    lines = list[str]()
    for number, row in enumerate(rows, start=1):
        lines += [_("Review %(number)s") % {"number": number}]
        for key, mark in row.marks.items():
            said = _("n/a") if mark is None else f"{mark}, {criteria[key].anchors[mark]}"
            lines += wrapped(f"  {criteria[key].title}: {said}")
        lines += ["", *quoted(row.text), ""]
    return lines


def appealed(appeal: Appeal, application: Application) -> Told:
    """Tell who may hear it that a decision was appealed."""
    facts = {"number": application.number, "until": moment(appeal.decide_by)}
    told = _(
        "Application %(number)s: who applies appeals against the decision. It is to be heard until %(until)s."
    )
    lines = (*wrapped(told % facts, ""), *quoted(appeal.text), "", f"  {page_of(application)}")
    return _("An appeal: application %(number)s") % facts, lines


def heard(appeal: Appeal, application: Application) -> Told:
    """Tell who appealed how it was decided."""
    facts = {"number": application.number, "outcome": appeal.get_outcome_display()}
    lines = wrapped(_("Your appeal about application %(number)s: %(outcome)s.") % facts, "", appeal.reasons)
    return _("Your appeal: application %(number)s") % facts, (*lines, "", f"  {page_of(application)}")
