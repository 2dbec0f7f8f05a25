"""Questions over contributions: what waits for an answer, coverage, the response table."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from talanoa.contributions.models import Answer, Contribution, Filing, Mention, Response, Signatory, Theme
from talanoa.kernel.errors import RuleBroken
from talanoa.lib import nearcopies
from talanoa.lib.aliases import fold
from talanoa.lib.processkeys import label
from talanoa.people.models import Person
from talanoa.processes.models import Process

if TYPE_CHECKING:
    from talanoa.lib.topics import Topic

SAME_ANSWER_LIMIT = 5


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many inputs were received and how many of those that need an answer have one."""

    received: int
    counted: int
    answered: int
    private: int
    withheld: int
    rejected: int
    unconfirmed: int
    withdrawn: int
    superseded: int
    erased: int
    piled: int = 0

    @property
    def waiting(self) -> int:
        """How many still need an answer."""
        return self.counted - self.answered


def is_answered() -> Exists:
    """Return the condition that an approved answer was given to a contribution."""
    given = Answer.objects.filter(contribution=OuterRef("pk"), sent_at__isnull=False)
    return Exists(given.filter(response__approved_at__isnull=False))


def coverage(process: Process) -> Coverage:
    """Return the coverage of `process`, in one query."""
    state = Contribution.State
    counted = Q(state__in=Contribution.COUNTED_STATES)
    row = (
        Contribution.objects.filter(process=process)
        .answerable()
        .annotate(has_answer=is_answered())
        .aggregate(
            received=Count("pk"),
            counted=Count("pk", filter=counted),
            answered=Count("pk", filter=counted & Q(has_answer=True)),
            piled=Count("signatory", filter=Q(signatory__left_at__isnull=True)),
            private=Count("pk", filter=counted & Q(publication=Contribution.Publication.PRIVATE)),
            **{
                name: Count("pk", filter=Q(state=name))
                for name in (
                    state.WITHHELD,
                    state.REJECTED,
                    state.UNCONFIRMED,
                    state.WITHDRAWN,
                    state.SUPERSEDED,
                    state.ERASED,
                )
            },
        )
    )
    return Coverage(**row)


def unanswered(process: Process) -> QuerySet[Contribution]:
    """Return the contributions that still need an answer, by number."""
    rows = Contribution.objects.filter(process=process).counted()
    return rows.annotate(has_answer=is_answered()).filter(has_answer=False).order_by("number")


def inputs_by_group(process: Process, *, only_public: bool = False) -> dict[str, int]:
    """Return how many counted contributions each stakeholder group sent.

    A page for everybody counts what is public: from the others' number one could tell an author's group.
    """
    rows = Contribution.objects.filter(process=process).counted()
    if only_public:
        rows = rows.visible_to(None)
    return dict(rows.values_list("authorship__group").annotate(n=Count("pk")).order_by())


def themes_with_counts(process: Process) -> QuerySet[Theme]:
    """Return the themes of `process` with `n_inputs`, `n_waiting` and their approved answer."""
    needs = Q(
        contributions__kind__in=Contribution.ANSWERED_KINDS,
        contributions__state__in=Contribution.COUNTED_STATES,
    )
    answered_here = Answer.objects.filter(
        contribution=OuterRef("contributions__pk"),
        response__theme=OuterRef("pk"),
        response__approved_at__isnull=False,
    )
    return process.themes.annotate(
        n_inputs=Count("contributions", filter=needs, distinct=True),
        n_waiting=Count("contributions", filter=needs & ~Q(Exists(answered_here)), distinct=True),
    ).prefetch_related("responses")


def addressed_by(response: Response) -> QuerySet[Contribution]:
    """Return the contributions that `response` serves, with their authors: under its theme and chosen ones."""
    served = Q(Exists(Answer.objects.filter(contribution=OuterRef("pk"), response=response)))
    if response.theme_id:
        served |= Q(Exists(Filing.objects.filter(contribution=OuterRef("pk"), theme=response.theme_id)))
    return Contribution.objects.filter(served).counted().select_related("person").order_by("number")


def n_same_answers(response: Response) -> int:
    """Return how many contributions of the process already have an answer with this very text."""
    same = Answer.objects.filter(
        response__process=response.process_id,
        response__text=response.text,
        response__approved_at__isnull=False,
    )
    return same.exclude(response__theme__isnull=False).values("contribution").distinct().count()


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One line of the response table, in the six columns of ATRT3's Annex E."""

    commenter: str
    section: str
    comment: str
    response: str
    change: str
    where: str
    number: int


def matrix_rows(answers: Iterable[Answer], process: Process) -> Iterator[MatrixRow]:
    """Return one row for each answer; the comment of what is not public is left out, its number is not.

    What was answered to such a one alone is left out too: it may tell what was said.
    """
    for answer in answers:
        contribution, response = answer.contribution, answer.response
        is_told = is_told_of(answer)
        status = response.get_status_display()
        yield MatrixRow(
            commenter=commenter(contribution),
            section=response.theme.label if response.theme else "",
            comment=label(process.key, contribution.number),
            response=f"{status}: {response.text}" if is_told else str(status),
            change=response.change if is_told else "",
            where=response.where if is_told else "",
            number=contribution.number,
        )


def is_told_of(answer: Answer) -> bool:
    """Tell whether everybody may read this answer: it is a theme's, or its contribution is public."""
    return answer.contribution.is_public or answer.response.theme_id is not None


