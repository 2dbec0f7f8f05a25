"""The contested part of the journey of an agreement: challenge, appeal, a panel drawn by lot, and what was decided.

A member of the panel has no login: she reads her letter and answers it.
"""

import re

from conftest import day
from consensus.hearing import fit
from journeys.story import Correspondent, Story, levels
from mail.example_mails import words
from talanoa.consensus.models import Challenge, PanelAppeal, PanelMember
from talanoa.consensus.queries import newest_draw
from talanoa.people.actions import know_person
from talanoa.people.models import Group
from talanoa.processes.models import Process
from talanoa.reports.models import Report
from web import Reader

JURORS = ("Wanjiru Kamau", "Tomás Rivera", "Aiko Tanaka", "Siaosi Tupou", "Leila Haddad")
SOURCES = "State lottery of Uruguay, 5 de Oro, first draw after day 123\nClosing level of the Nairobi index"


def is_annulled_after_a_challenge(story: Story) -> None:
    """Sione challenges by mail what was found; the chair agrees that the rate was never argued for."""
    heard = story.sione.answers(
        "challenge 2: 1: Nobody argued for the rate.", day(84.5), begins="Consensus call 2: the outcome"
    )
    assert "Your challenge has the number 1." in heard
    story.turn_to(85)
    story.chair.open("/me/")
    assert "Answer challenge 1 by" in story.chair.page.text
    assert "not decided yet: challenge 1." in story.convenor.open("/p/wg/calls/end/").text
    story.chair.open("/p/wg/challenges/1/answer/")
    story.chair.press("Answer, under my name", outcome="annulled", text="You are right; I ask again.")
    assert Challenge.objects.get().outcome == "annulled"
    assert levels(2) == ["consensus"]
    story.turn_to(85.5)
    assert "You are right; I ask again." in words(story.sione.letter("wg: Your challenge 1"))


def settles_who_can_hear_it(process: Process) -> None:
    """Five take part who had no hand in it, with a confirmed address and their interests stated."""
    for number, name in enumerate(JURORS, start=1):
        person = know_person(
            name=name, address=f"juror{number}@pool.example", group=Group.ACADEMIA, country="KE"
        )
        fit(process, person)


def is_appealed(story: Story) -> None:
    """Yusuf appeals by mail against the second finding, with two arguments; Sione stands behind it."""
    outcome = "Consensus call 3: the outcome"
    told = story.yusuf.answers("appeal entry 1: Not counted.", day(118), begins=outcome)
    entry = re.search(r"appeal entry (\d+): …", told)
    assert entry
    said = f"appeal entry {entry[1]}:\n1: The north was not counted.\n2: The rate is a guess."
    assert "Your appeal has the number 1" in story.yusuf.answers(said, day(118.2), begins=outcome)
    story.turn_to(119)
    assert "you support appeal 1" in story.sione.answers("second 1", day(119.1), begins=outcome)
    assert "Contested, and not decided yet: appeal 1." in Reader().open("/p/wg/report/").text


def is_drawn(story: Story) -> list[PanelMember]:
    """The secretariat lets it be heard, names the sources before they are known, and draws."""
    story.turn_to(120)
    story.clerk.open("/p/wg/appeals/1/")
    story.clerk.follow("Prepare the hearing")
    story.clerk.press("Let it be heard")
    announce = "Announce it; nothing of it changes after that"
    story.clerk.press(announce, sources=SOURCES, days="4", method="rfc3797")
    story.turn_to(124.5)
    story.clerk.open("/p/wg/appeals/1/hearing/")
    story.clerk.press("Draw the panel", said_0="9 18 26 34 41 45", said_1="9319.50")
    draw = newest_draw(PanelAppeal.objects.get())
    assert draw
    return list(draw.members.seated().select_related("participant__person"))


def is_heard(story: Story) -> None:
    """The report is final meanwhile, and nobody decides on it; the panel finds two to one, each with reasons."""
    first, *others = is_drawn(story)
    story.turn_to(126)
    person = first.participant.person
    by_mail = Correspondent(story.yusuf.postbox, f"{person.name} <{person.address}>", person.address)
    opinion = "uphold\n1: Four districts in it are northern.\n2: It is of last year's accounts."
    assert "Your opinion counts." in by_mail.answers(opinion, day(126.2), begins="wg: You were drawn")
    story.turn_to(138)
    assert Report.objects.get().final_at is not None
    assert "What was found is contested" in decides(story)
    for member, outcome in zip(others, ("overturned", "upheld"), strict=True):
        seat = Reader(member.participant.person)
        seat.open("/p/wg/appeals/1/opinion/")
        seat.press(
            "Give it; it counts from now on", outcome=outcome, reasons_1="I read it.", reasons_2="So it is."
        )
    assert levels(3) == ["consensus", "consensus"]
    page = Reader().open("/p/wg/appeals/1/").text
    assert "Appeal 1: What was done stands" in page
    assert "Opinion of the minority" in page
    story.turn_to(139)
    assert "The panel has decided appeal 1." in words(story.yusuf.letter("wg: Appeal 1 is decided"))


def decides(story: Story) -> str:
    """The sponsor answers each recommendation, or tries to; what the page says."""
    story.sponsor.open("/p/wg/desk/decision/")
    said = {"answer_1": "accepted", "answer_2": "not_accepted"}
    reasons = {"reason_1": "The money is there.", "reason_2": "The budget is public already."}
    return story.sponsor.press("Decide, on the record", **said, **reasons).text


def is_decided(story: Story) -> None:
    """The sponsor decides; the page has each answer with its reason, beside what was agreed and who dissents."""
    assert "Decided, and on the record." in decides(story)
    page = Reader().open("/p/wg/report/").text
    for told in ("The money is there.", "The north was not counted.", "How far it is agreed: Consensus"):
        assert told in page
    assert "Contested, and not decided yet" not in page
    story.turn_to(140)
    assert "The budget is public already." in words(story.sione.letter("The decision"))
