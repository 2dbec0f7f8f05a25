"""The texts of the demonstration hold together: they load, refer to each other, and are labeled and counted right."""

import re
from collections import Counter
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from talanoa.lib.aliases import GROUPS
from talanoa.lib.citations import citations
from talanoa.lib.paragraphs import split
from talanoa.lib.processkeys import is_key

ROOT = Path(__file__).resolve().parents[2]
CONTENT = ROOT / "content" / "demonstration"
CALL = ROOT.parent / "shared" / "data" / "founding-call" / "kictanet-2017-07-19.txt"
TITLE = "how can we expand the use of the multistakeholder model"
RESERVED = re.compile(r"[\w.+-]+@([\w-]+\.)*example\.(org|net|com)")
STATUSES = {"accepted", "partly_accepted", "not_accepted", "noted", "out_of_scope"}
RULINGS = {"accepted", "accepted_in_part", "not_accepted", "do_not_proceed"}
REGIONS = {"africa", "asia_pacific", "eastern_europe", "latin_america_caribbean", "western_europe_others"}
OPEN_TO_ALL = {"named", "group_only"}
CHARTER_KEYS = {
    *(
        "template",
        "title",
        "question",
        "runs",
        "takes_part",
        "decides",
        "how",
        "scope_in",
        "scope_out",
        "success",
    ),
    *("time_cost", "languages", "groups", "decision_rule", "appeal", "commitment", "payer", "related"),
    *("overlap", "options", "stages"),
}
LIFE = [
    "draft",
    "charter_review",
    "open",
    "report_draft",
    "review_period",
    "final",
    "decided",
    "follow_up",
    "closed",
]
SMALL = range(len(LIFE))


@cache
def loaded(name: str) -> Any:
    return yaml.safe_load((CONTENT / f"{name}.yaml").read_text(encoding="utf-8"))


def report() -> str:
    numbers = {row["key"]: number for number, row in enumerate(loaded("inputs"), 1)}
    text = (CONTENT / "report.md").read_text(encoding="utf-8")
    return re.sub(r"\{input:([a-z0-9-]+)\}", lambda found: str(numbers[found[1]]), text)


def keys(name: str, field: str = "key") -> list[str]:
    return [row[field] for row in loaded(name)]


def words(text: str) -> int:
    return len(text.split())


def answers() -> list[dict[str, str]]:
    return [theme["response"] or theme["late_response"] for theme in loaded("themes")]


def all_texts() -> str:
    return "\n".join(
        path.read_text(encoding="utf-8") for path in sorted(CONTENT.glob("*.*")) if path.stem != "README"
    )


def test_people_have_one_key_and_a_name_each_and_known_groups() -> None:
    assert len(set(keys("people"))) == len(set(keys("people", "name"))) == len(loaded("people")) == 32
    assert {person["group"] for person in loaded("people")} == set(GROUPS)
    assert {person["language"] for person in loaded("people")} == {"en", "fr", "sw", "ar"}


def test_each_office_is_held_once() -> None:
    held = Counter(person["role"] for person in loaded("people") if "role" in person)
    assert held == dict.fromkeys(
        ("convenor", "secretariat", "chair", "sponsor", "participant", "observer"), 1
    )


def test_countries_and_time_zones_of_people_are_codes() -> None:
    assert all(re.fullmatch("[A-Z]{2}", person["country"]) for person in loaded("people"))
    assert all(ZoneInfo(person["time_zone"]) for person in loaded("people"))


def test_addresses_are_reserved_ones_and_a_few_people_have_none() -> None:
    given = [person["address"] for person in loaded("people") if person["address"]]
    assert all(RESERVED.fullmatch(address) for address in given)
    assert len(set(given)) == len(given) == 29


def test_no_address_outside_the_reserved_domains_stands_in_any_text() -> None:
    found = re.findall(r"[\w.+-]+@[\w.-]+\w", all_texts())
    assert [address for address in found if not RESERVED.fullmatch(address)] == []


def test_inputs_come_in_four_languages_by_four_channels() -> None:
    assert len(set(keys("inputs"))) == 28
    assert Counter(keys("inputs", "language")) == {"en": 15, "fr": 5, "sw": 4, "ar": 4}
    assert Counter(keys("inputs", "channel")) == {"web": 12, "mail": 10, "upload": 3, "paper": 3}
    assert Counter(keys("inputs", "publication")) == {"named": 24, "group_only": 3, "private": 1}


