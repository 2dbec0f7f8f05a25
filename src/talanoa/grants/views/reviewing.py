"""The page of somebody who reviews: first the statement on conflicts, then its words, then the review."""

from collections.abc import Iterator

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from talanoa.grants.actions.reviewing import attest, discuss, receive_review, recuse
from talanoa.grants.forms import ReasonForm, ReviewForm, WordsForm
from talanoa.grants.models import Applicant, Application, Attachment, Exchange, Note, Reading, is_barred
from talanoa.grants.queries import answers, budget, criteria_of, reading_of, reviews_of
from talanoa.grants.skin import Step, how, me, take
from talanoa.people.models import Person

State = Reading.State


@login_required
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, number: int) -> HttpResponse:
    """Ask a reviewer for their statement; then show the application, blind as the round is, and take the review."""
    person = me(request)
    reading = reading_of(person, number)
    if reading is None:
        raise Http404
    steps, answer = take(request, _steps(reading, person))
    if answer is not None:
        return answer
    found = reading.application
    may_read = Application.objects.judged_by(person).filter(pk=found.pk).exists()
    # Whoever is asked knows the title by the letter, save who has a conflict of interest by now.
    knows = may_read or (reading.state == State.ASKED and not is_barred(person, found))
    context = {
        "reading": reading,
        "application": found,
        "call": found.call,
        "steps": steps,
        "may_read": may_read,
        "knows": knows,
    }
    if may_read:
        context |= {
            "people": Applicant.objects.visible_to(person).filter(application=found),
            "answers": answers(found),
            "budget": budget(found),
            "files": Attachment.objects.visible_to(person).filter(application=found),
            "exchanges": Exchange.objects.visible_to(person).filter(application=found),
            "reviews": reviews_of(found, person),
            "notes": Note.objects.visible_to(person).filter(application=found).select_related("author"),
        }
    return TemplateResponse(request, "grants/review.html", context)


def _steps(reading: Reading, person: Person) -> Iterator[Step]:
    """Yield what somebody who reviews can do now."""
    if reading.state == State.ASKED:
        yield Step(
            "attest",
            _("I have no conflict of interest, and review it"),
            lambda _said, at: attest(reading, by=person, **how(at)),
            done=_("Your answer stands on the record."),
        )
    if reading.state == State.ATTESTED:
        yield Step(
            "review",
            _("Send my review"),
            lambda said, at: receive_review(
                reading,
                by=person,
                marks=ReviewForm.marks_in(said),
                confidence=said["confidence"],
                text=said["text"],
                **how(at),
            ),
            ReviewForm,
            done=_("Your review is in. Now you read those of others."),
            more={"criteria": criteria_of(reading)},
        )
    if reading.state in (State.ASKED, State.ATTESTED):
        yield Step(
            "recuse",
            _("Step back"),
            lambda said, at: recuse(reading, by=person, reason=said["reason"], **how(at)),
            ReasonForm,
            done=_("Thank you. Somebody else reviews it."),
            danger=True,
        )
    if reading.state == State.REVIEWED:
        yield Step(
            "discuss",
            _("Say something to the others who judge it"),
            lambda said, at: discuss(reading.application, by=person, text=said["text"], **how(at)),
            WordsForm,
        )
