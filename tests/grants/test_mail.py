"""Sponsored research by mail alone: apply, hand in, take part, answer, withdraw."""

from conftest import day
from grants.conftest import ANSWERS, OPENS, Apply
from mail.example_mails import Postbox, answer, mail, words
from talanoa.conf.clockwork import tick
from talanoa.grants.actions.screening import ask_more, screen_application
from talanoa.grants.models import Application, ResearchCall
from talanoa.people.models import Person
from talanoa.processes.models import Participant

TEXT = "\n".join(
    [
        "apply first-questions",
        "title: Who stays?",
        *(f"{name}: {said}" for name, said in ANSWERS.items()),
        "budget people: 9000",
        "with: Ama Owusu; ama@legon.example; Legon; Ghana; academia",
    ]
)
YUSUF, AMA = "yusuf@garissa.example", "Ama <ama@x.example>"


def to_grants(text: str, **more: str) -> bytes:
    return mail(text, to="grants@talanoa.example", subject="Our application", **more)  # type: ignore[arg-type]


def flat(postbox: Postbox, address: str = YUSUF) -> str:
    return " ".join(words(postbox.last(address)).split())


def test_a_mail_is_kept_as_a_draft_and_handed_in_by_the_answer(
    postbox: Postbox, grant_call: ResearchCall, yusuf: Person
) -> None:
    postbox.receive(to_grants(TEXT), at=day(OPENS + 1))
    assert Application.objects.get().number is None
    assert "answer this mail with the one word: submit" in flat(postbox)
    postbox.receive(answer(postbox.last(), "submit"), at=day(OPENS + 1.5))
    made = Application.objects.get()
    assert (made.number, made.state, made.channel) == (1, "submitted", "mail")
    assert (made.applicants.get(number=2).country, made.applicants.get(number=2).group) == ("GH", "academia")
    assert "Talanoa receipt: application 1" in words(postbox.last())


def test_grant_call_unknown_a_mail_names_the_call_or_there_is_only_one(
    postbox: Postbox, held: ResearchCall, yusuf: Person
) -> None:
    done = postbox.receive(to_grants("title: Who stays?"), at=day(2))
    assert done.code == "grant_call_unknown"
    assert "Say under which call you apply" in flat(postbox)


def test_application_unreadable_a_line_that_cannot_be_read_is_told(
    postbox: Postbox, grant_call: ResearchCall, yusuf: Person
) -> None:
    done = postbox.receive(to_grants("apply first-questions\nbudget people: much"), at=day(OPENS + 1))
    assert done.code == "application_unreadable"
    assert "This cannot be read: “much”." in flat(postbox)


def test_what_lacks_is_told_and_another_mail_changes_the_draft(
    postbox: Postbox, grant_call: ResearchCall, yusuf: Person
) -> None:
    postbox.receive(to_grants("apply first-questions\ntitle: By Yusuf Abdi"), at=day(OPENS + 1))
    told = flat(postbox)
    assert "method: nothing stands there yet." in told
    assert "yusuf abdi" in told
    postbox.receive(to_grants(TEXT), at=day(OPENS + 1))
    assert Application.objects.get().title == "By Yusuf Abdi"
    postbox.receive(answer(postbox.last(), TEXT), at=day(OPENS + 1.5))
    assert Application.objects.get().title == "Who stays?"


def test_who_is_named_is_asked_and_answers_with_one_word(
    postbox: Postbox, apply: Apply, yusuf: Person
) -> None:
    made = apply(yusuf, fellows=("Ama",))
    tick(at=day(OPENS + 1))
    assert "names you in application 1" in flat(postbox, "ama@x.example")
    postbox.receive(
        answer(postbox.last("ama@x.example"), "Yes, if I am paid.", sender=AMA), at=day(OPENS + 2)
    )
    assert made.applicants.get(number=2).answer == "waiting"
    postbox.receive(answer(postbox.last("ama@x.example"), "yes", sender=AMA), at=day(OPENS + 2))
    assert made.applicants.get(number=2).answer == "agreed"


def test_a_question_is_answered_and_the_finding_comes_by_mail(
    postbox: Postbox, apply: Apply, yusuf: Person, amina: Person, convenor: Participant
) -> None:
    made = apply(yusuf)
    tick(at=day(OPENS + 1))
    assert "Application 1 came under" in flat(postbox, amina.address)
    ask_more(made, by=convenor, text="Which two?", at=day(OPENS + 2), channel="web")
    tick(at=day(OPENS + 2))
    postbox.receive(answer(postbox.last(YUSUF), "Radio and maps."), at=day(OPENS + 2.5))
    assert made.exchanges.get().answer == "Radio and maps."
    tick(at=day(OPENS + 2.6))
    assert "Radio and maps." in flat(postbox, amina.address)
    facts = {"unmet": ("open",), "reason": "No license.", "at": day(OPENS + 3), "channel": "web"}
    screen_application(made, by=convenor, **facts)  # type: ignore[arg-type]
    tick(at=day(OPENS + 3))
    assert "can be published under an open license" in flat(postbox)
    assert "No license." in flat(postbox)


def test_an_application_is_withdrawn_by_number(postbox: Postbox, apply: Apply, yusuf: Person) -> None:
    made = apply(yusuf)
    tick(at=day(OPENS + 1))
    postbox.receive(answer(postbox.last(), "withdraw 1"), at=day(OPENS + 2))
    made.refresh_from_db()
    assert made.state == "withdrawn"


def test_who_has_a_conflict_of_interest_gets_no_letter_about_it(
    postbox: Postbox, apply: Apply, lucia: Person, amina: Person
) -> None:
    amina.organization = "Red del Sur"
    amina.save()
    apply(lucia)
    tick(at=day(OPENS + 1))
    told = [str(letter["Subject"]) for letter in postbox.letters(amina.address)]
    assert [subject for subject in told if "pplication" in subject] == []


def test_who_is_not_named_learns_nothing_by_asking(
    postbox: Postbox, apply: Apply, yusuf: Person, lucia: Person
) -> None:
    apply(yusuf, fellows=("Ama",))
    apply(lucia, "Who draws the map?")
    tick(at=day(OPENS + 1))
    letter = postbox.last(lucia.address)
    asked = answer(letter, "part 1", sender=f"L <{lucia.address}>")
    done = postbox.receive(asked, at=day(OPENS + 2))
    assert done.code == "not_allowed"
    assert not any("Yusuf" in words(one) for one in postbox.letters(lucia.address))
