"""A study as a notebook (nbformat 4.5): its tables as views of DuckDB, and the SQL of each measure to run and change.

It needs `duckdb` and nothing of ours, and stands in the folder that it reads.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from talanoa.lib.measures.definitions import Measure
from talanoa.lib.measures.process_tables import TABLES
from talanoa.lib.measures.taking import empty
from talanoa.lib.studies.study_files import Study


def notebook(study: Study) -> str:
    """Return the notebook."""
    cells = [_words("title", [f"# {study.title}", study.words["question"], _HOW])]
    for name in study.inputs:
        cells.append(_code(f"tables-{name}", _opening(name)))
        cells += [cell for measure in study.measures for cell in _measure(name, measure)]
    told = {
        "cells": cells,
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return f"{json.dumps(told, ensure_ascii=False, indent=1)}\n"


_HOW = (
    "Run it in this folder, with `pip install duckdb`. Each measure gives counts; the shares and intervals of the page"
    " are made of these. What you count yourself may show small cells: do not publish rows behind which fewer than five"
    " persons stand."
)


def _opening(name: str) -> str:
    tables = ",\n".join(f"    {table.name!r}: {empty(table)!r}" for table in TABLES)
    return (
        "import duckdb\nfrom pathlib import Path\n\n"
        f"folder = Path('tables') / {name!r}\n"
        f"# What each table looks like where there is none.\nempty = {{\n{tables},\n}}\n"
        "db = duckdb.connect()\nfor table, nothing in empty.items():\n"
        "    file = folder / f'{table}.parquet'\n"
        '    db.execute(f"CREATE VIEW {table} AS " + (f"FROM \'{file}\'" if file.exists() else nothing))\n'
    )


def _measure(name: str, measure: Measure) -> Iterable[dict[str, Any]]:
    cell = f"{name}-{measure.key}".replace("_", "-")
    yield _words(f"{cell}-told"[-64:], [f"## {measure.title}", measure.answers, f"*{measure.caveat}*"])
    yield _code(cell[-64:], f'db.sql("""\n{measure.sql}\n""")')


def _words(cell: str, paragraphs: Sequence[str]) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": cell, "metadata": {}, "source": "\n\n".join(paragraphs)}


def _code(cell: str, source: str) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": cell,
        "metadata": {},
        "outputs": [],
        "source": source,
    }
