"""The notebook of a study runs where its folder is, with DuckDB alone, and counts what the page counts."""

import json
import subprocess
import sys
from pathlib import Path

from lib.studies.example_study import unasked, written
from talanoa.lib.studies.running import run

RUN = """
import json, sys
import duckdb
told = json.load(open('notebook.ipynb'))
names, counted = {}, {}
for cell in told['cells']:
    if cell['cell_type'] == 'code':
        *before, last = cell['source'].split('\\ndb.sql(')
        exec(cell['source'].replace('db.sql(', 'found = db.sql('), names)
        if 'found' in names:
            counted[cell['id']] = [list(map(str, row)) for row in names.pop('found').fetchall()]
assert not any(name.startswith('talanoa') for name in sys.modules)
print(json.dumps(counted))
"""


def test_it_runs_alone_and_counts_the_same(tmp_path: Path) -> None:
    run(written(tmp_path / "source"), tmp_path / "study", unasked)
    ended = subprocess.run(
        [sys.executable, "-c", RUN], cwd=tmp_path / "study", capture_output=True, text=True, check=True
    )
    counted = json.loads(ended.stdout)
    results = {
        row["measure"]: row for row in json.loads((tmp_path / "study" / "results.json").read_text())["list"]
    }
    assert list(counted) == [
        "list-participation-by-group",
        "list-newcomers",
        "list-decisions-traced",
    ]
    groups = {row[0]: int(row[1]) for row in counted["list-participation-by-group"]}
    shown = {row[0]: row[1] for row in results["participation_by_group"]["rows"]}
    assert shown.items() <= groups.items()
    assert len(shown) > 2


def test_every_cell_has_an_identifier_of_its_own(tmp_path: Path) -> None:
    run(written(tmp_path / "source"), tmp_path / "study", unasked)
    told = json.loads((tmp_path / "study" / "notebook.ipynb").read_text())
    names = [cell["id"] for cell in told["cells"]]
    assert len(names) == len(set(names)) == 8
    assert all(0 < len(name) <= 64 and name.replace("-", "").isalnum() for name in names)
    assert (told["nbformat"], told["nbformat_minor"]) == (4, 5)
