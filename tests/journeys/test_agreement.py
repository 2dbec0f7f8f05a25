"""From a draft to the decision: forty comments, three objections, a challenge, what was agreed, dissent, an appeal.

Two take part by mail alone: Yusuf in Garissa and Sione in Nuku'alofa write to the process and answer its letters.
Others act on the pages. What each mail command of this part means is walked here.
"""

from pathlib import Path
from urllib.parse import urlencode

import pytest

from conftest import START, day
from journeys.agreeing import AGREEING
from journeys.contested import (
    is_annulled_after_a_challenge,
    is_appealed,
    is_decided,
    is_heard,
    settles_who_can_hear_it,
)
from journeys.story import Correspondent, Story, finds, is_called, levels
from mail.example_mails import Postbox, words
from steps import answer_all
from talanoa.consensus.models import MinorityStatement, Objection
from talanoa.drafts.models import Comment, Disposition, Draft, Suggestion
from talanoa.people.actions import know_person
from talanoa.people.interests import Interests
from talanoa.people.models import Group, Person
from talanoa.processes import charter
from talanoa.processes.actions.chartering import create_process, publish_charter
from talanoa.processes.actions.interests import state_interests
from talanoa.processes.actions.roles import give_role
from talanoa.processes.actions.stages import open_process
from talanoa.processes.models import Participant, Role
from talanoa.processes.queries import participant
from talanoa.record.models import Log
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


@pytest.fixture
def story(log: Log, amina: Person, lucia: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Story:
    """A working group whose call for input ends on day 40, with everybody in office, the chair's interests stated."""
    facts = charter.template("working-group", title="How should training be funded?")
    process = create_process(by=amina, key="wg", facts=facts, at=START, channel="web")
    convenor = participant(process, amina)
    assert convenor
    publish_charter(process, by=convenor, at=START, channel="web")
    open_process(process, by=convenor, at=START, channel="web")
    henrike = know_person(name="Henrike Maas", address="henrike@chair.example", group=Group.ACADEMIA)
    dalia = know_person(name="Dalia Mansour", address="dalia@talanoa.example", country="EG")
    maarten = know_person(name="Maarten de Wit", address="maarten@fund.example", country="NL")
    offices = {Role.EDITOR: lucia, Role.CHAIR: henrike, Role.SECRETARIAT: dalia, Role.SPONSOR: maarten}
    for role, person in offices.items():
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
        clerk=Reader(dalia, in_office=True),
        sponsor=Reader(maarten, in_office=True),
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


def objects(story: Story) -> dict[str, int]:
    """Three objections: two by mail, one on the page."""
    letter = "Consensus call 1"
    story.yusuf.answers(
        "1: objection, evidence: Nobody counted in the north.\nresolve: Count there too.",
        day(64),
        begins=letter,
    )
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
    assert "This level is not possible while these objections stand as they do" in finds(
        story, 2, "full_consensus"
    )
    story.chair.open(f"/p/wg/objections/{numbers['Yusuf Abdi']}/find/")
    story.chair.press(
        "Find it, under my name",
        finding="outweighed",
        text="Four districts were counted, and the rate is reviewed each year.",
        alternatives="To wait for a count in the north.",
    )
    finds(story, 2, "consensus")
    assert levels(2) == ["consensus", "consensus"]
    story.turn_to(84)


def is_found_again(story: Story) -> None:
    """The same text is called once more; Yusuf keeps his doubt, and says so beside what is agreed."""
    is_called(story, 3, 86, "Can you live with it, now that the rate was argued for?")
    story.sione.answers("support", day(88), begins="Consensus call 3")
    story.yusuf.answers("1: concern: The north was not counted.", day(88), begins="Consensus call 3")
    story.turn_to(101)
    finds(story, 3, "consensus")
    assert levels(3) == ["consensus", "consensus"]
    story.turn_to(102)
    story.yusuf.answers(
        "minority 3: The north was not counted.", day(103), begins="Consensus call 3: the outcome"
    )
    assert MinorityStatement.objects.get().text == "The north was not counted."


def is_reported(story: Story) -> None:
    """The calls end; the report holds what was agreed and who dissents, for everybody, in every form."""
    story.turn_to(116)
    story.convenor.open("/p/wg/calls/end/")
    story.convenor.press("End them, on the record")
    chair: Participant = story.process.participants.get(roles__role=Role.CHAIR)
    answer_all(chair)
    story.convenor.open("/p/wg/desk/report/")
    story.convenor.press("Save a revision", title="Report", text=BEST)
    story.convenor.press("Seal the report")
    story.convenor.press("Seal it and begin the review")
    assert "The north was not counted." in Reader().open("/p/wg/report/").text
    story.turn_to(117)
    assert "The north was not counted." in words(story.yusuf.letter("The report is public"))


def test_a_text_is_agreed_on_from_the_first_draft_to_the_decision(story: Story) -> None:
    says_where_it_hurts(story)
    draft = writes_and_comments(story)
    suggests_and_needs(story)
    every_comment_has_its_disposition(story, draft)
    is_called(story, 1, 62.5, "Can you live with this text?")
    numbers = objects(story)
    answers_each(story, numbers)
    outweighs_and_finds(story, numbers)
    is_annulled_after_a_challenge(story)
    is_found_again(story)
    is_reported(story)
    settles_who_can_hear_it(story.process)
    is_appealed(story)
    is_heard(story)
    is_decided(story)
    assert story.yusuf.words | story.sione.words >= AGREEING | {"challenge", "appeal", "second"}