def commenter(contribution: Contribution) -> str:
    """Return who spoke, as everybody may know it: name, organization, stakeholder group; else nothing."""
    if not contribution.is_public:
        return ""
    shown = contribution.authorship.shown()
    name = ", ".join(filter(None, (shown.name, shown.organization)))
    return " · ".join(filter(None, (name, contribution.authorship.get_group_display())))


def published_answers(process: Process) -> QuerySet[Answer]:
    """Return all approved answers of a process in the order of the numbers."""
    rows = Answer.objects.filter(contribution__process=process, response__approved_at__isnull=False)
    return rows.select_related("contribution__authorship", "response__theme").order_by(
        "contribution__number", "pk"
    )


def mentioned_by(contribution: Contribution, person: Person | None) -> QuerySet[Contribution]:
    """Return the contributions that name this one's number and that `person` may read, oldest first."""
    sources = Mention.objects.filter(target=contribution).values("source")
    rows = Contribution.objects.visible_to(person).filter(pk__in=sources)
    return rows.select_related(*Contribution.KINDS, "authorship").order_by("number")


def named_in(contributions: Iterable[Contribution]) -> dict[int, str]:
    """Return the numbers that these contributions name, each with the kind of what it leads to."""
    rows = Mention.objects.filter(source__in=[row.pk for row in contributions])
    return dict(rows.values_list("target__number", "target__kind").distinct())


def told_answer(contribution: Contribution) -> Answer:
    """Return the newest answer that the author was told of. Raises RuleBroken: not_answered."""
    found = contribution.answers.filter(sent_at__isnull=False).order_by("-sent_at", "-pk").first()
    if found is None:
        raise RuleBroken(_("There is no answer yet."), code="not_answered")
    return found


def folded(rows: QuerySet[Contribution]) -> QuerySet[Contribution]:
    """Return `rows` without those that another one stands for: the first that everybody may read of each pile."""
    before = Signatory.objects.visible_to(None).filter(
        pile=OuterRef("signatory__pile"), contribution__number__lt=OuterRef("number")
    )
    alone = rows.exclude(Exists(before), signatory__isnull=False, signatory__left_at__isnull=True)
    return alone.annotate(n_signed=n_signed())


def by_organization(process: Process) -> list[list[int]]:
    """Return what everybody may read under a name and for an organization: the keys of each one's, newest first.

    Names that differ in case, accents and punctuation alone are one organization's.
    """
    rows = Contribution.objects.filter(process=process).answerable().visible_to(None)
    told = rows.filter(publication=Contribution.Publication.NAMED).order_by("-number")
    found: dict[str, list[int]] = {}
    for pk, name in told.values_list("pk", "authorship__organization"):
        if key := fold(name):
            found.setdefault(key, []).append(pk)
    return list(found.values())


def signatories(contribution: Contribution) -> QuerySet[Contribution]:
    """Return everything that everybody may read of the pile it stands in, itself included, by number; else none."""
    own = Signatory.objects.present().filter(contribution=contribution).values("pile")
    rows = Contribution.objects.visible_to(None).filter(
        signatory__pile__in=own, signatory__left_at__isnull=True
    )
    return rows.select_related("authorship", "input").order_by("number")


def n_signed() -> Coalesce:
    """Return how many everybody may read of the pile that a contribution stands in, as a column; 0 outside of one."""
    own = Signatory.objects.present().filter(contribution=OuterRef(OuterRef("pk"))).values("pile")
    inside = Signatory.objects.visible_to(None).filter(pile__in=own).order_by()
    return Coalesce(Subquery(inside.values("pile").annotate(n=Count("pk")).values("n")), 0)


def suggested_piles(process: Process) -> list[nearcopies.Pile]:
    """Return the near copies among the published inputs of `process` that stand in no pile yet, by their numbers.

    Only a person of the desk can fold them; what was taken out of a pile is not suggested again.
    """
    rows = Contribution.objects.visible_to(None).filter(process=process, kind="input")
    rows = rows.filter(state=Contribution.State.PUBLISHED).exclude(signatory__left_at__isnull=False)
    told = rows.order_by("number").values_list("number", "input__text", "signatory__pile")
    inside = {number: pile for number, _text, pile in told if pile is not None}
    found = nearcopies.piles({number: text for number, text, _pile in told})
    fresh = []
    for pile in found:
        copies = tuple(one for one in pile.copies if one[0] not in inside)
        if copies:
            fresh.append(nearcopies.Pile(pile.leading, copies))
    return fresh


def suggested_themes(process: Process) -> "list[Topic]":
    """Return the themes that run through the published inputs of `process`, for a person to name, keep or drop.

    Inputs are read by language, since words of one say nothing in another, and those of an unknown one together with
    the commonest; a text that stands for a pile speaks once.
    """
    # NumPy takes a third of a second to load, and only this question needs it.
    from talanoa.lib.topics import topics  # noqa: PLC0415

    rows = folded(Contribution.objects.visible_to(None).filter(process=process, kind="input"))
    told = rows.order_by("number").values_list("input__language", "number", "input__title", "input__text")
    by_language: dict[str, dict[int, str]] = {}
    for language, number, title, text in told:
        by_language.setdefault(language, {})[number] = f"{title}\n{text}"
    unknown = by_language.pop("", {})
    if unknown:
        commonest = max(by_language, key=lambda language: len(by_language[language]), default="")
        by_language[commonest] = dict(sorted((by_language.get(commonest, {}) | unknown).items()))
    return [topic for texts in by_language.values() for topic in topics(texts)]
