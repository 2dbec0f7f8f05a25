"""The outline of a report, made from themes and answers: a beginning to write on."""

from collections.abc import Callable

from conftest import day
from steps import draft, theme_with
from talanoa.contributions.actions.answering import approve_response, draft_response
from talanoa.contributions.models import Contribution
from talanoa.inputs.models import Input
from talanoa.people.models import Person
from talanoa.processes import charter
from talanoa.processes.actions.chartering import publish_charter
from talanoa.processes.models import Participant, Process
from talanoa.reports.actions import write_report
from talanoa.reports.drafting import outline
from talanoa.reports.models import Report
from talanoa.reports.queries import readiness

Send = Callable[..., Input]


def answered(by: Participant, contribution: Contribution, label: str, **said: str) -> None:
    theme = theme_with(by, contribution, label=label)
    words = {"status": "accepted", "text": f"On {label}: yes."} | said
    made = draft_response(by.process, by=by, theme=theme, at=day(3), **words)
    approve_response(made, by=by, at=day(3), channel="web")


def test_each_theme_is_a_section_and_each_change_a_recommendation(
    convenor: Participant, send: Send, yusuf: Person
) -> None:
    first, second = (send(yusuf, text).contribution for text in ("a", "b"))
    answered(convenor, first, "Money", change="Pay the trainers.")
    answered(convenor, second, "Travel", status="not_accepted", change="Nothing.")
    assert outline(convenor.process).split("\n\n") == [
        "# How should training be funded?",
        "2 inputs were received; 2 have an answer.",
        "## Money",
        "They speak of Money. [theme:money]",
        "On Money: yes.",
        "## Travel",
        "They speak of Travel. [theme:travel]",
        "On Travel: yes.",
        "## Recommendations",
        "Recommendation 1. Pay the trainers.\n",
    ]


def test_a_draft_answer_does_not_come_into_it(convenor: Participant, send: Send, yusuf: Person) -> None:
    theme = theme_with(convenor, send(yusuf).contribution)
    draft_response(convenor.process, by=convenor, theme=theme, status="noted", text="Perhaps.", at=day(3))
    assert "Perhaps." not in outline(convenor.process)


def test_an_outline_of_nothing_still_recommends_something(process: Process) -> None:
    assert outline(process).endswith(
        "## Recommendations\n\nRecommendation 1. Note the answers given in this report.\n"
    )


def test_an_outline_can_be_sealed_as_it_is(convenor: Participant, send: Send, yusuf: Person) -> None:
    answered(convenor, send(yusuf).contribution, "Money", change="Pay the trainers.")
    text = outline(convenor.process)
    write_report(convenor.process, by=convenor, title="Report", text=text, at=day(10))
    found = readiness(Report.objects.get())
    assert (found.coverage.waiting, found.unknown_citations, len(found.recommendations)) == (0, (), 1)


def test_the_outline_of_a_feasibility_study_has_a_row_for_each_option(amina: Person) -> None:
    facts = charter.template("feasibility-study", title="Do we need a new fund?")
    made, convenor = draft(amina, **facts | {"options": ["Proceed: at once", "Do not proceed"]})
    publish_charter(made, by=convenor, at=day(0), channel="web")
    table = outline(made).partition("## Options and evidence\n\n")[2].split("\n\n")[0]
    assert table.splitlines() == [
        "| Option | Evidence for | Evidence against | Finding |",
        "|---|---|---|---|",
        "| Proceed | | | |",
        "| Do not proceed | | | |",
    ]
