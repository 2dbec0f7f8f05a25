"""The public record: entries for people, and the files that other people's programs verify (C2SP tlog-tiles)."""

import json

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from talanoa.kernel.text import without_controls
from talanoa.lib.tiles import ENTRIES, HEIGHT, TileError, parse_tile_path
from talanoa.record.exporting import tile, verifier_page
from talanoa.record.models import Entry, Log
from talanoa.record.queries import (
    latest_checkpoint,
    opened_for,
    proof_of,
    public_fields,
    sentence,
    signed_size,
)

PAGE = 50
LABELS = {
    "v": _("Version of the form"),
    "k": _("Kind"),
    "p": _("Process"),
    "n": _("Number"),
    "t": _("Hour"),
    "r": _("Role of who acted"),
    "g": _("Stakeholder group"),
    "ch": _("Channel"),
    "assurance": _("How sure we are of the sender"),
    "entered": _("Entered by the secretariat"),
    "replaces": _("Replaces number"),
    "stage": _("Stage"),
    "state": _("State"),
    "status": _("Status"),
    "numbers": _("Numbers"),
    "theme": _("Theme"),
    "reason": _("Reason"),
    "entry": _("Entry"),
    "outcome": _("Outcome"),
    "reasons": _("Digest of the reasons"),
    "role": _("Role"),
    "version": _("Version"),
    "until": _("Until"),
    "review_until": _("Review until"),
    "thread": _("Thread that this number began"),
    "answers": _("Answers number"),
    "subject": _("Subject"),
    "title": _("Title"),
    "author": _("Author"),
    "name": _("Name"),
    "organization": _("Organization"),
    "country": _("Country"),
    "text_sha256": _("Digest of the text"),
    "file_sha256": _("Digest of the file"),
    "sha256": _("Digest"),
    "text": _("Digest of the text"),
}
PLAIN = "text/plain; charset=utf-8"


def _log() -> Log:
    return get_object_or_404(Log, name="real")


def _reader(request: HttpRequest) -> object:
    return getattr(request, "person", None)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the entries, newest first, with the newest checkpoint and the key."""
    log = _log()
    rows = Entry.objects.filter(log=log).order_by("-index")
    process = without_controls(request.GET.get("process", "")[:40])
    if process:
        rows = rows.filter(process_key=process)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    checkpoint = latest_checkpoint(log)
    context = {
        "log": log,
        "page": page,
        "rows": [(row, sentence(row)) for row in page],
        "checkpoint": checkpoint,
        "signed": signed_size(log, checkpoint.note),
        "process_key": process,
        # A number is given in public only: of a draft, nothing leads anywhere yet.
        "is_heard": bool(process) and rows.filter(number__isnull=False).exists(),
    }
    return TemplateResponse(request, "record/index.html", context)


@require_safe
def entry(request: HttpRequest, index: int) -> HttpResponse:
    """Show one entry: what is public, what this reader may open, its proof."""
    found = get_object_or_404(Entry.objects.select_related("log"), log=_log(), index=index)
    context = {
        "entry": found,
        "told": sentence(found),
        "public": [(name, LABELS.get(name, ""), value) for name, value in public_fields(found).items()],
        "opened": [(value, LABELS.get(value.field, "")) for value in opened_for(found, _reader(request))],
        "leaf": bytes(found.leaf).decode(),
        "proof": proof_of(found).text,
    }
    return TemplateResponse(request, "record/entry.html", context)


@require_safe
def entry_json(request: HttpRequest, index: int) -> JsonResponse:
    """Hand out an entry with the values and salts that this reader may have."""
    found = get_object_or_404(Entry.objects.select_related("log"), log=_log(), index=index)
    shown = {
        value.field: {
            "value": value.value,
            "salt": value.salt.hex() if value.salt else None,
            "erased": value.erased,
        }
        for value in opened_for(found, _reader(request))
    }
    return JsonResponse({"index": found.index, "leaf": json.loads(bytes(found.leaf)), "opened": shown})


@require_safe
def proof(request: HttpRequest, index: int) -> HttpResponse:
    """Hand out the inclusion proof of an entry against the newest checkpoint (C2SP tlog-proof)."""
    found = get_object_or_404(Entry.objects.select_related("log"), log=_log(), index=index)
    return HttpResponse(proof_of(found).text, content_type=PLAIN)


@require_safe
def checkpoint(request: HttpRequest) -> HttpResponse:
    """Hand out the newest checkpoint."""
    return HttpResponse(latest_checkpoint(_log()).note, content_type=PLAIN)


@require_safe
def key(request: HttpRequest) -> HttpResponse:
    """Hand out the log's public key; compare it with one that you got elsewhere."""
    return HttpResponse(f"{_log().vkey}\n", content_type=PLAIN)


@require_safe
def tile_file(request: HttpRequest, path: str) -> HttpResponse:
    """Hand out one tile or bundle of entries of the tree as it stands."""
    log = _log()
    try:
        wanted = parse_tile_path(f"tile/{path}")
    except TileError as wrong:
        raise Http404 from wrong
    level = 0 if wanted.level == ENTRIES else wanted.level * HEIGHT
    if ((wanted.index * 256 + wanted.width) << level) > log.size:
        raise Http404
    answer = HttpResponse(tile(log, wanted), content_type="application/octet-stream")
    answer["Cache-Control"] = "public, max-age=31536000, immutable"
    return answer


@require_safe
def verify_page(request: HttpRequest) -> HttpResponse:
    """Hand out the page that checks receipts by itself. Its own policy allows its own script and nothing else."""
    answer = HttpResponse(verifier_page(), content_type="text/html; charset=utf-8")
    answer._csp_exempt = True  # type: ignore[attr-defined]  # noqa: SLF001 - the page carries a stricter policy of its own
    return answer
