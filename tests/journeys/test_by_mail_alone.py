"""Somebody with a mail program and nothing else does every act of a participant: SMTP out, IMAP in, real servers."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import pytest

from command_line import told
from conftest import day
from journeys.agreeing import AGREEING, CONTESTING
from journeys.mail_servers import needs_dovecot
from journeys.post_office import Post, Writer
from mail.example_mails import words
from steps import theme_with
from talanoa.contributions.actions.answering import approve_response, draft_response
from talanoa.contributions.actions.moderating import hold_contribution
from talanoa.contributions.actions.piling import fold_copies
from talanoa.contributions.actions.standing import author_of
from talanoa.contributions.models import Answer, Appeal, Assurance, Contribution, Flag, Signatory
from talanoa.discussions.models import Message
from talanoa.inputs.actions.receiving import Words, receive_input
from talanoa.mail.models import OutgoingMessage, RawMessage
from talanoa.mail.queries import level_of
from talanoa.mail.registry import EXPLAINED
from talanoa.people.models import Person, User
from talanoa.processes.actions.chartering import publish_charter, write_charter
from talanoa.processes.models import Participant, Stage
from talanoa.processes.queries import published_charter
from talanoa.record.models import Entry
from talanoa.record.queries import opened
from talanoa.registry.models import Missed
from talanoa.roster.models import Expert
from talanoa.statements.actions.rounds import open_round
from talanoa.statements.models import Statement
from talanoa.statements.queries import votes_of

pytestmark = needs_dovecot


def state(number: int) -> str:
    return Contribution.objects.get(number=number).state


def level(address: str) -> str:
    return level_of(Person.objects.get(address=address), "nm")


def desk_answers(convenor: Participant, *numbers: int, at: float) -> None:
    chosen = Contribution.objects.filter(number__in=numbers)
    theme = theme_with(convenor, *chosen, label=f"Day {at}")
    said = draft_response(
        convenor.process,
        by=convenor,
        theme=theme,
        status="accepted",
        text="Yes: it costs little.",
        at=day(at),
    )
    approve_response(said, by=convenor, at=day(at), channel="web")


def interviewed(call: Stage, dalia: Participant, *, at: float) -> None:
    """The secretariat writes down what somebody told them; it waits for them to confirm it."""
    person = Person.objects.get(address="yusuf@garissa.example")
    receive_input(
        call,
        by=dalia,
        author=author_of(person, assurance=Assurance.ENTERED),
        words=Words(title="Interview", text="Travel is the cost."),
        publication="named",
        dedup_key="interview-1",
        channel="web",
        source="interview",
        at=day(at),
    )


@dataclass(slots=True)
class Story:
    """Who is in it: two people at their mail programs, and the office at its desk."""

    me: Writer
    she: Writer
    convenor: Participant
    dalia: Participant
    call: Stage

    def now_she(self) -> Writer:
        """Let time go on with her."""
        self.she.at = self.me.at
        return self.she

    def now_i(self) -> Writer:
        """Let time go on with me."""
        self.me.at = max(self.me.at, self.she.at)
        return self.me


@pytest.fixture
def story(
    *,
    post: Post,
    call: Stage,
    convenor: Participant,
    dalia: Participant,
    yusuf: Person,
    lucia: Person,
    settings: Any,
) -> Story:
    settings.TALANOA_DEMONSTRATION = True  # so that `--at` says what time it is
    me = Writer(post, "Yusuf Abdi <yusuf@garissa.example>", yusuf.address)
    return Story(me, Writer(post, "Lucia <lucia@nic.example>", lucia.address), convenor, dalia, call)


def begins(story: Story) -> None:
    """What there is to do; a first input, confirmed by one word; who I am, and in which language I read."""
    me = story.me
    letter = me.writes("help", to="help")
    assert letter["Subject"] == "How to take part by mail"
    letter = me.writes("Teach by radio.", means="input")
    assert (letter["Subject"], state(1)) == ("Received: nm-1", "unconfirmed")
    letter = me.answers(letter, "confirm")
    assert state(1) == "published"
    letter = me.answers(letter, "declare\ngroup: academia\ncountry: Kenya")
    letter = me.answers(letter, "language fr")
    assert letter["Subject"] == "Vos lettres"
    me.answers(letter, "language en")


def changes_their_mind(story: Story) -> None:
    """Other words for the first input; another one that is taken back; the receipt once more."""
    me = story.me
    letter = me.answers(me.letters()[-1], "replace 1: Teach by radio, in Somali.")
    assert (letter["Subject"], state(1)) == ("Received: nm-2", "superseded")
    letter = me.writes("Pay for the batteries.", subject="Batteries", means="input")
    letter = me.answers(me.answers(letter, "yes", means="confirm"), "written 3: Kiswahili")
    letter = me.answers(letter, "withdraw 3")
    assert state(3) == "withdrawn"
    assert "== received ==" in words(me.answers(letter, "resend 2"))


def chooses_how_much_comes(story: Story) -> None:
    """A pause and its end; nothing about others, then everything."""
    me = story.me
    letter = me.answers(me.letters()[-1], "pause 14")
    letter = me.answers(letter, "resume")
    letter = me.answers(letter, "unsubscribe")
    assert level("yusuf@garissa.example") == "own"
    me.answers(letter, "subscribe every")
    assert level("yusuf@garissa.example") == "every"


def talks(story: Story) -> None:
    """I begin a thread and add to it; she answers in the letter that she gets; her words are flagged."""
    me = story.me
    letter = me.writes("Who trains the trainers?", to="nm+talk", subject="Trainers", means="say")
    letter = me.answers(letter, "confirm")
    she = story.now_she()
    hers = she.answers(she.writes("I follow this.", subject="Hello", means="input"), "confirm")
    she.answers(hers, "subscribe every")
    letter = story.now_i().answers(letter, "say: And who pays them?")
    heard = story.now_she().told_by_the_clock(field="Message-ID-Hash")
    assert "And who pays them?" in words(heard)
    she.answers(heard, "You do, thief.", means="say")
    hers = story.now_i().told_by_the_clock(field="Message-ID-Hash")
    assert "You do, thief." in words(hers)
    number = Contribution.objects.get(message__text="You do, thief.").number
    me.answers(letter, f"flag {number}: abuse, it calls me a thief.")
    assert Flag.objects.get().text == "it calls me a thief."


def is_moderated(story: Story) -> None:
    """The desk holds what I wrote, and I appeal; I say, too, who works on it already."""
    me, held = story.now_i(), Contribution.objects.get(number=2)
    hold_contribution(held, by=story.dalia, reason="abuse", at=day(me.at), channel="web")
    letter = me.told_by_the_clock()
    assert letter["Subject"] == "Your contribution nm-2 is held"
    letter = me.answers(letter, "appeal 2: I speak of radio, of nobody.")
    assert Appeal.objects.get().text == "I speak of radio, of nobody."
    me.answers(letter, "overlooked: The Forum of Crossings.")
    assert Missed.objects.get().text == "The Forum of Crossings."


def is_interviewed_and_answered(story: Story) -> None:
    """What I told the secretariat is mine once I say so; its answer misreads me, then does me justice."""
    me = story.now_i()
    interviewed(story.call, story.dalia, at=me.at)
    letter = me.told_by_the_clock()
    number = Contribution.objects.latest("number").number
    assert state(number) == "unconfirmed"
    me.answers(letter, "confirm")
    assert state(number) == "published"
    desk_answers(story.convenor, number, at=me.at)
    letter = me.told_by_the_clock("The answer to your input")
    letter = me.answers(letter, "dispute: I said travel, not fees.")
    me.answers(letter, "thanks")
    assert Answer.objects.get().reception == Answer.Reception.ACKNOWLEDGED


def stands_apart(story: Story) -> None:
    """The desk shows what two of us wrote as one position; one word takes mine out again."""
    me = story.now_i()
    letter = me.writes("Publish what every course has cost.", subject="Costs", means="input")
    mine = Contribution.objects.latest("number")
    me.answers(letter, "confirm")
    she = story.now_she()
    she.answers(
        she.writes("Publish what every course has cost, please.", subject="Costs", means="input"), "confirm"
    )
    hers = Contribution.objects.latest("number")
    fold_copies(hers, [mine.number], by=story.convenor, at=day(she.at), channel="web")
    letter = story.now_i().told_by_the_clock("Shown together with others")
    me.answers(letter, "apart")
    assert [row.contribution_id for row in Signatory.objects.present()] == [hers.pk]


def joins_the_roster(story: Story) -> None:
    """I say for whom I work, whatever the process, and offer to facilitate elsewhere."""
    me = story.now_i()
    letter = me.answers(me.letters()[-1], "interests: in general\nemployer: Garissa University")
    me.answers(letter, "roster: facilitator; sw, en; teaching by radio")
    assert Expert.objects.get().languages == ["sw", "en"]


def names_their_part(story: Story) -> None:
    """The charter tells parts of my group apart, and I say which is mine."""
    me = story.now_i()
    process, at = story.convenor.process, day(me.at)
    made = published_charter(process)
    assert made
    mine = Expert.objects.get().person
    write_charter(
        process, by=story.convenor, facts=made.facts | {"subgroups": [f"{mine.group}; Teachers"]}, at=at
    )
    publish_charter(process, by=story.convenor, at=at, channel="web")
    me.answers(me.letters()[-1], "part: Teachers")
    assert process.participants.get(person=mine).subgroup == "Teachers"


def votes(story: Story) -> None:
    """I propose a statement and another one that is near it, agree with the first, and take my vote back."""
    me = story.now_i()
    process, me_too = story.convenor.process, Person.objects.get(address="yusuf@garissa.example")
    made = open_round(
        process, by=story.convenor, question="Who pays the trainers?", at=day(me.at), channel="web"
    )
    letter = me.answers(me.letters()[-1], "propose: Trainers should be paid by the day.")
    letter = me.answers(letter, "differs: Trainers should be paid by the hour.")
    number = Statement.objects.get(place=1).contribution.number
    letter = me.answers(letter, f"vote: {number} agree")
    assert votes_of(made, me_too) == {1: "agree"}
    me.answers(letter, "unvote")
    assert votes_of(made, me_too) == {}


def test_every_act_of_a_participant_by_smtp_and_imap_alone(story: Story) -> None:
    before = Entry.objects.count()
    begins(story)
    changes_their_mind(story)
    chooses_how_much_comes(story)
    talks(story)
    is_moderated(story)
    is_interviewed_and_answered(story)
    stands_apart(story)
    joins_the_roster(story)
    names_their_part(story)
    votes(story)
    # What only answers a question about a list is walked in test_outreach.py; what is said to the registry, in its own;
    # what is said about drafts and in consensus calls, in test_agreement.py, and what contests them in tests/consensus.
    assert (
        set(story.me.words)
        == {row.words[0] for row in EXPLAINED if not row.is_question and not row.at} - AGREEING - CONTESTING
    )
    by_mail = [
        entry
        for entry in Entry.objects.filter(index__gte=before).order_by("index")
        if b'"ch":"mail"' in bytes(entry.leaf)
    ]
    assert [entry.kind for entry in by_mail] == [kind for kind, _said in SAID]
    assert [said for entry, (_kind, said) in zip(by_mail, SAID, strict=True) if not holds(entry, said)] == []
    assert told("record", "audit")["holds"] is True
    assert (User.objects.count(), RawMessage.objects.filter(needs_person=True).count()) == (0, 0)
    assert not OutgoingMessage.objects.filter(written_at__isnull=True).exists()


def holds(entry: Entry, said: str) -> bool:
    """Tell whether an entry, opened, commits to what was said: alone, or with what the mail carried along below it."""
    carried = Message.objects.filter(text=said).values_list("quoted", flat=True)
    texts = [said, *(f"{said}\n\n{quoted}" for quoted in carried)]
    hashes = {sha256(text.encode()).hexdigest() for text in texts}
    return not said or any(value.value in hashes for value in opened(entry))


SAID = [
    ("input.received.1", "Teach by radio."),
    ("contribution.confirmed.1", ""),
    ("input.received.1", "Teach by radio, in Somali."),
    ("input.received.1", "Pay for the batteries."),
    ("contribution.confirmed.1", ""),
    ("language.corrected.1", ""),
    ("contribution.withdrawn.1", ""),
    ("message.received.1", "Who trains the trainers?"),
    ("contribution.confirmed.1", ""),
    ("input.received.1", "I follow this."),
    ("contribution.confirmed.1", ""),
    ("message.received.1", "And who pays them?"),
    ("message.received.1", "You do, thief."),
    ("contribution.flagged.1", "it calls me a thief."),
    ("appeal.raised.1", "I speak of radio, of nobody."),
    ("overlap.questioned.1", "The Forum of Crossings."),
    ("contribution.confirmed.1", ""),
    ("response.disputed.1", "I said travel, not fees."),
    ("response.acknowledged.1", ""),
    ("input.received.1", "Publish what every course has cost."),
    ("contribution.confirmed.1", ""),
    ("input.received.1", "Publish what every course has cost, please."),
    ("contribution.confirmed.1", ""),
    ("pile.parted.1", ""),
    ("interests.stated.1", "employer: Garissa University"),
    ("expert.listed.1", ""),
    ("statement.received.1", ""),
    ("statement.received.1", ""),
    ("ballot.cast.1", ""),
    ("redaction.made.1", ""),
]
"""What people did by mail, in its order, with the words that its entry commits to."""
