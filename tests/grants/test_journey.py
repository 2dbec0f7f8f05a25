"""From a call to what comes of it: thirty applications, twelve reviewers, five conflicts, an appeal, a withdrawn award.

People apply on pages and by mail, the office works on pages and by command, one reviewer has a mail program and
nothing else. At the end nobody who has a conflict of interest was asked, read, or took part.
"""

import json
from collections import Counter
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from command_line import refused, told
from conftest import day
from grants.applicants import ALL, ASKED, BY_MAIL, BY_WEB, INELIGIBLE, WITHDRAWN, Asks
from grants.conftest import ANSWERS, CLOSES, OPENS, call_text
from grants.journeying import AMINA, DALIA, IVANA, MAARTEN, Journey, agreed, flat
from grants.reviewing import PEOPLE
from mail.example_mails import Postbox, mail, words
from talanoa.grants.models import Application, Conflict, Note, Reading, ResearchCall, Review, Verdict
from talanoa.grants.queries.awards import reserve_list
from talanoa.people.actions import know_person
from talanoa.people.models import Person
from talanoa.people.queries import person_at
from talanoa.processes.models import Participant
from talanoa.record.auditing import audit
from talanoa.record.models import Entry, Log
from web import Hands, Reader

CALL = "/grants/calls/first-questions/"
BY_MAIL_ALONE = "kwame@accra.example"
SECRET = "Nobody outside the panel reads this note."
FUNDED, RESERVED = (1, 2, 4, 5, 6), (8, 9)
OUTPUT = """title: Who stays in the room?
kind: Dataset
date: 2026-06-01
author: One Author; 0000-0002-1825-0097
license: CC-BY-4.0
url: https://data.example/1"""
# Who is barred from which application, and by what.
CONFLICTS = {
    (IVANA, 6): "declared",
    ("tomasz@lodz.example", 2): "organization",
    ("rosa@cusco.example", 4): "co_applicant",
    ("ingrid@oslo.example", 5): "co_author",
    ("mei@kyoto.example", 1): "domain",
}


@pytest.fixture
def journey(monkeypatch: pytest.MonkeyPatch, postbox: Postbox, tmp_path: Path) -> Journey:
    return Journey(Hands(monkeypatch, day(1)), postbox, tmp_path)


@pytest.fixture
def offices(convenor: Participant, dalia: Participant, chair: Participant, sponsor: Participant) -> None:
    """Amina convenes, Dalia is secretariat, Ivana chairs, Maarten pays."""


def test_from_a_call_to_what_comes_of_it(
    journey: Journey, offices: None, yusuf: Person, lucia: Person
) -> None:
    a_call_is_held_for_comments_and_opened(journey)
    thirty_people_apply(journey)
    each_is_looked_at(journey)
    twelve_reviewers_are_named_and_drawn(journey)
    each_states_reads_blind_and_reviews(journey)
    the_panel_speaks_and_recommends(journey)
    it_is_held_and_decided_by_others(journey)
    who_applied_reads_why_and_one_appeals(journey)
    nobody_with_a_conflict_had_a_part_in_it(journey)
    what_is_public_names_nobody(journey)
    one_award_is_accepted_and_one_withdrawn(journey)
    the_next_on_the_reserve_list_has_it(journey)
    what_comes_of_it_is_public(journey)


def one_round() -> str:
    """The template with one round of reviews, by all of its criteria."""
    text = call_text().partition("  - {id: second")[0]
    return text.replace("criteria: [question, method]", "criteria: [question, method, means]")


def a_call_is_held_for_comments_and_opened(journey: Journey) -> None:
    office = journey.reader(AMINA)
    office.open("/grants/")
    office.follow("Publish a call")
    page = office.press("Publish it for comments", text=one_round())
    assert "Nobody can apply yet." in page.text
    reader = journey.reader("lucia@nic.example")
    reader.open(page.links["Read the comments and say yours"])
    assert "say here what is wrong with it" in reader.page.text
    number = ResearchCall.objects.get().thread
    journey.postbox.receive(
        mail("Say which data may be closed.", to="nm@talanoa.example", subject=f"Re: [nm-{number}]"),
        at=day(3),
    )
    journey.turn_to(4)
    journey.hands.turn_to(day(4))
    office.open(f"{CALL}board/")
    office.press(
        "Change the call", text=one_round(), reason="Closed data is allowed where it protects people."
    )
    assert "Closed data is allowed" in Reader().open(CALL).text
    assert (
        "This call takes no applications now." in journey.open("yusuf@garissa.example", f"{CALL}apply/").text
    )
    journey.turn_to(OPENS)
    kinds = [entry["k"] for entry in journey.entries("grantcall.")]
    assert kinds == ["grantcall.published.1", "grantcall.revised.1", "grantcall.opened.1"]


