"""What others do already, on the web and by mail."""

from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import START, day
from mail.example_mails import Postbox, answer, mail, words
from registry.example_files import REGISTRY
from steps import draft, seal
from talanoa.conf.clockwork import tick
from talanoa.inputs.models import Input
from talanoa.lib.registry_files import read
from talanoa.people.models import Person
from talanoa.processes.actions.overlapping import (
    contact_body,
    explain_overlap,
    judge_overlap,
    question_overlap,
    search_overlaps,
)
from talanoa.processes.actions.roles import enter
from talanoa.processes.actions.stages import keep_stages
from talanoa.processes.models import Participant, Process
from talanoa.processes.notices.overlaps import tell_near
from talanoa.record.models import Entry, Log
from talanoa.registry.actions import load_registry
from talanoa.registry.models import Body, Liaison, Missed
from talanoa.registry.queries import newest_search
from web import Hands, Reader

FAR = {"relation": "none", "action": "proceed", "reason": "It builds roads."}
Send = Callable[..., Input]
DESK = "Pavers of Africa <desk@pavers.example>"


@pytest.fixture(autouse=True)
def hands(monkeypatch: pytest.MonkeyPatch, log: Log) -> Hands:
    load_registry(read(REGISTRY), at=START, channel="cli")
    return Hands(monkeypatch, day(1))


