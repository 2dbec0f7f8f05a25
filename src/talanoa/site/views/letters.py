"""How much mail I get: for each process, after a pause, after mail came back; and the link that ends letters."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from talanoa.kernel import clock
from talanoa.kernel.errors import NotAllowed
from talanoa.mail import tokens
from talanoa.mail.actions import end_silence, follow
from talanoa.mail.letters import UNSUBSCRIBE
from talanoa.mail.models import Silence, Subscription
from talanoa.people.middleware import asking
from talanoa.people.models import Person
from talanoa.processes.actions.inviting import decline_waiting
from talanoa.processes.models import Process
from talanoa.processes.skin import process_or_404

Level = Subscription.Level
PAUSES = [
    ("0", gettext_lazy("No pause")),
    ("7", gettext_lazy("Nothing for a week")),
    ("30", gettext_lazy("Nothing for 30 days")),
    ("90", gettext_lazy("Nothing for 90 days")),
]


class LettersForm(forms.Form):
    """Level and pause for one process."""

    level = forms.ChoiceField(
        label=gettext_lazy("What comes"), choices=Level.choices, widget=forms.RadioSelect
    )
    pause = forms.ChoiceField(
        label=gettext_lazy("Pause"),
        choices=PAUSES,
        help_text=gettext_lazy("Then it goes on by itself. What is addressed to you alone always comes."),
    )


@dataclass(frozen=True, slots=True)
class Followed:
    """A process with what I get about it."""

    process: Process
    level: str
    paused_until: datetime | None


def _me(request: HttpRequest) -> Person:
    person = asking(request)
    if person is None:
        raise NotAllowed(_("Sign in first."))
    return person


def _followed(person: Person, at: datetime) -> list[Followed]:
    """Return the processes in which I take part or which I follow."""
    said = {row.process_key: row for row in Subscription.objects.filter(person=person)}
    taking_part = Process.objects.filter(participants__person=person).values("pk")
    rows = Process.objects.visible_to(person)
    rows = rows.filter(pk__in=taking_part) | rows.filter(key__in=list(said))
    return [_row(process, said.get(process.key), at) for process in rows.distinct()]


def _row(process: Process, row: Subscription | None, at: datetime) -> Followed:
    paused = row.paused_until if row and row.paused_until and row.paused_until > at else None
    return Followed(process, str(Level(row.level if row else Level.DIGEST).label), paused)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """Show how much mail I get; by POST, turn my mail on again after it came back."""
    person = _me(request)
    if request.method == "POST":
        end_silence(person)
        messages.success(request, _("Letters come again."))
        return redirect("site:my-letters")
    silence = Silence.objects.filter(person=person).first()
    context = {"followed": _followed(person, clock.now()), "silence": silence}
    return TemplateResponse(request, "site/letters.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, key: str) -> HttpResponse:
    """Choose how much mail I get about one process."""
    person, process = _me(request), process_or_404(request, key)
    row = Subscription.objects.filter(person=person, process_key=process.key).first()
    first = {"level": row.level if row else Level.DIGEST, "pause": "0"}
    form = LettersForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        days = int(form.cleaned_data["pause"])
        until = clock.now() + timedelta(days=days) if days else None
        follow(person, process_key=process.key, level=form.cleaned_data["level"], paused_until=until)
        messages.success(request, _("Saved."))
        return redirect("site:my-letters")
    return TemplateResponse(request, "site/letters_of.html", {"form": form, "process": process})


@csrf_exempt  # the link is the proof, and the mail program that follows it has no session (RFC 8058, section 3.2)
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, key: str, token: str) -> HttpResponse:
    """End the letters of a process by the link in one of them; to open it alone changes nothing.

    A mail program sends the one field that RFC 8058, section 3.2, names, and so does the button. Whoever ends the
    letters of a process that they were invited to declines.
    """
    process = process_or_404(request, key)
    row = tokens.find(token, process_key=process.key, at=clock.now())
    if row is None or row.word != UNSUBSCRIBE:
        raise Http404
    has_left = request.POST.get("List-Unsubscribe") == "One-Click"
    if has_left:
        follow(row.person, process_key=process.key, level=Level.OWN)
        decline_waiting(process, by=row.person, at=clock.now())
    context = {"process": process, "has_left": has_left}
    return TemplateResponse(request, "site/leave.html", context)
