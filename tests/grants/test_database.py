"""The database itself lets nobody change or delete what was handed in, attested, reviewed, said or decided."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Model

from conftest import day
from grants.conftest import Apply
from grants.reviewing import CLOSED, review, reviewers
from remembering import remembered
from talanoa.grants.actions.assigning import assign_reviewers, record_conflict
from talanoa.grants.actions.calling import keep_calls
from talanoa.grants.actions.deciding import Ruled, recommend
from talanoa.grants.actions.reviewing import discuss
from talanoa.grants.actions.screening import ask_more
from talanoa.grants.actions.stating import state_works
from talanoa.grants.models import (
    Application,
    Conflict,
    Drawing,
    Exchange,
    Note,
    Reading,
    ResearchCall,
    Review,
    Verdict,
    WorkList,
)
from talanoa.people.models import Person
from talanoa.processes.models import Participant

CHANGES: tuple[tuple[type[Model], dict[str, Any]], ...] = (
    (Application, {"title": "Other"}),
    (Application, {"answers": {"method": "Other"}}),
    (Application, {"budget": {"people": 1}}),
    (Application, {"number": 9}),
    (Reading, {"attested_at": day(1)}),
    (Reading, {"round": 2}),
    (Reading, {"state": "attested"}),
    (Review, {"marks": {"question": 5}}),
    (Review, {"confidence": 3}),
    (Review, {"text": "Other"}),
    (Note, {"text": "Other"}),
    (Verdict, {"outcome": "reserve"}),
    (Verdict, {"amount": 1}),
    (Verdict, {"reasons": "Other"}),
    (Verdict, {"until": day(1)}),
    (Conflict, {"detail": "Other"}),
    (Conflict, {"source": "domain"}),
    (Exchange, {"question": "Other"}),
    (Drawing, {"seed": "6" * 64}),
    (WorkList, {"text": ""}),
)
TABLES = (Application, Reading, Review, Note, Verdict, Conflict, Exchange, Drawing, WorkList)


@pytest.fixture
@remembered
def closed(eligible: Apply, yusuf: Person, grant_call: ResearchCall, convenor: Participant) -> Application:
    """An application of Yusuf with three who read it."""
    made = eligible(yusuf)
    keep_calls(at=day(CLOSED))
    grant_call.refresh_from_db()
    reviewers(grant_call, convenor, 3)
    assign_reviewers(grant_call, by=convenor, seed="5" * 64, at=day(CLOSED), channel="web")
    return made


def test_the_database_refuses_to_change_or_delete_what_was_judged(
    closed: Application, yusuf: Person, lucia: Person, convenor: Participant, chair: Participant
) -> None:
    act: dict[str, Any] = {"at": day(CLOSED + 3), "channel": "web"}
    state_works(by=yusuf, text="On reefs; 2025; Ana", **act)
    ask_more(closed, by=convenor, text="Which?", **act)
    for row in Reading.objects.select_related("application", "reviewer__person"):
        review(row)
    record_conflict(closed, lucia, by=convenor, reason="A cousin.", **act)
    discuss(closed, by=chair.person, text="Hm.", **act)
    recommend(closed, by=chair, ruled=Ruled("funded", "Good.", 9000), **act)
    for table, changed in CHANGES:
        refuses(lambda table=table, changed=changed: table._default_manager.update(**changed))  # type: ignore[misc]
    for table in TABLES:
        name = table._meta.db_table
        refuses(lambda name=name: deleted(name))  # type: ignore[misc]
    # Words go by erasure, and no other way.
    for table, words in ((Review, "text"), (Note, "text"), (Verdict, "reasons"), (Conflict, "detail")):
        table._default_manager.update(**{words: ""})


def refuses(act: Any) -> None:
    with pytest.raises(IntegrityError, match="deletion_forbidden"), transaction.atomic():
        act()


def deleted(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")
