"""Piles and suggested themes as people meet them: a letter and its answer, the pages, the command line."""

from pathlib import Path

import pytest

from command_line import refused, talanoa, told
from conftest import day
from contributions.conftest import Send
from lib.test_topics import TEXTS
from mail.example_mails import Postbox, answer, words
from talanoa.conf.clockwork import tick
from talanoa.contributions.actions.piling import fold_copies
from talanoa.contributions.models import Contribution, Signatory, Theme
from talanoa.contributions.queries import suggested_themes
from talanoa.inputs.models import Input
from talanoa.people.models import Person
from talanoa.processes.models import Participant, Process
from web import Hands, Reader

AMINA = ("--as", "amina@talanoa.example")


@pytest.fixture
def postbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Postbox:
    return Postbox(tmp_path, monkeypatch)


def present() -> list[int]:
    return list(Signatory.objects.present().values_list("contribution__number", flat=True))


def test_each_author_is_told_once_and_one_word_parts_theirs(
    postbox: Postbox, campaign: list[Contribution], convenor: Participant, yusuf: Person, lucia: Person
) -> None:
    fold_copies(campaign[1], [1, 3], by=convenor, at=day(2), channel="web")
    tick(at=day(4))
    tick(at=day(4))
    subjects = [letter["Subject"] for letter in postbox.letters(yusuf.address)]
    assert subjects == ["Received: nm-1", "Shown together with others: nm-1"]
    assert [letter["Subject"] for letter in postbox.letters(lucia.address)] == [
        "Received: nm-2",
        "Received: nm-4",
    ]
    letter = postbox.letters(yusuf.address)[-1]
    assert "says nearly the same as nm-2 and others" in " ".join(words(letter).split())
    got = postbox.receive(answer(letter, "apart"), at=day(5))
    assert (got.number, got.code, present()) == (1, "", [2, 3])
    assert words(postbox.last()).startswith("nm-1 stands by itself again")


def test_the_desk_folds_on_a_page_and_files_all_under_a_theme(
    process: Process, campaign: list[Contribution], convenor: Participant, monkeypatch: pytest.MonkeyPatch
) -> None:
    Hands(monkeypatch, day(3))
    Theme.objects.create(process=process, slug="money", label="Money", summary="They ask for pay.")
    desk = Reader(convenor.person, in_office=True)
    assert "and 2 others" in desk.open("/p/nm/desk/piles/").text
    desk.press("Show them as one position: nm-1", theme="money")
    assert present() == [1, 2, 3]
    assert [row.themes.count() for row in campaign] == [1, 1, 1, 0]
    assert "Nothing to put together." in desk.open("/p/nm/desk/piles/").text


def test_a_list_shows_one_position_and_all_its_signatories_one_step_away(
    campaign: list[Contribution], convenor: Participant, yusuf: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    Hands(monkeypatch, day(3))
    fold_copies(campaign[0], [2, 3], by=convenor, at=day(2), channel="web")
    listed = Reader().open("/p/nm/inputs/")
    assert [number in listed.text for number in ("nm-1", "nm-2", "nm-3", "nm-4")] == [
        True,
        False,
        False,
        True,
    ]
    assert "one position, 3 signatories" in listed.text
    assert [
        number in Reader().open("/p/nm/inputs/?pile=1").text for number in ("nm-1", "nm-2", "nm-3", "nm-4")
    ] == [*(True, True, True, False)]
    assert "Where it differs from nm-1" in Reader().open("/p/nm/inputs/3/").text
    mine = Reader(yusuf)
    mine.open("/p/nm/inputs/1/")
    assert "It stands by itself again." in mine.press("Let it stand by itself").text
    assert present() == [2, 3]


def test_the_command_line_suggests_folds_and_parts(process: Process, campaign: list[Contribution]) -> None:
    assert len(campaign) == 4
    (pile,) = told("piles", "suggest", "nm")["piles"]
    assert sorted([pile["leading"], *pile["copies"]]) == [1, 2, 3]
    assert told("piles", "fold", "nm", "1", "2-3", *AMINA) == {"number": 1, "signatories": 3}
    assert talanoa("piles", "suggest", "nm").out == "No two published inputs say nearly the same.\n"
    assert told("piles", "part", "nm", "nm-2", *AMINA) == {"number": 2}
    assert refused("piles", "fold", "nm", "1", "4", *AMINA) == (3, "not_alike")
    assert refused("piles", "part", "nm", "9", *AMINA) == (3, "number_unknown")


def test_a_person_makes_a_suggested_theme_in_their_own_words(
    process: Process, send: Send, lucia: Person, convenor: Participant, monkeypatch: pytest.MonkeyPatch
) -> None:
    Hands(monkeypatch, day(3))
    for text in TEXTS.values():
        send(lucia, text=text)
    found = suggested_themes(process)
    assert sorted(sorted(one.texts) for one in found) == [[1, 2, 3], [4, 5, 6], [7, 8, 9]]
    desk = Reader(convenor.person, in_office=True)
    desk.open("/p/nm/desk/suggested-themes/")
    first = found[0]
    button = f"Make the theme: {', '.join(first.words)}"
    desk.press(button, label="Currency", summary="They want their own money.")
    theme = Theme.objects.get(process=process)
    assert (theme.label, sorted(row.number for row in theme.contributions.all())) == (
        "Currency",
        sorted(first.texts),
    )


def test_a_text_whose_language_nobody_knows_is_read_with_the_commonest(
    process: Process, send: Send, lucia: Person
) -> None:
    for text in TEXTS.values():
        send(lucia, text=text)
    Input.objects.filter(contribution__number=9).update(language="", language_source="detected")
    assert any(9 in one.texts for one in suggested_themes(process))


def test_the_command_line_tells_themes_with_the_time_they_took(
    process: Process, send: Send, lucia: Person
) -> None:
    assert talanoa("themes", "suggest", process.key).out == "Too few inputs for themes.\n"
    for text in TEXTS.values():
        send(lucia, text=text)
    answer = told("themes", "suggest", process.key)
    assert sorted(sorted(one["inputs"]) for one in answer["themes"]) == [[1, 2, 3], [4, 5, 6], [7, 8, 9]]
    assert answer["seconds"] >= 0


def test_a_private_input_suggests_no_theme(process: Process, send: Send, lucia: Person) -> None:
    for number in range(8):
        send(lucia, text=f"radio lessons {number}", publication="private")
    assert suggested_themes(process) == []
