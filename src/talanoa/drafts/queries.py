"""Questions about drafts: their revisions, what was said about them and what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from talanoa.contributions.models import Contribution
from talanoa.documents.models import Paragraph, Revision
from talanoa.documents.queries import blocks
from talanoa.drafts.models import Comment, Disposed, Disposition, Draft, Drafting, Need, Suggestion
from talanoa.lib.diffs import Change, compare
from talanoa.lib.paragraphs import carry_anchors, split
from talanoa.people.models import Person
from talanoa.processes.models import Process


def drafts_of(process: Process) -> QuerySet[Draft]:
    """Return the drafts of a process, by number."""
    return process.drafts.select_related("document").order_by("number")


def listed(process: Process) -> QuerySet[Draft]:
    """Return the drafts of a process, each with `newest` and `revised_at`: number and time of its newest revision.

    `n_said` counts what everybody may read about it.
    """
    public = Contribution.objects.filter(process=process).visible_to(None)
    said = public.filter(Q(comment__draft=OuterRef("pk")) | Q(suggestion__draft=OuterRef("pk"))).order_by()
    counted = said.values("process").annotate(n=Count("pk")).values("n")
    return drafts_of(process).annotate(
        newest=Max("document__revisions__number"),
        revised_at=Max("document__revisions__created_at"),
        n_said=Coalesce(Subquery(counted), 0),
    )


def draft_called(process: Process, number: int) -> Draft | None:
    """Return the draft of a process with this number, if there is one."""
    return process.drafts.select_related("document", "process").filter(number=number).first()


def authors_of(draft: Draft) -> set[int]:
    """Return the keys of the persons who wrote one of its revisions."""
    return set(draft.draftings.values_list("author__person", flat=True))


def is_newest(revision: Revision) -> bool:
    """Tell whether no later revision of the same document was published."""
    return not Revision.objects.filter(document=revision.document_id, number__gt=revision.number).exists()


def draftings_of(draft: Draft) -> QuerySet[Drafting]:
    """Return who wrote each revision of a draft, with the revision but without its text, newest first."""
    rows = Drafting.objects.filter(draft=draft).select_related("revision")
    return rows.defer("revision__text").order_by("-revision__number")


def paragraph_at(revision: Revision, anchor: str) -> Paragraph | None:
    """Return the paragraph of a revision with this anchor, if it is there."""
    return revision.paragraphs.filter(anchor=anchor).first()


def paragraph_numbered(revision: Revision, number: int) -> Paragraph | None:
    """Return the paragraph of a revision that its page and its letter call by this number, from 1."""
    return revision.paragraphs.filter(position=number - 1).first() if number > 0 else None


def by_dedup_key(process: Process, key: str) -> QuerySet[Contribution]:
    """Return what was received under this key, if anything: the same thing sent twice is one."""
    return Contribution.objects.filter(process=process, dedup_key=key)


def remark_numbered(process: Process, number: int) -> Comment | Suggestion | None:
    """Return the comment or suggestion with this number, whatever its state; what a reader may see is checked apart."""
    for kind in (Comment, Suggestion):
        found = _remarks(kind).filter(contribution__process=process, contribution__number=number).first()
        if found:
            return found
    return None


def _remarks(kind: type[Comment] | type[Suggestion]) -> "QuerySet[Comment] | QuerySet[Suggestion]":
    rows = kind._default_manager.select_related(
        "contribution__process",
        "contribution__authorship",
        "contribution__person",
        "draft__document",
        "draft__process",
        "revision",
    )
    return rows.defer("revision__text").order_by("contribution__number")


def comments_on(draft: Draft | None, anchor: str | None = None) -> "QuerySet[Comment]":
    """Return the comments on a draft (None: on any), or on one paragraph of it, by number, whatever their state."""
    rows = _remarks(Comment).filter(**({"draft": draft} if draft else {}))
    return rows if anchor is None else rows.filter(anchor=anchor)  # type: ignore[return-value]


def suggestions_for(draft: Draft | None, anchor: str | None = None) -> "QuerySet[Suggestion]":
    """Return the suggestions for a draft (None: for any), or for one paragraph of it, by number, whatever their state.

    Each has `n_must` and `n_should`: how many persons say so now.
    """
    rows = _with_needs(_remarks(Suggestion).filter(**({"draft": draft} if draft else {})))  # type: ignore[arg-type]
    return rows if anchor is None else rows.filter(anchor=anchor)


def _with_needs(rows: "QuerySet[Suggestion]") -> "QuerySet[Suggestion]":
    now = Q(needs__ended_at__isnull=True)
    return rows.annotate(
        n_must=Count("needs", filter=now & Q(needs__degree=Need.Degree.MUST)),
        n_should=Count("needs", filter=now & Q(needs__degree=Need.Degree.SHOULD)),
    )


def need_of(suggestion: Suggestion, person: Person | None) -> str:
    """Return what `person` says of a suggestion now: must, should, or neither."""
    rows = Need.objects.filter(suggestion=suggestion, by__person=person, ended_at__isnull=True)
    return next(iter(rows.values_list("degree", flat=True)), Need.NEITHER)


def readable(remarks: "Iterable[Comment | Suggestion]", person: Person | None) -> set[int]:
    """Return the keys of the contributions whose words `person` may read, in one query."""
    keys = [remark.contribution_id for remark in remarks]
    return set(Contribution.objects.visible_to(person).filter(pk__in=keys).values_list("pk", flat=True))


def counts_by_anchor(draft: Draft) -> tuple[dict[str, int], dict[str, int]]:
    """Return how many comments, and how many suggestions, everybody may read at each anchor; two queries."""
    found = []
    for kind in (Comment, Suggestion):
        rows = kind.objects.filter(draft=draft).visible_to(None).order_by()
        found.append(dict(rows.values_list("anchor").annotate(n=Count("pk"))))
    comments, suggestions = found
    return comments, suggestions


def dispositions_of(contributions: Iterable[int]) -> dict[int, list[Disposition]]:
    """Return what was said to have become of each of these, by the key of the contribution, newest first."""
    rows = Disposed.objects.filter(contribution__in=list(contributions)).order_by("-pk")
    found: dict[int, list[Disposition]] = {}
    for row in rows.select_related("disposition__revision").defer("disposition__revision__text"):
        found.setdefault(row.contribution_id, []).append(row.disposition)
    return found


def texts_then(remarks: "Iterable[Comment | Suggestion]") -> dict[tuple[int, str], str]:
    """Return how each paragraph read that somebody spoke about, by revision and anchor; one query."""
    wanted = {(remark.revision_id, remark.anchor) for remark in remarks if remark.anchor}
    rows = Paragraph.objects.filter(
        revision__in={revision for revision, _anchor in wanted},
        anchor__in={anchor for _revision, anchor in wanted},
    )
    found = {(row.revision_id, row.anchor): row.text for row in rows.only("revision_id", "anchor", "text")}
    return {place: text for place, text in found.items() if place in wanted}


def waiting_comments(draft: Draft) -> "QuerySet[Comment]":
    """Return the comments of which nobody has said yet what became of them, by number; what was taken back is none."""
    said = Disposed.objects.filter(contribution=OuterRef("contribution"))
    rows = comments_on(draft).filter(~Exists(said))
    return rows.filter(contribution__state__in=Contribution.COUNTED_STATES)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A suggestion that is not in the text, with how many say that it must and that it should be, and its outcome.

    `status` is "" where nothing is decided, else that of its disposition: accepted, and gone from the text since,
    or not accepted.
    """

    suggestion: Suggestion
    n_must: int
    n_should: int
    status: str


