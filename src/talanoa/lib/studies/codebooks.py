"""What the tables and measures of a study mean: a code book for people, and a descriptor for programs.

The descriptor is a Data Package of version 2 (datapackage.org, 2024): one plain JSON file.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb

from talanoa.lib.archive.tables import Table
from talanoa.lib.measures.definitions import Measure
from talanoa.lib.measures.process_tables import TABLES
from talanoa.lib.studies.pages import STYLE
from talanoa.lib.studies.protecting import PROTECTION, leaving
from talanoa.lib.studies.round_files import rounds_in
from talanoa.lib.studies.study_files import Study

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_TYPES = {"VARCHAR": "string", "BIGINT": "integer", "TIMESTAMP": "date", "BOOLEAN": "boolean"}
NOT_ANONYMOUS = (
    "These tables are pseudonymized, not anonymous: who knows what somebody wrote, and when, may find the row. Do not"
    " try to; do not join them with other data about persons."
)


@dataclass(frozen=True, slots=True)
class Described:
    """A table of an input with its number of rows; `is_protected` where it is one that may leave."""

    of: str
    table: Table
    n_rows: int
    is_protected: bool


def tables_in(folder: Path) -> tuple[Described, ...]:
    """Return the tables in the folder of an input, which is called as the input, and those of its rounds."""
    is_protected = (folder / PROTECTION).exists()
    found = []
    for table in TABLES:
        path = folder / f"{table.name}.parquet"
        if path.exists():
            n_rows = duckdb.read_parquet(str(path)).count("*").fetchall()[0][0]
            found.append(
                Described(folder.name, leaving(table) if is_protected else table, n_rows, is_protected)
            )
    found += [Described(folder.name, table, n_rows, is_protected) for table, n_rows in rounds_in(folder)]
    return tuple(found)


def codebook(study: Study, tables: Sequence[Described]) -> str:
    """Return the page on what each column means and how each measure counts."""
    title = f"Code book: {escape(study.title)}"
    protected = f"<p>{escape(NOT_ANONYMOUS)}</p>\n" if any(table.is_protected for table in tables) else ""
    told = "".join(map(_table, tables))
    counted = "".join(map(_measure, study.measures))
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{STYLE}pre{{overflow-x:auto;font-size:.85rem}}</style></head>\n<body><main>\n<h1>{title}</h1>\n"
        f"{protected}<h2>Tables</h2>\n{told}<h2>Measures</h2>\n"
        "<p>Each is SQL for DuckDB over these tables; shares and intervals are made of its counts.</p>\n"
        f"{counted}</main></body></html>\n"
    )


def _table(one: Described) -> str:
    alike = groupby(one.table.columns, lambda name: (one.table.columns[name], one.table.meanings[name]))
    rows = "".join(
        f"<tr><th scope='row'>{_named([*names])}</th><td>{_TYPES[kind]}</td><td>{escape(meaning)}</td></tr>"
        for (kind, meaning), names in alike
    )
    return (
        f"<h3>{escape(one.of)}: <code>{one.table.name}</code></h3>\n<p>{one.n_rows:,} rows</p>\n"
        f"<div class='wide'><table><thead><tr><th scope='col'>Column</th><th scope='col'>Type</th>"
        f"<th scope='col'>What it says</th></tr></thead><tbody>{rows}</tbody></table></div>\n"
    )


def _named(names: Sequence[str]) -> str:
    """Return what columns are called that stand side by side and mean the same, as those of 300 votes do."""
    first, last = (f"<code>{escape(name)}</code>" for name in (names[0], names[-1]))
    return first if len(names) == 1 else f"{first} to {last} ({len(names):,} columns)"


def _measure(measure: Measure) -> str:
    columns = "".join(
        f"<dt><code>{name}</code></dt><dd>{escape(meaning)}</dd>" for name, meaning in measure.columns.items()
    )
    return (
        f"<h3>{escape(measure.title)}</h3>\n<p><code>{measure.key}</code>, version {measure.version}. "
        f'{escape(measure.answers)}</p>\n<p class="quiet">{escape(measure.caveat)}</p>\n<dl>{columns}</dl>\n'
        f"<details><summary>SQL</summary><pre>{escape(measure.sql)}</pre></details>\n"
    )


def data_package(study: Study, tables: Sequence[Described], files: Mapping[str, str]) -> dict[str, Any]:
    """Return the descriptor; `files` are the paths of tables and results with their SHA-256."""
    resources = [row for table in tables for row in _table_resources(table, files)]
    resources += [
        _result_resource(f"{name}-{measure.key}.csv", measure, files)
        for name in study.inputs
        for measure in study.measures
    ]
    told: dict[str, Any] = {
        "$schema": PROFILE,
        "title": study.title,
        "description": f"{study.words['question']} {study.words['purpose']}",
        "contributors": [{"title": study.words["contact"], "roles": ["contact"]}],
        "resources": resources,
    }
    if license_ := study.words.get("license"):
        told["licenses"] = [_license(license_)]
    return told


def _license(text: str) -> dict[str, str]:
    """Return a license by its identifier; what is told in words has none."""
    return {"name": text} if " " not in text else {"name": "notspecified", "title": text}


def _table_resources(one: Described, files: Mapping[str, str]) -> list[dict[str, Any]]:
    fields = [
        {"name": name, "type": _TYPES[kind], "description": one.table.meanings[name]}
        for name, kind in one.table.columns.items()
    ]
    found = []
    for form, media in (("csv", "text/csv"), ("parquet", "application/vnd.apache.parquet")):
        path = f"tables/{one.of}/{one.table.name}.{form}"
        if path in files:
            named = f"{one.of}-{one.table.name}".lower().replace("/", "-")
            named += "" if form == "csv" else "-parquet"
            row = {
                "name": named,
                "path": path,
                "format": form,
                "mediatype": media,
                "hash": f"sha256:{files[path]}",
            }
            found.append(row | ({"schema": {"fields": fields}} if form == "csv" else {}))
    return found


def _result_resource(path: str, measure: Measure, files: Mapping[str, str]) -> dict[str, Any]:
    fields = [
        {"name": name, "type": "any", "description": meaning} for name, meaning in measure.columns.items()
    ]
    return {
        "name": path.removesuffix(".csv").lower().replace("_", "-"),
        "path": path,
        "title": measure.title,
        "description": measure.caveat,
        "format": "csv",
        "mediatype": "text/csv",
        "hash": f"sha256:{files[path]}",
        "schema": {"fields": fields},
    }
