"""Who is proven, who is probable and who only claims; what each may do."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import day
from mail.example_mails import Postbox, mail
from talanoa.contributions.models import Assurance, Contribution
from talanoa.mail.grades import CLAIMED, PROBABLE, PROVEN, grade, vouching
from talanoa.people.actions import prove_address
from talanoa.people.models import Person
from talanoa.processes.models import Process, RoleGrant
from talanoa.record.models import Entry

State = Contribution.State
PASSED = "Authentication-Results: mx.talanoa.example; dkim=pass header.d=garissa.example\n"
TO_US = "To: nm@talanoa.example\n"


@pytest.fixture
def postbox(process: Process, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Postbox:
    return Postbox(tmp_path, monkeypatch)


@pytest.fixture(autouse=True)
def believed() -> Iterator[None]:
    vouching.server = "mx.talanoa.example"
    yield
    vouching.server = ""


@pytest.mark.parametrize(
    ("has_token", "vouched", "was_proven", "graded"),
    [
        (True, False, False, PROVEN),
        (False, True, True, PROVEN),
        (False, True, False, PROBABLE),
        (False, False, True, CLAIMED),
        (False, False, False, CLAIMED),
    ],
)
def test_the_grades(has_token: bool, vouched: bool, was_proven: bool, graded: str) -> None:
    assert grade(has_token=has_token, vouched=vouched, was_proven=was_proven) == graded


def received(postbox: Postbox, text: str = "Dig two wells.", headers: str = PASSED) -> Contribution:
    got = postbox.receive(mail(text, headers=headers), at=day(1))
    return Contribution.objects.get(number=got.number)


def test_a_stranger_for_whom_their_domain_vouches_is_published_and_may_confirm(postbox: Postbox) -> None:
    made = received(postbox)
    assert (made.state, made.authorship.assurance) == (State.PUBLISHED, Assurance.PROBABLE)
    assert postbox.receive(mail("confirm", to=str(postbox.last()["Reply-To"])), at=day(2)).code == ""
    made.refresh_from_db()
    assert (made.state, made.authorship.assurance) == (State.PUBLISHED, Assurance.CONFIRMED)
    assert Entry.objects.latest("index").kind == "contribution.confirmed.1"


def test_a_domain_and_an_address_proven_before_make_a_proven_sender(postbox: Postbox, yusuf: Person) -> None:
    prove_address(yusuf, at=day(0))
    made = received(postbox)
    assert (made.person, made.state, made.authorship.assurance) == (yusuf, State.PUBLISHED, Assurance.PROVEN)


def test_who_is_proven_can_act_in_a_new_mail_too(postbox: Postbox, yusuf: Person) -> None:
    prove_address(yusuf, at=day(0))
    made = received(postbox)
    got = postbox.receive(
        mail(f"withdraw {made.number}", headers=PASSED, name="2@garissa.example"), at=day(2)
    )
    made.refresh_from_db()
    assert (got.code, made.state) == ("", State.WITHDRAWN)


def test_who_is_only_probable_acts_on_nothing(postbox: Postbox) -> None:
    made = received(postbox)
    got = postbox.receive(
        mail(f"withdraw {made.number}", headers=PASSED, name="2@garissa.example"), at=day(2)
    )
    made.refresh_from_db()
    assert (got.code, made.state) == ("not_allowed", State.PUBLISHED)


@pytest.mark.parametrize(
    "headers",
    [
        "",
        PASSED.replace("mx.talanoa", "mx.mallory"),
        PASSED.replace("garissa", "mallory"),
        PASSED + "Auto-Submitted: auto-generated\n",
        PASSED + "From: Nino <nino@garissa.example>\n",
    ],
)
def test_without_the_word_of_the_right_domain_a_mail_is_held(
    postbox: Postbox, yusuf: Person, headers: str
) -> None:
    prove_address(yusuf, at=day(0))
    made = received(postbox, headers=headers)
    assert (made.state, made.authorship.assurance) == (State.UNCONFIRMED, Assurance.CLAIMED)


def test_a_mail_that_was_sent_elsewhere_and_passed_on_to_us_proves_nothing(
    postbox: Postbox, yusuf: Person
) -> None:
    prove_address(yusuf, at=day(0))
    elsewhere = mail(headers=PASSED, to="list@elsewhere.example")
    got = postbox.receive(elsewhere, at=day(1), to="nm")
    assert Contribution.objects.get(number=got.number).state == State.UNCONFIRMED


def test_a_convenor_for_whom_only_their_domain_vouches_acts_as_nobodys_convenor(
    postbox: Postbox, yusuf: Person, process: Process
) -> None:
    received(postbox)
    member = process.participants.get(person=yusuf)
    RoleGrant.objects.create(participant=member, role="convenor", name="Yusuf", granted_at=day(1))
    received(postbox, "Dig three.")
    assert b'"r":"participant"' in bytes(Entry.objects.latest("index").leaf)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Show: without my name\nDig two wells.", "group_only"),
        ("show: private\n\nDig two wells.", "private"),
        ("Show them: dig two wells.", "named"),
        ("dig two wells.", "named"),
    ],
)
def test_by_mail_too_an_author_says_how_they_may_be_shown(postbox: Postbox, text: str, shown: str) -> None:
    made = received(postbox, text)
    assert (made.publication, made.input.text.lower().endswith("dig two wells.")) == (shown, True)
