"""From a draft to what was agreed: forty comments, a call, three objections, dissent in the report, the decision.

Two take part by mail alone: Yusuf in Garissa and Sione in Nuku'alofa write to the process and answer its letters.
Others act on the pages. What each mail command of this part means is walked here.
"""

from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlencode

import pytest

from conftest import START, day
from journeys.agreeing import AGREEING
from mail.example_mails import DIGEST, Postbox, answer, mail, words
from steps import answer_all
from talanoa.conf.clockwork import tick
from talanoa.consensus.models import Call, Designation, MinorityStatement, Objection
from talanoa.drafts.models import Comment, Disposition, Draft, Suggestion
from talanoa.people.actions import know_person
from talanoa.people.interests import Interests
from talanoa.people.models import Group, Person
from talanoa.processes import charter
from talanoa.processes.actions.chartering import create_process, publish_charter
from talanoa.processes.actions.interests import state_interests
from talanoa.processes.actions.roles import give_role
from talanoa.processes.actions.stages import open_process
from talanoa.processes.models import Participant, Process, Role
from talanoa.processes.queries import participant
from talanoa.record.models import Log
from talanoa.reports.models import Report
from web import Hands, Reader

TEXT = """# Training of trainers

Money is what lacks.

Time is what lacks too.

Recommendation 1. Pay the trainers by the hour.

Recommendation 2. Publish the budget each year.
"""
BETTER = TEXT.replace("by the hour", "by the hours that were counted")
BEST = BETTER.replace("each year", "each year, in every district")
COMMENTS_EACH = 10


@dataclass(slots=True)
class Correspondent:
    """Somebody with a mail program and nothing else; `words` are the commands that they wrote."""

    postbox: Postbox
    sender: str
    address: str
    words: set[str] = field(default_factory=set)

    def writes(self, text: str, at: datetime) -> str:
        """Write a mail of one's own; what comes back."""
        name = f"{abs(hash((text, self.address)))}@mail.example"
        self.postbox.receive(mail(text, sender=self.sender, to="wg@talanoa.example", name=name), at=at)
        return self.heard()

    def answers(self, text: str, at: datetime, *, begins: str = "") -> str:
        """Answer the newest letter whose subject begins so; what comes back."""
        self.words.add(text.split(maxsplit=1)[0].rstrip(":"))
        self.postbox.receive(answer(self.letter(begins), text, sender=self.sender), at=at)
        return self.heard()

    def letter(self, begins: str = "") -> EmailMessage:
        """The newest letter whose subject begins so, no digest."""
        rows = [one for one in self.postbox.letters(self.address) if one["Subject"] != DIGEST]
        found = [one for one in rows if str(one["Subject"]).startswith(begins)]
        assert found, (begins, [str(one["Subject"]) for one in rows])
        return found[-1]

    def heard(self) -> str:
        return " ".join(words(self.letter()).split())


@dataclass(slots=True)
class Story:
    """Who is in it, and their hands on the clock."""

    process: Process
    hands: Hands
    yusuf: Correspondent
    sione: Correspondent
    editor: Reader
    chair: Reader
    convenor: Reader
    mei: Reader

    def turn_to(self, number: float) -> datetime:
        """Let the clock go on to a day, and let what is due happen."""
        at = self.hands.turn_to(day(number))
        tick(at=at)
        return at


