"""What came of a round: its result, the files that anybody can compute it from again, the check of one's own ballot."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from talanoa.people.middleware import asking
from talanoa.record.models import Entry
from talanoa.statements.checking import counted_under, final_result
from talanoa.statements.events import RoundClosed
from talanoa.statements.models import Round
from talanoa.statements.queries import number_imported, texts_for, voter_of, votes_of
from talanoa.statements.results import shown
from talanoa.statements.skin import round_or_404

PAGE = 20
WORD = 40


@require_safe
def show(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Show the result: to everybody once the round is closed, before that to those who have voted."""
    made, person = round_or_404(request, key, number), asking(request)
    has_voted = voter_of(made, person) is not None
    result = final_result(made) or (made.results.first() if has_voted else None)
    texts = texts_for(made, person)
    by_place = votes_of(made, person)
    words, own = {n: text for n, (_place, text) in texts.items()}, _by_number(texts, by_place)
    told = shown(result, words, own) if result else None
    context = {
        "process": made.process,
        "round": made,
        "result": result,
        "has_voted": has_voted,
        "n_imported": number_imported(made),
        "told": told,
        "page": Paginator(told.rows, PAGE).get_page(request.GET.get("page")) if told else None,
        "entry": _closing(made),
    }
    return TemplateResponse(request, "statements/results.html", context)


def _by_number(texts: dict[int, tuple[int, str]], by_place: dict[int, str]) -> dict[int, str]:
    return {number: by_place[place] for number, (place, _text) in texts.items() if place in by_place}


def _closing(made: Round) -> Entry | None:
    """Return the entry that holds the hashes of result and table, once there is one."""
    if made.closed_at is None:
        return None
    rows = Entry.objects.filter(process_key=made.process.key, kind=RoundClosed.kind, at=made.closed_at)
    return rows.order_by("index").first()


@require_safe
def numbers(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Hand out the numbers of a closed round, byte for byte as their hash stands on the record."""
    return _file(request, key, number, "result")


@require_safe
def votes(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Hand out the votes of a closed round without names, from which the numbers can be computed again."""
    return _file(request, key, number, "votes")


def _file(request: HttpRequest, key: str, number: int, which: str) -> HttpResponse:
    result = final_result(round_or_404(request, key, number))
    if result is None:
        raise Http404
    text = result.body if which == "result" else result.table
    answer = HttpResponse(text, content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="{key}-round-{number}-{which}.json"'
    return answer


@require_safe
def check(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Show the row of the published table that a check word leads to; one's own stands there for who is signed in."""
    made, person = round_or_404(request, key, number), asking(request)
    if final_result(made) is None:
        raise Http404
    voter = voter_of(made, person)
    asked = request.GET.get("word", "")[:WORD] or (voter.check_word if voter else "")
    context = {
        "process": made.process,
        "round": made,
        "asked": asked,
        "found": counted_under(made, asked),
        "is_own": voter is not None and voter.check_word == asked,
    }
    return TemplateResponse(request, "statements/check.html", context)
