"""People state with whom they published, and then none of them judges the other."""

import pytest

from conftest import day
from grants.conftest import OPENS, Apply
from grants.reviewing import CLOSED, reviewers
from mail.example_mails import Postbox, mail, words
from steps import line, new_entries, refusal
from talanoa.grants.actions.calling import keep_calls
from talanoa.grants.actions.stating import state_works
from talanoa.grants.models import ResearchCall, WorkList, found_conflicts
from talanoa.people.models import Person
from talanoa.processes.models import Participant

ACT = {"at": day(OPENS + 1), "channel": "web"}


def test_what_one_published_is_on_the_record_and_is_ones_own_to_read(yusuf: Person, lucia: Person) -> None:
    told = new_entries(lambda: state_works(by=yusuf, text="On reefs; 2025; Ana\nOn sand; 2024; Bo", **ACT))  # type: ignore[arg-type]
    assert told == [line("works.stated.1", r="", at=day(OPENS + 1), p="", works=2)]
    assert [row.text for row in WorkList.objects.visible_to(yusuf)] == [
        "On reefs; 2025; Ana\nOn sand; 2024; Bo"
    ]
    assert not WorkList.objects.visible_to(lucia).exists()
    assert not WorkList.objects.visible_to(None).exists()


@pytest.mark.parametrize("text", ["", "On reefs", "On reefs; soon; Ana"])
def test_works_unreadable_a_line_that_tells_no_work_is_refused(yusuf: Person, text: str) -> None:
    assert refusal(lambda: state_works(by=yusuf, text=text, **ACT)) == "works_unreadable"  # type: ignore[arg-type]


def test_text_too_long_a_list_has_its_limit(yusuf: Person) -> None:
    assert refusal(lambda: state_works(by=yusuf, text="x" * 40_001, **ACT)) == "text_too_long"  # type: ignore[arg-type]


def test_who_published_together_within_the_years_of_the_call_is_barred_whoever_of_them_states_it(
    eligible: Apply, yusuf: Person, lucia: Person, grant_call: ResearchCall, convenor: Participant
) -> None:
    made = [eligible(yusuf), eligible(lucia, "Who draws the map?")]
    keep_calls(at=day(CLOSED))
    wanjiku, kwame, mei = (one.person for one in reviewers(grant_call, convenor, 3))
    state_works(by=wanjiku, text="On radio; 2025-11; Yusuf Abdi\nOn maps; 2011; Lucia Pereira", **ACT)  # type: ignore[arg-type]
    state_works(by=lucia, text="On cables; 2024; mei@kyoto.example\nOn wires; 2024; Kwame B.", **ACT)  # type: ignore[arg-type]
    # What somebody says of two others binds nobody.
    state_works(by=convenor.person, text="On all; 2025; Kwame Boateng; Yusuf Abdi", **ACT)  # type: ignore[arg-type]
    found = found_conflicts([wanjiku.pk, kwame.pk, mei.pk], made)
    assert {key: [one.source for one in told] for key, told in found.items()} == {
        (wanjiku.pk, made[0].pk): ["co_author"],
        (mei.pk, made[1].pk): ["co_author"],
    }


def test_it_is_stated_by_mail(postbox: Postbox, apply: Apply, yusuf: Person) -> None:
    from talanoa.conf.clockwork import tick  # noqa: PLC0415

    apply(yusuf)
    tick(at=day(OPENS + 1))
    to = str(postbox.last(yusuf.address)["Reply-To"])
    postbox.receive(mail("published: On reefs; 2025; Ana", to=to, subject="Re: it"), at=day(OPENS + 2))
    assert WorkList.objects.get().text == "On reefs; 2025; Ana"
    assert "> On reefs; 2025; Ana" in words(postbox.last(yusuf.address))


@pytest.mark.parametrize(("domain", "is_conflict"), [("gmail.com", False), ("garissa.example", True)])
def test_a_domain_where_anybody_gets_an_address_is_no_conflict_and_an_organizations_own_is(
    apply: Apply, yusuf: Person, lucia: Person, domain: str, is_conflict: bool
) -> None:
    Person.objects.filter(pk=yusuf.pk).update(address=f"yusuf@{domain}")
    Person.objects.filter(pk=lucia.pk).update(address=f"lucia@{domain}")
    found = found_conflicts([lucia.pk], [apply(Person.objects.get(pk=yusuf.pk))])
    assert [one.source for told in found.values() for one in told] == (["domain"] if is_conflict else [])
