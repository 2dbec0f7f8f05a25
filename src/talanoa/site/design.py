"""The page that shows every part of the interface in all its states: made-up samples, no database.

`/design/` is the catalog; `?page=process`, `?page=form` and `?page=done` are whole pages made of the parts.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.forms.boundfield import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from talanoa.contributions.rows import DeskRow
from talanoa.lib.diffs import Change, compare
from talanoa.lib.paragraphs import carry_anchors, first_anchors, split

PAGES = {name: f"site/design/{name}.html" for name in ("process", "form", "done")}
NOW = datetime(2026, 8, 24, 9, 12, tzinfo=UTC)
CLOSES = datetime(2026, 8, 28, 23, 59, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage on the rail."""

    label: str
    state: str
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class InputRow:
    """A line in a list of inputs."""

    number: str
    title: str
    author: str
    group: str
    group_label: str
    status: str
    status_label: str = ""
    state: str = "published"
    note: str = ""
    language: str = "en"
    url: str = "#"
    n_signed: int = 0
    of_url: str = ""
    n_of: int = 0
    pile_url: str = ""


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A stakeholder group in the room."""

    group: str
    label: str
    people: int | None
    inputs: int
    percent: int
    floor: int | None


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """A theme with the status of its answer."""

    label: str
    summary: str
    n_inputs: int
    n_waiting: int
    status: str
    status_label: str = ""
    url: str = "#"


@dataclass(frozen=True, slots=True)
class Response:
    """An answer."""

    status: str
    status_label: str
    text: str
    change: str = ""
    where: str = ""
    approved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Dispute:
    """What an author says against an answer, and the reply."""

    text: str
    raised_at: datetime
    reply: str = ""
    replied_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class LogLine:
    """One thing that happened."""

    at: datetime
    text: str
    url: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A label with its value."""

    label: str
    value: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme as the response table names it."""

    label: str


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """An answer as the response table tells it."""

    text: str
    change: str = ""
    where: str = ""
    theme: Theme | None = None


@dataclass(frozen=True, slots=True)
class AnsweredInput:
    """An input under its answer."""

    called: str
    title: str = ""
    language: str = "en"
    commenter: str = ""
    url: str = "#"


@dataclass(frozen=True, slots=True)
class MatrixGroup:
    """An answer of the response table with its inputs."""

    status: str
    status_label: str
    response: GivenAnswer | None
    inputs: list[AnsweredInput]
    theme_url: str = "#"


class SampleForm(forms.Form):
    """A field of every shape."""

    name = forms.CharField(label="Your name", max_length=300)
    address = forms.EmailField(
        label="E-mail address",
        help_text="The receipt and the answer go there. It is never shown.",
        error_messages={"invalid": "Write it like name@example.org."},
    )
    group = forms.ChoiceField(
        label="Stakeholder group",
        choices=[("", "Choose one"), ("civil_society", "Civil society"), ("academia", "Academia")],
    )
    organization = forms.CharField(label="Organization", required=False, help_text="If you speak for one.")
    text = forms.CharField(
        label="Your input",
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text="As short as one sentence, as long as you need: up to 200,000 characters.",
        error_messages={"required": "Write your input, or attach a file."},
    )
    file = forms.FileField(
        label="Or a file", required=False, help_text="txt, md, pdf, docx or odt, up to 10 MB."
    )
    publication = forms.ChoiceField(
        label="How may we show it?",
        widget=forms.RadioSelect,
        error_messages={"required": "Say how we may show it."},
        choices=[("named", "With my name"), ("group_only", "Without my name"), ("private", "Not at all")],
    )
    agreed = forms.BooleanField(
        label="I wrote this, or I may send it", help_text="For instance as the secretary."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["publication"].descriptions = {  # type: ignore[attr-defined]
            "named": "Name, organization, group and country stand beside your words.",
            "group_only": "Only your stakeholder group and country stand there.",
            "private": "Only the secretariat and the chair read it; you are answered all the same.",
        }


class FilterForm(forms.Form):
    """The filters over a list of inputs."""

    q = forms.CharField(label="Words", required=False)
    group = forms.ChoiceField(
        label="Group", required=False, choices=[("", "All groups"), ("academia", "Academia")]
    )
    answer = forms.ChoiceField(label="Answer", required=False, choices=[("", "Any"), ("waiting", "Waiting")])

    @property
    def sections(self) -> list[tuple[str, list[BoundField]]]:
        """The fields under headings, as a long form shows them."""
        return [("What it says", [self["q"]]), ("From whom", [self["group"], self["answer"]])]


FACTS = [
    ("Who runs it", "A secretariat of two in Nairobi and Montevideo; chair not yet named"),
    ("Who may take part", "Anyone, from any stakeholder group, on the web or by e-mail"),
    ("What is decided", "Whether to proceed, and with which of three work streams"),
    ("How it is decided", "The report answers every input; 21 days of review; then the board decides"),
    ("Who pays", "One sponsor, named; it decides nothing before the review period ends"),
    ("What is promised", "Each recommendation gets an answer with a reason"),
    ("Related bodies", "IGF, ICANN, IETF. Overlap: not checked, because this is a sample"),
]
STAGES = [
    Stage("Charter", "done", closes_at=datetime(2026, 7, 18, tzinfo=UTC)),
    Stage("Call for input", "now", datetime(2026, 7, 19, tzinfo=UTC), CLOSES),
    Stage("Report", "next", datetime(2026, 10, 27, tzinfo=UTC)),
    Stage("Review period", "waiting", note="21 days; nobody can shorten it"),
    Stage("Decision", "waiting", note="not before 17 November"),
]
INPUTS = [
    InputRow("mx-160", "Keep the training in the languages people work in", "Kisumu, by e-mail · 2 hours ago",
             "civil_society", "Civil society", "waiting", "waiting"),
    InputRow("mx-157", "Fund replication, not only new case studies", "São Paulo, on the web · yesterday",
             "academia", "Academia", "accepted", "accepted"),
    InputRow("mx-144", "This must not become a second IGF", "Red del Sur, Montevideo",
             "technical_community", "Technical community", "partly_accepted", "partly accepted", n_signed=14,
             pile_url="#"),
    InputRow("mx-131", "لا تكرروا ما تقوم به المنتديات القائمة", "القاهرة، بالبريد الإلكتروني · 12 August",
             "private_sector", "Private sector", "not_accepted", "not accepted", language="ar"),
    InputRow("mx-120", "On the relation between regional coordination, national initiatives and the financing of "
             "participation for small island developing States, with three annexes",
             "Ministry of Communications, Energy, Information, Disaster Management and Climate Change, Nuku’alofa",
             "government", "Government", "noted", "noted"),
    InputRow("mx-118", "Un plan de formation pour dix ans", "Dakar, on the web · 9 August", "intergovernmental",
             "Intergovernmental organization", "out_of_scope", "out of scope", language="fr"),
    InputRow("mx-112", "", "", "civil_society", "Civil society", "accepted", "accepted", state="private"),
    InputRow("mx-111", "", "", "", "", "waiting", "waiting", state="unconfirmed"),
    InputRow("mx-109", "", "", "", "", "waiting", "waiting", state="withheld", note="names a third person"),
    InputRow("mx-97", "Pay the trainers in their own currency", "Garissa, by e-mail · 2 August", "other",
             "Other or undeclared", "", state="superseded", note="by mx-103"),
    InputRow("mx-90", "", "", "", "", "", state="withdrawn", note="1 August"),
    InputRow("mx-88", "", "", "", "", "", state="erased", note="reason: personal data of others"),
]  # fmt: skip
GROUPS = [
    GroupRow("civil_society", "Civil society", 142, 59, 37, 15),
    GroupRow("private_sector", "Private sector", 88, 40, 25, 15),
    GroupRow("government", "Government", 51, 25, 16, 15),
    GroupRow("academia", "Academia", 47, 17, 11, 10),
    GroupRow("technical_community", "Technical community", 30, 14, 9, 15),
    GroupRow("intergovernmental", "Intergovernmental organization", None, 2, 1, None),
    GroupRow("other", "Other or undeclared", 9, 3, 2, None),
]
THEMES = [
    ThemeRow("Languages of training", "Training reaches people when it is held in the languages they work in.",
             31, 0, "accepted", "accepted"),
    ThemeRow("Do not duplicate the IGF", "A new place must say what it leaves to the places that exist.",
             42, 3, "partly_accepted", "partly accepted"),
    ThemeRow("استقلال الجهة الداعية", "الجهة الداعية ليست محايدة، ويجب أن تقول ذلك.", 9, 9, "waiting", "waiting"),
]  # fmt: skip
RESPONSES = [
    Response("partly_accepted", "Partly accepted",
             "The report names the IGF, ICANN and the IETF as the places where such questions are decided, and leaves "
             "them there.\n\nIt keeps the training, because none of the three offers it in more than two languages.",
             "Section 3 now lists what the new place will not do.", "Report, recommendation 4", NOW),
    Response("not_accepted", "Not accepted", "A vote would count organizations and not reasons."),
]  # fmt: skip
DISPUTES = [
    Dispute("I did not ask for a vote. I asked who counts the reasons.", NOW + timedelta(days=2)),
    Dispute("The summary leaves out that we offered to host the archive.", NOW + timedelta(days=1),
            "You are right, and we are sorry. The summary now says so; your offer stands in annex 2.",
            NOW + timedelta(days=4)),
]  # fmt: skip
LOG = [
    LogLine(NOW, "Answer published to mx-144, which you signed.", "#", "Does it do you justice?"),
    LogLine(NOW - timedelta(days=1), "Liaison statement sent to the IGF Secretariat; reply due 5 September."),
    LogLine(NOW - timedelta(days=3), "26 inputs received."),
]
MODERATION = [
    DeskRow("Decide an appeal: mx-109", "#", "at the latest on", NOW - timedelta(days=1)),
    DeskRow("Flagged: mx-144", "#"),
    DeskRow("Held: mx-131", "#", "since", NOW - timedelta(days=3)),
]
SUMMARY = [
    Row("Your name", "Lucía Pereira", "#"),
    Row("Your input", "This must not become a second IGF.\n\nName what you leave to others.", "#"),
    Row("File", "", "#"),
]
MATRIX = [
    MatrixGroup("partly_accepted", "Partly accepted",
                GivenAnswer("The training stays, because nobody offers it in these languages.",
                            "Section 3 lists what is left to others.", "Recommendation 4",
                            Theme("Do not duplicate the IGF")),
                [AnsweredInput("mx-144", "This must not become a second IGF",
                               commenter="Red del Sur · Technical community"),
                 AnsweredInput("mx-131", "لا تكرروا ما تقوم به المنتديات القائمة", "ar",
                               "القاهرة · Private sector"),
                 AnsweredInput("mx-112")]),
    MatrixGroup("accepted", "Accepted", GivenAnswer("Replication is where trust comes from."),
                [AnsweredInput("mx-157", "Fund replication, not only new case studies",
                               commenter="São Paulo · Academia")]),
    MatrixGroup("noted", "Noted", None, [AnsweredInput("mx-109")]),
]  # fmt: skip
BEFORE = "The place holds two courses a year in English.\n\nIt reports every year.\n\nIt may charge a fee."
AFTER = "The place holds three courses a year in English and Kiswahili.\n\nIt reports every year.\n\nIt says its costs."
RECEIPT = """Talanoa receipt: number mx-144, received 2026-08-24 09:12 UTC (channel: web).

