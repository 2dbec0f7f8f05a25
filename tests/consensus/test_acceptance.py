"""What makes the result credible (reference: process, 7b, items 3 to 7), each item as one test."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from docx import Document

from conftest import day
from consensus.conftest import CALLED, FOUND, LEAVES_OUT, SETTLED
from mail.example_mails import Postbox
from steps import DRAFT, refusal
from talanoa.conf.clockwork import tick
from talanoa.consensus.actions.designating import designate
from talanoa.consensus.actions.handling import answer_objection
from talanoa.consensus.actions.positions import take_position
from talanoa.consensus.models import Call, Designation, MinorityStatement, Objection
from talanoa.consensus.queries import designations_in_force
from talanoa.contributions.models import Assurance, Contribution
from talanoa.drafts.actions.writing import revise_draft
from talanoa.kernel.errors import RuleBroken
from talanoa.people.actions import know_person
from talanoa.processes.actions.roles import enter
from talanoa.processes.models import Participant
from talanoa.record.auditing import audit
from talanoa.record.models import Log
from talanoa.reports.actions import decide, seal_report, write_report
from talanoa.reports.letters import report_text
from talanoa.reports.models import Report
from talanoa.reports.publishing import as_docx, printed


def find(call: Call, by: Participant) -> Call:
    return designate(call, by=by, found=FOUND, at=SETTLED, channel="web")


def sealed(by: Participant) -> Report:
    write_report(by.process, by=by, title="Report", text=DRAFT, at=day(94))
    return seal_report(by.process, by=by, at=day(106), channel="web")


def test_item_3_an_objection_without_an_answer_keeps_a_call_open_and_a_silent_objector_does_not(
    objection: Objection, chair: Participant, editor: Participant
) -> None:
    with pytest.raises(RuleBroken) as broken:
        find(objection.call, chair)
    assert (broken.value.rule, broken.value.subjects) == ("objection_unanswered", ("wg-1",))
    answer_objection(objection, by=editor, text="They were counted.", at=day(80), channel="web")
    call = find(objection.call, chair)
    assert "The objections wg-1 remain beside what was found." in call.declaration


def test_item_3_the_dissent_of_a_silent_objector_stands_in_the_report(ended: Participant) -> None:
    report = sealed(ended)
    assert report.sealed_revision
    assert "Objections that remain: wg-1" in report_text(report, report.sealed_revision)
    assert "/p/wg/objections/1/" in Client().get("/p/wg/report/").content.decode()


def test_item_4_one_character_makes_a_designation_stale_and_everybody_is_told(
    postbox: Postbox, call: Call, chair: Participant, editor: Participant, voice: Participant
) -> None:
    find(call, chair)
    assert len(designations_in_force(call.process)) == 2
    changed = DRAFT.replace("each year.", "each year!")
    revise_draft(call.draft, by=editor, text=changed, at=day(92), channel="web")
    tick(at=day(92))
    assert designations_in_force(call.process) == []
    assert "Out of date: the text has changed" in Client().get("/p/wg/calls/1/").content.decode()
    subjects = [str(letter["Subject"]) for letter in postbox.letters(voice.person.address)]
    assert "Consensus call 1: the text was changed" in subjects


def test_item_5_however_many_agree_nothing_is_found(call: Call, chair: Participant) -> None:
    for n in range(98):
        by = enter(call.process, know_person(name=f"Person {n}", address=f"p{n}@room.example"), at=CALLED)
        take_position(call, by=by, option="support", assurance=Assurance.PROVEN, at=CALLED, channel="web")
    tick(at=SETTLED + timedelta(days=30))
    assert not Designation.objects.exists()
    call.refresh_from_db()
    assert call.declared_at is None


def test_item_6_nobody_ends_a_review_early_or_deletes_what_was_said_and_the_record_holds(
    statement: MinorityStatement, ended: Participant
) -> None:
    report = sealed(ended)
    log = Log.objects.get(name="real")
    assert audit(log).holds
    early = lambda: decide(ended.process, by=ended, rulings={}, at=day(107), channel="web")  # noqa: E731
    assert refusal(early) == "review_period_running"
    with pytest.raises(DatabaseError, match="review_period_running"), transaction.atomic():
        Report.objects.update(review_ends_at=day(107))
    for rows in (Contribution, MinorityStatement, Objection, Designation):
        with pytest.raises(DatabaseError, match="deletion_forbidden"), transaction.atomic():
            rows.objects.all()._raw_delete("default")
    report.refresh_from_db()
    assert report.review_ends_at == day(127)
    assert audit(log).holds


def test_item_7_no_seal_while_minority_statements_are_taken(ended: Participant) -> None:
    write_report(ended.process, by=ended, title="Report", text=DRAFT, at=day(94))
    early = lambda: seal_report(ended.process, by=ended, at=day(104), channel="web")  # noqa: E731
    assert refusal(early) == "minority_window_open"


def levels(html: str) -> dict[str, str]:
    """The level of each heading of a page."""
    found = re.findall(r"<h([1-6])[^>]*>(.*?)</h\1>", html, re.DOTALL)
    return {" ".join(re.sub("<[^>]+>", "", text).split()): level for level, text in found}


def test_item_7_after_it_dissent_stands_in_every_form_at_the_level_of_what_was_agreed(
    statement: MinorityStatement, ended: Participant
) -> None:
    report = sealed(ended)
    assert report.sealed_revision
    page = Client().get("/p/wg/report/").content.decode()
    assert levels(page)["What was agreed"] == levels(page)["Minority statements"] == "2"
    assert LEAVES_OUT in page
    text = Client().get("/p/wg/report.txt").content.decode()
    assert ["## What was agreed" in text, "## Minority statements" in text, LEAVES_OUT in text] == [True] * 3
    document = Document(BytesIO(as_docx(report, report.sealed_revision)))
    styles = {one.text: one.style.name for one in document.paragraphs if one.style}
    assert styles["What was agreed"] == styles["Minority statements"] == "Heading 1"
    reasons = FOUND[1].reasons
    assert styles[LEAVES_OUT] == styles[reasons] == styles["Recommendation 1. Pay the trainers by the hour."]


def test_item_7_and_in_the_printed_form(statement: MinorityStatement, ended: Participant) -> None:
    report = sealed(ended)
    assert report.sealed_revision
    html = printed(report, report.sealed_revision)
    assert levels(html)["What was agreed"] == levels(html)["Minority statements"] == "2"
    assert LEAVES_OUT in html
    assert "How far it is agreed: Consensus (call 1)" in html