def paper(author: str) -> SimpleUploadedFile:
    """A plan as a word processor writes it, with the name of its author beside the text."""
    document, buffer = docx.Document(), BytesIO()
    document.core_properties.author = author
    document.add_paragraph("We listen to a hundred calls and count.")
    document.save(buffer)
    return SimpleUploadedFile("plan.docx", buffer.getvalue())


def thirty_people_apply(journey: Journey) -> None:
    journey.hands.turn_to(day(OPENS + 1))
    know_person(name="Rosa Quispe", address="rosa@cusco.example", country="PE")
    fellows = {2: "Sione Vea; sione@gov.example", WITHDRAWN: "Rosa Quispe; rosa@cusco.example; ; Peru"}
    for number, one in enumerate(BY_WEB, start=1):
        _applies_by_web(journey, one, number, fellows.get(number, ""))
    for one in BY_MAIL:
        _applies_by_mail(journey, one)
    assert Application.objects.handed_in().count() == len(ALL) == 30
    told = journey.entries("application.received.")
    assert [entry["application"] for entry in told] == list(range(1, 31))
    assert {entry["ch"] for entry in told} == {"web", "mail"}
    journey.turn_to(OPENS + 2)
    assert "names you in application 2" in journey.letter("sione@gov.example", "Do you take part?")
    journey.reply("sione@gov.example", "yes", about="Do you take part?")
    assert Application.objects.get(number=2).applicants.get(number=2).answer == "agreed"


def _applies_by_web(journey: Journey, one: Asks, number: int, fellows: str) -> None:
    know_person(name=one.name, address=one.address, organization=one.organization, country=one.country)
    reader = journey.reader(one.address)
    reader.open(f"{CALL}apply/")
    said: dict[str, Any] = {f"answer-{name}": text for name, text in ANSWERS.items()}
    said |= {"title": one.title, "name": one.name, "organization": one.organization, "budget-people": "10000"}
    if number == 1:
        said["answer-team"] = "I, Yusuf Abdi, and two who count."
        page = reader.press("Keep it as a draft", **said, file=paper("Y. Abdi"))
        assert "plan.docx: Y. Abdi" in page.text
        said["answer-team"] = "One who asks, and two who count."
    page = reader.press("Hand it in", **said, fellows=fellows)
    assert f"Application {number}" in page.text
    receipt = reader.client.get(page.links["Download your receipt"]).content.decode()
    assert f"Talanoa receipt: application {number}" in receipt
    if number == WITHDRAWN:
        assert "Withdrawn. Its number stays." in reader.press("Withdraw the application").text


def _applies_by_mail(journey: Journey, one: Asks) -> None:
    lines = [f"title: {one.title}", *(f"{name}: {said}" for name, said in ANSWERS.items())]
    lines.append("budget people: 10000")
    if one == BY_MAIL[1]:
        _attaches(journey, one, "\n".join(["apply first-questions", *lines]))
    else:
        journey.write(one, "\n".join(["apply first-questions", *lines]), name=one.address)
    assert "answer this mail with the one word: submit" in flat(words(journey.letters(one.address)[-1]))
    assert "Talanoa receipt: application" in journey.reply(one.address, "submit")


def _attaches(journey: Journey, one: Asks, text: str) -> None:
    made = EmailMessage()
    made["From"], made["To"] = f"{one.name} <{one.address}>", "grants@talanoa.example"
    made["Subject"], made["Message-ID"] = "Our application", f"<{one.address}>"
    made["Date"] = day(OPENS + 1)
    made.set_content(text)
    made.add_attachment("A clock, and forty rooms.", filename="rooms.txt")
    journey.postbox.receive(made.as_bytes(), at=journey.hands.at)


