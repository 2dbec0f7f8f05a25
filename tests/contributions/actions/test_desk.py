"""The desk groups inputs and keeps its notes; nobody else is touched, so nothing stands on the record."""

from collections.abc import Callable

import pytest

from conftest import day
from steps import answer_all, new_entries, refusal, theme_with
from talanoa.contributions.actions.desk import NOTE_LIMIT, file_under, handle, make_theme, take_from
from talanoa.contributions.models import Contribution, Filing, Handling, Theme
from talanoa.kernel.errors import NotAllowed
from talanoa.people.models import Person
from talanoa.processes.actions.roles import enter
from talanoa.processes.models import Participant, Process

Many = Callable[[int], list[Contribution]]


def test_a_theme_has_a_label_a_summary_and_an_address(process: Process, dalia: Participant) -> None:
    made = make_theme(process, by=dalia, label="  Money for\ntrainers ", summary="They lack it.\n")
    assert (made.label, made.summary, made.slug) == (
        "Money for trainers",
        "They lack it.",
        "money-for-trainers",
    )


def test_the_same_label_again_changes_the_words_of_the_theme(process: Process, dalia: Participant) -> None:
    for summary in ("They lack it.", "They lack it, most say."):
        make_theme(process, by=dalia, label="Argent", summary=summary)
    assert Theme.objects.get().summary == "They lack it, most say."


def test_a_theme_is_renamed_under_the_address_it_has(process: Process, dalia: Participant) -> None:
    made = make_theme(process, by=dalia, label="Money", summary="They lack it.")
    again = make_theme(process, by=dalia, name=made.slug, label="Funding", summary="They lack it.")
    assert (again.pk, again.slug, again.label) == (made.pk, "money", "Funding")


@pytest.mark.parametrize(
    ("labels", "slugs"),
    [
        (["التمويل", "السفر", "التمويل"], ["theme", "theme-2", "theme"]),
        (["Money?", "Money!", "Money."], ["money", "money-2", "money-3"]),
        (["x" * 120, "x" * 119], ["x" * 34, "x" * 34 + "-2"]),
    ],
)
def test_themes_with_other_labels_stay_apart(
    process: Process, dalia: Participant, labels: list[str], slugs: list[str]
) -> None:
    made = [make_theme(process, by=dalia, label=label, summary=label).slug for label in labels]
    assert made == slugs


@pytest.mark.parametrize(("label", "summary"), [("", "They lack it."), ("Money", " \n")])
def test_a_theme_says_what_its_inputs_say(
    process: Process, dalia: Participant, label: str, summary: str
) -> None:
    assert refusal(lambda: make_theme(process, by=dalia, label=label, summary=summary)) == "summary_missing"


def test_a_summary_beyond_the_limit_is_refused_not_cut(process: Process, dalia: Participant) -> None:
    long = "x" * (NOTE_LIMIT + 1)
    assert refusal(lambda: make_theme(process, by=dalia, label="Money", summary=long)) == "text_too_long"


def test_filing_says_what_is_new_under_the_theme(dalia: Participant, many: Many) -> None:
    first, second, third = many(3)
    theme = theme_with(dalia, first)
    assert file_under([first, second, third], theme, by=dalia) == [second, third]
    assert Filing.objects.filter(theme=theme).count() == 3


def test_a_theme_takes_inputs_of_its_own_process_only(
    dalia: Participant, nino: Participant, spoken: Contribution
) -> None:
    theme = make_theme(nino.process, by=nino, label="Maps", summary="Who names places?")
    assert refusal(lambda: file_under([spoken], theme, by=nino)) == "other_process"
    assert Filing.objects.count() == 0


def test_what_was_filed_can_be_taken_out_again(dalia: Participant, many: Many) -> None:
    first, second = many(2)
    theme = theme_with(dalia, first, second)
    take_from([first], theme, by=dalia)
    assert [filing.contribution for filing in theme.filings.all()] == [second]


def test_what_the_theme_has_answered_stays_under_it(convenor: Participant, many: Many) -> None:
    answered = many(2)
    answer_all(convenor)
    theme = Theme.objects.get()
    take_from(answered, theme, by=convenor)
    assert theme.filings.count() == 2


def test_a_note_and_who_takes_care_are_kept(
    spoken: Contribution, dalia: Participant, chair: Participant
) -> None:
    handle(spoken, by=dalia, note="Call him.\n", assignee=chair)
    handle(spoken, by=dalia, note="He was called.", assignee=None)
    kept = Handling.objects.get()
    assert (kept.contribution, kept.note, kept.assignee) == (spoken, "He was called.", None)


def test_only_somebody_with_a_role_here_takes_care(
    spoken: Contribution, dalia: Participant, stranger: Participant, nino: Participant
) -> None:
    for other in (stranger, nino):
        assert refusal(lambda who=other: handle(spoken, by=dalia, note="", assignee=who)) == "not_at_desk"


def test_a_note_beyond_the_limit_is_refused_not_cut(spoken: Contribution, dalia: Participant) -> None:
    long = "x" * (NOTE_LIMIT + 1)
    assert refusal(lambda: handle(spoken, by=dalia, note=long, assignee=None)) == "text_too_long"


def test_the_desk_leaves_nothing_on_the_record(spoken: Contribution, dalia: Participant) -> None:
    def work() -> None:
        theme = theme_with(dalia, spoken)
        handle(spoken, by=dalia, note="Call him.", assignee=dalia)
        take_from([spoken], theme, by=dalia)

    assert new_entries(work) == []


def test_nobody_but_the_desk_works_there(
    process: Process, spoken: Contribution, dalia: Participant, sponsor: Participant, lucia: Person
) -> None:
    theme = theme_with(dalia, spoken)
    for other in (sponsor, enter(process, lucia, at=day(1))):
        for work in (
            lambda by: make_theme(process, by=by, label="Money", summary="They lack it."),
            lambda by: file_under([spoken], theme, by=by),
            lambda by: take_from([spoken], theme, by=by),
            lambda by: handle(spoken, by=by, note="", assignee=None),
        ):
            with pytest.raises(NotAllowed):
                work(other)
