"""Letters about awards, to those who have one and to convenor and secretariat; each is complete in itself."""

from django.utils.translation import gettext as _

from talanoa.grants.letters import Told, page, quoted
from talanoa.grants.models import Award, AwardReport, Milestone
from talanoa.mail.letters import wrapped


def page_of(award: Award) -> str:
    """Return the whole address of the page of an award."""
    return page(f"awards/{award.number}/")


def _about(award: Award) -> dict[str, object]:
    application = award.application
    return {
        "number": award.number,
        "title": application.title,
        "application": application.number,
        "amount": _money(award, award.total),
    }


def _money(award: Award, amount: int) -> str:
    return f"{amount} {award.application.call.facts.currency}"


def _ending(award: Award) -> list[str]:
    return ["", f"  {page_of(award)}"]


def agreement_lines(award: Award) -> list[str]:
    """Return the whole agreement in words: days, amounts, who pays, milestones, conditions."""
    facts = award.application.call.facts
    names = {one.id: one.text for one in facts.budget_lines}
    days = _("From %(first)s to %(last)s.") % {
        "first": award.starts_on.isoformat(),
        "last": award.ends_on.isoformat(),
    }
    lines = [*wrapped(days, ""), _("What it pays for:")]
    for key, amount in award.budget.items():
        lines += wrapped(f"  {names.get(key, _('The whole'))}: {_money(award, amount)}")
    lines += [*wrapped("  " + _("In all: %(amount)s") % _about(award)), "", _("Who pays:")]
    for place, share in award.by_funder.items():
        lines += wrapped(f"  {facts.funders[place - 1].name}: {_money(award, share)}")
    lines += ["", _("What is reported, until when, and what is paid then:")]
    for row in award.milestones.order_by("number"):
        lines += wrapped(f"  {_milestone_line(row)}")
    if award.conditions:
        lines += ["", _("Conditions:"), "", *quoted(award.conditions)]
    return lines


def _milestone_line(row: Milestone) -> str:
    told = (
        _("%(number)s. %(title)s, until %(day)s: %(amount)s, paid in advance")
        if row.in_advance
        else _("%(number)s. %(title)s, until %(day)s: %(amount)s, once its report is accepted")
    )
    amount, day = _money(row.award, row.amount), row.due_on.isoformat()
    return told % {"number": row.number, "title": row.title, "day": day, "amount": amount}


def offered(award: Award) -> Told:
    """Offer an award with its whole agreement; how it is accepted, and what that means."""
    facts = _about(award)
    told = _(
        "You are offered award %(number)s for application %(application)s, “%(title)s”. This is the agreement:"
    )
    accept = _(
        "If you lead the application and accept it, answer this mail with the one word: yes. From then on the title,"
        " your name and organization, the amounts and what comes of it are public, and the decision can no longer be"
        " appealed. To decline, answer: decline: and why."
    )
    lines = (*wrapped(told % facts, ""), *agreement_lines(award), "", *wrapped(accept), *_ending(award))
    return _("An award is offered to you: award %(number)s") % facts, lines


def in_force(award: Award) -> Told:
    """Tell those who have an award that its agreement stands, and how they report."""
    facts = _about(award)
    told = _("Award %(number)s, “%(title)s”, is accepted. This is the agreement:")
    lines = (*wrapped(told % facts, ""), *agreement_lines(award), "", *_how(), *_ending(award))
    return _("Accepted: award %(number)s") % facts, lines


ETHICS = ("ethics:", "body:", "reference:", "date: 2027-01-31")
PLAN = ("registered:", "registry:", "identifier:", "date: 2027-01-31")
OUTPUT = (
    "output:",
    "title:",
    "kind: Dataset",
    "date: 2027-01-31",
    "author: Name; ORCID iD; organization; ROR ID",
    "license: CC-BY-4.0",
    "doi:",
    "url:",
    "embargo:",
)
"""What stands in a mail: words of the place, the same in every language."""


def _how() -> list[str]:
    """Say how everything about an award is told by mail."""
    report = _(
        "To report of what is due next, answer this mail with: report: and your words. One file can go with it; its"
        " properties are searched for names."
    )
    parts = (
        (
            _("To say who approved it as ethical, answer with these lines; or with: ethics: none: and why."),
            ETHICS,
        ),
        (_("To say where its plan is registered:"), PLAN),
        (
            _("To tell what comes of it, with a line for each author; what is not known may be left out:"),
            OUTPUT,
        ),
    )
    lines = wrapped(report)
    for told, said in parts:
        lines += ["", *wrapped(told), "", *(f"  {one}" for one in said)]
    return [*lines, "", *wrapped(_("To give it up, answer: decline: and why."))]