def each_is_looked_at(journey: Journey) -> None:
    journey.hands.turn_to(day(OPENS + 3))
    office = journey.reader(AMINA)
    office.open(f"/grants/applications/{INELIGIBLE}/")
    office.press("Say whether it is eligible", unmet=["open"], reason="The minutes stay closed for good.")
    asked = ALL[ASKED - 1]
    told("grant", "ask", ASKED, "--text", "Which two terraces?", "--as", DALIA)
    journey.turn_to(OPENS + 4)
    assert "Which two terraces?" in journey.letter(asked.address, "A question about application")
    journey.reply(asked.address, "The upper and the lower.", about="A question about application")
    turned = journey.letter(ALL[INELIGIBLE - 1].address, f"Looked at: application {INELIGIBLE}")
    assert "can be published under an open license" in turned
    assert "The minutes stay closed for good." in turned
    assert "The upper and the lower." in journey.open(DALIA, f"/grants/applications/{ASKED}/").text
    for number in range(1, 31):
        if number not in (WITHDRAWN, INELIGIBLE):
            made = told("grant", "screen", number, "--reason", "It meets all.", "--as", DALIA)
            assert made["state"] == "eligible"
    found = Counter(entry["finding"] for entry in journey.entries("application.screened."))
    assert found == {"eligible": 28, "ineligible": 1}


def twelve_reviewers_are_named_and_drawn(journey: Journey) -> None:
    journey.hands.turn_to(day(OPENS + 5))
    office = journey.reader(AMINA)
    office.open(f"{CALL}board/")
    for number, (name, address, group, country) in enumerate(PEOPLE, start=1):
        facts = {"name": name, "address": address, "group": group.value, "country": country, "load": "7"}
        about = f"Rooms and who speaks in them, as {name} knows."
        if number == 1:
            office.press("Name a reviewer", **facts, about=about)
        else:
            said = [word for key, value in facts.items() for word in (f"--{key}", value)]
            made = told("grant", "reviewer", "first-questions", *said, "--about", about, "--as", AMINA)
            assert made["reviewer"] == number
    _state_what_binds_them(journey)
    assert refused("grant", "assign", "first-questions", "--as", AMINA) == (3, "grant_call_state")
    journey.turn_to(CLOSES + 1)
    drawn = told("grant", "assign", "first-questions", "--as", AMINA)
    assert drawn["seed"] in journey.open(AMINA, f"{CALL}board/").text
    assert len(drawn["seed"]) == 64
    told_ = [(entry["application"], entry["source"]) for entry in journey.entries("conflict.recorded.")]
    wanted = sorted((number, source.replace("_", "-")) for (_who, number), source in CONFLICTS.items())
    assert sorted(told_) == wanted
    spread = Counter(Reading.objects.values_list("application__number", flat=True))
    assert set(spread.values()) == {3}
    assert len(spread) == 28
    for number in spread:
        rows = Reading.objects.filter(application__number=number)
        assert len(set(rows.values_list("reviewer__group", flat=True))) > 1
        assert len(set(rows.values_list("reviewer__region", flat=True))) > 1
    journey.turn_to(CLOSES + 2)


def _state_what_binds_them(journey: Journey) -> None:
    """Two state it themselves, one of them by mail; one has a second address that nobody confirmed."""
    told("interests", "state", "employer: Red del Sur; 2023; 2026-01", "--as", "tomasz@lodz.example")
    told("interests", "state", "employer: Red del Sur; 2015; 2019", "--as", "mateo@bahia.example")
    works = "On quorum; 2025-03; Aroha Ngata; A. N. Other\nOn tides; 2011; Bao Tran"
    told("grant", "published", journey.file(works), "--as", "ingrid@oslo.example")
    mei = journey.reader("mei@kyoto.example")
    mei.open("/account/email/")
    mei.press("Add it", email="tanaka@garissa.example")
    clerk = journey.reader(DALIA)
    clerk.open("/grants/applications/6/")
    clerk.press("Note a conflict of interest", address=IVANA, reason="They are cousins.")


def text_of(number: int) -> str:
    return f"The question matters; the count of application {number} can be repeated."


