"""Reading inputs: the list, one input with its answers, its file, its receipt."""

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from talanoa.contributions.forms import EraseForm
from talanoa.contributions.models import Contribution
from talanoa.contributions.moderation import appealable_act
from talanoa.contributions.queries import by_organization, folded, mentioned_by, named_in, signatories
from talanoa.contributions.receipts import receipt_text
from talanoa.contributions.rows import page_of
from talanoa.contributions.skin import own_or_404, receipt_file, why_not_shown
from talanoa.inputs.actions.correcting import CORRECTABLE
from talanoa.inputs.forms import LanguageForm, ListForm
from talanoa.inputs.models import Original
from talanoa.inputs.queries import listing, numbered, said_on
from talanoa.inputs.rows import input_rows
from talanoa.kernel import clock
from talanoa.lib.diffs import compare_words
from talanoa.lib.languages import language_name
from talanoa.lib.processkeys import label, number_in
from talanoa.people.middleware import asking
from talanoa.processes.models import OFFICE, Process, Role
from talanoa.processes.queries import open_call, participant
from talanoa.processes.skin import process_or_404

PAGE = 50


@require_safe
def index(request: HttpRequest, key: str) -> HttpResponse:
    """List all inputs by number, newest first, with filters; what may not be read shows its number only."""
    process = process_or_404(request, key)
    rows = listing(process).order_by("-number")
    form = ListForm(request.GET, process=process)
    said = form.cleaned_data if form.is_valid() else {}
    group, theme, language = (said.get(name) or "" for name in ("group", "theme", "language"))
    if group or language:
        # Of what may not be read, neither is told: not even by a filter that finds it.
        readable = Contribution.objects.visible_to(asking(request)).filter(process=process)
        rows = rows.filter(pk__in=readable.values("pk"))
    rows = rows.filter(authorship__group=group) if group else rows
    rows = rows.filter(input__language=language) if language else rows
    if theme:
        rows = rows.filter(filings__theme__slug=theme)
    number = number_in(request.GET.get("pile", ""))
    leading = Contribution.objects.filter(process=process, number=number).first() if number else None
    rows = rows.filter(pk__in=signatories(leading).values("pk")) if leading else rows
    # Only where there are piles: to look for them in every line costs more than the page.
    if not leading and process.piles.exists():
        rows = folded(rows)
    of, is_folded = number_in(request.GET.get("of", "")), request.GET.get("fold") == "organization"
    rows, standing_for = _by_organization(process, rows, of=of, is_folded=is_folded)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "process": process,
        "page": page,
        "rows": input_rows(process, page.object_list, asking(request), standing_for=standing_for),
        "is_folded": is_folded,
        "filters": form,
        "is_filtered": bool(group or theme or language or leading or of),
        "leading": leading,
        "call": open_call(process, clock.now()),
    }
    return TemplateResponse(request, "inputs/index.html", context)


def _by_organization(
    process: Process, rows: QuerySet[Contribution], *, of: int | None, is_folded: bool
) -> tuple[QuerySet[Contribution], dict[int, int]]:
    """Return `rows` of the organization that stands behind number `of`, or the newest of each; else all of them.

    Beside them, for how many of its organization each stands, by primary key.
    """
    if of:
        leading = Contribution.objects.filter(process=process, number=of).values_list("pk", flat=True).first()
        same = next((keys for keys in by_organization(process) if leading in keys), [])
        return rows.filter(pk__in=same), {}
    if not is_folded:
        return rows, {}
    found = by_organization(process)
    behind = [pk for keys in found for pk in keys[1:]]
    return rows.exclude(pk__in=behind), {keys[0]: len(keys) for keys in found}


@require_safe
def received(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Show the number and the receipt of what was just sent."""
    contribution, person = own_or_404(request, key, number, "input"), asking(request)
    context = {
        "process": contribution.process,
        "contribution": contribution,
        "called": label(contribution.process.key, number),
        "receipt": receipt_text(contribution),
        "input": contribution.input,
        # A browser may be shared: who is not signed in sees the title, as in the receipt, and no more.
        "own": person is not None and person.pk == contribution.person_id,
    }
    return TemplateResponse(request, "inputs/received.html", context)


@require_safe
def receipt(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Hand out the receipt as a plain text file."""
    return receipt_file(own_or_404(request, key, number, "input"))


@require_safe
def show(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Show one input with its answers, or what may be said of it where it cannot be read."""
    process = process_or_404(request, key)
    found = numbered(process, number)
    if found is None:
        other = get_object_or_404(Contribution, process=process, number=number)
        return redirect(page_of(process.key, number, other.kind))
    person = asking(request)
    contribution = found.contribution
    may_read = Contribution.objects.visible_to(person).filter(pk=contribution.pk).exists()
    by = participant(process, person)
    works = by is not None and by.has_role(*OFFICE)
    own = person is not None and person.pk == contribution.person_id
    is_kept_back = contribution.state in Contribution.KEPT_BACK
    others = list(signatories(contribution)) if may_read and hasattr(contribution, "signatory") else []
    given = contribution.answers.filter(sent_at__isnull=False).select_related("response__theme")
    answers = list(given.prefetch_related("disputes"))
    context = {
        "process": process,
        "input": found,
        "contribution": contribution,
        "called": label(process.key, number),
        "may_read": may_read,
        "author": contribution.authorship.shown() if may_read and not works else contribution.authorship,
        "own": own,
        "works": works,
        "answers": answers if may_read or own else [],
        "is_answered": bool(answers),
        "why": why_not_shown(contribution),
        "themes": contribution.themes.all() if may_read else [],
        "named": named_in([contribution]) if may_read else {},
        "mentioned_by": mentioned_by(contribution, person),
        "replaces": getattr(contribution, "replaces", None),
        "listed": said_on(contribution) if may_read else None,
        "original": Original.objects.visible_to(person).filter(input=found).defer("data").first(),
        "erase_form": EraseForm() if by is not None and by.has_role(Role.CONVENOR) else None,
        "call": open_call(process, clock.now()),
        "act": appealable_act(contribution, at=clock.now()) if own and is_kept_back else None,
        "is_kept_back": is_kept_back,
        "others": others,
        "differs": compare_words(others[0].words.text, found.text)
        if others and others[0].pk != contribution.pk
        else (),
        "written_in": language_name(found.language),
        "language_form": LanguageForm(initial={"language": found.language})
        if (own or works) and contribution.state in CORRECTABLE
        else None,
        "may_flag": contribution.is_public and not own and contribution.state == Contribution.State.PUBLISHED,
    }
    return TemplateResponse(request, "inputs/show.html", context)


@require_safe
def original(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Hand out the uploaded file as it came: always as a download, never shown in our own pages."""
    process = process_or_404(request, key)
    rows = Original.objects.visible_to(asking(request)).exclude(data=b"")
    found = get_object_or_404(rows, input__contribution__process=process, input__contribution__number=number)
    answer = HttpResponse(bytes(found.data), content_type="application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(True, found.filename) or "attachment"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
