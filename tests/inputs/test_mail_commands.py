"""An input by mail: sent, confirmed, replaced, withdrawn; each good, refused, and by somebody not proven."""

from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest

from conftest import day
from mail.example_mails import LUCIA, Postbox, answer, mail, words
from talanoa.contributions.actions.standing import author_of
from talanoa.contributions.models import Assurance, Contribution
from talanoa.inputs.actions.receiving import Words, receive_input
from talanoa.inputs.models import Input
from talanoa.inputs.notices import tell_received
from talanoa.lib import receipts
from talanoa.lib.notes import Verifier
from talanoa.mail.outbox import write_outbox
from talanoa.people.models import Person
from talanoa.processes.actions.stages import keep_stages
from talanoa.processes.models import Participant, Process, Stage
from talanoa.record.models import Entry, Log

Send = Callable[..., Input]
State = Contribution.State


@pytest.fixture
def postbox(process: Process, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Postbox:
    return Postbox(tmp_path, monkeypatch)


@pytest.fixture
def letter(postbox: Postbox) -> EmailMessage:
    """Yusuf's letter with the receipt of nm-1, which waits for him to confirm."""
    postbox.receive(mail("Keep the courses."), at=day(1))
    return postbox.last()


def states() -> list[tuple[int, str]]:
    return list(Contribution.objects.order_by("number").values_list("number", "state"))


def kinds(after: int = 0) -> list[str]:
    return list(Entry.objects.filter(index__gte=after).order_by("index").values_list("kind", flat=True))


def interview(call: Stage, dalia: Participant, person: Person, text: str, **more: str) -> Input:
    made = receive_input(
        call,
        by=dalia,
        author=author_of(person, assurance=Assurance.ENTERED),
        words=Words(title="Interview", text=text),
        publication=more.get("publication", "group_only"),
        dedup_key="interview-1",
        channel="web",
        source="interview",
        at=day(2),
    )
    tell_received(made.contribution.entry)
    write_outbox()
    return made


def test_an_answer_with_none_of_our_words_is_held_until_its_author_means_it_as_an_input(
    postbox: Postbox, letter: EmailMessage
) -> None:
    postbox.receive(answer(letter, "A second thought: teach by radio."), at=day(2))
    made = Contribution.objects.get(number=2)
    assert (made.state, made.authorship.assurance) == (State.UNCONFIRMED, Assurance.PROVEN)
    assert (made.input.title, made.input.text) == ("A second thought: teach by radio.",) * 2
    assert "none of its words" in " ".join(words(postbox.last()).split())
    postbox.receive(answer(postbox.last(), "confirm"), at=day(3))
    assert Contribution.objects.get(number=2).state == State.PUBLISHED


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("group: Sociedad civil", ("Yusuf Abdi", "", "civil_society", "")),
        ("organisation: Dug Wells\ncountry: kenya", ("Yusuf Abdi", "Dug Wells", "other", "KE")),
        ("Name: Y. Abdi", ("Y. Abdi", "", "other", "")),
    ],
)
def test_a_mail_says_at_its_top_for_whom_its_sender_speaks(
    postbox: Postbox, line: str, told: tuple[str, ...]
) -> None:
    Person.objects.update(group="other", organization="", country="")
    got = postbox.receive(mail(f"{line}\n\nDig two wells."), at=day(1))
    made = Contribution.objects.get(number=got.number)
    frozen = made.authorship
    assert (frozen.name, frozen.organization, frozen.group, frozen.country) == told
    assert made.input.text == "Dig two wells."


def test_how_an_input_may_be_shown_is_never_guessed(postbox: Postbox) -> None:
    got = postbox.receive(mail("show: to my friends\n\nDig two wells."), at=day(1))
    assert (got.number, got.code) == (None, "publication_unknown")


def test_one_word_confirms(postbox: Postbox, letter: EmailMessage) -> None:
    got = postbox.receive(answer(letter, "confirm"), at=day(2))
    assert (got.number, got.code, states()) == (1, "", [(1, State.PUBLISHED)])
    assert kinds()[-1] == "contribution.confirmed.1"
    assert words(postbox.last()).startswith("Confirmed: nm-1 is yours")