def accepted(award: Award) -> Told:
    """Tell convenor and secretariat that an award was accepted."""
    facts = _about(award)
    told = _("Award %(number)s, “%(title)s”, was accepted: %(amount)s. It is public now.")
    return _("Accepted: award %(number)s") % facts, (*wrapped(told % facts), *_ending(award))


def withdrawn(award: Award) -> Told:
    """Tell who had it that an award was withdrawn, and why."""
    facts = _about(award)
    told = _(
        "Award %(number)s, “%(title)s”, is withdrawn. What was instructed or paid so far: %(spent)s. The reason:"
    )
    facts["spent"] = _money(award, award.spent)
    lines = (*wrapped(told % facts, "", award.reason), *_ending(award))
    return _("Withdrawn: award %(number)s") % facts, lines


def given_up(award: Award) -> Told:
    """Tell convenor and secretariat that who had it gave an award up, and why."""
    facts = _about(award)
    told = _("Award %(number)s, “%(title)s”, was given up or declined by who had it. The reason:")
    then = _("The next one on the reserve list can be offered an award now.")
    lines = (*wrapped(told % facts, ""), *quoted(award.reason), "", *wrapped(then), *_ending(award))
    return _("Given up: award %(number)s") % facts, lines


def reported(report: AwardReport) -> Told:
    """Give convenor and secretariat a report to judge: its words, its file, whom the properties of the file name."""
    milestone, award = report.milestone, report.milestone.award
    facts = _about(award) | {"milestone": milestone.number, "what": milestone.title}
    told = _(
        "Award %(number)s, “%(title)s”: this is reported of milestone %(milestone)s, “%(what)s”. Please judge it."
    )
    lines = [*wrapped(told % facts, ""), *quoted(report.text)]
    if report.filename:
        lines += ["", *wrapped(_("With the file %(name)s; its text:") % {"name": report.filename}, "")]
        lines += quoted(report.filetext)
    if report.telling:
        lines += [
            "",
            *wrapped(_("The properties of the file name: %(names)s") % {"names": ", ".join(report.telling)}),
        ]
    return _("A report waits: award %(number)s") % facts, (*lines, *_ending(award))


def judged(report: AwardReport) -> Told:
    """Tell who has an award what was made of a report, and why."""
    milestone, award = report.milestone, report.milestone.award
    facts = _about(award) | {"milestone": milestone.number, "what": milestone.title}
    told = (
        _("Award %(number)s: the report of milestone %(milestone)s, “%(what)s”, is accepted.")
        if report.outcome == AwardReport.Outcome.ACCEPTED
        else _(
            "Award %(number)s: the report of milestone %(milestone)s, “%(what)s”, is sent back for another one."
        )
    )
    lines = wrapped(told % facts, "", _("The reasons:"), "", report.reasons)
    if report.outcome == AwardReport.Outcome.RETURNED:
        again = _("To send the next one, answer this mail with: report: and your words.")
        lines += ["", _("What was reported:"), "", *quoted(report.text), "", *wrapped(again)]
    return _("Your report: award %(number)s") % facts, (*lines, *_ending(award))


def payment(milestone: Milestone) -> Told:
    """Tell who has an award how far a payment is."""
    award = milestone.award
    facts = _about(award) | {
        "milestone": milestone.number,
        "what": milestone.title,
        "sum": _money(award, milestone.amount),
        "state": milestone.get_payment_display(),
        "paid": _money(award, award.paid),
        "reference": milestone.reference,
    }
    told = _("Award %(number)s: the payment of %(sum)s for milestone %(milestone)s, “%(what)s”: %(state)s.")
    lines = wrapped(told % facts)
    if milestone.reference:
        lines += wrapped(_("Reference: %(reference)s") % facts)
    total = _(
        "Paid so far: %(paid)s of %(amount)s. We keep the state of payments; the money goes its own way."
    )
    return _("A payment: award %(number)s") % facts, (*lines, "", *wrapped(total % facts), *_ending(award))


def completed(award: Award) -> Told:
    """Tell who had it that an award is complete, with what came of it."""
    facts = _about(award)
    told = _("Award %(number)s, “%(title)s”, is complete. Thank you. This came of it:")
    lines = wrapped(told % facts, "")
    for one in award.outputs.order_by("number"):
        lines += wrapped(f"  {one.number}. {one.title} ({one.kind}) {one.doi or one.url}")
    return _("Complete: award %(number)s") % facts, (*lines, *_ending(award))
