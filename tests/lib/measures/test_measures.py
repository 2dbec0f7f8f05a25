"""What holds for every measure: it is told of, it takes what is empty, and it shows no small cell."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from math import log2
from pathlib import Path
from random import Random
from shutil import which

import pytest
from benchmarks.made_tables import Made, make

from talanoa.lib.measures.definitions import Found, Measure, Row
from talanoa.lib.measures.inequality import entropy, gini, hhi, jackknife, top_share
from talanoa.lib.measures.known import BY_KEY
from talanoa.lib.measures.protecting import shown_rows
from talanoa.lib.measures.registered import STANDARD
from talanoa.lib.measures.taking import of_folder, take, take_all
from talanoa.lib.measures.waiting import Waited, waited_for


@pytest.mark.parametrize("measure", STANDARD, ids=lambda measure: measure.key)
def test_each_measure_tells_what_it_answers_and_what_it_cannot(measure: Measure) -> None:
    assert all((measure.title, measure.answers.endswith("."), measure.caveat.endswith("."), measure.sql))
    assert BY_KEY[measure.key] is measure
    assert not measure.persons or measure.persons in measure.columns
    assert all(measure.columns.values())


@pytest.mark.parametrize("measure", STANDARD, ids=lambda measure: measure.key)
def test_of_nothing_there_is_nothing_to_tell(measure: Measure, tmp_path: Path) -> None:
    with of_folder(tmp_path) as engine:
        result = take(measure, engine)
    assert (result.rows, result.of) == ((), 0)


@pytest.mark.parametrize("measure", STANDARD, ids=lambda measure: measure.key)
def test_the_same_tables_give_the_same_bytes(measure: Measure, tmp_path: Path) -> None:
    told = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        make(Made(messages=300, persons=40, inputs=30), tmp_path / name)
        with of_folder(tmp_path / name) as engine:
            told.append(json.dumps(take(measure, engine).as_dict()))
    assert told[0] == told[1]
    assert len(json.loads(told[0])["columns"]) == len(measure.columns)


def measure_of(*, persons: str = "persons", n_keys: int = 1) -> Measure:
    return Measure("k", 1, "", "", "", {"a": "", "b": "", "persons": ""}, (), _unfinished, persons, n_keys)


def _unfinished(rows: Sequence[Row]) -> Found:
    return Found(tuple(rows), 0)


def test_fewer_than_five_persons_are_not_told_of() -> None:
    rows = [("x", 1, 9), ("y", 2, 3), ("z", 3, 4)]
    assert shown_rows(measure_of(), rows) == ((rows[0],), 2)


def test_a_row_that_the_total_would_tell_hides_the_smallest_other() -> None:
    rows = [("x", 1, 9), ("y", 2, 3), ("z", 3, 7)]
    assert shown_rows(measure_of(), rows) == ((rows[0],), 2)


def test_each_total_hides_its_own_rows() -> None:
    rows = [("2014", "x", 9), ("2014", "y", 8), ("2015", "x", 2), ("2015", "y", 7)]
    assert shown_rows(measure_of(n_keys=2), rows) == (tuple(rows[:2]), 2)


def test_where_nobody_is_counted_nothing_is_hidden() -> None:
    rows = [("x", 1, 2)]
    assert shown_rows(measure_of(persons=""), rows) == (tuple(rows), 0)


def test_all_the_same_is_equal_and_one_who_has_it_all_is_not() -> None:
    same, one = {7: 100}, {1: 99, 10_000_000: 1}
    assert (round(gini(same), 9), round(hhi(same), 9)) == (0, 0.01)
    assert entropy(same) == pytest.approx(log2(100))
    assert gini(one) == pytest.approx(0.99, abs=1e-3)
    assert hhi(one) == pytest.approx(1, abs=1e-3)
    assert top_share(one) == pytest.approx(1, abs=1e-3)


def test_gini_is_half_the_mean_difference() -> None:
    chance = Random(7)
    values = [chance.randrange(1, 50) for _one in range(80)]
    histogram = {value: values.count(value) for value in set(values)}
    differences = sum(abs(a - b) for a in values for b in values)
    assert gini(histogram) == pytest.approx(differences / (2 * len(values) * sum(values)))


def test_the_jackknife_leaves_out_each_person_once() -> None:
    values = [1, 1, 2, 5, 9]
    histogram = {1: 2, 2: 1, 5: 1, 9: 1}
    left = [
        gini({v: rest.count(v) for v in set(rest)})
        for rest in (values[:n] + values[n + 1 :] for n in range(5))
    ]
    error = (4 / 5 * sum((one - sum(left) / 5) ** 2 for one in left)) ** 0.5
    value, low, high = jackknife(gini, histogram)
    assert (value, high - low) == pytest.approx((gini(histogram), 2 * 1.959964 * error), rel=1e-6)


def test_whoever_still_waits_is_no_quick_answer() -> None:
    answered = [Waited(1, 2, 0), Waited(10, 2, 0)]
    assert waited_for(answered, 0.5) == 1
    assert waited_for([*answered, Waited(5, 0, 4)], 0.5) == 10
    assert waited_for([Waited(1, 1, 9)], 0.5) is None


def test_the_curve_is_that_of_the_textbook() -> None:
    """Remission times of the 21 patients with 6-MP: Freireich et al. 1963; the median is 23 weeks."""
    ends = {
        6: (3, 1),
        7: (1, 0),
        9: (0, 1),
        10: (1, 1),
        11: (0, 1),
        13: (1, 0),
        16: (1, 0),
        17: (0, 1),
        19: (0, 1),
    }
    ends |= {20: (0, 1), 22: (1, 0), 23: (1, 0), 25: (0, 1), 32: (0, 2), 34: (0, 1), 35: (0, 1)}
    assert waited_for([Waited(week, *both) for week, both in ends.items()], 0.5) == 23


@pytest.mark.nightly
@pytest.mark.skipif(
    not os.environ.get("TALANOA_NIGHTLY") or which("java") is None,
    reason="by night, with a Java of 17 or newer",
)
def test_spark_counts_what_duckdb_counts(tmp_path: Path) -> None:
    make(Made(messages=3000, persons=300, inputs=200), tmp_path)
    words = [sys.executable, str(Path(__file__).with_name("by_spark.py")), str(tmp_path)]
    ran = subprocess.run(words, capture_output=True, text=True, check=False, timeout=600)
    assert ran.returncode == 0, ran.stderr[-2000:]
    with of_folder(tmp_path) as engine:
        counted = [result.as_dict() for result in take_all(STANDARD, engine)]
    assert json.loads(ran.stdout.splitlines()[-1]) == counted
    assert all(one["rows"] for one in counted)
