"""Making a process known: following lists of others, announcing."""

from collections.abc import Callable
from typing import Any

import pytest

from conftest import day
from mail.example_lists import ARCHIVE, LIST_ID, POST
from steps import line, new_entries, refusal
from talanoa.conf.clockwork import tick
from talanoa.kernel.errors import NotAllowed
from talanoa.mail.models import OutgoingMessage, Silence
from talanoa.mail.outbox import as_bytes
from talanoa.mail.posting import outbox
from talanoa.people.models import Person
from talanoa.processes.actions.announcing import announce, follow_list, stop_following
from talanoa.processes.actions.roles import enter
from talanoa.processes.actions.stages import keep_stages
from talanoa.processes.letters.announcing import announcement_text
from talanoa.processes.models import Announcement, FollowedList, Participant, Process
from talanoa.record.auditing import audit
from talanoa.record.models import Log

ACT: dict[str, Any] = {"at": day(1), "channel": "web"}
Announce = Callable[..., Announcement]


def follow(process: Process, by: Participant, **told: str) -> FollowedList:
    facts = {"list_id": LIST_ID, "name": "Talk", "post": POST, "archive": ARCHIVE} | told
    return follow_list(process, by=by, **facts, **ACT)


@pytest.fixture
def say_it(process: Process, dalia: Participant) -> Announce:
    def saying(by: Participant = dalia, **said: Any) -> Announcement:
        told = {"title": "Who pays?", "text": "Please **tell** us.", "language": "en", "lists": []} | said
        return announce(process, by=by, **told, **ACT)

    return saying


def test_a_list_is_followed_and_left_on_the_record(process: Process, dalia: Participant) -> None:
    assert new_entries(lambda: follow(process, dalia, list_id="<Talk.Lists.Garissa.Example>")) == [
        line("list.followed.1", r="secretariat", at=day(1), list=LIST_ID)
    ]
    followed = FollowedList.objects.get()
    assert (followed.list_id, followed.name, followed.post) == (LIST_ID, "Talk", POST)
    assert new_entries(lambda: stop_following(followed, by=dalia, **ACT)) == [
        line("list.left.1", r="secretariat", at=day(1), list=LIST_ID)
    ]
    assert refusal(lambda: stop_following(followed, by=dalia, **ACT)) == "list_unknown"


def test_to_follow_it_again_changes_its_addresses_and_says_nothing_new(
    process: Process, dalia: Participant
) -> None:
    first = follow(process, dalia)
    assert new_entries(lambda: follow(process, dalia, post="new@lists.garissa.example")) == []
    first.refresh_from_db()
    assert (first.post, FollowedList.objects.count()) == ("new@lists.garissa.example", 1)


@pytest.mark.parametrize(
    "told",
    [
        {"list_id": ""},
        {"list_id": "talk"},
        {"list_id": "talk lists example"},
        {"list_id": "a,b.example"},
        {"post": "talk"},
        {"post": "a@b.example, c@d.example"},
        {"post": "nm@talanoa.example"},
        {"post": "nm+list@talanoa.example"},
        {"archive": "ftp://lists.example/"},
        {"archive": "https://user@lists.example/"},
    ],
)
def test_what_is_no_list_cannot_be_followed(
    process: Process, dalia: Participant, told: dict[str, str]
) -> None:
    assert refusal(lambda: follow(process, dalia, **told)) == "list_malformed"


def test_convenor_and_secretariat_make_it_known_and_nobody_else(
    process: Process, convenor: Participant, chair: Participant, yusuf: Person, say_it: Announce
) -> None:
    followed = follow(process, convenor)
    for other in (chair, enter(process, yusuf, at=day(1))):
        for act in (
            lambda by=other: follow(process, by, list_id="b.lists.example"),
            lambda by=other: say_it(by),
            lambda by=other: stop_following(followed, by=by, **ACT),
        ):
            with pytest.raises(NotAllowed):
                act()


def test_an_announcement_stands_on_the_record_with_the_lists_it_went_to(
    process: Process, dalia: Participant, say_it: Announce, log: Log
) -> None:
    follow(process, dalia)
    [made] = new_entries(lambda: say_it(lists=[LIST_ID, LIST_ID.upper()]))
    told = {"announcement": 1, "language": "en", "lists": LIST_ID}
    assert made == line("announcement.made.1", r="secretariat", at=day(1), **told)
    [again] = new_entries(say_it)
    assert (again["announcement"], again["lists"]) == (2, "-")
    assert audit(log).wrong == []


