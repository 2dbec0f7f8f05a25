"""The standard measures, each beside the same thing counted by hand, without SQL."""

from collections import Counter, defaultdict
from datetime import datetime, timedelta
from typing import Any

import pytest

from lib.measures.conftest import Example
from talanoa.lib.measures import registered
from talanoa.lib.measures.definitions import LEAST_CELL, Measure, Row
from talanoa.lib.measures.taking import take

Act = dict[str, Any]


def acts(example: Example) -> list[Act]:
    """Everything that somebody said: messages, and inputs that were not replaced."""
    people = {row["person"]: row for row in example.rows["person"]}
    said = [
        {**row, "at": row["sent_at"], "group": people[row["person"]]["stakeholder_group"]}
        for row in example.rows["message"]
        if row["person"]
    ]
    return [{**row, "region": people[row["person"]]["region"]} for row in said + inputs(example)]


def inputs(example: Example) -> list[Act]:
    people = {row["person"]: row for row in example.rows["person"]}
    return [
        {
            **row,
            "at": row["received_at"],
            "group": row["stakeholder_group"] or people[row["person"]]["stakeholder_group"],
        }
        for row in example.rows["contribution"]
        if row["state"] != "superseded"
    ]


def asked(example: Example) -> list[Act]:
    """Each opening message and each input, with when its first answer came."""
    people = {row["person"]: row["stakeholder_group"] for row in example.rows["person"]}
    messages = example.rows["message"]
    found = []
    for row in messages:
        if row["thread"] != row["message"] or not row["person"] or not row["sent_at"]:
            continue
        later = [
            one["sent_at"]
            for one in messages
            if one["thread"] == row["thread"]
            and one["person"] not in (None, row["person"])
            and one["sent_at"]
            and one["sent_at"] >= row["sent_at"]
        ]
        found.append(
            {"person": row["person"], "group": people[row["person"]], "at": row["sent_at"], "answers": later}
        )
    responses = defaultdict(list)
    for row in example.rows["response"]:
        responses[row["process"], row["number"]].append(row["responded_at"])
    return found + [{**row, "answers": responses[row["process"], row["number"]]} for row in inputs(example)]


def end_of(example: Example) -> datetime:
    return max(row["at"] for row in acts(example) if row["at"])


def rows_of(example: Example, measure: Measure) -> dict[Any, Row]:
    """The rows that are shown, by their keys."""
    found = take(measure, example.engine).rows
    return {row[: measure.n_keys] if measure.n_keys > 1 else row[0]: row for row in found}


def by(rows: list[Act], *keys: str) -> dict[Any, list[Act]]:
    found = defaultdict(list)
    for row in rows:
        found[tuple(row[key] for key in keys) if len(keys) > 1 else row[keys[0]]].append(row)
    return found


def persons(rows: list[Act]) -> int:
    return len({row["person"] for row in rows})


@pytest.mark.parametrize(
    ("measure", "key"),
    [(registered.PARTICIPATION_BY_GROUP, "group"), (registered.PARTICIPATION_BY_REGION, "region")],
)
def test_persons_and_acts_are_counted_by_group_and_region(
    example: Example, measure: Measure, key: str
) -> None:
    told = rows_of(example, measure)
    counted = by(acts(example), key)
    assert {name: (row[1], row[5]) for name, row in told.items()} == {
        name: (persons(rows), len(rows)) for name, rows in counted.items()
    }
    assert sum(float(row[6] or 0) for row in told.values()) == pytest.approx(1, abs=1e-5)


def test_an_organization_is_that_of_the_day(example: Example) -> None:
    told = rows_of(example, registered.PARTICIPATION_BY_ORGANIZATION)
    counted = defaultdict(set)
    for act in acts(example):
        for one in example.rows["affiliation"]:
            begun = one["valid_from"] is None or (act["at"] is not None and one["valid_from"] <= act["at"])
            lasts = one["valid_to"] is None or (act["at"] is not None and act["at"] < one["valid_to"])
            if one["person"] == act["person"] and begun and lasts:
                counted[one["organization"]].add(act["person"])
    shown = {name: row[1] for name, row in told.items() if name != "unknown"}
    assert shown
    assert shown.items() <= {name: len(who) for name, who in counted.items()}.items()


