"""study.toml is checked before anything is counted, and every fault is told with what to do."""

import pytest

from lib.studies.example_study import STUDY
from talanoa.lib.measures.registered import STANDARD
from talanoa.lib.studies.study_files import LONGEST, Source, StudyWrong, read_study


def wrong(text: str) -> str:
    with pytest.raises(StudyWrong) as found:
        read_study(text)
    return "\n".join(found.value.wrong)


def test_a_study_says_what_it_is_for_and_takes_what_it_names() -> None:
    study = read_study(STUDY)
    assert study.title == "Who speaks on a list that never was"
    assert study.words["keep_until"] == "2027-12-31"
    assert study.inputs == {"list": Source("tables", "made")}
    assert [measure.key for measure in study.measures] == [
        "participation_by_group",
        "newcomers",
        "decisions_traced",
    ]


def test_without_a_list_of_measures_it_takes_all_of_them() -> None:
    text = "\n".join(line for line in STUDY.splitlines() if not line.startswith("measures"))
    assert read_study(text).measures == STANDARD


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('purpose = "To show how a study is made."', "", "purpose is missing: say what it is for."),
        ('contact = "research@talanoa.example"', 'contact = " "', "contact is missing"),
        ("purpose =", "purposse =", "purposse is no word of a study. Did you mean purpose?"),
        ("newcomers", "newcomer", "there is no measure newcomer. Did you mean newcomers?"),
        ("group@1", "group@2", "participation_by_group has version 1 here, not 2."),
        ('name = "list"', 'name = "../list"', "an [[input]] needs a name"),
        ('tables = "made"', "", "one of tables (a folder), archive (its name) or process (its key)"),
        ('tables = "made"', 'tables = "made"\narchive = "a"', "an [[input]] needs a name"),
        (
            'tables = "made"',
            'tables = "made"\n[[input]]\nname = "list"\ntables = "b"',
            "two inputs are called list",
        ),
        ('[[input]]\nname = "list"\ntables = "made"', "", "it has no [[input]]"),
        ("title = ", "title ", "study.toml: "),
        ("To show", "To show" + "x" * LONGEST, "purpose is longer than 2000 characters."),
    ],
)
def test_a_fault_is_told_with_what_to_do(old: str, new: str, told: str) -> None:
    assert old in STUDY
    assert told in wrong(STUDY.replace(old, new))


def test_all_faults_are_told_at_once() -> None:
    assert len(wrong("").splitlines()) == 7