def each_states_reads_blind_and_reviews(journey: Journey) -> None:
    rows = list(Reading.objects.select_related("application", "reviewer__person").order_by("pk"))
    on_pages = next(row for row in rows if row.reviewer.person.address != BY_MAIL_ALONE)
    first_of: dict[int, Reading] = {}
    for row in rows:
        first_of.setdefault(row.application_id, row)
        who, number = row.reviewer.person.address, row.application.number or 0
        if who == BY_MAIL_ALONE:
            _reviews_by_mail(journey, row)
        elif row == on_pages:
            _reviews_on_pages(journey, row)
        else:
            told("grant", "attest", number, "--as", who)
            lines = f"question: 4\nmethod: 3\nmeans: n/a\nconfidence: 2\n\n{text_of(number)}"
            told("grant", "review", number, journey.file(lines), "--as", who)
    assert Review.objects.count() == 84
    assert Counter(entry["k"] for entry in journey.entries("review.")) == {
        "review.attested.1": 84,
        "review.received.1": 84,
    }
    told("grant", "reveal", "first-questions", "--as", AMINA)


def _reviews_on_pages(journey: Journey, row: Reading) -> None:
    number, lead = row.application.number, row.application.applicants.get(number=1)
    reader = journey.reader(row.reviewer.person.address)
    page = reader.open(f"/grants/reviews/{number}/")
    assert ANSWERS["question"] not in page.text
    page = reader.press("I have no conflict of interest, and review it")
    assert ANSWERS["question"] in page.text
    assert not any(word in page.text for word in (lead.name, lead.organization or lead.name, "plan.docx"))
    marks = {"mark-question": "4", "mark-method": "3", "mark-means": "n/a", "confidence": "2"}
    page = reader.press("Send my review", text=text_of(number or 0), **marks)
    assert "Your review is in." in page.text


def _reviews_by_mail(journey: Journey, row: Reading) -> None:
    """They read nothing of others before their own review is in, and then what there is."""
    number, lead = row.application.number or 0, row.application.applicants.get(number=1)
    asked = journey.letter(BY_MAIL_ALONE, f"May you review application {number}?")
    assert row.application.title in asked
    assert ANSWERS["method"] not in asked
    whole = journey.reply(BY_MAIL_ALONE, "yes", about=f"May you review application {number}?")
    assert ANSWERS["method"] in whole
    assert not any(word in asked + whole for word in (lead.name, lead.person.address, text_of(number)))
    said = text_of(number)
    lines = f"question: 5\nmethod: 4\nmeans: 3\nconfidence: 3\n\n{said}"
    back = journey.reply(BY_MAIL_ALONE, lines, about=f"To review: application {number}")
    assert "Your review is in." in back
    others = Review.objects.filter(reading__application=row.application).count() - 1
    assert back.count(text_of(number)) == others + 1


def the_panel_speaks_and_recommends(journey: Journey) -> None:
    journey.turn_to(CLOSES + 5)
    row = Reading.objects.filter(reviewer__person__address=BY_MAIL_ALONE).order_by("pk")[0]
    number = row.application.number or 0
    back = journey.reply(BY_MAIL_ALONE, f"discuss: {SECRET}", about=f"about application {number}")
    assert SECRET in back
    assert SECRET in journey.open(DALIA, f"/grants/applications/{number}/").text
    told("grant", "discuss", 8, "--text", "Its count is the cheapest.", "--as", IVANA)
    assert journey.reader(IVANA).client.get("/grants/applications/6/").status_code == 404
    assert refused("grant", "recommend", 6, "funded", *_reasons(6), "--as", IVANA)[0] != 0
    for one in Application.objects.filter(state="eligible").order_by("number"):
        outcome, *_rest = ruled(one.number or 0)
        by = AMINA if (IVANA, one.number) in CONFLICTS else IVANA
        if one.number == 1:
            seat = journey.reader(IVANA)
            assert "Mean" in seat.open("/grants/applications/1/").text
            seat.press("Recommend", outcome="funded", amount="10000", reasons="It can be repeated.")
        else:
            told("grant", "recommend", one.number, outcome, *_reasons(one.number or 0), "--as", by)
    assert Counter(entry["r"] for entry in journey.entries("application.recommended.")) == {
        "chair": 27,
        "convenor": 1,
    }


def ruled(number: int) -> tuple[str, int]:
    outcome = "funded" if number in FUNDED else "reserve" if number in RESERVED else "declined"
    return outcome, 0 if outcome == "declined" else 10_000


