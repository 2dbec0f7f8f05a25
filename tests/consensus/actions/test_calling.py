"""A chair asks everybody about one text: not about her own, not too early, not twice about the same."""

from datetime import datetime

import pytest
from django.db import DatabaseError, transaction

from conftest import day
from consensus.conftest import CALLED, FOUND, OVER, SETTLED
from steps import DRAFT, line, member, new_entries, refusal
from talanoa.consensus.actions.calling import open_call, publish_estimate
from talanoa.consensus.actions.designating import designate
from talanoa.consensus.models import Call, Estimate
from talanoa.drafts.actions.writing import revise_draft
from talanoa.drafts.models import Draft
from talanoa.kernel.errors import NotAllowed
from talanoa.people.actions import know_person
from talanoa.processes.models import CharterVersion, Participant, Role, Stage


def ask(draft: Draft, by: Participant, at: datetime = CALLED, **other: object) -> Call:
    said: dict[str, object] = {"question": "Can you live with it?", "channel": "web"} | other
    return open_call(draft, by=by, at=at, **said)  # type: ignore[arg-type]


def test_a_call_is_bound_to_the_hash_of_one_text_and_ends_the_drafting(
    draft: Draft, chair: Participant
) -> None:
    told = new_entries(lambda: ask(draft, chair))
    revision = draft.document.latest()
    assert revision
    assert [entry["k"] for entry in told] == ["stage.closed.1", "stage.opened.1", "call.opened.1"]
    assert told[-1] == line(
        "call.opened.1",
        r="chair",
        at=CALLED,
        p="wg",
        call=1,
        draft=1,
        revision=1,
        sha256=revision.sha256,
        rule="gnso-levels/1",
        until="2026-05-16T09:00Z",
    )
    assert draft.process.open_stage(Stage.Kind.CONSENSUS, at=CALLED)


def test_who_is_no_chair_asks_nothing(draft: Draft, convenor: Participant, editor: Participant) -> None:
    for by in (convenor, editor):
        with pytest.raises(NotAllowed):
            ask(draft, by)


def test_own_text_is_called_by_another_chair(draft: Draft, chair: Participant) -> None:
    revise_draft(draft, by=chair, text=DRAFT.replace("hour", "day"), at=day(42), channel="web")
    assert refusal(lambda: ask(draft, chair)) == "own_text"


def test_a_chair_without_a_statement_of_interests_calls_nothing(draft: Draft, convenor: Participant) -> None:
    other = know_person(name="Kofi Mensah", address="kofi@chair.example")
    silent = member(convenor, other, Role.CHAIR)
    assert refusal(lambda: ask(draft, silent)) == "interest_statement_missing"


def test_comments_running_no_call_begins(draft: Draft, chair: Participant) -> None:
    assert refusal(lambda: ask(draft, chair, day(60))) == "comments_running"


def test_call_running_no_second_one_asks_about_the_same_draft(call: Call, chair: Participant) -> None:
    assert refusal(lambda: ask(call.draft, chair)) == "call_running"


def test_call_length_is_never_less_than_the_default(draft: Draft, chair: Participant) -> None:
    assert refusal(lambda: ask(draft, chair, days=13)) == "call_length"
    assert refusal(lambda: ask(draft, chair, days=91)) == "call_length"
    assert ask(draft, chair, days=21).closes_at == day(61 + 21)


def test_rule_missing_nothing_is_called(draft: Draft, chair: Participant) -> None:
    version = CharterVersion.objects.get(process=draft.process)
    facts = version.facts | {"rule": ""}
    CharterVersion.objects.create(
        process=draft.process,
        version=2,
        facts=facts,
        revision=draft.document.revisions.get(),
        published_at=CALLED,
    )
    assert refusal(lambda: ask(draft, chair)) == "rule_missing"


def test_call_repeated_without_saying_what_is_new(call: Call, chair: Participant) -> None:
    designate(call, by=chair, found=FOUND, at=OVER, channel="web")
    assert refusal(lambda: ask(call.draft, chair, SETTLED)) == "call_repeated"
    again = ask(call.draft, chair, SETTLED, because="The hours were counted since then.")
    assert (again.number, again.because) == (2, "The hours were counted since then.")


def test_call_repeated_although_the_text_was_changed_and_changed_back(
    call: Call, chair: Participant, editor: Participant
) -> None:
    designate(call, by=chair, found=FOUND, at=OVER, channel="web")
    revise_draft(call.draft, by=editor, text=DRAFT.replace("hour", "day"), at=OVER, channel="web")
    revise_draft(call.draft, by=editor, text=DRAFT, at=OVER, channel="web")
    assert refusal(lambda: ask(call.draft, chair, SETTLED)) == "call_repeated"


def test_a_call_keeps_the_version_of_the_rule_that_the_charter_named(call: Call) -> None:
    assert (call.rule, call.decision_rule.version) == ("gnso-levels/1", 1)


def test_an_estimate_is_published_round_by_round_and_finds_nothing(call: Call, chair: Participant) -> None:
    def estimate() -> Estimate:
        return publish_estimate(
            call,
            by=chair,
            levels={1: "divergence", 2: "consensus"},
            text="I see no agreement on the rate yet.",
            at=day(63),
            channel="web",
        )

    told = new_entries(estimate)
    assert (told[0]["round"], told[0]["levels"]) == (1, "1:divergence,2:consensus")
    assert estimate().round == 2
    assert not call.designations.exists()


def test_designation_level_unknown_is_no_estimate(call: Call, chair: Participant) -> None:
    def estimate(levels: dict[int, str]) -> Estimate:
        return publish_estimate(call, by=chair, levels=levels, text="So far.", at=day(63), channel="web")

    assert refusal(lambda: estimate({1: "rough_consensus"})) == "designation_level_unknown"
    assert refusal(lambda: estimate({9: "consensus"})) == "recommendation_unknown"


def test_the_database_keeps_the_text_and_the_end_of_a_call(call: Call) -> None:
    for change in ({"question": "Shall we?"}, {"closes_at": day(62)}):
        with pytest.raises(DatabaseError, match="deletion_forbidden"), transaction.atomic():
            Call.objects.filter(pk=call.pk).update(**change)
    with pytest.raises(DatabaseError, match="deletion_forbidden"), transaction.atomic():
        Call.objects.filter(pk=call.pk).delete()