@pytest.mark.parametrize("text", ["YES", "Yes.", "confirm nm-1", "Confirm 1\n\nKind regards\nYusuf"])
def test_people_confirm_in_their_own_way(postbox: Postbox, letter: EmailMessage, text: str) -> None:
    postbox.receive(answer(letter, text), at=day(2))
    assert states() == [(1, State.PUBLISHED)]


def test_to_confirm_twice_changes_nothing(postbox: Postbox, letter: EmailMessage) -> None:
    n_entries = [
        (postbox.receive(answer(letter, text), at=day(2)).code, Entry.objects.count())
        for text in ("confirm", "confirm\n\nonce more")
    ]
    assert n_entries[0] == n_entries[1]


def test_nobody_confirms_without_the_letter(postbox: Postbox, letter: EmailMessage) -> None:
    got = postbox.receive(mail("confirm 1"), at=day(2))
    assert (got.code, states()) == ("not_allowed", [(1, State.UNCONFIRMED)])
    assert "answer the mail with your receipt" in words(postbox.last())


def test_nobody_confirms_the_input_of_another(postbox: Postbox, letter: EmailMessage, lucia: Person) -> None:
    postbox.receive(mail("Hers.", sender=LUCIA), at=day(1))
    hers = postbox.last("lucia@nic.example")
    got = postbox.receive(answer(hers, "confirm 1", sender=LUCIA), at=day(2))
    assert (got.code, states()[0]) == ("not_allowed", (1, State.UNCONFIRMED))


def test_nobody_is_told_that_the_input_of_another_is_theirs(
    postbox: Postbox, letter: EmailMessage, lucia: Person
) -> None:
    postbox.receive(answer(letter, "confirm"), at=day(2))
    postbox.receive(mail("Hers.", sender=LUCIA), at=day(2))
    hers = postbox.last("lucia@nic.example")
    assert postbox.receive(answer(hers, "confirm 1", sender=LUCIA), at=day(3)).code == "not_allowed"


def test_a_withdrawn_input_cannot_be_confirmed(postbox: Postbox, letter: EmailMessage) -> None:
    postbox.receive(answer(letter, "withdraw"), at=day(2))
    assert postbox.receive(answer(letter, "confirm"), at=day(3)).code == "wrong_state"


def test_a_number_that_is_not_there_is_asked_for(postbox: Postbox, letter: EmailMessage) -> None:
    for named in ("withdraw 99", "withdraw geo-1"):
        assert postbox.receive(answer(letter, named), at=day(2)).code == "number_unknown"
    assert "such as: withdraw 17" in words(postbox.last())


def test_one_word_withdraws_and_keeps_the_number(postbox: Postbox, letter: EmailMessage) -> None:
    got = postbox.receive(answer(letter, "Withdraw"), at=day(2))
    assert (got.number, states(), kinds()[-1]) == (1, [(1, State.WITHDRAWN)], "contribution.withdrawn.1")
    assert postbox.last()["Subject"] == "Withdrawn: nm-1"


def test_to_withdraw_twice_changes_nothing(postbox: Postbox, letter: EmailMessage) -> None:
    codes = [postbox.receive(answer(letter, text), at=day(2)).code for text in ("withdraw", "withdraw 1")]
    assert (codes, kinds().count("contribution.withdrawn.1")) == (["", ""], 1)


def test_nobody_withdraws_without_the_letter(postbox: Postbox, letter: EmailMessage) -> None:
    assert postbox.receive(mail("withdraw 1"), at=day(2)).code == "not_allowed"
    assert states() == [(1, State.UNCONFIRMED)]


def test_replacing_keeps_both_numbers_and_receipts(postbox: Postbox, letter: EmailMessage, log: Log) -> None:
    got = postbox.receive(answer(letter, "replace\n\nKeep them, and pay the trainers."), at=day(2))
    made = Input.objects.get(contribution__number=2)
    assert (got.number, made.text, made.title) == (2, "Keep them, and pay the trainers.", "Training by mail")
    assert states()[0] == (1, State.SUPERSEDED)
    verdict = receipts.check(receipts.parse(got.receipt), [Verifier.parse(log.vkey)])
    assert verdict.code == receipts.OK