@pytest.fixture
def postbox(amina: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Postbox:
    return Postbox(tmp_path, monkeypatch)


def test_the_convenor_searches_judges_writes_and_publishes_on_the_web(
    amina: Person, postbox: Postbox, hands: Hands
) -> None:
    draft(
        amina,
        title="Road signs at the river",
        overlap="Two bodies; none of them decides this.",
        why_new="Nobody decides this.",
    )
    reader = Reader(amina, in_office=True)
    reader.open("/p/nm/desk/")
    reader.follow("What others do already")
    page = reader.press("Search the registry")
    assert page.text.count("to be judged") == 2
    reader.follow("Forum of Crossings (FC)")
    reader.press("Keep this judgement", relation="none", action="proceed", reason="It only talks.")
    reader.follow("Pavers of Africa")
    page = reader.press("Keep this judgement", relation="partial", action="joint", reason="It sets signs.")
    assert "to be written to" in page.text
    reader.follow("Pavers of Africa")
    page = reader.press("Send the letter", text="Shall we do it together?")
    assert "can answer until 17 March 2026" in page.text
    reader.open("/p/nm/desk/charter/")
    assert "It lacks: Pavers of Africa." in reader.press("Publish the charter").text
    tick(at=day(1))
    letter = postbox.last("desk@pavers.example")
    assert "Shall we do it together?" in words(letter)
    assert letter["Reply-To"].startswith("registry+")
    assert postbox.receive(answer(letter, "Gladly.", sender=DESK), at=day(2)).code == ""
    hands.turn_to(day(2))
    reader.open("/p/nm/desk/charter/")
    assert "on the record" in reader.press("Publish the charter").text
    public = Reader().open("/p/nm/overlap/").text
    for told in ("It sets signs.", "Gladly.", "Do it together", "It only talks.", "Score"):
        assert told in public


def test_a_reason_that_is_missing_is_told(amina: Person) -> None:
    draft(amina, overlap="One body.")
    reader = Reader(amina, in_office=True)
    reader.open("/p/nm/desk/overlap/forum/")
    page = reader.press("Keep this judgement", relation="none", action="proceed")
    assert "Please look at this again" in page.text


def test_a_page_in_place_of_an_address_is_written_to_by_hand_and_its_answer_entered(amina: Person) -> None:
    draft(amina, overlap="One body.")
    reader = Reader(amina, in_office=True)
    reader.open("/p/nm/desk/overlap/forum/")
    reader.press("I have written this", text="Do you set fees?")
    reader.open("/p/nm/desk/overlap/forum/")
    reader.press("Enter the answer", text="They do not.")
    made = Liaison.objects.get()
    assert (made.is_mailed, made.person, made.reply) == (False, None, "They do not.")


def test_what_a_body_answers_comes_from_the_address_that_was_written_to(
    process: Process, convenor: Participant, postbox: Postbox
) -> None:
    contact_body(
        process, Body.objects.get(key="pavers"), by=convenor, text="Do you?", at=day(1), channel="web"
    )
    tick(at=day(1))
    letter = postbox.last("desk@pavers.example")
    postbox.receive(answer(letter, "liaison: no.", sender="Somebody <x@garissa.example>"), at=day(1))
    assert Liaison.objects.get().replied_at is None
    assert postbox.receive(answer(letter, "We do not.", sender=DESK), at=day(2)).code == ""
    assert Liaison.objects.get().reply == "We do not."
    assert postbox.receive(answer(letter, "Or do we?", sender=DESK), at=day(3)).code == "liaison_answered"


def test_whoever_signs_in_says_who_was_missed_and_gets_the_answer(
    process: Process, convenor: Participant, yusuf: Person, postbox: Postbox, hands: Hands
) -> None:
    visitor, reader = Reader(), Reader(yusuf)
    visitor.open("/p/nm/charter/")
    assert "Sign in" in visitor.follow("What others do already").text
    reader.open("/p/nm/overlap/")
    page = reader.press("Say who was missed", text="The Forum of Crossings.")
    assert "The answer is due on 13 March 2026" in page.text
    tick(at=day(1))
    assert "> The Forum of Crossings." in words(postbox.last(convenor.person.address))
    hands.turn_to(day(12))
    assert "overdue" in Reader().open("/p/nm/overlap/").text
    desk = Reader(convenor.person, in_office=True)
    desk.open("/p/nm/desk/overlap/")
    desk.press("Answer in public", text="It has stopped.")
    tick(at=day(12))
    assert "It has stopped." in words(postbox.last(yusuf.address))
    public = Reader().open("/p/nm/overlap/").text
    assert "It has stopped." in public
    assert "overdue" not in public


def test_by_mail_it_takes_a_proof_of_who_writes(
    process: Process, convenor: Participant, postbox: Postbox, yusuf: Person, send: Send
) -> None:
    assert postbox.receive(mail("overlooked: the Forum."), at=day(1)).code == "not_allowed"
    send(yusuf)
    tick(at=day(1))
    asked = answer(postbox.last(yusuf.address), "overlooked: the Forum of Crossings.")
    assert postbox.receive(asked, at=day(1)).code == ""
    assert Missed.objects.get().text == "the Forum of Crossings."
    assert "is answered until" in " ".join(words(postbox.last(yusuf.address)).split())


def test_a_charter_that_nobody_checked_says_so(process: Process) -> None:
    assert "Not checked, because" in Reader().open("/p/nm/overlap/").text


def test_when_the_report_is_begun_the_registry_is_searched_again(
    process: Process, convenor: Participant, postbox: Postbox
) -> None:
    search_overlaps(process, by=convenor, at=START)
    judge_overlap(process, Body.objects.get(key="forum"), by=convenor, at=START, channel="web", **FAR)
    keep_stages(at=day(41))
    tick(at=day(41))
    found = newest_search("nm")
    assert found
    assert found.searched_at == day(41)
    letters = {str(letter["Subject"]): words(letter) for letter in postbox.letters(convenor.person.address)}
    told = letters["nm: who else works on it already"]
    assert "- Pavers of Africa" in told
    assert "- Forum of Crossings" not in told


def test_where_nobody_searched_nobody_searches_again(process: Process, postbox: Postbox) -> None:
    keep_stages(at=day(41))
    tick(at=day(41))
    assert newest_search("nm") is None


def test_a_near_body_is_told_what_came_out_and_a_far_one_is_not(
    process: Process, convenor: Participant, postbox: Postbox, send: Send, yusuf: Person
) -> None:
    pavers = Body.objects.get(key="pavers")
    contact_body(process, pavers, by=convenor, text="Do you?", at=day(1), channel="web")
    judge_overlap(process, pavers, by=convenor, at=day(1), channel="web", **FAR | {"relation": "partial"})
    send(yusuf)
    seal(convenor)
    tick(at=day(42))
    letter = postbox.last("desk@pavers.example")
    assert letter["Subject"] == "What came out of it: How should training be funded?"
    assert "/p/nm/report/" in words(letter)
    judge_overlap(process, pavers, by=convenor, at=day(43), channel="web", **FAR)
    before = len(postbox.letters("desk@pavers.example"))
    tell_near(Entry.objects.latest("index"))
    assert len(postbox.letters("desk@pavers.example")) == before


def test_nobody_answers_a_letter_that_was_not_written(amina: Person) -> None:
    draft(amina, overlap="One body.")
    reader = Reader(amina, in_office=True)
    reader.open("/p/nm/desk/overlap/forum/")
    [token] = reader.page.forms[0].values["csrfmiddlewaretoken"]
    said = {"reply": "yes", "text": "No.", "csrfmiddlewaretoken": token}
    sent = reader.client.post("/p/nm/desk/overlap/forum/", said)
    assert [error.code for error in sent.context["form"].non_field_errors().as_data()] == ["liaison_missing"]


def test_what_nobody_answered_in_its_time_stands_on_the_home_page(
    process: Process, convenor: Participant, yusuf: Person, hands: Hands
) -> None:
    by = enter(process, yusuf, at=day(1))
    said = question_overlap(process, by=by, text="The forum.", dedup_key="1", at=day(1), channel="web")
    visitor, told = Reader(), "nm: was a body missed? (1)"
    hands.turn_to(day(10.99))
    assert told not in visitor.open("/").links
    hands.turn_to(day(11))
    assert told in visitor.open("/").links
    assert "overdue" in visitor.follow(told).text
    explain_overlap(said, by=convenor, text="It stopped.", at=day(12), channel="web")
    assert told not in visitor.open("/").links