@pytest.fixture
def story(log: Log, amina: Person, lucia: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Story:
    """A working group whose call for input ends on day 40, with an editor and a chair who states her interests."""
    facts = charter.template("working-group", title="How should training be funded?")
    process = create_process(by=amina, key="wg", facts=facts, at=START, channel="web")
    convenor = participant(process, amina)
    assert convenor
    publish_charter(process, by=convenor, at=START, channel="web")
    open_process(process, by=convenor, at=START, channel="web")
    henrike = know_person(name="Henrike Maas", address="henrike@chair.example", group=Group.ACADEMIA)
    for person, role in ((lucia, Role.EDITOR), (henrike, Role.CHAIR)):
        give_role(process, person, role=role, by=convenor, at=START, channel="web")
    own = Interests(text="I teach at a university.")
    state_interests(process, by=henrike, interests=own, at=day(40), channel="web")
    mei = know_person(name="Mei Lin", address="mei@works.example", group=Group.PRIVATE_SECTOR, country="CN")
    postbox = Postbox(tmp_path, monkeypatch)
    return Story(
        process=process,
        hands=Hands(monkeypatch, START),
        yusuf=Correspondent(postbox, "Yusuf Abdi <yusuf@garissa.example>", "yusuf@garissa.example"),
        sione=Correspondent(postbox, "Sione Vea <sione@gov.example>", "sione@gov.example"),
        editor=Reader(lucia, in_office=True),
        chair=Reader(henrike, in_office=True),
        convenor=Reader(amina, in_office=True),
        mei=Reader(mei),
    )


def says_where_it_hurts(story: Story) -> None:
    """Two inputs by mail, confirmed by one word; both want to hear everything."""
    for one in (story.yusuf, story.sione):
        one.writes(f"Pay the trainers. ({one.address})", day(2))
        one.answers("confirm", day(3))
        one.answers("subscribe every", day(4))


def writes_and_comments(story: Story) -> Draft:
    """The editor publishes a draft; forty comments come, half of them by mail; each gets its disposition."""
    story.turn_to(41)
    story.editor.open("/p/wg/drafts/begin/")
    story.editor.press("Publish the first revision", title="Training", text=TEXT)
    draft = Draft.objects.get()
    story.turn_to(42)
    for n in range(COMMENTS_EACH):
        for one in (story.yusuf, story.sione):
            one.answers(
                f"comment {n % 5 + 1}: Remark {n} of {one.address}.",
                day(42.5 + n / 100),
                begins="wg: revision",
            )
    for n in range(2 * COMMENTS_EACH):
        story.mei.open(f"/p/wg/drafts/1/at/p{n % 5 + 1}/comment/")
        story.mei.press("Send my comment", text=f"Remark {n} from a page.")
    assert Comment.objects.count() == 4 * COMMENTS_EACH
    return draft


def suggests_and_needs(story: Story) -> None:
    """Sione suggests other words, Yusuf says that they must be in the text, thinks again, and says it once more."""
    said = "suggest 4: Recommendation 1. Pay the trainers by the hours that were counted.\n/ because: It is fair."
    story.sione.answers(said, day(44), begins="wg: revision")
    number = Suggestion.objects.get().contribution.number
    for words_, at in ((f"must {number}", 45), (f"neither {number}", 46), (f"should {number}", 47)):
        story.yusuf.answers(words_, day(at))
    story.hands.turn_to(day(48))
    story.editor.open(f"/p/wg/drafts/n/{number}/decide/")
    story.editor.press("Publish the decision", outcome="accept", reason="It is fair.")
    assert Draft.objects.get().document.latest().text.strip() == BETTER.strip()  # type: ignore[union-attr]


def every_comment_has_its_disposition(story: Story, draft: Draft) -> None:
    """What became of each comment, with the revision that it caused."""
    numbers = [str(n) for n in Comment.objects.values_list("contribution__number", flat=True)]
    asked = urlencode([("n", n) for n in numbers])
    story.editor.open(f"/p/wg/drafts/1/dispose/?{asked}")
    story.editor.press(
        "Publish this answer", status="partly_accepted", reason="The hours are counted now.", revision="2"
    )
    given = Disposition.objects.get(draft=draft, status="partly_accepted")
    assert given.reached.count() == 4 * COMMENTS_EACH


def is_called(story: Story, number: int, at: float, question: str) -> Call:
    story.turn_to(at)
    story.chair.open("/p/wg/calls/open/1/")
    story.chair.press("Ask everybody", question=question, days=14)
    story.turn_to(at + 1)
    return Call.objects.get(number=number)


def objects(story: Story) -> dict[str, int]:
    """Three objections: two by mail, one on the page."""
    letter = "Consensus call 1"
    story.yusuf.answers(
        "1: objection, evidence: Nobody counted in the north.\nresolve: Count there too.",
        day(64),
        begins=letter,
    )
    story.yusuf.words.add("position")
    story.sione.answers("position 1: live with it", day(64), begins=letter)
    story.sione.answers(
        "2: objection, goal: A ministry reports every two years.\nresolve: Say by district.",
        day(64.5),
        begins=letter,
    )
    story.mei.open("/p/wg/calls/1/object/")
    story.mei.press(
        "Object, on the record",
        recommendation=0,
        kind="procedure",
        text="Too fast.",
        resolves="A month more.",
    )
    rows = Objection.objects.select_related("contribution__person")
    return {row.contribution.person.name: row.contribution.number for row in rows}


def answers_each(story: Story, numbers: dict[str, int]) -> None:
    """Sione's is accommodated by a revision, Mei withdraws hers, Yusuf's stands and is outweighed."""
    for name in ("Yusuf Abdi", "Mei Lin"):
        story.editor.open(f"/p/wg/objections/{numbers[name]}/answer/")
        story.editor.press("Answer in public", text=f"We looked at what {name} says.")
    story.editor.open("/p/wg/drafts/1/revise/")
    story.editor.press("Publish the revision", text=BEST, summary="By district")
    story.editor.open(f"/p/wg/objections/{numbers['Sione Vea']}/answer/")
    story.editor.press("Answer in public", text="The budget is published by district now.", revision="3")
    story.mei.open(f"/p/wg/objections/{numbers['Mei Lin']}/")
    story.mei.press("Withdraw it")
    story.turn_to(66)
    story.yusuf.answers("stands: In the north nobody did.", day(67), begins="Your objection")
    assert {row.contribution.number: row.standing for row in Objection.objects.all()} == {
        numbers["Yusuf Abdi"]: "stands",
        numbers["Mei Lin"]: "withdrawn",
        numbers["Sione Vea"]: "accommodated",
    }


def outweighs_and_finds(story: Story, numbers: dict[str, int]) -> None:
    """The new text is called; the chair outweighs what stands, and finds."""
    is_called(story, 2, 68, "And with this text?")
    story.sione.answers("support", day(70), begins="Consensus call 2")
    story.turn_to(83)
    story.chair.open("/p/wg/calls/2/designate/")
    page = story.chair.press("Declare it, under my name", **_findings("full_consensus"))
    assert "This level is not possible while these objections stand as they do" in page.text
    story.chair.open(f"/p/wg/objections/{numbers['Yusuf Abdi']}/find/")
    story.chair.press(
        "Find it, under my name",
        finding="outweighed",
        text="Four districts were counted, and the rate is reviewed each year.",
        alternatives="To wait for a count in the north.",
    )
    story.chair.open("/p/wg/calls/2/designate/")
    story.chair.press("Declare it, under my name", **_findings("consensus"))
    assert [row.level for row in Designation.objects.standing()] == ["consensus", "consensus"]
    story.turn_to(84)
    story.yusuf.answers(
        "minority 2: The north was not counted.", day(85), begins="Consensus call 2: the outcome"
    )
    assert MinorityStatement.objects.get().text == "The north was not counted."


def _findings(level: str) -> dict[str, str]:
    reasons = "The doubts were answered, and what remains of them does not outweigh the reasons."
    return {f"level_{n}": level for n in (1, 2)} | {f"reasons_{n}": reasons for n in (1, 2)}


def is_reported_and_decided(story: Story) -> None:
    """The calls end, the report holds what was agreed and who dissents; the decision answers each recommendation."""
    story.turn_to(98)
    story.convenor.open("/p/wg/calls/end/")
    story.convenor.press("End them, on the record")
    chair: Participant = story.process.participants.get(roles__role=Role.CHAIR)
    answer_all(chair)
    story.convenor.open("/p/wg/desk/report/")
    story.convenor.press("Save a revision", title="Report", text=BEST)
    story.convenor.press("Seal the report")
    story.convenor.press("Seal it and begin the review")
    text = Reader().open("/p/wg/report/").text
    assert "The north was not counted." in text
    story.turn_to(99)
    assert "The north was not counted." in words(story.yusuf.letter("The report is public"))
    story.turn_to(125)
    assert Report.objects.get().final_at is not None


def test_a_text_is_agreed_on_from_the_first_draft_to_the_decision(story: Story) -> None:
    says_where_it_hurts(story)
    draft = writes_and_comments(story)
    suggests_and_needs(story)
    every_comment_has_its_disposition(story, draft)
    is_called(story, 1, 62.5, "Can you live with this text?")
    numbers = objects(story)
    answers_each(story, numbers)
    outweighs_and_finds(story, numbers)
    is_reported_and_decided(story)
    assert story.yusuf.words | story.sione.words >= AGREEING