def test_people_without_an_address_write_on_paper() -> None:
    silent = {person["key"] for person in loaded("people") if not person["address"]}
    assert {row["channel"] for row in loaded("inputs") if row["person"] in silent} == {"paper"}


def test_the_participant_in_garissa_writes_by_mail() -> None:
    rows = [row for row in loaded("inputs") if row["person"] == "halima"]
    assert [(row["channel"], row["language"]) for row in rows] == [("mail", "sw")]


@pytest.mark.parametrize("row", loaded("inputs"), ids=keys("inputs"))
def test_an_input_names_known_people_and_themes_and_has_a_readable_length(row: dict[str, Any]) -> None:
    assert row["person"] in keys("people")
    assert set(row["themes"]) <= set(keys("themes", "slug"))
    assert row["themes"]
    assert 60 <= words(row["text"]) <= 200
    assert 0 < len(row["title"]) <= 120


def test_inputs_arrive_within_the_call_and_in_order() -> None:
    assert {type(row["at"]) for row in loaded("inputs")} == {str}
    times = [datetime.fromisoformat(row["at"]) for row in loaded("inputs")]
    assert times == sorted(times)
    assert times[0] >= datetime.fromisoformat("2017-07-19T00:00:00Z")
    assert times[-1] < datetime.fromisoformat("2017-08-28T00:00:00Z")


def test_one_input_replaces_an_earlier_one_of_the_same_person() -> None:
    [new] = [row for row in loaded("inputs") if "supersedes" in row]
    [old] = [row for row in loaded("inputs") if row["key"] == new["supersedes"]]
    assert (old["person"], old["at"] < new["at"]) == (new["person"], True)


def test_one_input_is_withdrawn_and_one_withheld_for_a_fictional_number() -> None:
    assert [row["key"] for row in loaded("inputs") if row.get("withdrawn")] == ["istidafa-majaniya"]
    [held] = [row for row in loaded("inputs") if "withheld" in row]
    assert held["withheld"] == "personal_data"
    assert re.findall(r"\+[\d ]+\d", all_texts()) == re.findall(r"\+1 504 555 01\d\d", held["text"])


def test_arabic_texts_are_in_arabic_letters_and_no_others_are() -> None:
    rows = loaded("inputs") + loaded("interviews")
    arabic = {row["key"] for row in rows if re.search("[\u0600-\u06ff]", row["title"] + row["text"])}
    assert arabic == {row["key"] for row in rows if row["language"] == "ar"}


def test_interviews_are_twenty_with_each_kind_of_consent() -> None:
    assert len(set(keys("interviews"))) == 20
    assert Counter(keys("interviews", "consent")) == {"named": 10, "group_only": 7, "private": 3}
    assert Counter(keys("interviews", "confirmed")) == {True: 17, False: 3}
    assert set(keys("interviews", "language")) == {"en", "fr", "sw", "ar"}
    assert not set(keys("interviews")) & set(keys("inputs"))


@pytest.mark.parametrize("row", loaded("interviews"), ids=keys("interviews"))
def test_an_interview_is_dated_in_the_call_and_names_themes(row: dict[str, Any]) -> None:
    assert isinstance(row["date"], str)
    assert date(2017, 7, 19) <= date.fromisoformat(row["date"]) < date(2017, 8, 28)
    assert row["themes"]
    assert set(row["themes"]) <= set(keys("themes", "slug"))
    assert 50 <= words(row["text"]) <= 110


@pytest.mark.parametrize("row", loaded("interviews"), ids=keys("interviews"))
def test_an_interview_names_its_person_or_only_the_place_and_group(row: dict[str, Any]) -> None:
    if row["consent"] == "named":
        assert row["person"] in keys("people")
    else:
        assert "person" not in row
        assert row["role"]
        assert (row["region"] in REGIONS, row["group"] in GROUPS) == (True, True)
        assert re.fullmatch("[A-Z]{2}", row["country"])


def test_every_theme_is_used_and_its_slug_fits() -> None:
    rows = loaded("inputs") + loaded("interviews")
    assert {slug for row in rows for slug in row["themes"]} == set(keys("themes", "slug"))
    assert len(set(keys("themes", "slug"))) == 10
    assert all(re.fullmatch("[a-z0-9-]{2,40}", slug) for slug in keys("themes", "slug"))


