"""How letters are laid out, and that their reader can answer them as themselves."""

from hypothesis import given
from hypothesis import strategies as st

from conftest import day
from talanoa.lib.folding import COLUMNS
from talanoa.mail import tokens
from talanoa.mail.letters import wrapped, write_to
from talanoa.mail.models import OutgoingMessage, ReplyToken
from talanoa.mail.outbox import PROOF
from talanoa.people.actions import know_person
from talanoa.people.models import Person


def letter_to(person: Person) -> None:
    write_to(person, key="k", subject="S", lines=["One.", "Two."], at=day(1), process_key="nm", number=7)


def test_long_lines_are_wrapped_at_72_columns() -> None:
    lines = wrapped("word " * 40)
    assert max(map(len, lines)) <= COLUMNS
    assert " ".join(lines).split() == ["word"] * 40


def test_a_short_line_stays_as_it_was_written() -> None:
    assert wrapped("  replace    and your new text", "", "- a point") == [
        "  replace    and your new text",
        "",
        "- a point",
    ]


def test_an_address_longer_than_a_line_stays_whole() -> None:
    address = "https://talanoa.example/" + "x" * 90
    assert address in wrapped(f"It stands at {address} for everybody.")


@given(st.text(st.characters(exclude_categories=("C", "Zl", "Zp")), max_size=400))
def test_no_word_is_ever_lost(text: str) -> None:
    assert "".join("".join(wrapped(text)).split()) == "".join(text.split())


def test_a_letter_can_be_answered_as_its_reader(yusuf: Person) -> None:
    letter_to(yusuf)
    [letter] = OutgoingMessage.objects.all()
    row = tokens.find(letter.headers[PROOF], process_key="nm", at=day(2))
    assert row is not None
    assert (row.person, row.number, letter.to, letter.text) == (yusuf, 7, yusuf.address, "One.\nTwo.")


def test_nobody_without_an_address_gets_a_letter(yusuf: Person) -> None:
    letter_to(know_person(name="Tupou Fifita"))
    assert (OutgoingMessage.objects.count(), ReplyToken.objects.count()) == (0, 0)
