"""Receiving an input: in which role somebody acts, titles, files; part of inputs/actions."""

import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from conftest import START, day
from steps import line, new_entries
from talanoa.contributions.actions.standing import author_of
from talanoa.contributions.models import Assurance, Contribution
from talanoa.inputs.actions.receiving import Words, receive_input
from talanoa.inputs.models import Input, Original
from talanoa.kernel.errors import NotAllowed
from talanoa.people.models import Person
from talanoa.processes.actions.chartering import publish_charter
from talanoa.processes.actions.roles import enter
from talanoa.processes.actions.stages import open_process
from talanoa.processes.models import Participant, Process, Stage
from talanoa.record.queries import opened

Send = Callable[..., Input]
RECEIVED = {
    "n": 1,
    "stage": "input",
    "state": "published",
    "assurance": "proven",
    "entered": 0,
    "replaces": 0,
    "file_sha256": "-",
}


def received(**other: object) -> dict[str, Any]:
    return line("input.received.1", r="participant", at=day(1)) | RECEIVED | other


def values(made: Input) -> dict[str, str | None]:
    """What the author's own receipt opens."""
    assert made.contribution.entry
    return {value.field: value.value for value in opened(made.contribution.entry)}


def test_an_input_is_one_entry_and_its_words_are_committed_to(send: Send, lucia: Person) -> None:
    told = new_entries(lambda: send(lucia, "Pay them."))
    assert told == [received()]
    text = hashlib.sha256(b"Pay them.").hexdigest()
    assert values(Input.objects.get()) == {
        "author": "Lucía Pereira",
        "country": "UY",
        "organization": "Red del Sur",
        "title": "Pay them.",
        "text_sha256": text,
    }


def test_an_unconfirmed_sender_is_told_on_the_record(send: Send, yusuf: Person) -> None:
    author = author_of(yusuf, assurance=Assurance.CLAIMED)
    told = new_entries(lambda: send(yusuf, author=author))
    assert told == [received(assurance="claimed", state="unconfirmed")]


def test_the_entry_says_that_the_secretariat_entered_it(
    send: Send, dalia: Participant, yusuf: Person
) -> None:
    author = author_of(yusuf, assurance=Assurance.ENTERED)
    [told] = new_entries(lambda: send(dalia.person, author=author, source="paper"))
    assert told == received(r="secretariat", assurance="entered", entered=1)


@pytest.mark.parametrize("who", ["convenor", "secretariat", "chair", "sponsor", "observer", "participant"])
def test_each_speaks_in_their_own_role(send: Send, readers: dict[str, Person | None], who: str) -> None:
    [told] = new_entries(lambda: send(readers[who]))
    assert told["r"] == who


def test_who_only_claims_to_be_the_convenor_acts_as_nobody_s_convenor(
    send: Send, convenor: Participant
) -> None:
    author = author_of(convenor.person, assurance=Assurance.CLAIMED)
    [told] = new_entries(lambda: send(convenor.person, author=author))
    assert told == received(assurance="claimed", state="unconfirmed")


def test_who_only_claims_to_be_somebody_speaks_for_no_group(
    process: Process, send: Send, yusuf: Person
) -> None:
    for name in ("Halima", "Abdi", "Fatuma", "Ali"):
        enter(process, Person.objects.create(name=name, group="civil_society"), at=START)
    claims = author_of(yusuf, assurance=Assurance.CLAIMED)
    told = new_entries(lambda: (send(yusuf, "I claim.", author=claims), send(yusuf, "I prove.")))
    assert [entry.get("g") for entry in told] == [None, "civil_society"]


def say(stage: Stage, by: Participant) -> Input:
    return receive_input(
        stage,
        by=by,
        author=author_of(by.person, assurance=Assurance.PROVEN),
        words=Words(title="", text="The same mail, sent to two processes."),
        publication="named",
        dedup_key="one mail",
        channel="web",
        at=day(1),
    )


def test_one_takes_part_in_the_process_one_speaks_in(call: Stage, nino: Participant, yusuf: Person) -> None:
    for elsewhere in (nino, enter(nino.process, yusuf, at=START)):
        with pytest.raises(NotAllowed):
            say(call, elsewhere)
    assert Contribution.objects.count() == 0


def test_one_mail_to_two_processes_is_an_input_in_each(call: Stage, nino: Participant, yusuf: Person) -> None:
    publish_charter(nino.process, by=nino, at=START, channel="web")
    open_process(nino.process, by=nino, at=START, channel="web")
    stages = (call, nino.process.stages.get(kind="input"))
    made = [say(stage, enter(stage.process, yusuf, at=START)) for stage in stages]
    assert [(each.stage.process.key, each.contribution.number) for each in made] == [("nm", 1), ("geo", 1)]


def test_an_input_keeps_its_file_as_it_came(filed: Input) -> None:
    kept = Original.objects.get()
    assert (kept.filename, kept.media_type, bytes(kept.data), kept.notes) == (
        "training.md",
        "text/markdown",
        b"# Training\n\nPay the trainers, says the file.\n",
        ["decoded_as_cp1252"],
    )
    assert values(filed)["file_sha256"] == kept.sha256 == hashlib.sha256(bytes(kept.data)).hexdigest()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("", "file"),
        ("../../etc/passwd\n", "../../etc/passwd"),
        ("a\u202e.txt", "a.txt"),
        ("x" * 300 + ".txt", "x" * 146 + ".txt"),
    ],
)
def test_a_file_name_is_one_visible_line(send: Send, yusuf: Person, given: str, kept: str) -> None:
    send(yusuf, words=Words(title="", text="In the file.", filename=given, data=b"In the file."))
    assert Original.objects.get().filename == kept


@pytest.mark.parametrize(
    ("title", "text", "shown"),
    [
        ("  Two\n  lines ", "Words.", "Two lines"),
        ("\x00\u202e", "The words.\nMore.", "The words."),
        ("", "\n\n  Indented.  \nMore.", "Indented."),
        ("x" * 250, "Words.", "x" * 199 + "…"),
        ("\ufb2c" * 1000, "Words.", "\u05e9\u05bc\u05c1" * 66 + "\u05e9…"),
    ],
)
def test_a_title_is_one_line_of_at_most_200_characters(
    send: Send, yusuf: Person, title: str, text: str, shown: str
) -> None:
    assert send(yusuf, text, title=title).title == shown


def test_the_text_keeps_its_lines_and_loses_what_nobody_sees(send: Send, yusuf: Person) -> None:
    made = send(yusuf, "One.\r\n\r\n\r\n\r\n\r\nTwo.\x07  \n")
    assert made.text == "One.\n\n\nTwo."


def test_language_and_keywords_are_kept(send: Send, yusuf: Person) -> None:
    words = Words(title="Mafunzo", text="Walipe.", language="sw", keywords=("mafunzo",), as_given={"k": "v"})
    made = send(yusuf, words=words)
    assert (made.language, made.keywords, made.as_given) == ("sw", ["mafunzo"], {"k": "v"})


def test_the_same_thing_again_is_known_even_when_the_call_is_over(send: Send, yusuf: Person) -> None:
    first = send(yusuf)
    assert new_entries(lambda: send(yusuf, at=day(60))) == []
    assert send(yusuf, at=day(60)) == first


@pytest.mark.parametrize("table", ["inputs_input", "inputs_original"])
def test_the_database_refuses_to_delete_words_and_files(filed: Input, table: str) -> None:
    with (
        pytest.raises(DatabaseError, match="deletion_forbidden"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"DELETE FROM {table}")
