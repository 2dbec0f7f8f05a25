"""Speaking about a draft by mail: which draft, revision and paragraph a mail is about; parity with web and commands."""

from email.message import EmailMessage
from pathlib import Path

import pytest

from command_line import told as commanded
from conftest import day
from drafts.conftest import OTHER, WHEN, CommentOn, Suggest, need_counts, newest
from mail.example_mails import LUCIA, Postbox, answer, mail, words
from steps import DRAFT, DRAFTED_ON, begun, new_entries
from talanoa.conf.clockwork import tick
from talanoa.contributions.models import Contribution
from talanoa.drafts.actions.writing import revise_draft
from talanoa.drafts.models import Comment, Draft, Suggestion
from talanoa.mail.actions import follow
from talanoa.people.models import Person
from talanoa.processes.models import Participant
from web import Hands, Reader

TO = "wg@talanoa.example"
LATER = day(DRAFTED_ON + 0.01)  # what answers at once may be a program


@pytest.fixture
def letter(postbox: Postbox, draft: Draft, yusuf: Person) -> EmailMessage:
    """The letter about the first revision, to Yusuf."""
    follow(yusuf, process_key="wg", level="digest")
    tick(at=WHEN)
    return postbox.last()


def revised(draft: Draft, editor: Participant, old: str, new: str) -> None:
    revise_draft(draft, by=editor, text=DRAFT.replace(old, new), at=WHEN, channel="web")


def said() -> tuple[str, str, int, str]:
    """The anchor, the words, the revision and the state of the newest comment."""
    made = Comment.objects.latest("pk")
    return made.anchor, made.text, made.revision.number, made.contribution.state


def test_a_comment_names_a_paragraph_by_its_number(postbox: Postbox) -> None:
    got = postbox.receive(mail("comment 2: Say who pays.", to=TO), at=WHEN)
    assert (got.number, said()) == (1, ("p2", "Say who pays.", 1, "unconfirmed"))
    assert "Thank you. Your comment on the draft “Training”, paragraph 2 of revision 1" in " ".join(
        words(postbox.last()).split()
    )


@pytest.mark.parametrize(
    ("text", "anchor", "comment"),
    [
        ("comment ¶ 2: Say who pays.", "p2", "Say who pays."),
        ("Comment d1 2: Say who pays!", "p2", "Say who pays!"),
        ("comment 2:\nSay who\npays.", "p2", "Say who\npays."),
        ("comment: Say who pays.", "", "Say who pays."),
        ("comment d1: Say who pays.", "", "Say who pays."),
    ],
)
def test_people_write_it_in_several_ways(postbox: Postbox, text: str, anchor: str, comment: str) -> None:
    postbox.receive(mail(text, to=TO), at=WHEN)
    assert said()[:2] == (anchor, comment)


def test_the_answer_with_one_word_confirms_a_comment(postbox: Postbox) -> None:
    postbox.receive(mail("comment 2: Say who pays.", to=TO), at=WHEN)
    postbox.receive(answer(postbox.last(), "confirm"), at=WHEN)
    assert said()[3] == "published"


def test_one_takes_a_comment_back_by_mail(postbox: Postbox) -> None:
    postbox.receive(mail("comment 2: Say who pays.", to=TO), at=WHEN)
    postbox.receive(answer(postbox.last(), "withdraw"), at=WHEN)
    assert said()[3] == "withdrawn"


@pytest.mark.parametrize(
    ("text", "anchor"),
    [
        ("I like it.", ""),
        ("comment 3: I like it.", "p3"),
        ("¶ 3: I like it.", "p3"),
        ("comment: I like it.", ""),
    ],
)
def test_the_answer_to_the_letter_of_a_revision_is_a_comment(
    postbox: Postbox, letter: EmailMessage, text: str, anchor: str
) -> None:
    postbox.receive(answer(letter, text), at=LATER)
    assert said() == (anchor, "I like it.", 1, "published")


def test_an_answer_is_about_the_revision_that_its_author_read(
    postbox: Postbox, letter: EmailMessage, draft: Draft, editor: Participant
) -> None:
    revised(draft, editor, "Money is what lacks.", "To begin with: this.\n\nMoney is what lacks.")
    postbox.receive(answer(letter, "comment 2: Say who pays."), at=WHEN)
    assert said()[:3] == ("p2", "Say who pays.", 1)


def test_an_answer_to_the_receipt_goes_on_with_the_same_paragraph(
    postbox: Postbox, letter: EmailMessage
) -> None:
    postbox.receive(answer(letter, "comment 2: Say who pays."), at=WHEN)
    postbox.receive(answer(postbox.last(), "And how much."), at=LATER)
    assert said() == ("p2", "And how much.", 1, "published")


def test_a_letter_of_another_place_tells_nothing(postbox: Postbox) -> None:
    refers = "In-Reply-To: <wg.d7.r9@elsewhere.example>\n"
    postbox.receive(mail("comment 2: Say who pays.", to=TO, headers=refers), at=WHEN)
    assert said()[0] == "p2"


