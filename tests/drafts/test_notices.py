"""Who gets a letter about a draft, and what stands in it: complete in itself, at most 20 kB."""

from collections.abc import Callable

import pytest

from conftest import day
from drafts.conftest import WHEN, CommentOn, Suggest
from mail.example_mails import Postbox, words
from steps import DRAFT, begun
from talanoa.conf.clockwork import tick
from talanoa.contributions.models import Assurance
from talanoa.drafts.actions.disposing import Ruled, accept_suggestion, dispose_of, reject_suggestion
from talanoa.drafts.actions.needing import state_need
from talanoa.drafts.actions.writing import revise_draft
from talanoa.drafts.models import Draft
from talanoa.mail.actions import follow
from talanoa.mail.models import OutgoingMessage
from talanoa.people.models import Person
from talanoa.processes.actions.roles import enter
from talanoa.processes.models import Participant

Told = Callable[[], list[str]]


def letters(person: Person, kind: str = "draft") -> list[OutgoingMessage]:
    tick(at=WHEN)
    return list(OutgoingMessage.objects.filter(to=person.address, key__startswith=f"{kind}-").order_by("pk"))


@pytest.fixture(autouse=True)
def _people(postbox: Postbox, yusuf: Person, sione: Person, lucia: Person) -> None:
    """Yusuf gets a digest, Sione everything; Lucía, who edits, everything too."""
    follow(yusuf, process_key="wg", level="digest")
    for person in (sione, lucia):
        follow(person, process_key="wg", level="every")


def test_a_revision_goes_whole_and_numbered_to_those_who_follow_but_not_to_its_author(
    yusuf: Person, sione: Person, lucia: Person
) -> None:
    [letter] = letters(yusuf)
    assert letter.subject == "wg: revision 1 of “Training”"
    assert "¶ 1  # Training of trainers\n\n¶ 2  Money is what lacks.\n" in letter.text
    assert "  comment 3: " in letter.text
    assert "Comments are open until Saturday 2 May 2026, 09:00 UTC at least." in letter.text
    assert letter.headers["Message-ID"] == "<wg.d1.r1@talanoa.example>"
    assert (len(letters(sione)), letters(lucia)) == (1, [])


def test_nobody_gets_a_second_letter_about_the_same_revision(sione: Person) -> None:
    told = [one.subject for one in letters(sione) + letters(sione, "every")]
    assert [one for one in told if "evision 1" in one] == ["wg: revision 1 of “Training”"]


def test_who_wants_only_their_own_letters_or_a_pause_gets_none(
    yusuf: Person, sione: Person, draft: Draft
) -> None:
    follow(yusuf, process_key="wg", level="own")
    follow(sione, process_key="wg", level="every", paused_until=day(99))
    assert letters(yusuf) + letters(sione) == []


def test_with_several_drafts_the_letter_names_this_one(editor: Participant, yusuf: Person) -> None:
    begun(editor, "Another.")
    assert "  comment d2 3: " in letters(yusuf)[1].text


def test_of_a_long_text_only_what_changed_is_sent(draft: Draft, editor: Participant, yusuf: Person) -> None:
    long = "\n\n".join(f"Paragraph {n}. " + "Слово и дело. " * 20 for n in range(200))
    act = {"by": editor, "at": WHEN, "channel": "web"}
    revise_draft(draft, text=f"{DRAFT}\n\n{long}", **act)  # type: ignore[arg-type]
    changed = f"{DRAFT}\n\n{long}".replace("Paragraph 7. ", "A new paragraph 7. ")
    changed = changed.replace("Money is what lacks.\n\n", "")
    revise_draft(draft, text=changed, summary="Number 7", **act)  # type: ignore[arg-type]
    _first, second, third = letters(yusuf)
    assert "(The rest stands on its page.)" in second.text
    assert "Removed: Money is what lacks." in third.text
    assert "¶ 11 Now reads: A new paragraph 7." in " ".join(third.text.split())
    assert "Paragraph 8." not in third.text
    assert max(len(one.text.encode()) for one in (second, third)) <= 20_000


def test_the_author_of_a_comment_gets_the_receipt(comment: CommentOn, yusuf: Person) -> None:
    comment(yusuf)
    [letter] = letters(yusuf, "receipt")
    assert letter.subject == "Received: wg-1"
    assert "talanoa record verify" in letter.text


def test_a_held_comment_is_told_how_it_is_confirmed(comment: CommentOn, yusuf: Person) -> None:
    comment(yusuf, assurance=Assurance.CLAIMED)
    assert "with the one word: confirm" in " ".join(letters(yusuf, "receipt")[0].text.split())


def test_who_wants_everything_gets_each_comment_with_its_words_and_nothing_held(
    comment: CommentOn, yusuf: Person, sione: Person
) -> None:
    comment(yusuf, "Say who pays.")
    comment(yusuf, "A held one.", assurance=Assurance.CLAIMED)
    told = "".join(one.text for one in letters(sione, "every"))
    assert ("Say who pays." in told, "A held one." in told) == (True, False)


def test_each_author_gets_the_answer_with_its_reason_and_the_change(
    *, comment: CommentOn, draft: Draft, editor: Participant, yusuf: Person, sione: Person
) -> None:
    for person in (yusuf, sione):
        comment(person)
    act = {"by": editor, "at": WHEN, "channel": "web"}
    revise_draft(draft, text=DRAFT.replace("lacks", "fails"), **act)  # type: ignore[arg-type]
    dispose_of(draft, [1, 2], ruled=Ruled("accepted", "It is said now.", 2, "p2"), **act)  # type: ignore[arg-type]
    for person, number in ((yusuf, 1), (sione, 2)):
        [letter] = letters(person, "disposed")
        assert letter.subject == f"What became of wg-{number}: accepted"
        assert "It is said now." in letter.text
        assert "/p/wg/drafts/1/changes/1/2/#p2" in letter.text
        assert "By Lucía Pereira (Editor)." in letter.text


def test_the_author_of_a_suggestion_is_told_the_decision(
    suggestion: Suggest, editor: Participant, yusuf: Person
) -> None:
    act = {"by": editor, "at": WHEN, "channel": "web"}
    accept_suggestion(suggestion(yusuf), **act)  # type: ignore[arg-type]
    reject_suggestion(suggestion(yusuf, "Money lacks.", "p2"), reason="Too short.", **act)  # type: ignore[arg-type]
    told = [one.subject for one in letters(yusuf, "disposed")]
    assert told == ["What became of wg-1: accepted", "What became of wg-2: not accepted"]


def test_no_letter_tells_that_somebody_needs_something(
    suggestion: Suggest, yusuf: Person, sione: Person, draft: Draft
) -> None:
    made = suggestion(yusuf)
    before = len(letters(sione, "every"))
    by = enter(draft.process, yusuf, at=WHEN)
    state_need(made, by=by, degree="must", at=WHEN, channel="web")
    assert len(letters(sione, "every")) == before


def test_a_letter_can_be_read_by_a_mail_program(postbox: Postbox, yusuf: Person) -> None:
    tick(at=WHEN)
    assert words(postbox.last()).count("¶ ") >= 4
