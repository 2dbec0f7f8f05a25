"""Questions about mail: what waits to be sent, what was answered already, what came back, who wants it."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet, Sum

from talanoa.mail.models import Bounce, OutgoingMessage, Silence, Subscription
from talanoa.people.models import Person

REMEMBERED = timedelta(days=14)
"""How long a mail that came back counts, and how long one of ours can come back."""
ANSWERED = "answer-"
"""So begins the key of a mail that answers another one by itself."""


def waiting(at: datetime) -> QuerySet[OutgoingMessage]:
    """Return the mails that are due at `at` (aware, UTC) and that no sender works on, oldest first."""
    due = Q(next_at__isnull=True) | Q(next_at__lte=at)
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lte=at)
    rows = OutgoingMessage.objects.filter(due, free, written_at__isnull=True, failed_at__isnull=True)
    return rows.exclude(text="").order_by("pk")


def returned(token_sha256: str, *, at: datetime) -> OutgoingMessage | None:
    """Return the mail that was sent from this bounce address within 14 days before `at`."""
    rows = OutgoingMessage.objects.filter(bounce_sha256=token_sha256, written_at__gt=at - REMEMBERED)
    return rows.first() if token_sha256 else None


def bounce_score(person: Person, *, at: datetime) -> int:
    """Return the weight of what came back from `person` within 14 days."""
    rows = Bounce.objects.filter(person=person, at__gt=at - REMEMBERED)
    return rows.aggregate(weight=Sum("weight"))["weight"] or 0


def is_silenced(person: Person) -> bool:
    """Tell whether letters to `person` are held back because too many came back."""
    return Silence.objects.filter(person=person).exists()


def n_answers(address: str, *, process_key: str, since: datetime) -> int:
    """Return how many answers without a number went to `address` about a process since then."""
    rows = OutgoingMessage.objects.filter(to=address, created_at__gt=since, key__startswith=ANSWERED)
    return rows.filter(process_key=process_key, number__isnull=True).count()


def n_in_threads(asked: Iterable[tuple[str, str]], *, since: datetime) -> Counter[tuple[str, str]]:
    """Return how many answers went to an address in a conversation since then, for each pair of those."""
    pairs = set(asked)
    rows = OutgoingMessage.objects.filter(
        to__in={to for to, _thread in pairs}, created_at__gt=since, key__startswith=ANSWERED
    )
    return Counter(pair for pair in rows.values_list("to", "thread") if pair in pairs)


def level_of(person: Person, process_key: str) -> str:
    """Return how much mail `person` wants about a process; one digest a day where they never said."""
    row = Subscription.objects.filter(person=person, process_key=process_key).first()
    return row.level if row else Subscription.Level.DIGEST


def wants_letters(person: Person, process_key: str, *, at: datetime) -> bool:
    """Tell whether `person` wants letters about what concerns everybody in a process."""
    left = Q(level=Subscription.Level.OWN) | Q(paused_until__gt=at)
    return not Subscription.objects.filter(left, person=person, process_key=process_key).exists()
