"""My page: what waits for me, what I said and what became of it, what I declare, my data."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from talanoa.badges.queries import badges_of
from talanoa.contributions.models import Answer, Contribution, Response
from talanoa.contributions.moderation import appealable_acts, appeals_for
from talanoa.desk.models import Issue
from talanoa.inputs.models import ListReply
from talanoa.kernel import clock
from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.lib.processkeys import label
from talanoa.mail.queries import is_silenced
from talanoa.people.actions import declare
from talanoa.people.forms import DeclareForm
from talanoa.people.middleware import asking
from talanoa.people.models import InterestStatement, Person
from talanoa.people.queries import disclosed
from talanoa.processes.models import OFFICE, Invitation, Participant, Process, Role
from talanoa.roster.models import Assignment, Expert
from talanoa.roster.queries import waiting_for
from talanoa.site.contested import contested_data, contested_duties
from talanoa.site.duties import duties
from talanoa.site.granted import granted_data
from talanoa.site.learned import learned_data, practiced_data
from talanoa.statements.models import Ballot

SEALED = (Process.State.REVIEW_PERIOD, Process.State.FINAL)
OVER = (Process.State.FINAL, Process.State.DECIDED, Process.State.FOLLOW_UP, Process.State.CLOSED)


def _me(request: HttpRequest) -> Person:
    person = asking(request)
    if person is None:
        raise NotAllowed(_("Sign in first."))
    return person


def _own(person: Person) -> list[Contribution]:
    given = Answer.objects.filter(sent_at__isnull=False).select_related("response")
    rows = Contribution.objects.filter(person=person)
    rows = rows.select_related("process", *Contribution.KINDS, "authorship")
    return list(
        rows.prefetch_related(Prefetch("answers", queryset=given, to_attr="given")).order_by("-received_at")
    )


@dataclass(frozen=True, slots=True)
class Member:
    """A process in which I have a role, and where my work is."""

    process: Process
    roles: str
    url: str


def _member(participant: Participant) -> Member:
    """Send those of the desk to it, the editor to the drafts, the sponsor to the decision once there is one to take."""
    process = participant.process
    is_desk = participant.has_role(*OFFICE)
    is_sponsor = participant.has_role(Role.SPONSOR) and process.state in SEALED
    page = "reports:decision" if is_sponsor else "site:process"
    if participant.has_role(Role.EDITOR) and not is_sponsor:
        page = "drafts:index"
    page = "site:desk" if is_desk else page
    roles = ", ".join(grant.get_role_display() for grant in participant.roles.all())
    return Member(process, roles, reverse(page, args=[process.key]))


def _listed(person: Person) -> QuerySet[ListReply]:
    """Return what this person said on lists and has not decided about."""
    rows = ListReply.objects.visible_to(person).filter(state=ListReply.State.WAITING)
    return rows.select_related("process")


def _drafts(person: Person) -> QuerySet[Response]:
    """Return the drafted answers that wait for this person to approve them: as chair."""
    chaired = Participant.objects.in_office(person).filter(roles__role=Role.CHAIR).values("process")
    rows = Response.objects.filter(process__in=chaired, approved_at__isnull=True)
    return rows.exclude(process__state__in=OVER).select_related("process", "theme")


@login_required
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show what waits for me and what became of what I said."""
    person = _me(request)
    own = _own(person)
    held = [row for row in own if row.state == Contribution.State.UNCONFIRMED]
    silent = [row for row in own if any(a.reception == Answer.Reception.SILENT for a in row.given)]  # type: ignore[attr-defined]
    known = Q(roles__role__in=OFFICE)
    known |= Q(roles__role__in=(Role.EDITOR, Role.SPONSOR)) & ~Q(process__state=Process.State.DRAFT)
    roles = Participant.objects.filter(known, person=person).distinct()
    roles = roles.select_related("process").prefetch_related("roles").order_by("-process__created_at")
    members = [_member(participant) for participant in roles]
    mine = [row for row in roles if person.may_use_office or not row.has_role(*OFFICE)]
    convenes = person.may_convene
    context = {
        "own": own,
        "held": held,
        "kept_back": appealable_acts(Contribution.objects.filter(person=person), at=clock.now()),
        "appeals": appeals_for(person),
        "answered": silent,
        "drafts": _drafts(person),
        "duties": duties(mine, clock.now()) + contested_duties(person),
        "roles": members,
        "may_convene": convenes,
        "interests": disclosed(person, "").standing(clock.now()),
        "silenced": is_silenced(person),
        "listed": _listed(person),
        "asked": waiting_for(person),
        "issues": Issue.objects.filter(person=person).prefetch_related("answers"),
        "to_answer": Issue.objects.waiting().count() if convenes and person.may_use_office else 0,
    }
    return TemplateResponse(request, "site/mine.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def about(request: HttpRequest) -> HttpResponse:
    """Declare who I am and for whom I speak."""
    person = _me(request)
    names = ("name", "group", "organization", "country", "language", "time_zone")
    form = DeclareForm(request.POST or None, initial={name: getattr(person, name) for name in names})
    if request.method == "POST" and form.is_valid():
        try:
            declare(by=person, **form.cleaned_data)
        except RuleBroken as broken:
            form.add_error("name", broken)
        else:
            messages.success(request, _("Saved. What you said before keeps what held then."))
            return redirect("site:my-page")
    return TemplateResponse(request, "site/about_me.html", {"form": form})


@login_required
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """Hand out everything that is kept about me, as JSON."""
    person = _me(request)
    names = ("name", "address", "group", "organization", "country", "language", "time_zone")
    data: dict[str, Any] = {name: getattr(person, name) for name in names}
    data["contributions"] = [
        {
            "number": label(row.process.key, row.number),
            "kind": row.kind,
            "title": row.words.title,
            "text": row.words.text,
            "state": row.state,
            "received_at": f"{row.received_at:%Y-%m-%dT%H:%M:%SZ}",
            "answers": [a.response.text for a in row.given],  # type: ignore[attr-defined]
        }
        for row in _own(person)
    ]
    data["said_on_lists"] = [
        {
            "process": row.process.key,
            "name": row.name,
            "text": row.text,
            "state": row.state,
            "link": row.permalink,
        }
        for row in ListReply.objects.visible_to(person).select_related("process")
    ]
    data["addresses_said_to_be_mine"] = [row.address for row in person.claimed.order_by("pk")]
    data["interests"] = [
        {
            "process": row.process_key,
            "stated_at": f"{row.stated_at:%Y-%m-%dT%H:%M:%SZ}",
            "declined": row.is_declined,
            "text": row.as_text,
        }
        for row in InterestStatement.objects.visible_to(person).prefetch_related("affiliations")
    ]
    data["invitations"] = [_invitation(row) for row in person.invitations.select_related("process")]
    data["votes"] = [_ballot(row) for row in Ballot.objects.visible_to(person)]
    data["issues"] = [_issue(row) for row in person.issues.prefetch_related("answers__author_reply")]
    data["roster"] = [_listing(row) for row in Expert.objects.filter(person=person)]
    data["asked_of_me"] = [
        _assignment(row)
        for row in Assignment.objects.filter(expert__person=person).select_related("request__process")
    ]
    data["badges"] = [
        {"title": row.title, "reason": row.reason, "badge": row.token} for row in badges_of(person)
    ]
    data["flags"] = [_told(row.contribution, row.text, row.raised_at) for row in _about(person.flags)]
    moderated = _about(person.appeals.filter(contribution__isnull=False))
    data["appeals"] = [_told(row.contribution, row.text, row.raised_at) for row in moderated]
    data["courses"] = learned_data(person)
    data["practice"] = practiced_data(person)
    data |= contested_data(person) | granted_data(person)
    answer = HttpResponse(json.dumps(data, ensure_ascii=False, indent=2), content_type="application/json")
    answer["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return answer


def _invitation(invitation: Invitation) -> dict[str, Any]:
    """Return an invitation to oneself: what was written about one, and what became of it."""
    told = ("name", "organization", "group", "country", "state")
    facts: dict[str, Any] = {name: getattr(invitation, name) for name in told}
    return {
        "process": invitation.process.key,
        **facts,
        "invited_at": f"{invitation.invited_at:%Y-%m-%dT%H:%M:%SZ}",
    }


def _ballot(ballot: Ballot) -> dict[str, Any]:
    """Return a ballot that one cast, with its votes."""
    made = ballot.voter.round
    return {
        "process": made.process.key,
        "round": made.number,
        "votes": ballot.lines,
        "channel": ballot.channel,
        "cast_at": _instant(ballot.cast_at),
    }


def _issue(issue: Issue) -> dict[str, Any]:
    """Return an issue that one brought, with its answers and what one said to them."""
    answers = list(issue.answers.all())
    replies = [answer.author_reply.text for answer in answers if hasattr(answer, "author_reply")]
    return {
        "number": issue.number,
        "title": issue.title,
        "text": issue.text,
        "state": issue.state,
        "received_at": f"{issue.received_at:%Y-%m-%dT%H:%M:%SZ}",
        "answers": [{"outcome": answer.outcome, "reason": answer.reason} for answer in answers],
        "replies": replies,
    }


def _listing(listing: Expert) -> dict[str, Any]:
    """Return what stood of somebody on the expert roster."""
    names = ("number", "name", "kind", "languages", "topics", "about")
    told: dict[str, Any] = {name: getattr(listing, name) for name in names}
    left = listing.left_at
    return told | {"listed_at": _instant(listing.listed_at), "left_at": _instant(left) if left else None}


def _assignment(row: Assignment) -> dict[str, Any]:
    """Return what somebody of the roster was asked for, and what they answered."""
    return {
        "process": row.request.process.key,
        "request": row.request.number,
        "state": row.state,
        "reason": row.reason,
        "asked_at": _instant(row.asked_at),
    }


def _instant(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"


def _about(rows: Any) -> Any:
    """Return one's own flags or appeals, each with what it is about."""
    return rows.select_related("contribution__process")


def _told(contribution: Contribution, text: str, at: datetime) -> dict[str, str]:
    number = label(contribution.process.key, contribution.number)
    return {"number": number, "text": text, "raised_at": f"{at:%Y-%m-%dT%H:%M:%SZ}"}
