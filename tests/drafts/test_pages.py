"""The pages of a draft: what they show to whom, what one does on them, how often they ask the database."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from conftest import day
from drafts.conftest import OTHER, WHEN, CommentOn, Suggest, need_counts, newest
from steps import DRAFT
from talanoa.contributions.actions.moderating import hold_contribution
from talanoa.contributions.models import Assurance, Authorship, Contribution
from talanoa.documents.models import Paragraph
from talanoa.drafts.actions.disposing import Ruled, accept_suggestion, dispose_of
from talanoa.drafts.actions.remarking import erase_remark
from talanoa.drafts.actions.writing import revise_draft
from talanoa.drafts.models import Comment, Draft
from talanoa.drafts.queries import dispositions_of
from talanoa.people.models import Person
from talanoa.processes.models import Participant, Process
from web import Hands, Reader

CANARY = "knowhere-canary"
ONE = "/p/wg/drafts/1/"
BUDGET = 100_000


@pytest.fixture(autouse=True)
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    return Hands(monkeypatch, WHEN)


def revise(draft: Draft, editor: Participant, old: str, new: str, **more: str) -> None:
    text = newest(draft).text.replace(old, new)
    revise_draft(draft, by=editor, text=text, at=WHEN, channel="web", **more)


def queries(path: str) -> int:
    client = Client()
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def test_a_draft_is_found_from_the_process_page_and_shows_who_wrote_it_and_its_hash(draft: Draft) -> None:
    reader = Reader()
    assert "Drafts are written now" in reader.open("/p/wg/").text
    reader.follow("Read the drafts")
    page = reader.follow("Training")
    assert "Lucía Pereira" in page.text
    assert newest(draft).sha256 in page.text
    assert "Comments are open at least until Saturday 2 May 2026" in page.text
    ids = [attrs["id"] for tag, attrs in page.elements if tag == "section" and "id" in attrs]
    assert ids == ["p1", "p2", "p3", "p4"]


def test_the_text_itself_has_the_hash_of_the_record(draft: Draft) -> None:
    from hashlib import sha256  # noqa: PLC0415 - as somebody else would check it

    got = Client().get(f"{ONE}r/1/text.md")
    assert sha256(got.content).hexdigest() == newest(draft).sha256


def test_somebody_comments_on_words_of_a_paragraph_and_everybody_reads_it(
    draft: Draft, yusuf: Person
) -> None:
    reader = Reader(yusuf)
    reader.open(ONE)
    assert "Comment on paragraph 2 " in reader.follow("comment ¶ 2").text
    assert "Money is what lacks." in reader.page.text
    page = reader.press("Send my comment", text="Say who <b>pays</b>.", quote="is what")
    assert "wg-1" in page.text
    reader.follow("Back to the draft")
    page = reader.follow("¶ 2 · 1 comment")
    assert "Paragraph 2 Money is what lacks." in page.text
    assert "Say who <b>pays</b>." in page.text
    assert "Address confirmed" in page.text


def test_a_quote_that_does_not_stand_there_is_told_beside_its_field(draft: Draft, yusuf: Person) -> None:
    reader = Reader(yusuf)
    reader.open(f"{ONE}at/p2/comment/")
    page = reader.press("Send my comment", text="Say who pays.", quote="by the hour")
    assert "do not stand there" in page.text
    assert not Comment.objects.exists()


def test_a_visitor_is_numbered_and_held(draft: Draft) -> None:
    reader = Reader()
    reader.open(f"{ONE}at/whole/comment/")
    about = {"name": "Ana", "address": "ana@dili.example"}
    page = reader.press("Send my comment", text=CANARY, **about)
    assert "held until you confirm" in page.text
    assert CANARY not in Reader().open("/p/wg/drafts/n/1/").text


def test_a_form_sent_twice_is_one_comment(draft: Draft, yusuf: Person) -> None:
    reader = Reader(yusuf)
    form = reader.open(f"{ONE}at/p2/comment/")
    for _twice in range(2):
        reader.page, reader.path = form, f"{ONE}at/p2/comment/"
        reader.press("Send my comment", text="Say who pays.")
    assert Comment.objects.count() == 1


def test_who_read_an_older_revision_comments_on_that_one(
    draft: Draft, editor: Participant, yusuf: Person
) -> None:
    reader = Reader(yusuf)
    reader.open(f"{ONE}at/p2/comment/")
    revise(draft, editor, "lacks", "fails")
    reader.press("Send my comment", text="Say who pays.")
    assert Comment.objects.get().revision.number == 1
    page = reader.open(f"{ONE}at/p2/")
    assert "Its paragraph changed since this comment" in page.text
    assert "removed: lacks" in page.text


def test_what_lost_its_paragraph_is_listed_at_the_end_and_read_where_it_was(
    comment: CommentOn, draft: Draft, editor: Participant, yusuf: Person
) -> None:
    comment(yusuf)
    revise(draft, editor, "Money is what lacks.\n\n", "")
    reader = Reader()
    reader.open(ONE)
    page = reader.follow("1 comment or suggestion was about a paragraph that is gone")
    assert "Its paragraph is gone." in page.text
    page = reader.follow("a paragraph that is gone")
    assert "So it read in revision 1: Money is what lacks." in page.text


def test_a_suggestion_shows_what_it_changes_and_people_say_what_must_be(
    draft: Draft, yusuf: Person, sione: Person
) -> None:
    reader = Reader(yusuf)
    reader.open(f"{ONE}at/p3/")
    assert "Suggest other words for paragraph 3" in reader.follow("Suggest other words").text
    reader.press("Send my suggestion", replacement=OTHER, text="An hour is short.")
    other = Reader(sione)
    page = other.open("/p/wg/drafts/n/1/")
    assert "removed: hour" in page.text
    page = other.press("It must be in the text")
    assert "Must be in the text: 1. Should: 0." in page.text
    page = other.press("Take it back")
    assert "Must be in the text: 0." in page.text


def test_a_suggestion_of_two_paragraphs_is_told_beside_its_field(draft: Draft, yusuf: Person) -> None:
    reader = Reader(yusuf)
    reader.open(f"{ONE}at/p3/suggest/")
    page = reader.press("Send my suggestion", replacement=f"{OTHER}\n\nMore.")
    assert "Put one paragraph in the place of one." in page.text


def test_one_takes_ones_comment_back_on_its_page(comment: CommentOn, yusuf: Person, sione: Person) -> None:
    comment(yusuf)
    assert "It is yours" not in Reader(sione).open("/p/wg/drafts/n/1/").text
    reader = Reader(yusuf)
    reader.open("/p/wg/drafts/n/1/")
    assert "Its author took it back" not in reader.press("Withdraw it").text
    assert "Its author took it back" in Reader().open("/p/wg/drafts/n/1/").text


def test_an_editor_looks_at_what_changes_before_it_is_published(draft: Draft, lucia: Person) -> None:
    desk = Reader(lucia, in_office=True)
    desk.open(ONE)
    desk.follow("Write a revision")
    page = desk.press("Look at what changes", text=DRAFT.replace("hour", "day"), summary="By the day")
    assert "removed: hour" in page.text
    assert newest(draft).number == 1
    page = desk.press("Publish the revision")
    assert "Revision 2 is published." in page.text
    page = desk.follow("what changed: revision 2")
    assert "1 paragraph changed" in page.text
    assert "not there" not in desk.follow("Show it side by side").text


def test_who_revises_what_was_revised_meanwhile_is_told_so(
    draft: Draft, editor: Participant, lucia: Person
) -> None:
    desk = Reader(lucia, in_office=True)
    desk.open(f"{ONE}revise/")
    revise(draft, editor, "lacks", "fails")
    page = desk.press("Publish the revision", text=DRAFT.replace("hour", "day"))
    assert "Revision 2 was published meanwhile." in page.text


def test_an_editor_begins_a_draft(editor: Participant, lucia: Person) -> None:
    desk = Reader(lucia, in_office=True)
    desk.open("/p/wg/drafts/")
    desk.follow("Begin a draft")
    page = desk.press("Publish the first revision", title="Second", text="Another text.")
    assert "Another text." in page.text


def test_an_editor_answers_several_comments_at_once(
    *, comment: CommentOn, draft: Draft, editor: Participant, lucia: Person, yusuf: Person, sione: Person
) -> None:
    rows = [comment(person) for person in (yusuf, sione)]
    revise(draft, editor, "lacks", "fails")
    desk = Reader(lucia, in_office=True)
    desk.open(f"{ONE}comments/?show=waiting")
    page = desk.press("Say what becomes of them", n=["1", "2"])
    assert "2 comments get this answer" in page.text
    page = desk.press("Publish this answer", status="accepted", reason=" ")
    assert "This field is required." in page.text
    told = {"status": "accepted", "reason": "It is said now.", "revision": "2", "paragraph": "2"}
    page = desk.press("Publish this answer", **told)
    assert "It is said what became of 2 comments." in page.text
    assert "None." in page.text
    given = dispositions_of(row.contribution_id for row in rows)
    assert {made.anchor for [made] in given.values()} == {"p2"}
    page = Reader().open("/p/wg/drafts/n/2/")
    assert page.links["the change in revision 2"] == "/p/wg/drafts/1/changes/1/2/#p2"


def test_an_editor_accepts_a_suggestion_whose_paragraph_changed_after_a_look(
    suggestion: Suggest, draft: Draft, editor: Participant, lucia: Person, yusuf: Person
) -> None:
    suggestion(yusuf)
    desk = Reader(lucia, in_office=True)
    desk.open("/p/wg/drafts/n/1/")
    desk.follow("Decide about it")
    revise(draft, editor, "hour", "week")
    page = desk.press("Publish the decision", outcome="accept")
    assert "Look at it as it stands now" in page.text
    page = desk.press("Publish the decision", outcome="accept")
    assert "Accepted: revision 3 is published." in page.text
    assert "Its words stand in the newest revision." in page.text


def test_an_editor_rejects_a_suggestion_with_a_reason(
    suggestion: Suggest, lucia: Person, yusuf: Person
) -> None:
    suggestion(yusuf)
    desk = Reader(lucia, in_office=True)
    desk.open("/p/wg/drafts/n/1/decide/")
    page = desk.press("Publish the decision", outcome="reject")
    assert "whoever spoke is owed a reason" in page.text
    desk.press("Publish the decision", outcome="reject", reason="Too dear.")
    page = Reader().open(f"{ONE}todo/")
    assert "Not accepted:" in page.text
    assert "Too dear." in page.text


def test_who_writes_no_drafts_has_no_page_to_write_on(
    draft: Draft, yusuf: Person, comment: CommentOn
) -> None:
    comment(yusuf)
    reader = Reader(yusuf)
    for page in ("drafts/begin/", "drafts/1/revise/", "drafts/1/dispose/"):
        reader.open(f"/p/wg/{page}")
        assert reader.status == 403


def test_an_editor_shows_a_second_factor_first(draft: Draft, lucia: Person) -> None:
    reader = Reader(lucia)
    reader.open(f"{ONE}revise/")
    assert reader.path.startswith("/account/2fa/")


def test_my_page_leads_an_editor_to_the_drafts(draft: Draft, lucia: Person) -> None:
    page = Reader(lucia).open("/me/")
    assert page.links["How should training be funded?"] == "/p/wg/drafts/"


def test_the_convenor_erases_a_comment(comment: CommentOn, yusuf: Person, amina: Person) -> None:
    comment(yusuf, CANARY)
    desk = Reader(amina, in_office=True)
    desk.open("/p/wg/drafts/n/1/")
    desk.press("Erase the content", ground="author_request")
    page = Reader().open("/p/wg/drafts/n/1/")
    assert "Its content was erased." in page.text
    assert not Comment.objects.filter(text=CANARY).exists()


def everywhere(number: int) -> list[str]:
    """Every way on which the words of a comment may leave."""
    said = ("comments/", "comments/?show=waiting", "todo/", "at/p2/", "", "r/1/")
    others = ("/p/wg/", "/p/wg/drafts/", "/p/wg/feed.atom", "/p/wg/inputs/", "/p/wg/inputs.csv", "/record/")
    return [f"/p/wg/drafts/n/{number}/", *(f"{ONE}{path}" for path in said), *others]


@pytest.mark.parametrize("state", ["unconfirmed", "withheld", "withdrawn", "erased"])
def test_what_is_not_public_leaves_on_no_way(
    comment: CommentOn, yusuf: Person, convenor: Participant, state: str
) -> None:
    assurance = Assurance.CLAIMED if state == "unconfirmed" else Assurance.PROVEN
    made = comment(yusuf, CANARY, assurance=assurance)
    act: dict[str, Any] = {"at": WHEN, "channel": "web"}
    if state == "withheld":
        hold_contribution(made.contribution, by=convenor, reason="abuse", **act)
    elif state == "erased":
        erase_remark(made, by=convenor, ground="unlawful", **act)
    elif state == "withdrawn":
        Contribution.objects.filter(pk=made.contribution_id).update(state=state)
    shown = [path for path in everywhere(1) if CANARY in Client().get(path).content.decode()]
    assert shown == []


def test_hostile_words_are_only_words(comment: CommentOn, suggestion: Suggest, yusuf: Person) -> None:
    bad = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    comment(yusuf, bad)
    suggestion(yusuf, f"Recommendation 1. {bad}", reason=bad)
    pages = [f"{ONE}comments/", f"{ONE}at/p3/", f"{ONE}todo/", "/p/wg/drafts/n/2/"]
    text = "".join(Client().get(page).content.decode() for page in pages)
    assert [tag for tag in ("<script", "<img") if tag in text] == []


def test_the_number_of_a_comment_leads_to_its_page_from_the_inputs_too(
    comment: CommentOn, yusuf: Person
) -> None:
    comment(yusuf)
    asked = Client().get("/p/wg/inputs/1/", follow=True)
    assert asked.redirect_chain[-1][0] == "/p/wg/drafts/n/1/"


def test_once_the_report_is_written_drafts_are_read_and_nothing_is_said(
    comment: CommentOn, draft: Draft, yusuf: Person, hands: Hands
) -> None:
    comment(yusuf)
    draft.process.stages.filter(kind="drafting").update(closed_at=WHEN)
    reader = Reader(yusuf)
    assert "Comment on the whole text" not in reader.open(ONE).links
    reader.open(f"{ONE}at/p2/comment/")
    assert reader.status == 409


def many(draft: Draft, editor: Participant, person: Person, *, paragraphs: int, comments: int) -> None:
    """A long text, and many comments on it."""
    text = "\n\n".join(
        f"Paragraph {n} says in some words what is to be done, and by whom." for n in range(paragraphs)
    )
    revision = revise_draft(draft, by=editor, text=text, at=WHEN, channel="web")
    anchors = list(Paragraph.objects.filter(revision=revision).values_list("anchor", flat=True))
    process = Process.objects.get(pk=draft.process_id)
    first = process.last_number + 1
    rows = Contribution.objects.bulk_create(
        Contribution(
            process=process,
            number=first + n,
            kind="comment",
            channel="web",
            state="published",
            person=person,
            received_at=WHEN,
            dedup_key=f"many {first + n}",
        )
        for n in range(comments)
    )
    Authorship.objects.bulk_create(
        Authorship(contribution=row, name="Yusuf", group="academia", assurance="proven") for row in rows
    )
    Comment.objects.bulk_create(
        Comment(
            contribution=row,
            draft=draft,
            revision=revision,
            anchor=anchors[n % len(anchors)],
            text=f"Comment {n}. " + "It should be said who pays for this, and when. " * 4,
        )
        for n, row in enumerate(rows)
    )
    Process.objects.filter(pk=process.pk).update(last_number=first + comments)


PAGES = ("", "?page=2", "comments/", "comments/?show=waiting", "todo/", "at/p1001/", "r/1/")


def test_a_thousand_paragraphs_and_five_thousand_comments_stay_within_the_budget(
    draft: Draft, editor: Participant, yusuf: Person
) -> None:
    many(draft, editor, yusuf, paragraphs=1000, comments=5000)
    anchor = newest(draft).paragraphs.get(position=500).anchor
    pages = [page.replace("p1001", anchor) for page in PAGES]
    sizes = {page: len(Client().get(f"{ONE}{page}").content) for page in pages}
    assert {page: size for page, size in sizes.items() if size > BUDGET} == {}
    asked = {page: queries(f"{ONE}{page}") for page in pages}
    assert max(asked.values()) <= 30, asked


def test_a_page_asks_as_often_for_one_paragraph_and_comment_as_for_many(
    comment: CommentOn, suggestion: Suggest, draft: Draft, editor: Participant, yusuf: Person
) -> None:
    for text in ("One, as #1 says.", "Two."):
        comment(yusuf, text)
    suggestion(yusuf, "Money lacks.", "p2")
    made = suggestion(yusuf)
    accept_suggestion(made, by=editor, at=WHEN, channel="web")
    dispose_of(draft, [1], by=editor, ruled=Ruled("noted", "Thank you.", 2, "p3"), at=WHEN, channel="web")
    pages = ("", "comments/", "at/p2/", "todo/", "changes/1/2/", "r/1/")
    before = {page: queries(f"{ONE}{page}") for page in pages}
    for n in range(3):
        comment(yusuf, f"Number {n}, see #1.")
        suggestion(yusuf, f"Money lacks {n}.", "p2")
    revise(draft, editor, "lacks", "fails\n\nThree.\n\nFour")
    after = {page: queries(f"{ONE}{page}") for page in pages}
    grown = {page: (before[page], after[page]) for page in pages if after[page] > before[page] + 2}
    assert grown == {}
    assert need_counts(made) == (0, 0)


def test_until_is_told_in_days_of_the_calendar(draft: Draft, hands: Hands) -> None:
    hands.turn_to(day(60))
    assert "Comments are open at least until" in Reader().open("/p/wg/drafts/").text


def test_an_editor_begins_from_a_file_and_looks_through_it_before_anything_is_public(
    editor: Participant,
) -> None:
    writer = Reader(editor.person, in_office=True)
    writer.open("/p/wg/drafts/begin/")
    writer.follow("Begin from a file")
    words = b"# Wells\n\nDig <b>deep</b>.\n\nRecommendation 1. Pay the diggers.\n"
    page = writer.press("Read it", file=SimpleUploadedFile("wells.md", words))
    assert "Nothing is published yet." in page.text
    assert not Draft.objects.exists()
    writer.press("Publish the first revision")
    made = Draft.objects.get()
    assert (made.document.title, "Pay the diggers." in newest(made).text) == ("Wells", True)


def test_a_file_that_cannot_be_read_is_refused_at_its_field(editor: Participant) -> None:
    writer = Reader(editor.person, in_office=True)
    writer.open("/p/wg/drafts/import/")
    page = writer.press("Read it", file=SimpleUploadedFile("wells.docx", b"PK\x03\x04 no zip"))
    assert writer.status == 200
    assert "Read it" in str(page.forms[-1].buttons)
    assert not Draft.objects.exists()


@pytest.mark.parametrize("form", ["html", "docx", "txt"])
def test_a_revision_is_taken_away_as_a_file(draft: Draft, form: str) -> None:
    got = Client().get(f"{ONE}r/1/text.{form}")
    assert got.status_code == 200
    assert got["Content-Disposition"].endswith(f'r1.{form}"')
    assert form == "docx" or b"Publish the budget" in got.content
    assert Client().get(f"{ONE}r/1/text.exe").status_code == 404
