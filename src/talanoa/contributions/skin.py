"""What pages of contributions of every kind share: where they stand, who may see a receipt, sending once."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from talanoa.contributions.actions.standing import Author
from talanoa.contributions.conduct import REASON_LABELS
from talanoa.contributions.forms import GROUND_LABELS
from talanoa.contributions.models import Assurance, Contribution
from talanoa.contributions.receipts import receipt_text
from talanoa.kernel.entropy import entropy
from talanoa.kernel.space import REAL
from talanoa.lib.processkeys import label
from talanoa.people.actions import know_person
from talanoa.people.middleware import asking
from talanoa.people.models import Person
from talanoa.processes.models import Process
from talanoa.processes.permissions import may_work_on
from talanoa.processes.skin import process_or_404

RECEIPTS = {
    "input": "inputs:receipt",
    "message": "discussions:receipt",
    "comment": "drafts:receipt",
    "suggestion": "drafts:receipt",
    "statement": "statements:receipt",
    "objection": "consensus:receipt_objection",
    "minority": "consensus:receipt_statement",
}
REMEMBERED = 50


def receipt_of(key: str, number: int, kind: str) -> str:
    """Return the address of its receipt, for its author."""
    return reverse(RECEIPTS[kind], args=[key, number])


def own_or_404(request: HttpRequest, key: str, number: int, kind: str) -> Contribution:
    """Return a contribution to its author, to the desk, or to the browser that sent it."""
    process = process_or_404(request, key)
    rows = Contribution.objects.select_related("process", "authorship", kind, "entry", "person")
    found = get_object_or_404(rows, process=process, number=number, kind=kind)
    person = asking(request)
    own = person is not None and found.person_id == person.pk
    if own or found.pk in request.session.get("sent", []) or may_work_on(process, person):
        return found
    raise Http404


def author_or_404(request: HttpRequest, contribution: Contribution) -> Person:
    """Return who asks, if they wrote this."""
    person = asking(request)
    if person is None or person.pk != contribution.person_id:
        raise Http404
    return person


def remember_sent(request: HttpRequest, contribution: Contribution) -> None:
    """Let this browser show the receipt of what it sent."""
    sent = request.session.get("sent", [])
    request.session["sent"] = [*sent, contribution.pk][-REMEMBERED:]


def receipt_file(contribution: Contribution) -> HttpResponse:
    """Hand out the receipt as a plain text file."""
    called = label(contribution.process.key, contribution.number)
    answer = HttpResponse(receipt_text(contribution), content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{called}-receipt.txt"'
    return answer


def once() -> str:
    """Return what makes a form one act, however often its button is pressed."""
    return entropy(REAL, "form").hex()


def once_key(process: Process, by: Person, *said: str, data: bytes = b"") -> str:
    """Return what makes two sendings one: the same form from the same person, with the same words."""
    digests = (sha256(part.encode()).digest() for part in (process.key, str(by.pk), *said))
    return sha256(b"".join((*digests, sha256(data).digest()))).hexdigest()


def visitor(said: Mapping[str, Any]) -> Author:
    """Return what a visitor says of themselves; nothing of it is proven before they confirm by mail."""
    facts = {name: said[name] for name in ("name", "group", "organization", "country")}
    person = know_person(address=said["address"], **facts)
    return Author(person=person, assurance=Assurance.CLAIMED, **facts)


def why_not_shown(contribution: Contribution) -> object:
    """Return the sentence that tells why something is held, rejected or erased; empty where there is none."""
    if contribution.state in Contribution.KEPT_BACK:
        return REASON_LABELS.get(contribution.reason, "")
    is_erased = contribution.state == Contribution.State.ERASED
    return GROUND_LABELS.get(contribution.reason, "") if is_erased else ""
