"""Each benchmark runs through with a few rows, on SQLite; what it measures then means nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

ROOT = Path(__file__).resolve().parents[2]


def names() -> list[ParameterSet]:
    """Those that take long even so run by night."""
    long = ("record", "ingest", "burst", "hostile", "page", "archive_web", "archive_search", "ballots")
    by_night = [pytest.param(name, marks=pytest.mark.nightly) for name in long]
    by_day = [
        pytest.param(name)
        for name in (
            "log",
            "archive",
            "archive_threads",
            "measures",
            "opinion",
            "diffs",
            "assignment",
        )
    ]
    return by_day + (by_night if os.environ.get("TALANOA_NIGHTLY") else [])


@pytest.mark.parametrize("name", names())
def test_a_benchmark_runs_and_prints_its_figures(name: str, tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "TALANOA_HOME": str(tmp_path),
        "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "talanoa.conf.settings",
    }
    words = [sys.executable, "-m", "benchmarks.one", name, "--tiny"]
    done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) >= 3


def test_a_benchmark_that_is_not_there_is_said_to_be_unknown() -> None:
    words = [sys.executable, "-m", "benchmarks", "speed"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, "no benchmark is called speed" in done.stderr) == (2, True)
