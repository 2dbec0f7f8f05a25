"""All that is known of people, confirmed or not, as conflicts of interest look at it."""

from collections import defaultdict
from collections.abc import Iterable

from talanoa.lib.conflicts import Known
from talanoa.lib.ties import EMPLOYER, Tie
from talanoa.people.models import Affiliation, Person
from talanoa.people.queries import known_addresses


def identities(persons: Iterable[int]) -> dict[int, Known]:
    """Return what is known of persons, by their keys: every address, name, organization and stated tie."""
    rows = list(Person.objects.filter(pk__in=set(persons)).order_by("pk"))
    addresses = known_addresses(rows)
    ties = defaultdict[int, list[Tie]](list)
    for row in rows:
        if row.organization:
            ties[row.pk].append(Tie(EMPLOYER, row.organization))
    stated = Affiliation.objects.filter(statement__person__in=[row.pk for row in rows])
    for tie in stated.select_related("statement").order_by("pk"):
        ties[tie.statement.person_id].append(tie.tie)
    return {
        row.pk: Known(
            key=row.pk,
            addresses=addresses[row.pk],
            names=(row.name,),
            ties=tuple(dict.fromkeys(ties[row.pk])),
        )
        for row in rows
    }
