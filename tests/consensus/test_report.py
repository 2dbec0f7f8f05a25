"""What was agreed stands in the report with its level, word for word; who dissents stands beside it, as large."""

import re
from functools import partial
from io import BytesIO

import pytest
from django.test import Client
from docx import Document

from conftest import day
from consensus.conftest import FOUND, LEAVES_OUT, SETTLED
from consensus.hearing import appealed, speak
from mail.example_mails import Postbox, words
from steps import DRAFT, refusal
from talanoa.conf.clockwork import tick
from talanoa.consensus.actions.calling import open_call
from talanoa.consensus.actions.contesting import refuse_appeal
from talanoa.consensus.actions.designating import Found, designate
from talanoa.consensus.actions.ending import end_consensus
from talanoa.consensus.models import Call, Designation, MinorityStatement, Objection
from talanoa.contributions.actions.moderating import hold_contribution
from talanoa.contributions.actions.standing import withdraw
from talanoa.kernel.errors import RuleBroken
from talanoa.processes.models import Participant
from talanoa.reports.actions import Ruling, decide, end_reviews, seal_report, write_report
from talanoa.reports.agreement import agreement
from talanoa.reports.drafting import outline
from talanoa.reports.letters import report_text
from talanoa.reports.models import Report
from talanoa.reports.publishing import as_docx
from talanoa.reports.queries import readiness, took_part

SEALED = day(106)
"""The last time for minority statements ends on day 105."""


def write(by: Participant, text: str = DRAFT) -> Report:
    write_report(by.process, by=by, title="Report", text=text, at=day(93))
    return Report.objects.get()


def seal(by: Participant, text: str = DRAFT, *, on: int = 106) -> Report:
    write(by, text)
    return seal_report(by.process, by=by, at=day(on), channel="web")


def test_minority_window_open_no_seal_before_the_last_one_is_over(ended: Participant) -> None:
    write(ended)
    for on in (94, 104):
        assert (
            refusal(lambda on=on: seal_report(ended.process, by=ended, at=day(on), channel="web"))
            == "minority_window_open"
        )
    assert seal_report(ended.process, by=ended, at=day(105), channel="web").sealed_at


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        (DRAFT.replace("by the hour", "by the day"), ("1",)),
        (f"{DRAFT}\nRecommendation 3. Build a house.\n", ("3",)),
        ("# Report\n\nRecommendation 1. Publish the budget each  year!\n", ("1",)),
    ],
)
def test_recommendation_not_designated_is_named(
    ended: Participant, text: str, numbers: tuple[str, ...]
) -> None:
    write(ended, text)
    with pytest.raises(RuleBroken) as broken:
        seal_report(ended.process, by=ended, at=SEALED, channel="web")
    assert (broken.value.rule, broken.value.subjects) == ("recommendation_not_designated", numbers)


def test_a_recommendation_may_have_another_number_and_other_line_ends_in_the_report(
    ended: Participant,
) -> None:
    seal(ended, "# Report\n\n**Recommendation 1.** Publish the budget\neach year.\n")


def test_what_a_panel_annulled_is_not_sealed(ended: Participant) -> None:
    Designation.objects.filter(recommendation=2).update(annulled_at=day(95))
    write(ended)
    assert refusal(lambda: seal_report(ended.process, by=ended, at=SEALED, channel="web")) == (
        "recommendation_not_designated"
    )


def test_outcome_contested_no_seal_while_an_appeal_is_not_decided(
    ended: Participant, voice: Participant
) -> None:
    appealed(Designation.objects.get(recommendation=1), voice)
    report = write(ended)
    assert refusal(lambda: seal_report(ended.process, by=ended, at=SEALED, channel="web")) == (
        "outcome_contested"
    )
    assert readiness(report).lacking.contested == ("appeal 1",)


def test_outcome_contested_nobody_decides_on_a_report_while_an_appeal_is_not_decided(
    ended: Participant, voice: Participant, clerk: Participant
) -> None:
    report = seal(ended)
    assert report.sealed_revision
    made = appealed(Designation.objects.get(recommendation=1), voice, day(107))
    end_reviews(at=day(130))
    contested = "Contested, and not decided yet: appeal 1."
    assert contested in report_text(report, report.sealed_revision)
    rulings = {n: Ruling("accepted", "The money is there.") for n in (1, 2)}
    act = partial(decide, ended.process, by=ended, rulings=rulings, channel="web")
    assert refusal(lambda: act(at=day(130))) == "outcome_contested"
    refuse_appeal(made, by=clerk, text="It names no breach.", at=day(131), channel="web")
    assert contested not in report_text(report, report.sealed_revision)
    assert act(at=day(131)).decided_at


