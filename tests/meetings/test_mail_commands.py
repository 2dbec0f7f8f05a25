"""A speaker answers the letter with their lines."""

from email.message import EmailMessage

import pytest

from conftest import day
from mail.example_mails import LUCIA, YUSUF, Postbox, answer, mail, words
from meetings.conftest import MINUTED, REPLY_OVER, Publish
from talanoa.conf.clockwork import tick
from talanoa.lib.minutes_text import Spoken
from talanoa.mail.letters import write_to
from talanoa.meetings.models import Correction, Meeting, Minutes, SpokenLine
from talanoa.people.models import Person


def states() -> list[str]:
    return list(SpokenLine.objects.order_by("number").values_list("state", flat=True))


def flat(letter: EmailMessage) -> str:
    return " ".join(words(letter).split())


@pytest.fixture
def letter(postbox: Postbox, minutes: Minutes) -> EmailMessage:
    """What Yusuf is asked on day 6: lines 1 and 4 are his."""
    tick(at=day(MINUTED))
    [asked] = [
        one for one in postbox.letters("yusuf@garissa.example") if "Did you say" in str(one["Subject"])
    ]
    return asked


def reply(postbox: Postbox, letter: EmailMessage, text: str, *, at: float = 7, sender: str = YUSUF) -> str:
    return postbox.receive(answer(letter, text, sender=sender), at=day(at)).code


@pytest.mark.parametrize("text", ["confirm", "Yes, I confirm.\n\nYusuf Abdi", "Confirm, thank you.\nYusuf"])
def test_one_word_confirms_all_lines(postbox: Postbox, letter: EmailMessage, text: str) -> None:
    assert reply(postbox, letter, text) == ""
    assert states() == ["confirmed", "unasked", "asked", "confirmed"]
    assert "You confirmed these lines of the minutes: 1, 4." in flat(postbox.last())


@pytest.mark.parametrize("text", ["confirm 4", "Confirm line 4.", "confirm lines 4 and 4"])
def test_one_line_is_confirmed_by_its_number(postbox: Postbox, letter: EmailMessage, text: str) -> None:
    assert reply(postbox, letter, text) == ""
    assert states() == ["asked", "unasked", "asked", "confirmed"]


def test_a_correction_is_published_without_the_name_below_it(postbox: Postbox, letter: EmailMessage) -> None:
    text = "Correct 1: Teach by radio\nand by post.\n\nYusuf Abdi\n+254 700 000 000"
    assert reply(postbox, letter, text) == ""
    assert [row.text for row in Correction.objects.all()] == ["Teach by radio\nand by post."]
    assert states()[0] == "corrected"
    assert "beside these lines of the minutes: 1." in flat(postbox.last())


def test_several_corrections_in_one_mail_are_all_published(postbox: Postbox, letter: EmailMessage) -> None:
    assert reply(postbox, letter, "correct 1: By post.\n\ncorrect 4: In June.\n\nYusuf") == ""
    rows = Correction.objects.order_by("line__number")
    assert [(row.line.number, row.text) for row in rows] == [(1, "By post."), (4, "In June.")]
    assert "beside these lines of the minutes: 1, 4." in flat(postbox.last())
    assert reply(postbox, letter, "correct 1: By ship.\n\ncorrect 3: Not mine.") == "line_unknown"
    assert Correction.objects.count() == 2


def test_an_answer_to_the_answer_goes_on(postbox: Postbox, letter: EmailMessage) -> None:
    reply(postbox, letter, "correct 1: By post.")
    assert reply(postbox, postbox.last(), "confirm") == ""
    assert states() == ["corrected", "unasked", "asked", "confirmed"]


@pytest.mark.parametrize(
    "text", ["I am away until Monday.", "no", "confirm if line 4 goes", "correct: By post."]
)
def test_what_says_neither_plainly_changes_nothing(postbox: Postbox, letter: EmailMessage, text: str) -> None:
    code = reply(postbox, letter, text)
    assert code == ("line_unknown" if text.startswith("correct") else "")
    assert states() == ["asked", "unasked", "asked", "asked"]
    if not code:
        assert "says neither plainly" in flat(postbox.last())
        assert reply(postbox, postbox.last(), "confirm") == ""
        assert states()[0] == "confirmed"


def test_who_said_one_thing_need_not_give_its_number(
    postbox: Postbox, meeting: Meeting, publish: Publish, lucia: Person
) -> None:
    publish(meeting, Spoken("Lucía", lucia.address, "We do."))
    tick(at=day(MINUTED))
    assert reply(postbox, postbox.last(lucia.address), "correct: We do not.", sender=LUCIA) == ""
    assert Correction.objects.get().text == "We do not."


def test_nobody_answers_for_another_one(postbox: Postbox, letter: EmailMessage) -> None:
    assert reply(postbox, letter, "confirm", sender=LUCIA) == "not_allowed"
    assert postbox.receive(mail("minuted 1"), at=day(7)).code == "not_allowed"
    assert reply(postbox, letter, "correct 3: I never said so.") == "line_unknown"
    assert states() == ["asked", "unasked", "asked", "asked"]


def test_after_seven_days_it_is_too_late(postbox: Postbox, letter: EmailMessage) -> None:
    assert reply(postbox, letter, "confirm", at=REPLY_OVER) == "reply_over"
    assert states()[0] == "asked"


def test_the_word_alone_brings_the_letter_again(
    postbox: Postbox, letter: EmailMessage, yusuf: Person, lucia: Person, sione: Person
) -> None:
    for number, word in enumerate(("minuted", "minuted 1")):
        write_to(
            yusuf, key=f"x{number}", subject="News", lines=["News."], at=day(7), process_key="nm", alone=True
        )
        tick(at=day(7))
        assert reply(postbox, postbox.last(), word) == ""
        assert "Teach by radio." in flat(postbox.last())
        assert "says neither" not in flat(postbox.last())
    assert reply(postbox, postbox.last(), "confirm") == ""
    assert states()[0] == "confirmed"


def test_who_said_nothing_has_no_line(postbox: Postbox, minutes: Minutes, sione: Person) -> None:
    write_to(sione, key="x", subject="News", lines=["News."], at=day(7), process_key="nm", alone=True)
    tick(at=day(7))
    code = reply(postbox, postbox.last(sione.address), "minuted", sender="Sione Vea <sione@gov.example>")
    assert code == "line_unknown"