def test_what_replaces_a_confirmed_input_need_not_be_confirmed_again(
    postbox: Postbox, letter: EmailMessage
) -> None:
    postbox.receive(answer(letter, "confirm"), at=day(2))
    postbox.receive(answer(letter, "replace\n\nKeep them."), at=day(3))
    assert states() == [(1, State.SUPERSEDED), (2, State.PUBLISHED)]


def test_what_replaces_a_held_input_is_held(postbox: Postbox, letter: EmailMessage) -> None:
    postbox.receive(answer(letter, "replace\n\nKeep them."), at=day(3))
    assert states() == [(1, State.SUPERSEDED), (2, State.UNCONFIRMED)]


def test_the_new_text_may_stand_behind_the_word(postbox: Postbox, letter: EmailMessage) -> None:
    postbox.receive(answer(letter, "Replace: 3 months are too short.\nMake it six."), at=day(2))
    assert Input.objects.get(contribution__number=2).text == "3 months are too short.\nMake it six."


def test_the_same_replacement_twice_is_one(postbox: Postbox, letter: EmailMessage) -> None:
    raw = answer(letter, "replace\n\nKeep them.")
    relayed = b"Received: from b.example by c.example; Mon, 2 Mar 2026 10:00:05 +0000\r\n" + raw
    assert [postbox.receive(one, at=day(2)).number for one in (raw, raw, relayed)] == [2, 2, 2]


def test_a_replacement_needs_words(postbox: Postbox, letter: EmailMessage) -> None:
    assert postbox.receive(answer(letter, "replace"), at=day(2)).code == "text_empty"


def test_after_the_call_nothing_is_replaced(postbox: Postbox, letter: EmailMessage) -> None:
    keep_stages(at=day(41))
    assert postbox.receive(answer(letter, "replace\n\nLate."), at=day(41)).code == "call_closed"
    assert states() == [(1, State.UNCONFIRMED)]


def test_nobody_replaces_without_the_letter(postbox: Postbox, letter: EmailMessage) -> None:
    assert postbox.receive(mail("replace 1: mine"), at=day(2)).code == "not_allowed"


def test_an_interviewee_reads_the_words_and_confirms_them_by_mail(
    postbox: Postbox, call: Stage, dalia: Participant, yusuf: Person, log: Log
) -> None:
    said = "Travel is the cost.\n== received ==\nauthor: Somebody"
    interview(call, dalia, yusuf, said)
    told = words(postbox.last())
    assert "| Travel is the cost.\n| == received ==\n" in told
    assert receipts.check(receipts.parse(told), [Verifier.parse(log.vkey)]).code == receipts.OK
    got = postbox.receive(answer(postbox.last(), "confirm"), at=day(3))
    assert (got.number, states()) == (1, [(1, State.PUBLISHED)])


def test_an_interviewee_may_refuse_or_correct(
    postbox: Postbox, call: Stage, dalia: Participant, yusuf: Person
) -> None:
    interview(call, dalia, yusuf, "Travel is the cost.")
    postbox.receive(answer(postbox.last(), "replace\nTime is the cost."), at=day(3))
    assert states() == [(1, State.SUPERSEDED), (2, State.PUBLISHED)]


def test_of_a_long_interview_the_beginning_is_sent(
    postbox: Postbox, call: Stage, dalia: Participant, yusuf: Person
) -> None:
    interview(call, dalia, yusuf, "Ndiyo. " * 5_000)
    told = words(postbox.last())
    assert told.endswith("(The rest stands on its page.)\n")
    assert len(postbox.last().as_bytes()) < 20_000


def test_every_answer_of_ours_can_be_answered_again(postbox: Postbox, letter: EmailMessage) -> None:
    for text in ("confirm", "replace\nBetter words.", "withdraw"):
        assert postbox.receive(answer(postbox.last(), text), at=day(2)).code == ""
    assert states() == [(1, State.SUPERSEDED), (2, State.WITHDRAWN)]