def _reasons(number: int) -> tuple[str, ...]:
    words_ = f"Application {number}: by question and method, as its reviews say."
    return ("--amount", str(ruled(number)[1]), "--reason", words_)


def it_is_held_and_decided_by_others(journey: Journey) -> None:
    assert refused("grant", "decide", 1, "funded", *_reasons(1), "--as", MAARTEN) == (3, "award_held")
    assert refused("grant", "decide", 1, "funded", *_reasons(1), "--as", IVANA)[0] != 0
    letters = [str(one["Subject"]) for one in journey.letters("yusuf@garissa.example")]
    assert not any(subject.startswith("Decided") for subject in letters)
    journey.turn_to(CLOSES + 20)
    for number in Application.objects.filter(state="recommended").values_list("number", flat=True):
        outcome, _amount = ruled(number or 0)
        if number == 1:
            board = journey.reader(MAARTEN)
            board.open("/grants/applications/1/")
            board.press("Decide", outcome="funded", amount="10000", reasons="It can be repeated.")
        else:
            told("grant", "decide", number, outcome, *_reasons(number or 0), "--as", MAARTEN)
    states = Counter(Application.objects.values_list("state", flat=True))
    assert states == {"funded": 5, "reserve": 2, "declined": 21, "withdrawn": 1, "ineligible": 1}
    assert len(journey.entries("application.decided.")) == 28
    journey.turn_to(CLOSES + 21)


def who_applied_reads_why_and_one_appeals(journey: Journey) -> None:
    reserve, declined = ALL[RESERVED[0] - 1], ALL[9]
    assert "On the reserve list" in journey.letter(reserve.address, "Decided")
    letter = journey.letter(declined.address, "Decided")
    assert "Application 10: by question and method" in letter
    for criterion in ("The question matters:", "The method can answer it:", "People and means fit the work:"):
        assert letter.count(criterion) == 3
    assert letter.count(text_of(10)) == 3
    assert not any(name in letter for name, *_rest in PEOPLE)
    journey.reply(declined.address, "appeal: one review speaks of another application.", about="Decided")
    journey.turn_to(CLOSES + 22)
    assert "one review speaks of another" in journey.letter(DALIA, "An appeal")
    for address in (IVANA, MAARTEN):  # one recommended, the other decided
        said = ("upheld", "--reason", "No.", "--as", address)
        assert refused("grant", "hear", 10, *said)[0] != 0
    clerk = journey.reader(DALIA)
    clerk.open("/grants/applications/10/")
    clerk.press("Decide the appeal", outcome="overturned", reasons="It does; the panel speaks once more.")
    journey.turn_to(CLOSES + 23)
    assert "the panel speaks once more" in journey.letter(declined.address, "Your appeal")
    assert Application.objects.get(number=10).state == "eligible"
    [entry] = journey.entries("appeal.decided")
    assert (entry["outcome"], entry["r"]) == ("overturned", "secretariat")
    told("grant", "recommend", 10, "reserve", "--amount", "8000", "--reason", "Now rightly.", "--as", IVANA)
    journey.turn_to(CLOSES + 40)
    told("grant", "decide", 10, "reserve", "--amount", "8000", "--reason", "Now rightly.", "--as", MAARTEN)
    journey.turn_to(CLOSES + 41)
    assert "Now rightly." in journey.letter(declined.address, "Decided")


def nobody_with_a_conflict_had_a_part_in_it(journey: Journey) -> None:
    known = Conflict.objects.values_list("person__address", "application__number", "source")
    assert {(who, number): source for who, number, source in known} == CONFLICTS
    for address, number in CONFLICTS:
        title, person = ALL[number - 1].title, person_at(address)
        assert person
        found = Application.objects.get(number=number)
        assert not Reading.objects.filter(application=found, reviewer__person=person).exists()
        assert not Note.objects.filter(application=found, author=person).exists()
        assert not Verdict.objects.filter(application=found, by__person=person).exists()
        assert not any(title in flat(words(one)) for one in journey.letters(address))
        reader = journey.reader(address)
        pages = [f"/grants/applications/{number}/", f"/grants/reviews/{number}/"]
        assert [reader.client.get(path).status_code for path in pages] == [404, 404]
        for path in ("/me/", "/grants/", "/grants/mine/", CALL, "/p/nm/", "/record/", "/me/data.json"):
            assert title not in reader.client.get(path, follow=True).content.decode()
        listed = told("grant", "applications", "--as", address)["applications"]
        assert number not in {row["application"] for row in listed}