def test_only_the_theme_of_the_tour_waits_for_its_answer() -> None:
    waiting = [theme["slug"] for theme in loaded("themes") if theme["response"] is None]
    assert waiting == [theme["slug"] for theme in loaded("themes") if "late_response" in theme]
    assert waiting == ["who-pays-and-who-decides"]


def test_sealing_is_refused_until_the_tour_answers_that_theme() -> None:
    alone = [row for row in loaded("inputs") if row["themes"] == ["who-pays-and-who-decides"]]
    replaced = {row.get("supersedes") for row in alone}
    still = [row["key"] for row in alone if not row.get("withdrawn") and row["key"] not in replaced]
    assert still == ["companies-and-seats", "pays-second-try", "man-yadfa"]


@pytest.mark.parametrize("answer", answers(), ids=keys("themes", "slug"))
def test_an_answer_has_a_status_a_reason_a_change_and_a_place(answer: dict[str, str]) -> None:
    assert set(answer) == {"status", "text", "change", "where"}
    assert answer["status"] in STATUSES
    assert 50 <= words(answer["text"]) <= 120
    assert answer["change"].strip()
    assert 0 < len(answer["where"]) <= 200


def test_an_answer_points_to_sections_and_recommendations_that_the_report_has() -> None:
    headings = {block.text.lstrip("# ") for block in split(report()) if block.kind == "heading"}
    places = " ".join(answer["where"] for answer in answers())
    assert set(re.findall('section "([^"]+)"', places)) <= headings
    assert {int(n) for n in re.findall(r"(?<=Recommendation )\d", places)} == {1, 2, 3, 4, 5}


def test_the_report_has_its_length_and_five_recommendations_in_order() -> None:
    bare = re.sub(r"\[[^\]]*\]", "", report())
    assert 700 <= len(re.findall(r"[\w'-]+", bare)) <= 1100
    assert [block.number for block in split(report()) if block.number] == [1, 2, 3, 4, 5]
    assert "| Do not proceed |" in report()
    assert "re-enactment with invented people" in bare


def test_the_report_cites_every_theme_and_no_input_that_readers_cannot_open() -> None:
    cited = citations(report(), "model-17")
    hidden = {"withdrawn", "withheld"}
    readable = {
        number
        for number, row in enumerate(loaded("inputs"), 1)
        if row["publication"] in OPEN_TO_ALL and not hidden & set(row)
    }
    assert cited.themes == set(keys("themes", "slug"))
    assert len(cited.numbers) == 20
    assert cited.numbers <= readable


def test_the_decision_answers_each_recommendation_and_is_followed_up_twice() -> None:
    rulings = loaded("decision")["answers"]
    assert [ruling["number"] for ruling in rulings] == [1, 2, 3, 4, 5]
    assert all(ruling["answer"] in RULINGS and ruling["reason"].strip() for ruling in rulings)
    times = [datetime.fromisoformat(note["at"]) for note in loaded("decision")["follow_ups"]]
    assert times == sorted(times)
    assert len(times) == 2


def test_the_charter_states_exactly_its_facts() -> None:
    charter = loaded("charter-main")
    assert set(charter) == CHARTER_KEYS
    assert set(charter["groups"]) == set(GROUPS)
    assert charter["languages"] == ["en", "fr", "sw", "ar"]
    assert charter["overlap"].startswith("not checked, because ")
    assert charter["options"][-1]["name"] == "Do not proceed"


def test_the_charter_opens_the_call_for_forty_days_and_the_review_for_twenty_one() -> None:
    stages = loaded("charter-main")["stages"]
    assert stages == [
        {"kind": "input", "days": 40, "opens_at": "2017-07-19T00:00Z"},
        {"kind": "report"},
        {"kind": "review", "days": 21},
        {"kind": "decision"},
    ]


def test_there_is_one_small_process_at_each_stage_of_life() -> None:
    assert keys("processes", "state") == LIFE
    assert len({*keys("processes"), "model-17"}) == len(LIFE) + 1
    assert all(is_key(key) for key in keys("processes"))


