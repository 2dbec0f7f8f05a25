"""Bringing an issue, answering it, replying, erasing: what each act leaves behind, and what it refuses."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from conftest import START, day
from desk.conftest import Bring
from steps import draft, line, new_entries, refusal
from talanoa.contributions.models import Assurance
from talanoa.desk.actions.answering import Said, answer_issue, hear_body, reconsider_issue, reply_to_answer
from talanoa.desk.actions.bringing import confirm_issue
from talanoa.desk.actions.erasing import erase_issue
from talanoa.desk.models import Answer, Bringer, Issue, Referral
from talanoa.desk.queries import overdue
from talanoa.kernel.errors import NotAllowed
from talanoa.people.models import Person
from talanoa.record.models import Entry
from talanoa.record.queries import opened, opened_for
from talanoa.registry.models import Body

DECLINE, EXPERTISE = (
    Said("decline", "The office of roads decides that."),
    Said("expertise", "Lucía offers two days."),
)
DUE = "2026-03-17T09:00Z"


def test_an_issue_gets_number_clock_and_entry(bring: Bring, yusuf: Person) -> None:
    entries = new_entries(lambda: bring(yusuf))
    told = {"issue": 1, "state": "open", "assurance": "proven", "until": DUE}
    assert entries == [line("issue.received.1", r="reader", at=day(1), p="", **told)]
    assert Issue.objects.get().due_at == day(15)


def test_the_same_sending_twice_is_one_issue(bring: Bring, yusuf: Person, lucia: Person) -> None:
    assert bring(yusuf).pk == bring(yusuf).pk
    assert bring(lucia).number == 2


def test_without_a_title_the_first_words_are_one(bring: Bring, yusuf: Person) -> None:
    assert bring(yusuf, "First line.\nSecond.", title=" ").title == "First line."
    long = bring(yusuf, "a" * 300, title="").title
    assert (len(long), long[-2:]) == (200, "a…")


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"text": " "}, "text_empty"),
        ({"text": "a" * 4001}, "text_too_long"),
        ({"title": "a" * 301}, "line_too_long"),
        ({"publication": ""}, "publication_unknown"),
    ],
)
def test_what_is_no_issue_is_refused(bring: Bring, yusuf: Person, told: dict[str, str], code: str) -> None:
    assert refusal(lambda: bring(yusuf, **told)) == code
    assert not Issue.objects.exists()


def test_days_begin_when_an_unsure_sender_confirms(bring: Bring, yusuf: Person, amina: Person) -> None:
    issue = bring(yusuf, assurance=Assurance.CLAIMED)
    assert issue.state == "unconfirmed"
    assert (
        refusal(lambda: answer_issue(issue, by=amina, said=DECLINE, at=day(2), channel="web"))
        == "issue_state"
    )
    entries = new_entries(lambda: confirm_issue(issue, by=yusuf, at=day(9), channel="mail"))
    told = {"issue": 1, "until": "2026-03-25T09:00Z"}
    assert entries == [line("issue.confirmed.1", r="author", at=day(9), ch="mail", p="", **told)]
    found = Issue.objects.get()
    assert (found.state, found.due_at, found.bringer.assurance) == ("open", day(23), "confirmed")
    assert refusal(lambda: confirm_issue(issue, by=yusuf, at=day(9), channel="mail")) == "issue_state"


def test_nobody_confirms_for_somebody_else(bring: Bring, yusuf: Person, lucia: Person) -> None:
    issue = bring(yusuf, assurance=Assurance.CLAIMED)
    with pytest.raises(NotAllowed):
        confirm_issue(issue, by=lucia, at=day(2), channel="web")


def test_only_those_whom_the_operator_appointed_answer(bring: Bring, yusuf: Person, amina: Person) -> None:
    issue = bring(yusuf)
    for act in (answer_issue, reconsider_issue):
        with pytest.raises(NotAllowed):
            act(issue, by=yusuf, said=DECLINE, at=day(2), channel="web")
    amina.may_use_office = False
    with pytest.raises(NotAllowed):
        answer_issue(issue, by=amina, said=DECLINE, at=day(2), channel="web")


def test_an_answer_is_given_once_and_superseded_in_public(bring: Bring, yusuf: Person, amina: Person) -> None:
    issue = bring(yusuf)
    assert refusal(lambda: reconsider_issue(issue, by=amina, said=DECLINE, at=day(2), channel="web")) == (
        "issue_unanswered"
    )
    first = new_entries(lambda: answer_issue(issue, by=amina, said=DECLINE, at=day(2), channel="web"))
    assert (
        refusal(lambda: answer_issue(issue, by=amina, said=DECLINE, at=day(2), channel="web"))
        == "issue_answered"
    )
    second = new_entries(lambda: reconsider_issue(issue, by=amina, said=EXPERTISE, at=day(3), channel="cli"))
    told = {"convened": "-", "body": "-", "letter": "none", "issue": 1}
    assert first + second == [
        line("issue.answered.1", r="operator", at=day(2), p="", answer=1, outcome="decline", **told),
        line(
            "issue.answered.1", r="operator", at=day(3), ch="cli", p="", answer=2, outcome="expertise", **told
        ),
    ]
    newest = Issue.objects.get().newest_answer
    assert newest
    assert newest.outcome == "expertise"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (Said("like", "Why not."), "outcome_unknown"),
        (Said("decline", " "), "text_empty"),
        (Said("convene", "It concerns many."), "process_missing"),
        (Said("convene", "It concerns many.", process="geo"), "process_missing"),
        (Said("refer", "They do it."), "body_missing"),
        (Said("refer", "They do it.", body="volcano"), "body_missing"),
    ],
)
def test_an_answer_has_a_reason_and_names_what_it_needs(
    *, bring: Bring, yusuf: Person, amina: Person, forum: Body, nino: object, said: Said, code: str
) -> None:
    issue = bring(yusuf)
    assert refusal(lambda: answer_issue(issue, by=amina, said=said, at=day(2), channel="web")) == code
    assert not Answer.objects.exists()


def test_to_convene_names_a_process_a_draft_at_least(bring: Bring, yusuf: Person, amina: Person) -> None:
    issue, (process, _by) = bring(yusuf), draft(amina)
    said = Said("convene", "It concerns many.", process="NM")
    entries = new_entries(lambda: answer_issue(issue, by=amina, said=said, at=day(2), channel="web"))
    assert [(row["convened"], row["body"]) for row in entries] == [("nm", "-")]
    assert Answer.objects.get().process == process


def refer(issue: Issue, by: Person, body: str) -> Answer:
    said = Said("refer", "They do it.", body=body)
    return answer_issue(issue, by=by, said=said, at=day(2), channel="web")


def test_a_referral_goes_to_the_public_address_of_the_body(
    bring: Bring, yusuf: Person, amina: Person, forum: Body
) -> None:
    entries = new_entries(lambda: refer(bring(yusuf), amina, "body/forum"))
    assert [(row["body"], row["letter"]) for row in entries[1:]] == [("forum", "mail")]
    person = Referral.objects.get().person
    assert person
    assert (person.name, person.address) == ("Forum of Crossings", "office@forum.example")


def test_a_body_without_an_address_is_said_to_have_none(
    bring: Bring, yusuf: Person, amina: Person, forum: Body
) -> None:
    Body.objects.filter(key="forum").update(contact="https://forum.example/contact")
    entries = new_entries(lambda: refer(bring(yusuf), amina, "forum"))
    assert entries[1]["letter"] == "none"
    assert Referral.objects.get().person is None


def test_the_body_or_the_desk_says_once_what_it_wrote_back(
    bring: Bring, yusuf: Person, amina: Person, forum: Body
) -> None:
    referral = refer(bring(yusuf), amina, "forum").referral
    with pytest.raises(NotAllowed):
        hear_body(referral, by=yusuf, text="We do.", at=day(3), channel="mail")
    assert referral.person
    entries = new_entries(
        lambda: hear_body(referral, by=referral.person, text="We do.", at=day(3), channel="mail")
    )
    told = {"issue": 1, "answer": 1, "body": "forum"}
    assert entries == [line("referral.answered.1", r="liaison", at=day(3), ch="mail", p="", **told)]
    assert (
        refusal(lambda: hear_body(referral, by=amina, text="Yes.", at=day(3), channel="web")) == "body_heard"
    )


def test_who_brought_it_replies_once_to_an_answer(
    bring: Bring, yusuf: Person, amina: Person, lucia: Person
) -> None:
    issue = bring(yusuf)
    told = {"text": "They told me no.", "at": day(3), "channel": "web"}
    assert refusal(lambda: reply_to_answer(issue, by=yusuf, **told)) == "issue_unanswered"
    answer_issue(issue, by=amina, said=DECLINE, at=day(2), channel="web")
    with pytest.raises(NotAllowed):
        reply_to_answer(issue, by=lucia, **told)
    entries = new_entries(lambda: reply_to_answer(issue, by=yusuf, **told))
    assert entries == [line("issue.replied.1", r="author", at=day(3), p="", issue=1, answer=1)]
    assert new_entries(lambda: reply_to_answer(issue, by=yusuf, **told)) == []
    other = told | {"text": "And more."}
    assert refusal(lambda: reply_to_answer(issue, by=yusuf, **other)) == "reply_given"
    reconsider_issue(issue, by=amina, said=EXPERTISE, at=day(4), channel="web")
    assert len(new_entries(lambda: reply_to_answer(issue, by=yusuf, **other))) == 1


def test_what_is_late_is_named_until_it_is_answered(bring: Bring, yusuf: Person, amina: Person) -> None:
    issue = bring(yusuf)
    bring(yusuf, "Not sure.", assurance=Assurance.CLAIMED)
    secret = bring(yusuf, "Not to be shown.", publication="private")
    assert overdue(day(14.9), person=None) == []
    late = [(row.number, row.title, row.late.days) for row in overdue(day(18), person=None)]
    assert late == [(1, "Cables to small islands", 3), (secret.number, "", 3)]
    for found in (issue, secret):
        answer_issue(found, by=amina, said=DECLINE, at=day(18), channel="web")
    assert overdue(day(18), person=None) == []


def test_everybody_reads_what_is_confirmed_and_allowed(
    bring: Bring, yusuf: Person, lucia: Person, amina: Person
) -> None:
    bring(yusuf, "One.")
    bring(yusuf, "Two.", publication="group_only")
    bring(yusuf, "Three.", publication="private")
    bring(yusuf, "Four.", assurance=Assurance.CLAIMED)
    bare = Person.objects.get(pk=amina.pk)
    bare.may_use_office = False
    seen: dict[str, tuple[list[int], list[int]]] = {}
    for name, person in {"all": None, "own": yusuf, "other": lucia, "desk": amina, "bare": bare}.items():
        issues = Issue.objects.visible_to(person).order_by("number").values_list("number", flat=True)
        names = Bringer.objects.visible_to(person).order_by("pk").values_list("issue__number", flat=True)
        seen[name] = (list(issues), list(names))
    everything = ([1, 2, 3, 4], [1, 2, 3, 4])
    public = ([1, 2], [1])
    assert seen == {"all": public, "own": everything, "other": public, "desk": everything, "bare": public}


def test_the_record_opens_what_may_be_read(bring: Bring, yusuf: Person) -> None:
    shown, unnamed = bring(yusuf, "One."), bring(yusuf, "Two.", publication="group_only")
    told = [
        {one.field for one in opened_for(issue.entry, None) if one.value is not None}
        for issue in (shown, unnamed)
    ]
    assert told == [{"title", "text_sha256", "author", "organization", "country"}, {"title", "text_sha256"}]


def test_the_record_opens_what_was_said_to_an_answer_as_the_issue(
    bring: Bring, yusuf: Person, amina: Person, forum: Body
) -> None:
    told = []
    for publication in ("named", "private"):
        issue = bring(yusuf, f"It is {publication}.", publication=publication)
        hear_body(refer(issue, amina, "forum").referral, by=amina, text="We do.", at=day(3), channel="web")
        reply_to_answer(issue, by=yusuf, text="They told me no.", at=day(3), channel="web")
        entries = Entry.objects.order_by("-index")[:3]
        told.append(
            {one.field: one.value is not None for entry in entries for one in opened_for(entry, None)}
        )
    assert told == [
        {"reason_sha256": True, "reply_sha256": True, "text_sha256": True},
        {"reason_sha256": False, "reply_sha256": False, "text_sha256": False},
    ]


def test_erasing_leaves_number_outcome_and_proof(
    bring: Bring, yusuf: Person, amina: Person, forum: Body
) -> None:
    issue = bring(yusuf, "Yusuf Abdi lives there.")
    referral = refer(issue, amina, "forum").referral
    hear_body(referral, by=amina, text="We know Yusuf.", at=day(3), channel="web")
    reply_to_answer(issue, by=yusuf, text="I am Yusuf.", at=day(3), channel="web")
    told = {"at": day(4), "channel": "web"}
    with pytest.raises(NotAllowed):
        erase_issue(issue, by=yusuf, ground="author_request", **told)
    assert refusal(lambda: erase_issue(issue, by=amina, ground="no", **told)) == "ground_unknown"
    entries = new_entries(lambda: erase_issue(issue, by=amina, ground="author_request", **told))
    assert [row["k"] for row in entries] == ["redaction.made.1"] * 4
    found, answer = Issue.objects.get(), Answer.objects.get()
    held = (found.title, found.text, found.bringer.name, found.bringer.country)
    said = (answer.reason, answer.referral.reply, answer.author_reply.text)
    assert (held, said, answer.outcome) == (("", "", "", ""), ("", "", ""), "refer")
    assert {
        one.value for entry in Entry.objects.filter(kind__startswith="issue.") for one in opened(entry)
    } == {None}
    assert refusal(lambda: erase_issue(issue, by=amina, ground="author_request", **told)) == "issue_state"
    assert not Issue.objects.visible_to(amina).exists()


def broken(act: Callable[[], object]) -> str:
    with pytest.raises(DatabaseError) as refused, transaction.atomic():
        act()
    return str(refused.value)


@pytest.mark.parametrize("table", ["issue", "bringer", "answer", "referral", "reply"])
def test_the_database_refuses_to_delete_what_was_said(
    bring: Bring, yusuf: Person, amina: Person, forum: Body, table: str
) -> None:
    issue = bring(yusuf)
    refer(issue, amina, "forum")
    reply_to_answer(issue, by=yusuf, text="No.", at=day(3), channel="web")
    with connection.cursor() as cursor:
        assert "deletion_forbidden" in broken(lambda: cursor.execute(f"DELETE FROM desk_{table}"))


def test_the_database_refuses_to_move_a_clock_or_an_outcome(
    bring: Bring, yusuf: Person, amina: Person
) -> None:
    issue = bring(yusuf)
    answer_issue(issue, by=amina, said=DECLINE, at=day(2), channel="web")
    rows, answers = Issue.objects.filter(pk=issue.pk), Answer.objects.filter(issue=issue)
    acts = [
        lambda: rows.update(due_at=day(90)),
        lambda: rows.update(number=7),
        lambda: answers.update(outcome="expertise"),
        lambda: answers.update(answered_at=START),
    ]
    assert ["deletion_forbidden" in broken(act) for act in acts] == [True] * len(acts)


def test_no_answer_names_what_its_outcome_does_not(bring: Bring, yusuf: Person, forum: Body) -> None:
    told = {"issue": bring(yusuf), "number": 1, "outcome": "decline", "reason": "No.", "answered_at": START}
    assert "referring_names_a_body" in broken(lambda: Answer.objects.create(body=forum, **told))
