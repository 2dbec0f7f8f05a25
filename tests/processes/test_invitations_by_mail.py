"""The letter of invitation, and what is made of the answers to it."""

from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest

from conftest import day
from mail.example_mails import Postbox, answer, mail, words
from steps import new_entries
from talanoa.conf.clockwork import tick
from talanoa.inputs.models import Input
from talanoa.mail.models import OutgoingMessage, RawMessage, Subscription
from talanoa.people.actions import prefer_language
from talanoa.people.models import Group, Person
from talanoa.people.queries import person_at
from talanoa.processes.actions.chartering import publish_charter, write_charter
from talanoa.processes.actions.inviting import accept_invitation, invite
from talanoa.processes.letters.inviting import invitation_lines
from talanoa.processes.models import Invitation, Invitee, Participant, Process

SELAM = "Selam Haile <selam@addis.example>"
ADDRESS = "selam@addis.example"
LONG = "Pay the trainers in their own currency, and before the training begins. " * 3
Answered = Callable[..., str]


@pytest.fixture
def postbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Postbox:
    return Postbox(tmp_path, monkeypatch)


@pytest.fixture
def invitation(process: Process, dalia: Participant) -> Invitation:
    one = Invitee("Selam Haile", ADDRESS, "Cable Watch", Group.TECHNICAL_COMMUNITY, "ET")
    [made] = invite(process, [one], by=dalia, at=day(1), channel="web").invitations
    return made


@pytest.fixture
def letter(postbox: Postbox, invitation: Invitation) -> EmailMessage:
    tick(at=day(1))
    return postbox.last(ADDRESS)


@pytest.fixture
def reply(postbox: Postbox, letter: EmailMessage) -> Answered:
    """Answer the letter: reply("yes"); returns the code of the refusal, or ""."""

    def replying(text: str, *, at: float = 2, sender: str = SELAM, headers: str = "") -> str:
        return postbox.receive(answer(letter, text, sender=sender, headers=headers), at=day(at)).code

    return replying


def state() -> str:
    return str(Invitation.objects.get(address=ADDRESS).state)


def group() -> str:
    return str(Participant.objects.get(person__address=ADDRESS).group)


def test_the_letter_is_complete_in_itself(letter: EmailMessage, process: Process) -> None:
    said = " ".join(words(letter).split())
    facts = process.charters.get(version=1).facts
    for told in (
        "Dear Selam Haile,",
        "Dalia Mansour invites you to take part",
        process.question,
        "Technical community, Cable Watch, Ethiopia",
        facts["runs"],
        facts["time_cost"],
        "Saturday 11 April 2026, 09:00 UTC",
        "Answer this mail with the one word: yes",
        "Answer this mail with the one word: no",
        "Answer with the word input on the first line",
        "/p/nm/ ",
    ):
        assert " ".join(str(told).split()) in said, told
    assert max(len(line) for line in words(letter).splitlines() if "://" not in line) <= 72
    assert len(words(letter).encode()) < 20_000
    assert str(letter["Subject"]) == "Your view is asked: How should training be funded?"


def test_it_can_be_answered_and_ended_by_its_headers(letter: EmailMessage) -> None:
    assert str(letter["Reply-To"]).startswith("nm+")
    assert str(letter["List-Unsubscribe-Post"]) == "List-Unsubscribe=One-Click"
    assert str(letter["Auto-Submitted"]) == "auto-generated"
    token = str(letter["Reply-To"]).partition("+")[2].partition("@")[0]
    assert f"/p/nm/invitation/{token}/" in words(letter)
    assert not OutgoingMessage.objects.filter(text__contains=token).exists()


def test_it_is_written_once(postbox: Postbox, letter: EmailMessage) -> None:
    tick(at=day(1))
    assert len(postbox.letters(ADDRESS)) == 1


def test_the_longest_facts_in_the_widest_script_fit_into_a_letter(
    invitation: Invitation, convenor: Participant
) -> None:
    facts = convenor.process.charters.get(version=1).facts
    facts |= dict.fromkeys(("question", "runs", "decides", "time_cost"), "\U00010300 " * 5000)
    write_charter(convenor.process, by=convenor, facts=facts, at=day(1))
    publish_charter(convenor.process, by=convenor, at=day(1), channel="web")
    invitation.process.refresh_from_db()
    letter = "\n".join(invitation_lines(invitation, at=day(1)))
    assert len(letter.encode()) < 20_000
    assert "{reply-token}" in letter


def test_who_was_known_here_gets_it_in_their_language(
    postbox: Postbox, process: Process, dalia: Participant, yusuf: Person
) -> None:
    prefer_language(by=yusuf, language="fr")
    invite(process, [Invitee("Yusuf", yusuf.address)], by=dalia, at=day(1), channel="web")
    tick(at=day(1))
    assert "Répondez à ce courriel par ce seul mot : yes" in words(postbox.last(yusuf.address))


@pytest.mark.parametrize(
    "said", ["yes", "Yes.", "YES, thank you!", "join", "Join\n\nBest regards,\nSelam Haile", "oui", "confirm"]
)
def test_a_yes_joins_with_the_group_that_the_letter_told(
    reply: Answered, postbox: Postbox, said: str
) -> None:
    assert reply(said) == ""
    assert (state(), group()) == ("joined", "technical_community")
    assert not Input.objects.exists()
    assert "You take part in" in words(postbox.last(ADDRESS))
    assert Subscription.objects.get(person__address=ADDRESS).level == "digest"


def test_another_group_can_be_written_below_the_yes(reply: Answered) -> None:
    assert reply("yes\ngroup: Civil society") == ""
    assert group() == "civil_society"


