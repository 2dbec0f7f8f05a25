"""Pages of evidence: what was published, one publication with its files and citation, publishing, withdrawing."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from talanoa.kernel import clock
from talanoa.kernel.entropy import entropy
from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.space import REAL
from talanoa.people.middleware import asking
from talanoa.processes.models import Participant, Process
from talanoa.processes.skin import office_page
from talanoa.studies.commands import refused
from talanoa.studies.comparing import compared, gone_since
from talanoa.studies.forms import PublishForm, WithdrawForm
from talanoa.studies.models import Publication
from talanoa.studies.permissions import may_withdraw
from talanoa.studies.publishing import Made
from talanoa.studies.publishing import publish as make_public
from talanoa.studies.publishing import withdraw as take_back
from talanoa.studies.skin import citation, parts, publication_or_404

PAGE = 50


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List processes beside each other, and what was published, newest first.

    `?process=KEY` leaves those of one process.
    """
    rows = Publication.objects.visible_to(asking(request)).select_related("process").defer("pack", "results")
    key = request.GET.get("process", "")
    process = Process.objects.visible_to(asking(request)).filter(key=key).first() if key else None
    page = Paginator(rows.filter(process=process) if process else rows, PAGE).get_page(
        request.GET.get("page")
    )
    lines = [] if process else compared()
    context = {"page": page, "lines": lines, "process": process}
    return TemplateResponse(request, "studies/index.html", context)


@require_safe
def show(request: HttpRequest, name: str) -> HttpResponse:
    """Show a publication: what it says of itself, what was measured, its files, how to cite it."""
    found = publication_or_404(request, name)
    context = {
        "publication": found,
        "parts": list(parts(found)),
        "citation": citation(found),
        "gone": gone_since(found),
        "replaces": Publication.objects.filter(replaced_by=found).only("name", "title").first(),
        "may_withdraw": found.process is not None and may_withdraw(found, asking(request)),
    }
    return TemplateResponse(request, "studies/show.html", context)


@require_safe
def pack(request: HttpRequest, name: str) -> HttpResponse:
    """Hand out the files of a publication that stands."""
    found = publication_or_404(request, name)
    if found.withdrawn_at is not None:
        raise Http404
    answer = HttpResponse(bytes(found.pack), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="talanoa-{found.name}.zip"'
    return answer


@require_safe
def bibtex(request: HttpRequest, name: str) -> HttpResponse:
    """Hand out the citation for BibTeX."""
    told = citation(publication_or_404(request, name)).bibtex
    return HttpResponse(told, content_type="application/x-bibtex; charset=utf-8")


@require_safe
def csl(request: HttpRequest, name: str) -> HttpResponse:
    """Hand out the citation as CSL-JSON."""
    told = citation(publication_or_404(request, name)).csl
    return HttpResponse(told, content_type="application/vnd.citationstyles.csl+json; charset=utf-8")


@require_http_methods(["GET", "POST"])
@office_page()
def publish(request: HttpRequest, *, process: Process, by: Participant) -> HttpResponse:
    """Publish an audit or a data set of a process."""
    form = PublishForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            with refused():
                made = make_public(process, said["kind"], said["license"], by=by, how=_how())
        except RuleBroken as broken:
            form.add_error(None, broken)
        else:
            messages.success(request, _("Published. Everybody can read it, take it away and verify it."))
            return redirect("studies:show", made.name)
    rows = Publication.objects.filter(process=process).defer("pack", "results")
    context = {"process": process, "form": form, "publications": rows}
    return TemplateResponse(request, "studies/publish.html", context)


@require_http_methods(["GET", "POST"])
@office_page()
def withdraw(request: HttpRequest, *, process: Process, by: Participant, name: str) -> HttpResponse:
    """Withdraw a publication of a process, and publish the same anew where that is wanted."""
    found = publication_or_404(request, name)
    if found.process_id != process.pk:
        raise Http404
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            with refused():
                anew = take_back(found, said["reason"], by=by, again=said["again"], how=_how())
        except RuleBroken as broken:
            form.add_error(None, broken)
        else:
            messages.success(request, _("Withdrawn. Its files are gone; its name and the reason stay."))
            return redirect("studies:show", (anew or found).name)
    context = {"process": process, "form": form, "publication": found}
    return TemplateResponse(request, "studies/withdraw.html", context)


def _how() -> Made:
    key, contact = entropy(REAL, "key of pseudonyms"), settings.ENV["TALANOA_OPERATOR"]
    return Made(key=key, contact=contact, at=clock.now(), channel="web")
