"""What an author is written when an input arrives: complete in itself."""

from collections.abc import Callable

import pytest

from talanoa.contributions.actions.standing import author_of
from talanoa.contributions.models import Assurance
from talanoa.contributions.receipts import receipt_text
from talanoa.inputs.letters import SHOWN, received_lines, subject_received
from talanoa.inputs.models import Input
from talanoa.inputs.queries import first_said
from talanoa.people.models import Person
from talanoa.processes.models import Participant

Send = Callable[..., Input]
HELD = "answer this mail with the one word: confirm"


def letter(made: Input) -> str:
    is_first = made.contribution.pk in first_said([made.contribution])
    return "\n".join(received_lines(made.contribution, receipt_text(made.contribution), is_first=is_first))


def flat(text: str) -> str:
    return " ".join(text.split())


def test_it_names_the_number_the_process_and_every_word_one_can_answer_with(
    send: Send, yusuf: Person
) -> None:
    made = send(yusuf)
    text = letter(made)
    before = text.removesuffix(receipt_text(made.contribution))
    words = [row.split()[0] for row in before.splitlines() if row.startswith("  ") and "/learn/" not in row]
    assert subject_received(made.contribution) == "Received: nm-1"
    assert flat(text).startswith(
        "Thank you. Your input to “How should training be funded?” has the number nm-1."
    )
    assert words == ["replace", "withdraw", "dispute", "thanks"]


def test_the_receipt_stands_in_it_whole(send: Send, yusuf: Person) -> None:
    made = send(yusuf)
    assert letter(made).endswith(receipt_text(made.contribution))


def test_a_published_input_needs_no_confirmation(send: Send, yusuf: Person) -> None:
    assert HELD not in flat(letter(send(yusuf)))


def test_a_held_input_says_how_to_confirm_it(send: Send, yusuf: Person) -> None:
    assert HELD in flat(letter(send(yusuf, author=author_of(yusuf, assurance=Assurance.CLAIMED))))


@pytest.mark.parametrize(("length", "is_cut"), [(SHOWN, False), (SHOWN + 1, True)])
def test_words_written_down_by_somebody_else_are_shown_to_their_author(
    send: Send, yusuf: Person, dalia: Participant, length: int, *, is_cut: bool
) -> None:
    author = author_of(yusuf, assurance=Assurance.ENTERED)
    made = send(dalia.person, "x" * length, title="Interview", author=author, source="interview")
    after = letter(made).partition("These words were written down for you:\n")[2]
    assert after.startswith("| Interview\n|\n| x")
    assert (after.count("x"), after.endswith("(The rest stands on its page.)")) == (SHOWN, is_cut)