def test_an_announcement_goes_only_to_lists_that_are_followed(
    process: Process, dalia: Participant, say_it: Announce
) -> None:
    assert refusal(lambda: say_it(lists=["x.lists.example"])) == "list_unknown"
    followed = follow(process, dalia, post="")
    assert refusal(lambda: say_it(lists=[LIST_ID])) == "list_without_post"
    stop_following(followed, by=dalia, **ACT)
    assert refusal(lambda: say_it(lists=[LIST_ID])) == "list_unknown"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"text": " \n "}, "text_empty"),
        ({"text": "x" * 4001}, "text_too_long"),
        ({"title": "x" * 201}, "line_too_long"),
        ({"language": "English"}, "language_unknown"),
    ],
)
def test_words_are_needed_that_fit_into_a_mail(say_it: Announce, said: dict[str, str], code: str) -> None:
    assert refusal(lambda: say_it(**said)) == code


def test_a_draft_is_not_announced(nino: Participant) -> None:
    told = {"title": "Maps", "text": "Come.", "language": "en", "lists": []}
    assert refusal(lambda: announce(nino.process, by=nino, **told, **ACT)) == "wrong_state"
    assert refusal(lambda: follow(nino.process, nino)) == "wrong_state"


def test_each_list_and_the_announcer_get_the_same_mail_once(
    process: Process, dalia: Participant, say_it: Announce
) -> None:
    follow(process, dalia)
    follow(process, dalia, list_id="b.lists.example", post="")
    say_it(lists=[LIST_ID])
    tick(at=day(1))
    tick(at=day(1))
    rows = OutgoingMessage.objects.filter(key__startswith="announcement-")
    assert sorted(row.to for row in rows) == ["dalia@talanoa.example", POST]
    assert len({row.text for row in rows}) == 1
    raw = as_bytes(rows.get(to=POST)).decode()
    for never in ("List-Id", "List-Unsubscribe", "Auto-Submitted", "Precedence"):
        assert never not in raw


def test_whoever_gets_no_letters_gets_none_of_these(
    process: Process, dalia: Participant, say_it: Announce
) -> None:
    Silence.objects.create(person=dalia.person, since=day(0))
    say_it()
    tick(at=day(1))
    assert not OutgoingMessage.objects.filter(to="dalia@talanoa.example").exists()


def test_the_mail_says_all_that_somebody_needs(
    process: Process, dalia: Participant, say_it: Announce
) -> None:
    follow(process, dalia)
    told = announcement_text(say_it(), at=day(1))
    facts = process.charters.get().facts
    flat = " ".join(told.split())
    for needed in (
        "Who pays?",
        "Please **tell** us.",
        process.question,
        "Until Saturday 11 April 2026, 09:00 UTC.",
        f"nm@{outbox.domain}",
        "You can also answer on a list that we follow (Talk)",
        f"{outbox.site}/p/nm/announcements/1/",
        facts["runs"],
        facts["payer"],
        facts["commitment"],
    ):
        assert " ".join(needed.split()) in flat
    assert max(map(len, told.splitlines())) <= 72
    assert len(told.encode()) < 20_000


def test_where_no_list_is_followed_the_mail_promises_nothing_about_lists(say_it: Announce) -> None:
    assert "answer on a list" not in " ".join(announcement_text(say_it(), at=day(1)).split())


def test_after_the_call_the_mail_names_no_deadline(process: Process, say_it: Announce) -> None:
    made = say_it()
    keep_stages(at=day(41))
    made.process.refresh_from_db()
    again = Announcement.objects.get()
    assert "THE DEADLINE" not in announcement_text(again, at=day(41))


def test_the_longest_announcement_is_a_mail_of_20_kb(say_it: Announce) -> None:
    told = announcement_text(say_it(text="字" * 4000, title="字" * 200), at=day(1))
    assert len(told.encode()) < 20_000
    assert f"{outbox.site}/p/nm/announcements/1/" in told


def test_it_is_written_in_the_language_of_the_announcement(say_it: Announce) -> None:
    assert "COMMENT RÉPONDRE" in announcement_text(say_it(language="fr"), at=day(1))
    assert "HOW TO ANSWER" in announcement_text(say_it(language="pt"), at=day(1))