@pytest.mark.parametrize("place", SMALL, ids=LIFE)
def test_a_small_process_has_what_its_stage_needs(place: int) -> None:
    row = loaded("processes")[place]
    needs = {"key", "title", "question", "state", "languages", "inputs"}
    needs |= {"theme", "report"} if place >= LIFE.index("report_draft") else set()
    needs |= {"response"} if place >= LIFE.index("review_period") else set()
    needs |= {"decision"} if place >= LIFE.index("decided") else set()
    needs |= {"follow_up"} if place >= LIFE.index("follow_up") else set()
    assert set(row) == needs


@pytest.mark.parametrize("place", SMALL, ids=LIFE)
def test_a_small_process_has_inputs_once_its_call_is_open(place: int) -> None:
    inputs = loaded("processes")[place]["inputs"]
    assert len(inputs) in ((2, 3, 4) if place >= LIFE.index("open") else (0,))
    assert all(set(given) == {"person", "title", "text"} for given in inputs)
    assert {given["person"] for given in inputs} <= set(keys("people"))


@pytest.mark.parametrize(
    "row", [row for row in loaded("processes") if "report" in row], ids=lambda row: row["key"]
)
def test_a_small_report_cites_its_inputs_and_theme_and_is_labeled(row: dict[str, Any]) -> None:
    cited = citations(row["report"], row["key"])
    assert cited.numbers == set(range(1, len(row["inputs"]) + 1))
    assert cited.themes == {row["theme"]["slug"]}
    assert "re-enactment with invented people" in row["report"]


@pytest.mark.parametrize(
    "row", [row for row in loaded("processes") if "response" in row], ids=lambda row: row["key"]
)
def test_a_small_answer_points_to_recommendations_of_its_report(row: dict[str, Any]) -> None:
    numbers = [block.number for block in split(row["report"]) if block.number]
    assert set(row["response"]) == {"status", "text", "change", "where"}
    assert row["response"]["status"] in STATUSES
    assert [int(n) for n in re.findall(r"\d", row["response"]["where"])] == numbers


@pytest.mark.parametrize(
    "row", [row for row in loaded("processes") if "decision" in row], ids=lambda row: row["key"]
)
def test_a_small_decision_answers_each_recommendation(row: dict[str, Any]) -> None:
    rulings = row["decision"]["answers"]
    assert [ruling["number"] for ruling in rulings] == [b.number for b in split(row["report"]) if b.number]
    assert all(ruling["answer"] in RULINGS and ruling["reason"].strip() for ruling in rulings)


@pytest.mark.shared_data
def test_no_seven_words_in_a_row_come_from_the_real_call() -> None:
    if not CALL.exists():
        pytest.skip("../shared/data/founding-call is absent")
    ours, theirs = (runs(text) for text in (all_texts(), CALL.read_text(encoding="utf-8")))
    assert sorted(ours & theirs) == []


def runs(text: str) -> set[str]:
    """Return every run of seven words, without the title of the consultation, which is a fact."""
    plain = " ".join(re.findall(r"\w+", text.lower())).replace(TITLE, "")
    given = plain.split()
    return {" ".join(given[at : at + 7]) for at in range(len(given) - 6)}


def test_the_discussion_is_of_the_cast_and_answers_what_was_said_before() -> None:
    rows = loaded("threads")
    said = [row for row in rows if "key" in row]
    assert [row["key"] for row in said if "to" not in row] == ["who-answers", "sit-at-the-side"]
    assert {row["person"] for row in said} <= set(keys("people"))
    for place, row in enumerate(said):
        assert row.get("to", "") in {"", *(before["key"] for before in said[:place])}
    times = [datetime.fromisoformat(row["at"]) for row in rows]
    assert times == sorted(times)
    assert times[0] > max(datetime.fromisoformat(row["at"]) for row in loaded("inputs"))


def test_the_discussion_names_inputs_that_everybody_may_read() -> None:
    named = {key for row in loaded("threads") for key in re.findall(r"{input:([a-z0-9-]+)}", row["text"])}
    assert named
    assert {row["publication"] for row in loaded("inputs") if row["key"] in named} == {"named"}


def test_issues_have_one_answer_of_each_kind_and_one_waits() -> None:
    given = [row.get("answer", {}).get("outcome", "") for row in loaded("issues")]
    assert sorted(given) == ["", "convene", "decline", "expertise", "refer"]
    assert {row["person"] for row in loaded("issues")} <= set(keys("people"))
