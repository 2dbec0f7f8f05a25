"""Erasing destroys what was said, and what repeats it; number, state and proofs stay."""

import pytest

from conftest import day
from consensus.actions.test_calling import FOUND
from consensus.actions.test_dissenting import dissent
from consensus.conftest import SETTLED
from talanoa.consensus.actions.designating import designate
from talanoa.consensus.actions.erasing import erase_objection, erase_statement
from talanoa.consensus.models import Call, Handling, MinorityStatement, Objection
from talanoa.consensus.queries import raised_in
from talanoa.kernel.errors import NotAllowed
from talanoa.processes.models import Participant
from talanoa.record.models import Entry


def test_an_erased_objection_keeps_its_number_and_counts_as_withdrawn(
    answered: Objection, convenor: Participant
) -> None:
    erase_objection(answered, by=convenor, ground="author_request", at=day(70), channel="web")
    found = Objection.objects.get()
    assert (found.text, found.resolves, Handling.objects.get().text) == ("", "", "")
    assert [(row.number, row.state) for row in raised_in(answered.call)] == [(1, "withdrawn")]
    assert Entry.objects.order_by("-index").first().kind == "redaction.made.1"  # type: ignore[union-attr]


def test_nothing_that_was_declared_holds_words_that_can_be_erased(
    answered: Objection, chair: Participant
) -> None:
    call = designate(answered.call, by=chair, found=FOUND, at=SETTLED, channel="web")
    assert answered.text not in call.declaration
    assert answered.resolves not in call.declaration


def test_only_the_convenor_erases(answered: Objection, chair: Participant, voice: Participant) -> None:
    for by in (chair, voice):
        with pytest.raises(NotAllowed):
            erase_objection(answered, by=by, ground="author_request", at=day(70), channel="web")


def test_an_erased_statement_keeps_its_number(
    call: Call, chair: Participant, second: Participant, convenor: Participant
) -> None:
    made = dissent(designate(call, by=chair, found=FOUND, at=SETTLED, channel="web"), second)
    erase_statement(made, by=convenor, ground="author_request", at=day(96), channel="web")
    found = MinorityStatement.objects.get()
    assert (found.text, found.contribution.number, found.contribution.state) == ("", 1, "erased")
    assert not MinorityStatement.objects.visible_to(None).exists()
