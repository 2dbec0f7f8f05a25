"""A conversation from elsewhere becomes a round: whole, once, with its source, and people here vote on."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from command_line import refused, told
from conftest import day
from statements import elsewhere
from statements.conftest import ACT, LATE
from steps import new_entries
from talanoa.contributions.actions.moderating import release_contribution
from talanoa.kernel.errors import NotAllowed, RuleBroken
from talanoa.lib.imported_votes import ImportedConversation, ImportedStatement, ImportedVoter
from talanoa.lib.published_votes import from_json
from talanoa.people.models import Person
from talanoa.processes.actions.roles import enter
from talanoa.processes.models import Participant, Process
from talanoa.record.auditing import audit
from talanoa.record.models import Log
from talanoa.statements.actions.importing import import_conversation
from talanoa.statements.actions.proposing import erase_proposed
from talanoa.statements.actions.rounds import close_rounds, count_all_running
from talanoa.statements.actions.voting import cast_ballot
from talanoa.statements.models import Ballot, Result, Round, Statement, Voter
from web import Reader

FACTS: dict[str, Any] = {
    "question": elsewhere.ASKED,
    "source": elsewhere.SOURCE,
    "at": day(1),
    "channel": "cli",
}


@pytest.fixture
def brought(tmp_path: Path) -> ImportedConversation:
    return elsewhere.brought(elsewhere.written(tmp_path / "polis"))


@pytest.fixture
def imported(process: Process, convenor: Participant, brought: ImportedConversation) -> Round:
    return import_conversation(process, by=convenor, brought=brought, **FACTS)


def test_all_of_it_stands_in_one_round_with_its_source(
    imported: Round, brought: ImportedConversation
) -> None:
    assert (imported.source, imported.import_sha256) == (elsewhere.SOURCE, brought.sha256)
    assert [one.text for one in imported.statements.all()] == list(elsewhere.TEXTS)
    assert {row.pseudonym: row.votes for row in imported.voters.all()} == {
        one.number: one.votes for one in brought.voters
    }
    assert (Ballot.objects.count(), imported.process.participants.count()) == (0, 1)


def test_the_record_has_one_entry_for_the_votes_and_one_for_each_statement(
    process: Process, convenor: Participant, brought: ImportedConversation
) -> None:
    opened, whole, *statements = new_entries(
        lambda: import_conversation(process, by=convenor, brought=brought, **FACTS)
    )
    assert (opened["k"], whole["k"]) == ("round.opened.1", "round.imported.1")
    assert (whole["statements"], whole["voters"], whole["votes"]) == (9, 40, brought.n_votes)
    assert whole["sha256"] == brought.sha256
    assert {one["k"] for one in statements} == {"statement.received.1"}
    assert [one["n"] for one in statements] == list(range(1, 10))
    assert {one["origin"] for one in statements} == {"imported"}


def test_the_same_again_is_the_same_round_in_whatever_order_the_files_have_it(
    imported: Round, convenor: Participant, tmp_path: Path
) -> None:
    path = elsewhere.written(tmp_path / "again") / "participants-votes.csv"
    head, *rows = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([head, *reversed(rows)]), encoding="utf-8")
    again = elsewhere.brought(path.parent)
    made: list[Round] = []
    assert (
        new_entries(
            lambda: made.append(import_conversation(imported.process, by=convenor, brought=again, **FACTS))
        )
        == []
    )
    assert made == [imported]


def test_what_was_moderated_out_there_is_not_shown_here_and_the_desk_can_release_it(
    imported: Round, convenor: Participant, yusuf: Person
) -> None:
    out = imported.statements.get(place=elsewhere.OUT + 1)
    page = Reader().open("/p/nm/statements/1/")
    assert ("It was not shown where it was imported from" in page.text, out.text in page.text) == (
        True,
        False,
    )
    release_contribution(out.contribution, by=convenor, **ACT)
    assert out.text in Reader().open("/p/nm/statements/1/").text


def test_people_here_vote_on_and_all_of_it_counts(imported: Round, crowd: list[Person]) -> None:
    for person in crowd:
        by = enter(imported.process, person, at=day(2))
        said: dict[str, Any] = {"assurance": "proven", "dedup_key": str(person.pk), **ACT}
        cast_ballot(imported, by=by, voter=by, votes={1: "agree", 2: "disagree"}, **said)
    close_rounds(at=LATE)
    result = Result.objects.get()
    words = [one.check_word for one in from_json(result.table).voters]
    assert (result.n_voters, sum(word.startswith("imported-") for word in words)) == (52, 40)
    assert len(set(words)) == 52
    assert not any(one.in_burst for one in from_json(result.table).voters)
    page = Reader().open("/p/nm/statements/1/results/").text
    assert "where 40 people voted, known here by numbers only." in page
    assert elsewhere.SOURCE in page


def test_it_is_counted_at_once_and_shown_to_who_has_voted(imported: Round) -> None:
    assert count_all_running(at=day(1.1)) == 1
    assert count_all_running(at=day(1.2)) == 0
    assert Result.objects.get().n_voters == 40
    assert "You see it once you have voted" in Reader().open("/p/nm/statements/1/results/").text


def test_votes_from_elsewhere_stay_as_they_came(imported: Round) -> None:
    voter = Voter.objects.imported().first()
    assert voter is not None
    voter.votes = "aaaaaaaaa"
    with pytest.raises(IntegrityError, match="stays as it was cast"), transaction.atomic():
        voter.save()


def test_the_words_of_an_imported_statement_can_be_erased_and_the_record_holds(
    imported: Round, convenor: Participant
) -> None:
    erase_proposed(imported.statements.get(place=1), by=convenor, ground="court_order", **ACT)
    assert Statement.objects.get(place=1).text == ""
    assert audit(Log.objects.get(name="real")).wrong == []


ONE = ImportedConversation((ImportedStatement(1, 1, "Trees are good."),), (ImportedVoter(1, "a"),))
LONG = "Trees are good. " * 30


@pytest.mark.parametrize(
    ("brought", "facts", "code"),
    [
        (ONE, {"source": " "}, "source_missing"),
        (ONE, {"source": "x" * 301}, "text_too_long"),
        (ONE, {"question": ""}, "reason_missing"),
        (ONE, {"days": 1}, "round_length"),
        (replace(ONE, voters=()), {}, "conversation_empty"),
        (replace(ONE, statements=()), {}, "conversation_empty"),
        (replace(ONE, voters=(ImportedVoter(-1, "a"),)), {}, "conversation_too_large"),
        (replace(ONE, statements=(ImportedStatement(1, 1, LONG),)), {}, "text_too_long"),
        (replace(ONE, statements=(ImportedStatement(1, 1, " "),)), {}, "text_empty"),
        (replace(ONE, statements=(ImportedStatement(1, 1, "Say 1 agree."),)), {}, "reads_as_vote"),
        (replace(ONE, statements=ONE.statements * 1001), {}, "statement_limit"),
    ],
)
def test_what_cannot_become_a_round_is_refused_and_leaves_nothing(
    process: Process, convenor: Participant, brought: ImportedConversation, facts: dict[str, Any], code: str
) -> None:
    with pytest.raises(RuleBroken) as broken:
        import_conversation(process, by=convenor, brought=brought, **FACTS | facts)
    assert broken.value.rule == code
    assert not Round.objects.exists()


def test_only_convenor_and_secretariat_import(process: Process, yusuf: Person) -> None:
    by = enter(process, yusuf, at=day(1))
    with pytest.raises(NotAllowed):
        import_conversation(process, by=by, brought=ONE, **FACTS)


def test_on_the_command_line(process: Process, convenor: Participant, tmp_path: Path) -> None:
    folder = elsewhere.written(tmp_path / "polis")
    words = ("opinion", "import", "nm", folder, "--source", elsewhere.SOURCE, "--question", elsewhere.ASKED)
    amina = ("--as", "amina@talanoa.example")
    made = told(*words, *amina)
    assert (made["round"], made["statements"], made["voters"]) == (1, 9, 40)
    assert told(*words, *amina) == made
    comments = folder / "comments.csv"
    lines = comments.read_text(encoding="utf-8").splitlines()
    comments.write_text("\n".join(lines[:-1]), encoding="utf-8")
    assert refused(*words, *amina) == (3, "conversation_unreadable")