def test_years_stand_beside_each_other(example: Example) -> None:
    told = rows_of(example, registered.PARTICIPATION_OVER_TIME)
    dated = [{**row, "year": row["at"].year} for row in acts(example) if row["at"]]
    counted = {key: (persons(rows), len(rows)) for key, rows in by(dated, "year", "group").items()}
    assert {key: row[2:4] for key, row in told.items()}.items() <= counted.items()
    assert all(row[2] >= LEAST_CELL for row in told.values() if isinstance(row[2], int))


def test_concentration_counts_every_act_once(example: Example) -> None:
    result = take(registered.CONCENTRATION_OF_PERSONS, example.engine)
    counted = sorted(Counter(row["person"] for row in acts(example)).values())
    n, total = len(counted), sum(counted)
    gini = sum((2 * place - n - 1) * value for place, value in enumerate(counted, 1)) / (n * total)
    assert result.of == total
    assert result.rows[0][2] == pytest.approx(gini, abs=1e-6)
    assert result.rows[1][2] == pytest.approx(sum((value / total) ** 2 for value in counted), abs=1e-6)


def test_what_nobody_answered_is_counted_for_those_who_asked_early_enough(example: Example) -> None:
    told = rows_of(example, registered.UNANSWERED_BY_GROUP)
    month = timedelta(days=30)
    early = [row for row in asked(example) if row["at"] <= end_of(example) - month]
    counted = {
        group: (
            persons(rows),
            len(rows),
            sum(not any(a < r["at"] + month for a in r["answers"]) for r in rows),
        )
        for group, rows in by(early, "group").items()
    }
    assert {group: row[1:4] for group, row in told.items()} == counted


def test_who_still_waits_is_told_of_as_waiting(example: Example) -> None:
    told = rows_of(example, registered.TIME_TO_ANSWER)
    counted = {
        group: (persons(rows), len(rows), sum(not row["answers"] for row in rows))
        for group, rows in by(asked(example), "group").items()
    }
    assert {group: row[1:4] for group, row in told.items()} == counted


def test_answers_go_from_group_to_group(example: Example) -> None:
    told = rows_of(example, registered.WHO_ANSWERS_WHOM)
    groups = {row["person"]: row["stakeholder_group"] for row in example.rows["person"]}
    messages = {row["message"]: row for row in example.rows["message"]}
    counted: Counter[tuple[str, str]] = Counter()
    for row in messages.values():
        other = messages.get(row["parent"], {}).get("person")
        if row["person"] and other and other != row["person"]:
            counted[groups[row["person"]], groups[other]] += 1
    assert {key: row[3] for key, row in told.items()}.items() <= dict(counted).items()
    assert len(told) > 20


def test_newcomers_come_back_or_cannot_be_known_yet(example: Example) -> None:
    told = rows_of(example, registered.NEWCOMERS)
    end, counted = end_of(example), defaultdict(lambda: [0, 0, 0])
    dated = by([row for row in acts(example) if row["at"]], "person")
    for rows in dated.values():
        first = min(row["at"] for row in rows)
        days = [(row["at"] - first).total_seconds() / 86_400 for row in rows]
        is_known = first <= end - timedelta(days=360)
        row = counted[first.year]
        row[0] += 1
        row[1] += is_known
        row[2] += is_known and any(180 <= day < 360 for day in days)
    assert {year: list(row[1:4]) for year, row in told.items()}.items() <= counted.items()


def test_an_input_is_traced_to_its_response_its_change_and_the_decision(example: Example) -> None:
    told = rows_of(example, registered.DECISIONS_TRACED)
    responses = by(example.rows["response"], "process", "number")
    decided = {row["process"] for row in example.rows["decision"]}
    for process, rows in by(inputs(example), "process").items():
        answers = [responses.get((process, row["number"]), []) for row in rows]
        n_answered = sum(bool(found) for found in answers)
        n_changing = sum(any(one["change"] for one in found) for found in answers)
        n_decided = n_answered if process in decided else 0
        assert told[process][1:6] == (persons(rows), len(rows), n_answered, n_changing, n_decided)


def test_processes_stand_beside_each_other(example: Example) -> None:
    told = rows_of(example, registered.PROCESSES_COMPARED)
    for process, rows in by(inputs(example), "process").items():
        known = {row["group"] for row in rows} - {"unknown"}
        n_unknown = sum(row["group"] == "unknown" for row in rows)
        assert (told[process][2], told[process][3], told[process][5:7]) == (
            persons(rows),
            len(known),
            (len(rows), n_unknown),
        )
