"""What happened in a process, for those who follow it: one letter a day at seven in the morning, or each thing at once.

Both tell what the record tells everybody, with the titles and words that everybody may read: a letter is passed on.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from talanoa.contributions.models import Contribution
from talanoa.lib.processkeys import label
from talanoa.mail.letters import in_language_of, wrapped, write_to
from talanoa.mail.models import Subscription
from talanoa.mail.outbox import whole_address
from talanoa.processes.models import Participant, Process
from talanoa.record.models import Entry
from talanoa.record.queries import newest_note, sentence

SEVEN = time(7)
MOST = 100
"""Entries that one letter lists; of more, it gives the number and the page."""
BATCH = 100
SAYS_WORDS = frozenset(
    {
        "input.received.1",
        "comment.received.1",
        "suggestion.received.1",
        "statement.received.1",
        "contribution.confirmed.1",
        "contribution.released.1",
    }
)
QUIET = ("contribution.flagged.1", "need.stated.1", "ballot.cast.1")
"""What the record tells and no letter spreads: a flag is no finding, needs and votes are counted where they stand."""
SPOKEN = SAYS_WORDS | {"message.received.1"}
LONGEST_SAID = 600
"""Characters of a message that a digest brings; its page has the rest."""
Level = Subscription.Level


def next_morning(zone: str, *, after: datetime) -> datetime:
    """Return the next instant after `after` (aware) at which clocks in `zone` show seven in the morning."""
    here = after.astimezone(ZoneInfo(zone))
    day = here.date()
    morning = datetime.combine(day, SEVEN, ZoneInfo(zone))
    # Compared as instants: a day on which the clocks change is 23 or 25 hours long.
    if morning.timestamp() > after.timestamp():
        return morning
    return datetime.combine(day + timedelta(days=1), SEVEN, ZoneInfo(zone))


def write_digests(*, at: datetime) -> int:
    """Write every digest that is due at `at` (aware, UTC); return how many had something to tell."""
    _enlist()
    _plan(at)
    n_written = 0
    lines = lru_cache(maxsize=64)(_lines)
    while batch := _write_some(at, lines):
        n_written += sum(batch)
    return n_written


def _enlist() -> None:
    """Give a digest to everybody who took part and never said how much mail they want.

    Only where the address is known to be theirs: by a login, or because they confirmed or proved an act. A name in a
    mail, an import or a paper that somebody else entered sends nobody letters.
    """
    own = Contribution.objects.filter(process=OuterRef("process"), person=OuterRef("person"))
    own = own.filter(entered_by__isnull=True).exclude(state=Contribution.State.UNCONFIRMED)
    sure = Exists(own.exclude(channel="import")) | Q(person__user__isnull=False)
    said = Subscription.objects.filter(person=OuterRef("person"), process_key=OuterRef("process__key"))
    rows = Participant.objects.filter(sure, ~Exists(said), process__is_practice=False)
    rows = rows.exclude(person__address="")
    new = [
        Subscription(person_id=person, process_key=key)
        for person, key in rows.values_list("person", "process__key")
    ]
    Subscription.objects.bulk_create(new, batch_size=500, ignore_conflicts=True)


def _plan(at: datetime) -> None:
    """Set the first digest of everybody who has none yet to their next morning."""
    rows = Subscription.objects.filter(level=Level.DIGEST, digest_at__isnull=True).select_related("person")
    for row in rows:
        row.digest_at = next_morning(row.person.time_zone, after=at)
    Subscription.objects.bulk_update(list(rows), ["digest_at"], batch_size=500)


Lines = Callable[[str, int, int, str], tuple[str, ...]]


@transaction.atomic
def _write_some(at: datetime, lines: Lines) -> list[bool]:
    """Write the next digests that are due, in one transaction; tell of each whether there was something to say."""
    rows = Subscription.objects.select_for_update(no_key=True, of=("self",)).select_related("person")
    due = rows.filter(level=Level.DIGEST, digest_at__lte=at).order_by("pk")[:BATCH]
    return [_write_one(row, at, lines) for row in due]


def _write_one(row: Subscription, at: datetime, lines: Lines) -> bool:
    """Write one digest if anything happened, and set the next one."""
    due = row.digest_at or at
    row.digest_at = next_morning(row.person.time_zone, after=at)
    news = None if row.paused_until is not None and row.paused_until > at else _news(row, due)
    if news:
        row.told_to = news.last + 1
        if news.first <= news.last:
            _send(row, due, lines, news, at)
    row.save(update_fields=["digest_at", "told_to"])
    return news is not None and news.first <= news.last


def _news(row: Subscription, due: datetime) -> "Span | None":
    """Return what was not told yet: since the last digest, or of the last day before the first one."""
    entries = _entries(row.process_key)
    last = entries.values_list("index", flat=True).last()
    if last is None:
        return None
    if row.told_to is not None:
        return Span(row.told_to, last)
    recent = entries.filter(at__gte=due - timedelta(days=1)).values_list("index", flat=True).first()
    return Span(last + 1 if recent is None else recent, last)


@dataclass(frozen=True, slots=True)
class Span:
    """The entries that a digest tells of: from index `first` to `last`; none where that is before it."""

    first: int
    last: int


def _send(row: Subscription, due: datetime, lines: Lines, span: Span, at: datetime) -> None:
    day = due.astimezone(ZoneInfo(row.person.time_zone)).date()
    with in_language_of(row.person):
        told = lines(row.process_key, span.first, span.last, get_language() or "en")
        if told:
            write_to(
                row.person,
                key=f"digest-{row.process_key}-{row.person_id}-{day}",
                subject=_("%(key)s: what happened") % {"key": row.process_key},
                lines=told,
                at=at,
                process_key=row.process_key,
            )


def _entries(key: str) -> QuerySet[Entry]:
    """Return the entries of a public process in their order."""
    is_public = Process.objects.visible_to(None).filter(key=key).exists()
    rows = Entry.objects.filter(process_key=key, log__name="real").order_by("index").exclude(kind__in=QUIET)
    return rows if is_public else rows.none()


def _lines(key: str, first: int, last: int, _language: str) -> tuple[str, ...]:
    """Return a digest in the language of the moment, which the cache keeps apart by `_language`."""
    process = Process.objects.get(key=key)
    rows = list(_entries(key).filter(index__gte=first, index__lte=last)[: MOST + 1])
    shown = _shown(process, [row.number for row in rows if row.number])
    told = [_("What happened in “%(title)s”:") % {"title": process.title}, whole_address(key, None), ""]
    for entry in rows[:MOST]:
        told += _told(entry, shown.get(entry.number or 0))
    if len(rows) > MOST:
        told += [_("More happened; all of it stands on the page.")]
    end = _("To get more or less of this, answer with one of: subscribe every, subscribe own, pause, help")
    return (
        *wrapped(*told, "", end, "", _("The newest checkpoint of the record:")),
        newest_note(process.space),
    )


def _told(entry: Entry, shown: Contribution | None) -> list[str]:
    """Return what one entry tells, with the title of what is public, where it stands, and the words of a message."""
    told = [f"- {sentence(entry)}"]
    if shown is None or entry.number is None:
        return told
    title = shown.words.title or label(entry.process_key, entry.number)
    told += [*(f"  {line}" for line in wrapped(title)), f"  {whole_address(entry.process_key, entry.number)}"]
    if shown.kind == "input" or entry.kind not in SPOKEN:
        return told
    said, rest = shown.words.text[:LONGEST_SAID], shown.words.text[LONGEST_SAID:]
    return [
        *told,
        *(f"  | {line}".rstrip() for line in wrapped(said)),
        *([_("  (more on its page)")] if rest else []),
    ]


def _shown(process: Process, numbers: list[int]) -> dict[int, Contribution]:
    """Return what everybody may read, by number."""
    rows = Contribution.objects.filter(process=process, number__in=numbers).visible_to(None)
    return {row.number: row for row in rows.select_related(*Contribution.KINDS)}


def tell_every(entry: Entry) -> None:
    """Tell an entry at once to those who want everything as it happens, save the author of what it is about."""
    wanted = Subscription.objects.filter(process_key=entry.process_key, level=Level.EVERY)
    wanted = wanted.exclude(paused_until__gt=entry.at).select_related("person")
    if not entry.process_key or not _entries(entry.process_key).filter(pk=entry.pk).exists():
        return
    process = Process.objects.get(key=entry.process_key)
    about = Contribution.objects.filter(process=process, number=entry.number or 0)
    if entry.kind in SAYS_WORDS and about.filter(kind="message").exists():
        return  # a message is handed on as it was written, in its thread
    for row in wanted.exclude(person__in=about.values("person")):
        with in_language_of(row.person):
            write_to(
                row.person,
                key=f"every-{entry.pk}-{row.person_id}",
                subject=f"[{process.key}] {sentence(entry)}",
                lines=_whole(process, entry, about),
                at=entry.at,
                process_key=process.key,
            )


def _whole(process: Process, entry: Entry, about: "QuerySet[Contribution]") -> list[str]:
    """Return an entry as a letter, with the words that it makes public."""
    readable = about.filter(pk__in=about.model.objects.visible_to(None))
    shown = readable.select_related(*Contribution.KINDS).first()
    told = [process.title, "", sentence(entry), whole_address(process.key, entry.number if shown else None)]
    if shown and entry.kind in SAYS_WORDS:
        told += ["", shown.words.title, "", shown.words.text]
    return wrapped(*told)