def test_what_is_not_agreed_may_stand_in_the_report_with_its_level_beside_it(
    answered: Objection, chair: Participant, convenor: Participant
) -> None:
    divided = {1: Found("divergence", "Two views were argued, and neither gave way."), 2: FOUND[2]}
    designate(answered.call, by=chair, found=divided, at=SETTLED, channel="web")
    end_consensus(convenor.process, by=convenor, at=day(93), channel="web")
    report = seal(convenor)
    assert report.sealed_revision
    told = report_text(report, report.sealed_revision)
    assert "by the hour.\n\nHow far it is agreed: Divergence (call 1)" in told
    assert "each year.\n\nHow far it is agreed: Full consensus (call 1)" in told


def test_the_outline_proposes_what_was_agreed_word_for_word(ended: Participant) -> None:
    text = outline(ended.process)
    assert text.endswith(
        "## Recommendations\n\nRecommendation 1. Pay the trainers by the hour.\n\n"
        "Recommendation 2. Publish the budget each year.\n"
    )
    write(ended, text)
    assert readiness(Report.objects.get()).lacking.undesignated == ()


def test_where_nothing_is_agreed_the_report_recommends_nothing_and_is_sealed_and_decided(
    convenor: Participant,
) -> None:
    end_consensus(convenor.process, by=convenor, because="Nobody wrote.", at=day(70), channel="web")
    text = outline(convenor.process)
    assert text.endswith("## Recommendations\n\nNothing was agreed.\n")
    report = seal(convenor, text)
    assert report.sealed_revision
    told = report_text(report, report.sealed_revision)
    assert "No finding holds. Why a draft has no outcome: Nobody wrote." in told
    assert end_reviews(at=day(130)) == 1
    assert decide(convenor.process, by=convenor, rulings={}, at=day(131), channel="web").decided_at


def headings(html: str) -> list[tuple[int, str]]:
    """The headings of a page, each with its level."""
    found = re.findall(r"<h([1-6])[^>]*>(.*?)</h\1>", html, re.DOTALL)
    return [(int(level), " ".join(re.sub("<[^>]+>", "", text).split())) for level, text in found]


def test_the_page_shows_each_finding_with_reasons_name_hash_and_what_remains(
    statement: MinorityStatement, ended: Participant
) -> None:
    report = seal(ended)
    page = Client().get("/p/wg/report/").content.decode()
    found = headings(page)
    assert (2, "What was agreed") in found
    assert (2, "Minority statements") in found
    assert (3, "“Training”, recommendation 1: Consensus") in found
    assert FOUND[1].reasons in page
    assert "Henrike Maas" in page
    assert report.sealed_revision
    assert statement.call.revision.sha256 in page
    assert '<a href="/p/wg/objections/1/">wg-1</a>' in page
    assert "How far it is agreed: Full consensus (call 1)" in page
    assert LEAVES_OUT in page
    assert '<a href="/p/wg/minority/2/">wg-2</a>' in page


def test_who_only_took_a_position_took_part_and_is_told_of_the_report(
    call: Call, second: Participant, convenor: Participant
) -> None:
    assert second.person not in took_part(convenor.process)[0]
    speak(call, second)
    assert took_part(convenor.process) == ([second.person], [])


def test_the_letter_of_the_seal_holds_them_too(
    postbox: Postbox, statement: MinorityStatement, ended: Participant
) -> None:
    seal(ended)
    tick(at=SEALED)
    said = words(postbox.last(statement.contribution.person.address))
    assert "## What was agreed" in said
    assert "## Minority statements" in said
    assert LEAVES_OUT in said


@pytest.mark.parametrize("how", ["hold", "withdraw"])
def test_a_statement_that_nobody_may_read_stands_in_no_form(
    statement: MinorityStatement, ended: Participant, second: Participant, how: str
) -> None:
    if how == "hold":
        hold_contribution(statement.contribution, by=ended, reason="abuse", at=day(94), channel="web")
    else:
        withdraw(statement.contribution, by=second, at=day(94), channel="mail")
    report = seal(ended)
    assert report.sealed_revision
    page = Client().get("/p/wg/report/").content.decode()
    text = Client().get("/p/wg/report.txt").content.decode()
    document = Document(BytesIO(as_docx(report, report.sealed_revision)))
    for told in (page, text, "\n".join(one.text for one in document.paragraphs)):
        assert LEAVES_OUT not in told
        assert "Nobody sent one." in told


def test_a_second_outcome_about_the_same_text_takes_the_place_of_the_first(
    declared: Call, chair: Participant, convenor: Participant
) -> None:
    again = open_call(
        declared.draft, by=chair, question="And now?", because="A count.", at=SETTLED, channel="web"
    )
    found = {1: Found("strong_support", "The count of the hours was doubted."), 2: FOUND[2]}
    designate(again, by=chair, found=found, at=day(120), channel="web")
    made = agreement(convenor.process)
    assert made
    assert [row.level for row in made.findings] == [
        "Strong support but significant opposition",
        "Full consensus",
    ]
