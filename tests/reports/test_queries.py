"""What stands in the way of the seal, who took part, what is disputed."""

from collections.abc import Callable

import pytest

from conftest import day
from steps import REPORT, answer_all, draft
from talanoa.contributions.actions.answering import dispute_response, reply_to_dispute
from talanoa.contributions.actions.standing import Author
from talanoa.contributions.models import Answer, Assurance, Contribution
from talanoa.documents.models import Document
from talanoa.inputs.models import Input
from talanoa.people.actions import know_person
from talanoa.people.models import Person
from talanoa.processes import charter
from talanoa.processes.actions.chartering import publish_charter
from talanoa.processes.actions.roles import enter
from talanoa.processes.actions.stages import open_process
from talanoa.processes.models import Participant, Process
from talanoa.reports.actions import write_report
from talanoa.reports.models import Report
from talanoa.reports.queries import open_disputes, options, readiness, took_part, unknown_citations

Send = Callable[..., Input]


def written(by: Participant, text: str = REPORT) -> Report:
    write_report(by.process, by=by, title="Report", text=text, at=day(10))
    return Report.objects.get()


def test_what_waits_for_an_answer_is_in_the_way_of_the_seal(
    spoken: Contribution, convenor: Participant
) -> None:
    report = written(convenor)
    before = readiness(report)
    answer_all(convenor)
    after = readiness(report)
    assert [(found.unanswered, found.coverage.waiting) for found in (before, after)] == [
        (("nm-1",), 1),
        ((), 0),
    ]


def test_so_is_a_citation_that_leads_nowhere(answered: Contribution, convenor: Participant) -> None:
    assert readiness(written(convenor, REPORT + "\nSee [nm-7].\n")).unknown_citations == ("nm-7",)


def test_recommendations_come_with_their_numbers(process: Process, convenor: Participant) -> None:
    assert [row.number for row in readiness(written(convenor)).recommendations] == [1, 2]
    assert readiness(written(convenor, "# Training\n")).recommendations == ()


def test_before_the_first_revision_nothing_is_cited_or_recommended(
    process: Process, convenor: Participant
) -> None:
    report = Report(process=process, document=Document.objects.create(kind="report", title="Empty"))
    found = readiness(report)
    assert (found.recommendations, found.unknown_citations) == ((), ())


def test_citations_lead_to_inputs_and_themes_of_this_process(
    answered: Contribution, convenor: Participant, nino: Participant
) -> None:
    text = "[nm-1] [#2] [theme:money] [theme:travel] [geo-9] `[nm-8]`\n\nRecommendation 1. Pay.\n"
    revision = written(convenor, text).document.latest()
    assert revision
    assert unknown_citations(convenor.process, revision) == ("nm-2", "theme:travel")


def test_those_who_spoke_took_part_and_without_an_address_they_cannot_be_told(
    *, process: Process, send: Send, yusuf: Person, lucia: Person, dalia: Participant
) -> None:
    elder = know_person(name="An elder of Garissa")
    spoke = Author(person=elder, name=elder.name, group="other", assurance=Assurance.ENTERED)
    enter(process, lucia, at=day(1))
    for n in range(2):
        send(yusuf, f"Point {n}")
    send(dalia.person, "Said at the well.", author=spoke, source="paper")
    assert took_part(process) == ([yusuf], [elder])


def test_a_dispute_is_open_until_it_has_its_reply(
    answered: Contribution, convenor: Participant, yusuf: Person
) -> None:
    author = enter(convenor.process, yusuf, at=day(1))
    made = dispute_response(
        Answer.objects.get(), by=author, text="I did not say so.", at=day(45), channel="web"
    )
    before = open_disputes(convenor.process)
    reply_to_dispute(made, by=convenor, reply="You are right.", at=day(46), channel="web")
    assert (before, open_disputes(convenor.process)) == ([made], [])


@pytest.fixture
def study(amina: Person) -> Participant:
    """The convenor of a feasibility study with two options."""
    facts = charter.template("feasibility-study", title="Do we need a new fund?")
    chosen = {"options": ["Proceed: at once", "Do not proceed"]}
    made, convenor = draft(amina, **facts | chosen)
    publish_charter(made, by=convenor, at=day(0), channel="web")
    open_process(made, by=convenor, at=day(0), channel="web")
    return convenor


def test_a_feasibility_study_weighs_each_option_of_its_charter(study: Participant) -> None:
    texts = ("Recommendation 1. PROCEED.", "Proceed, or do not proceed?\n\nRecommendation 1. Wait.")
    found = [readiness(written(study, text)).unweighed for text in texts]
    assert (options(study.process), found) == (
        ["Proceed: at once", "Do not proceed"],
        [("Do not proceed",), ()],
    )


def test_an_open_consultation_and_a_draft_have_no_options_to_weigh(
    process: Process, nino: Participant
) -> None:
    assert (options(process), options(nino.process)) == ([], [])
