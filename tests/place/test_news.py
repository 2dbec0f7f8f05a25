"""News of the host: dated, corrected where it was wrong, never deleted."""

import pytest
from django.db import IntegrityError, transaction

from conftest import day
from steps import line, new_entries, refusal
from talanoa.kernel.errors import NotAllowed
from talanoa.place.actions import correct_news, publish_news
from talanoa.place.models import NewsVersion
from talanoa.place.queries import newest_news, versions_of
from talanoa.processes.models import Participant

SAID = {"title": "Two seats are open", "text": "Write by **Friday**.", "language": "en"}


def publish(host: Participant, **more: str) -> NewsVersion:
    return publish_news(host.process, by=host, **(SAID | more), at=day(1), channel="web")


def correct(host: Participant, number: int = 1, **more: str) -> NewsVersion:
    told = {"title": "Three seats are open", "text": "Write by Monday.", "correction": "It is three."} | more
    return correct_news(host.process, by=host, number=number, **told, at=day(2), channel="web")


def test_news_is_published_on_the_record(host: Participant) -> None:
    assert new_entries(lambda: publish(host)) == [
        line("news.published.1", p="place", r="convenor", at=day(1), news=1, language="en")
    ]


def test_a_correction_leaves_what_was_said(host: Participant) -> None:
    publish(host)
    assert new_entries(lambda: correct(host)) == [
        line("news.corrected.1", p="place", r="convenor", at=day(2), news=1, version=2)
    ]
    assert [(row.version, row.title, row.correction) for row in versions_of(1)] == [
        (2, "Three seats are open", "It is three."),
        (1, "Two seats are open", ""),
    ]
    [shown] = newest_news()
    assert (shown.title, shown.first_at, shown.said_at) == ("Three seats are open", day(1), day(2))


def test_what_came_last_stands_first_and_a_correction_moves_nothing(host: Participant) -> None:
    publish(host)
    publish(host, title="A third funder")
    correct(host)
    assert [row.number for row in newest_news()] == [2, 1]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"title": " "}, "text_empty"),
        ({"text": ""}, "text_empty"),
        ({"text": "a" * 10_001}, "text_too_long"),
        ({"title": "a" * 201}, "line_too_long"),
        ({"language": "klingon?"}, "language_unknown"),
    ],
)
def test_news_has_a_title_and_words_within_limits(host: Participant, more: dict[str, str], code: str) -> None:
    assert refusal(lambda: publish(host, **more)) == code


def test_a_correction_says_what_was_wrong(host: Participant) -> None:
    publish(host)
    assert refusal(lambda: correct(host, correction=" ")) == "reason_missing"
    assert refusal(lambda: correct(host, number=7)) == "number_unknown"


def test_only_the_host_or_its_secretariat_speaks_for_the_place(
    host: Participant, convenor: Participant
) -> None:
    with pytest.raises(NotAllowed):
        publish_news(host.process, by=convenor, **SAID, at=day(1), channel="web")
    with pytest.raises(NotAllowed):
        publish(convenor)
    publish(host)
    with pytest.raises(NotAllowed):
        correct(convenor)


def test_the_database_refuses_to_change_or_delete_news(host: Participant) -> None:
    publish(host)
    for act in (lambda: NewsVersion.objects.update(text="Nothing."), NewsVersion.objects.all().delete):
        with pytest.raises(IntegrityError, match="deletion_forbidden"), transaction.atomic():
            act()


def test_the_database_refuses_a_correction_without_a_reason(host: Participant) -> None:
    publish(host)
    with pytest.raises(IntegrityError), transaction.atomic():
        NewsVersion.objects.create(number=1, version=2, title="x", text="y", said_at=day(2))