def test_a_group_that_is_none_is_refused_and_nobody_joins(reply: Answered) -> None:
    assert reply("yes\ngroup: kings") == "group_unknown"
    assert state() == "waiting"


@pytest.mark.parametrize(
    "said", ["no", "No, thank you.", "decline", "NO\n\nI have no time this month.", "non"]
)
def test_a_no_declines_and_no_letter_comes_again(reply: Answered, postbox: Postbox, said: str) -> None:
    assert reply(said) == ""
    assert state() == "declined"
    assert not Participant.objects.filter(person__address=ADDRESS).exists()
    assert "We do not invite you" in words(postbox.last(ADDRESS))
    n_letters = len(postbox.letters(ADDRESS))
    tick(at=day(20))
    assert len(postbox.letters(ADDRESS)) == n_letters


def test_who_declined_can_join_by_answering_that_letter(reply: Answered, postbox: Postbox) -> None:
    reply("no")
    raw = answer(postbox.last(ADDRESS), "join", sender=SELAM)
    assert postbox.receive(raw, at=day(3)).code == ""
    assert state() == "joined"


def test_an_input_at_once_is_published_and_its_author_has_joined(reply: Answered) -> None:
    assert reply("input\nPay the trainers.") == ""
    made = Input.objects.get()
    assert (made.text, made.title) == ("Pay the trainers.", "Pay the trainers.")
    assert (made.contribution.state, made.contribution.authorship.group) == (
        "published",
        "technical_community",
    )
    assert state() == "joined"


def test_a_longer_answer_is_an_input_that_waits_for_its_authors_word(
    reply: Answered, postbox: Postbox
) -> None:
    assert reply(LONG) == ""
    assert (Input.objects.get().contribution.state, state()) == ("unconfirmed", "joined")
    postbox.receive(answer(postbox.last(ADDRESS), "confirm", sender=SELAM), at=day(3))
    assert Input.objects.get().contribution.state == "published"


def test_below_a_yes_a_signature_is_no_input_and_a_longer_text_is_one(
    reply: Answered, postbox: Postbox
) -> None:
    assert reply("Yes!\n\nSelam Haile\nHead of Cables\nAddis Ababa") == ""
    assert not Input.objects.exists()
    assert "more words than the yes" in words(postbox.last(ADDRESS))
    assert reply(f"Yes, gladly. {LONG}", at=3) == ""
    assert (Input.objects.get().contribution.state, state()) == ("unconfirmed", "joined")


@pytest.mark.parametrize("said", ["Maybe.", "Who are you?", "No country should pay.", f"No, sorry: {LONG}"])
def test_an_answer_that_is_unclear_changes_nothing_and_stays_for_a_person_to_read(
    reply: Answered, postbox: Postbox, said: str
) -> None:
    assert reply(said) == "answer_unclear"
    assert state() == "waiting"
    assert not Input.objects.exists()
    assert RawMessage.objects.for_hand("nm").count() == 1
    assert "answer_unclear" in words(postbox.last(ADDRESS))


def test_an_empty_answer_joins_nobody(reply: Answered) -> None:
    assert reply("") == "answer_unclear"
    assert state() == "waiting"


def test_what_a_program_answers_at_once_is_no_input(reply: Answered) -> None:
    assert reply(f"I am away. {LONG}", at=1) == "answer_unclear"
    assert (state(), Input.objects.exists()) == ("waiting", False)


def test_another_command_in_the_answer_is_done(reply: Answered, postbox: Postbox) -> None:
    assert reply("language fr") == ""
    known = person_at(ADDRESS)
    assert known is not None
    assert (known.language, state()) == ("fr", "waiting")


def test_who_ends_the_letters_declines(reply: Answered) -> None:
    assert reply("unsubscribe") == ""
    assert state() == "declined"


def test_nobody_joins_whose_address_is_another_than_the_one_invited(reply: Answered) -> None:
    assert reply("join", sender="Mallory <mallory@x.example>") == "not_allowed"
    assert (state(), Participant.objects.filter(person__address=ADDRESS).exists()) == ("waiting", False)


def test_a_name_in_a_mail_joins_nobody(invitation: Invitation, postbox: Postbox) -> None:
    raw = mail("join", sender=SELAM)
    assert postbox.receive(raw, at=day(2)).code == "not_allowed"
    assert state() == "waiting"


def test_somebody_whom_nobody_invited_is_told_so(
    letter: EmailMessage, postbox: Postbox, invitation: Invitation
) -> None:
    accept_invitation(invitation, by=invitation.person, group="other", at=day(1), channel="web")
    Invitation.objects.all().delete()
    assert postbox.receive(answer(letter, "yes", sender=SELAM), at=day(2)).code == "invitation_unknown"


def test_after_the_call_an_answer_is_told_that_it_is_late(reply: Answered) -> None:
    assert reply("yes", at=40) == "call_closed"
    assert reply("input\nPay them.", at=40.1) == "call_closed"


def test_to_join_by_mail_is_one_entry(reply: Answered) -> None:
    [entry] = new_entries(lambda: reply("yes"))
    assert (entry["k"], entry["ch"], entry["r"]) == ("invitation.accepted.1", "mail", "participant")


def test_one_reminder_comes_after_a_week_and_can_be_answered_as_well(
    letter: EmailMessage, postbox: Postbox
) -> None:
    for n in (7.5, 8, 8.5, 20, 39):
        tick(at=day(n))
    _first, second = postbox.letters(ADDRESS)
    assert str(second["Subject"]).startswith("A reminder: ")
    assert "This is the only reminder." in " ".join(words(second).split())
    assert "you get one reminder" not in words(second)
    assert postbox.receive(answer(second, "yes", sender=SELAM), at=day(39.5)).code == ""
    assert state() == "joined"