@pytest.mark.parametrize("text", ["comment d7 2: No.", "comment d7: No."])
def test_draft_unknown(postbox: Postbox, text: str) -> None:
    assert postbox.receive(mail(text, to=TO), at=WHEN).code == "draft_unknown"


def test_draft_unnamed(postbox: Postbox, editor: Participant) -> None:
    begun(editor, "Another text.")
    assert postbox.receive(mail("comment 2: No.", to=TO), at=WHEN).code == "draft_unnamed"
    postbox.receive(mail("comment d2 1: Yes.", to=TO), at=WHEN)
    assert Comment.objects.get().draft.number == 2


def test_the_letter_tells_which_of_several_drafts_is_meant(
    postbox: Postbox, letter: EmailMessage, editor: Participant
) -> None:
    begun(editor, "Another text.")
    postbox.receive(answer(letter, "comment 2: Say who pays."), at=WHEN)
    assert (Comment.objects.get().draft.number, said()[0]) == (1, "p2")


@pytest.mark.parametrize("text", ["comment 99: No.", "suggest 99: No.", "suggest: No."])
def test_a_paragraph_that_is_not_there_is_refused(postbox: Postbox, text: str) -> None:
    got = postbox.receive(mail(text, to=TO), at=WHEN)
    assert (got.code, Contribution.objects.count()) == ("paragraph_unknown", 0)


def test_a_suggestion_has_its_reason_below_it_and_no_line_breaks_of_the_mail_program(
    postbox: Postbox, letter: EmailMessage
) -> None:
    text = "suggest 3: Recommendation 1. Pay the\ntrainers by the day.\nbecause: An hour\nis short."
    postbox.receive(answer(letter, text), at=WHEN)
    made = Suggestion.objects.get()
    assert (made.replacement, made.reason) == (OTHER, "An hour\nis short.")
    assert "Your suggestion for the draft “Training”" in " ".join(words(postbox.last()).split())


@pytest.mark.parametrize("text", ["Must I write?", "Should we pay? I think so.", "Comment on this: no"])
def test_words_like_any_other_stay_an_input_or_what_is_answered(postbox: Postbox, text: str) -> None:
    postbox.receive(mail(text, to=TO), at=WHEN)
    assert not Comment.objects.exists()


def test_must_should_and_neither_by_mail(
    postbox: Postbox, letter: EmailMessage, suggestion: Suggest, lucia: Person
) -> None:
    made = suggestion(lucia)
    counts = []
    for word in ("must", "should 1", "neither wg-1"):
        text = "must 1" if word == "must" else word
        postbox.receive(answer(letter, text), at=WHEN)
        counts.append(need_counts(made))
    assert counts == [(1, 0), (0, 1), (0, 0)]


def test_a_need_is_stated_by_whoever_proves_who_they_are_and_about_a_suggestion(
    postbox: Postbox, letter: EmailMessage, comment: CommentOn, lucia: Person
) -> None:
    comment(lucia)
    assert postbox.receive(answer(letter, "must 1"), at=WHEN).code == "number_unknown"
    assert postbox.receive(mail("must 1", to=TO), at=WHEN).code == "not_allowed"


def test_what_is_said_stands_on_the_record_alike_whatever_the_channel(
    postbox: Postbox, letter: EmailMessage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, yusuf: Person
) -> None:
    Hands(monkeypatch, WHEN)
    reader, file, by = Reader(yusuf), tmp_path / "words.txt", ("--as", yusuf.address)

    def by_web(what: str, button: str, **said: str) -> None:
        reader.open(f"/p/wg/drafts/1/at/p3/{what}/")
        reader.press(button, **said)

    def by_command(verb: str, text: str) -> None:
        file.write_text(text, encoding="utf-8")
        commanded("draft", verb, "wg", 1, file, "--paragraph", 3, *by)

    acts = {
        "comment": [
            lambda: by_web("comment", "Send my comment", text="By web."),
            lambda: postbox.receive(answer(letter, "comment 3: By mail."), at=WHEN),
            lambda: by_command("comment", "By command."),
        ],
        "suggestion": [
            lambda: by_web("suggest", "Send my suggestion", replacement="Recommendation 1. By web."),
            lambda: postbox.receive(answer(letter, "suggest 3: Recommendation 1. By mail."), at=WHEN),
            lambda: by_command("suggest", "Recommendation 1. By command."),
        ],
    }
    for kind, done in acts.items():
        entries = [entry for act in done for entry in new_entries(act)]
        assert [entry.pop("ch") for entry in entries] == ["web", "mail", "cli"]
        assert [entry.pop("k") for entry in entries] == [f"{kind}.received.1"] * 3
        assert len({entry.pop("n") for entry in entries}) == 3
        assert all(entry.pop("t") for entry in entries)
        assert entries[0] == entries[1] == entries[2]


def test_a_mail_after_the_drafting_is_told_so(postbox: Postbox, draft: Draft) -> None:
    draft.process.stages.filter(kind="drafting").update(closed_at=WHEN)
    got = postbox.receive(mail("comment 2: Too late?", to=TO, sender=LUCIA), at=day(62))
    assert (got.code, newest(draft).number) == ("drafting_closed", 1)