def unmet(draft: Draft) -> list[Wanted]:
    """Return the public suggestions that the newest revision does not meet, the most needed first; four queries.

    One is met that was accepted and whose words still stand as a paragraph of the newest revision.
    """
    newest = draft.document.latest()
    texts = set(newest.paragraphs.values_list("text", flat=True)) if newest else set()
    rows = list(suggestions_for(draft).filter(contribution__state=Contribution.State.PUBLISHED))
    given = dispositions_of(row.contribution_id for row in rows)
    found = [_wanted(row, given.get(row.contribution_id, [])) for row in rows]
    left = [one for one in found if not _is_met(one, texts)]
    return sorted(left, key=lambda one: (-one.n_must, -one.n_should, one.suggestion.contribution.number))


def _wanted(row: Suggestion, given: list[Disposition]) -> Wanted:
    return Wanted(
        suggestion=row,
        n_must=row.n_must,  # type: ignore[attr-defined]
        n_should=row.n_should,  # type: ignore[attr-defined]
        status=given[0].status if given else "",
    )


def _is_met(one: Wanted, texts: set[str]) -> bool:
    return one.status == Disposition.Status.ACCEPTED and one.suggestion.replacement in texts


def is_met(suggestion: Suggestion) -> bool:
    """Tell whether a suggestion was accepted and its words still stand in the newest revision."""
    given = dispositions_of([suggestion.contribution_id]).get(suggestion.contribution_id, [])
    newest = suggestion.draft.document.latest()
    is_accepted = bool(given) and given[0].status == Disposition.Status.ACCEPTED
    if not (is_accepted and newest):
        return False
    return newest.paragraphs.filter(text=suggestion.replacement).exists()


def remarks_reached(made: Disposition) -> "list[Comment | Suggestion]":
    """Return what a disposition is about, by number."""
    keys = made.reached.values("contribution")
    found: list[Comment | Suggestion] = []
    for kind in (Comment, Suggestion):
        found += _remarks(kind).filter(contribution__in=keys)
    return found


def changes_to(draft: Draft, text: str) -> tuple[Change, ...]:
    """Return what a revision with `text` would change in the newest one, for whoever writes it.

    Raises TextTooLong of paragraphs.
    """
    newest = draft.document.latest()
    before = blocks(newest) if newest else ()
    after, _next = carry_anchors(before, split(text), draft.document.next_anchor)
    return compare(before, after)
