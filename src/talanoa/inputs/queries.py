"""Questions about inputs."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Prefetch, Q, QuerySet

from talanoa.contributions.models import Answer, Contribution
from talanoa.inputs.models import Input, ListReply
from talanoa.lib.rfc5322.lists import without_footer
from talanoa.mail.models import LIST_ADMIN, LIST_OTHER, LIST_UNKNOWN, RawMessage, RawMessageQuerySet
from talanoa.people.models import Person
from talanoa.processes.models import Process, Seed

REFUSED_DAYS, MOST_LISTED = 30, 50


def by_dedup_key(process: Process, key: str) -> Input | None:
    """Return the input that was received under this key, if any: the same thing sent twice is one input."""
    return by_dedup_keys(process, [key]).get(key)


def by_dedup_keys(process: Process, keys: Collection[str]) -> dict[str, Input]:
    """Return the inputs that were received under any of these keys, by their key."""
    # Nearly always there is none, so only the index is asked first: the whole row takes three times as long.
    known = Contribution.objects.filter(process=process, dedup_key__in=keys).order_by()
    found = dict(known.values_list("pk", "dedup_key"))
    rows = Input.objects.select_related("contribution__process").filter(contribution__in=found)
    return {found[row.contribution_id]: row for row in rows} if found else {}


def first_said(contributions: Collection[Contribution]) -> frozenset[int]:
    """Return the keys of those whose author sent them themselves, and said nothing here before."""
    own = [one for one in contributions if one.entered_by_id is None]
    rows = Contribution.objects.filter(person__in=[one.person_id for one in own]).order_by()
    firsts = dict(rows.values_list("person").annotate(first=Min("pk")))
    return frozenset(one.pk for one in own if firsts.get(one.person_id) == one.pk)


def listing(process: Process) -> QuerySet[Contribution]:
    """Return all inputs of a process for lists: number, state, author, answers; content is checked apart."""
    answers = Answer.objects.filter(response__approved_at__isnull=False).select_related("response__theme")
    rows = Contribution.objects.filter(process=process, kind="input")
    rows = rows.select_related("authorship", "input", "replaced_by")
    rows = rows.defer("input__text", "input__as_given")
    return rows.prefetch_related(Prefetch("answers", queryset=answers, to_attr="given"))


def languages_of(process: Process) -> list[str]:
    """Return the tags of the languages of the inputs that everybody may read, in order; what is unknown is none."""
    readable = Contribution.objects.visible_to(None).filter(process=process, kind="input").order_by()
    found = readable.values_list("input__language", flat=True).distinct()
    return sorted(filter(None, found))


def numbered(process: Process, number: int) -> Input | None:
    """Return the input with this number, whatever its state; what a reader may see is checked apart."""
    rows = Input.objects.filter(contribution__process=process, contribution__number=number)
    return rows.select_related(
        "contribution__process",
        "contribution__authorship__interests",
        "contribution__authorship__interests_here",
        "contribution__person",
        "contribution__list_reply__list",
        "contribution__signatory",
        "stage",
    ).first()


def mails_for_hand(process: Process) -> RawMessageQuerySet:
    """Return the mails of a process that a person must read, oldest first, without their bytes."""
    return RawMessage.objects.for_hand(process.key).filter(needs_person=True).defer("data").order_by("pk")


def mails_refused(process: Process, at: datetime) -> RawMessageQuerySet:
    """Return the mails to a process that were refused in the 30 days before `at`, newest first, without their bytes."""
    since = at - timedelta(days=REFUSED_DAYS)
    rows = RawMessage.objects.for_hand(process.key).filter(number__isnull=True, received_at__gte=since)
    return rows.exclude(outcome__in=(LIST_UNKNOWN, LIST_ADMIN)).defer("data").order_by("-pk")


def said_already(process: Process, *, message_id: str, address: str, text: str) -> Input | None:
    """Return the input of the same author, with the same words, that came under the same Message-ID.

    So a mail that comes directly and by a list is one input; what the list adds below it does not count.
    """
    if not message_id or not address:
        return None
    mails = RawMessage.objects.filter(message_id=message_id[:400], number__isnull=False)
    told = mails.values_list("process_key", "number")
    numbers = [number for key, number in told if key == process.key and number is not None]
    if not numbers:
        return None
    rows = Input.objects.filter(contribution__process=process, contribution__number__in=numbers)
    rows = rows.filter(contribution__person__address=address).select_related("contribution__process")
    return next((row for row in rows if _bare(row.text) == _bare(text)), None)


def came_before(message_ids: Iterable[str]) -> set[str]:
    """Return those of these Message-IDs under which something got a number already."""
    named = [message_id[:400] for message_id in message_ids if message_id]
    rows = RawMessage.objects.filter(message_id__in=named, number__isnull=False)
    return set(rows.values_list("message_id", flat=True))


def _bare(text: str) -> str:
    return " ".join(without_footer(text).split())


def listed_before(
    process: Process, raw: RawMessage, *, person: Person | None, message_id: str
) -> ListReply | None:
    """Return what was kept already of a mail that came by a list: by this one, or by another list."""
    again = Q(raw=raw) | Q(message_id=message_id[:400], person=person) if message_id else Q(raw=raw)
    return ListReply.objects.filter(again, process=process).first()


def said_on(contribution: Contribution) -> ListReply | None:
    """Return where an input was said first, if that was on a list; who may read the input may read that."""
    listed: ListReply | None = getattr(contribution, "list_reply", None)
    return listed if listed and listed.dedup_key else None  # an erased one has neither words nor place


@dataclass(frozen=True, slots=True)
class ListCounts:
    """What came to a process by lists: calls seen, replies by state in words, mails set aside."""

    seeds: int
    replies: tuple[tuple[str, int], ...]
    set_aside: int


def list_counts(process: Process) -> ListCounts:
    """Return what came to a process by lists."""
    rows = ListReply.objects.filter(process=process).order_by().values_list("state").annotate(n=Count("pk"))
    found = dict(rows)
    replies = tuple((str(state.label), found.get(state.value, 0)) for state in ListReply.State)
    aside = RawMessage.objects.filter(process_key=process.key, outcome=LIST_OTHER)
    return ListCounts(Seed.objects.filter(list__process=process).count(), replies, aside.count())


def mails_of_lists(process: Process) -> QuerySet[RawMessage]:
    """Return what the desk must look at of what came by lists, newest first, without its bytes.

    Answers whose author nobody can tell, and what lists write about themselves.
    """
    rows = RawMessage.objects.for_hand(process.key).filter(outcome__in=(LIST_UNKNOWN, LIST_ADMIN))
    return rows.defer("data").order_by("-pk")[:MOST_LISTED]