== received ==
title: This must not become a second IGF

== entry ==
{"at":"2026-08-24T09Z","kind":"inputs.received.1","n":144,"process":"mx"}

== proof ==
c2sp.org/tlog-proof@v1
index 4211
d0RJZ2l0YWwgc2FtcGxlLCBub3QgYSByZWFsIGhhc2ggYXQgYWxsLi4uLi4=

== end =="""
PAGES_OF_A_PROCESS = ("Overview", "Charter", "Inputs", "Themes and answers", "Report", "Record")
SUBNAV = [(label, f"#{label[0].lower()}") for label in PAGES_OF_A_PROCESS]


def changes() -> tuple[Change, ...]:
    """Compare two sample texts, block by block."""
    old, free = first_anchors(split(BEFORE))
    new, _free = carry_anchors(old, split(AFTER), free)
    return compare(old, new)


def wrong_form() -> SampleForm:
    """Return the form as it comes back after mistakes."""
    return SampleForm(
        {"name": "Yusuf Abdi", "address": "yusuf at garissa.example", "group": "academia", "agreed": "on"}
    )


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show the catalog, or one of the whole pages."""
    name = request.GET.get("page", "")
    context = {
        "facts": FACTS, "stages": STAGES, "closes_at": CLOSES, "inputs": INPUTS, "groups": GROUPS, "themes": THEMES,
        "responses": RESPONSES, "disputes": DISPUTES, "log": LOG, "summary": SUMMARY, "matrix": MATRIX,
        "changes": changes(), "receipt": RECEIPT, "subnav": SUBNAV, "now": NOW, "moderation": MODERATION,
        "acts": [("Write your input", "#write"), ("Send it by e-mail", "#mail")],
        "form": SampleForm(), "wrong": wrong_form(), "filters": FilterForm(prefix="filter"),
        "long": FilterForm(prefix="long"), "page": Paginator(range(400), 50).page(2),
    }  # fmt: skip
    return render(request, PAGES.get(name, "site/design.html"), context)