def what_is_public_names_nobody(journey: Journey) -> None:
    leaves = b"".join(bytes(leaf) for leaf in Entry.objects.values_list("leaf", flat=True)).decode()
    names = [name for name, *_rest in PEOPLE] + [one.name for one in ALL]
    assert [name for name in names if json.dumps(name)[1:-1] in leaves or name in leaves] == []
    assert SECRET not in leaves
    assert audit(Log.objects.get(name="real")).holds


def one_award_is_accepted_and_one_withdrawn(journey: Journey) -> None:
    """The first agrees on a page, the second by mail; the first lets a partner go and is told why it ends."""
    journey.hands.turn_to(day(CLOSES + 42))
    for number in (1, 2):
        made = told("award", "offer", number, journey.file(agreed(10_000)), "--as", DALIA)
        assert made == {"award": number, "state": "offered"}
    journey.turn_to(CLOSES + 43)
    assert "award 2" not in Reader().open("/grants/awards/").text
    first, second = ALL[0].address, ALL[1].address
    own = journey.reader(first)
    own.open("/grants/awards/1/")
    assert "Accepted. The award is public now." in own.press("Accept the agreement").text
    offered = journey.letter(second, "An award is offered to you")
    assert "The data are published under an open license." in offered
    assert "Accepted." in journey.reply(second, "yes", about="An award is offered to you")
    journey.turn_to(CLOSES + 44)
    office = journey.reader(AMINA)
    office.open("/grants/awards/2/")
    office.press("Withdraw the award", reason="The partner has left, and nobody else can count.")
    journey.turn_to(CLOSES + 45)
    assert "nobody else can count" in journey.letter(second, "Withdrawn: award 2")
    [entry] = journey.entries("award.withdrawn.")
    assert (entry["award"], entry["side"]) == (2, "office")


def the_next_on_the_reserve_list_has_it(journey: Journey) -> None:
    """By the mean of its reviews; whoever stands behind it waits."""
    call = ResearchCall.objects.get()
    next_one = reserve_list(call)[0].number or 0
    offer = ("award", "offer")
    amounts = {8: 10_000, 9: 10_000, 10: 8_000}
    assert amounts.keys() == {*RESERVED, 10}
    for number, amount in amounts.items():
        if number != next_one:
            waits = (*offer, number, journey.file(agreed(amount)), "--as", DALIA)
            assert refused(*waits) == (3, "reserve_order")
    made = told(*offer, next_one, journey.file(agreed(amounts[next_one])), "--as", DALIA)
    assert made["award"] == 3
    journey.turn_to(CLOSES + 46)
    address = ALL[next_one - 1].address
    assert "Accepted." in journey.reply(address, "yes", about="An award is offered to you")
    journey.reply(address, "report: The plan is made.", about="award 3")
    journey.turn_to(CLOSES + 47)
    told("award", "judge", 3, 1, "accepted", "--reason", "It is clear.", "--as", DALIA)
    journey.reply(address, "ethics: none: Only published minutes are counted.", about="award 3")
    for state in ("instructed", "paid"):
        told("award", "pay", 3, 1, state, "--reference", "2026-17", "--as", DALIA)
    journey.reply(address, f"output: {OUTPUT}", about="award 3")


def what_comes_of_it_is_public(journey: Journey) -> None:
    page = Reader().open("/grants/awards/").text
    assert "Withdrawn" in page
    metadata = Reader().client.get("/grants/awards/3/outputs/1.json").json()
    assert metadata["titles"] == [{"title": "Who stays in the room?"}]
    assert metadata["creators"][0]["nameIdentifiers"][0]["nameIdentifier"].endswith("0000-0002-1825-0097")
    rows = Reader().client.get("/grants/awards.csv").content.decode().splitlines()
    assert len(rows) == 4
    kinds = Counter(entry["k"] for entry in journey.entries("award."))
    assert kinds["award.accepted.1"] == 3
    assert [kinds[f"award.{word}.1"] for word in ("withdrawn", "payment", "produced")] == [1, 2, 1]
    public = page + "".join(rows)
    assert [name for name, *_rest in PEOPLE if name in public] == []
    assert audit(Log.objects.get(name="real")).holds
