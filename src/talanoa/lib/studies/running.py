"""Run a study, run it again and say what differs, and hold two studies beside each other.

A finished study is a folder: study.toml, tables/INPUT/*.parquet, INPUT-MEASURE.csv, results.json, index.html,
codebook.html, datapackage.json, notebook.ipynb and manifest.json. The manifest is canonical JSON (RFC 8785) and names
every other file with its SHA-256, and the program and the engine that made them. What came out is told by what went in
alone: no clock, no name of a machine stands in it.
"""

import csv
import hashlib
import io
import json
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import rfc8785

from talanoa.lib.cells import safe_cell
from talanoa.lib.measures.definitions import Result
from talanoa.lib.measures.process_tables import TABLES as KNOWN
from talanoa.lib.measures.taking import of_folder, take_all
from talanoa.lib.studies.codebooks import codebook, data_package, tables_in
from talanoa.lib.studies.notebooks import notebook
from talanoa.lib.studies.pages import page
from talanoa.lib.studies.study_files import Source, Study, StudyWrong, read_study

FILE, MANIFEST, PAGE, RESULTS, TABLES = "study.toml", "manifest.json", "index.html", "results.json", "tables"
CODEBOOK, PACKAGE, NOTEBOOK = "codebook.html", "datapackage.json", "notebook.ipynb"
Write = Callable[[Source, Path], object]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a second run found: files that come out otherwise; tables, or the study, that are not what went in."""

    differing: tuple[str, ...]
    changed: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Tell whether everything came out as the manifest says."""
        return not (self.differing or self.changed)


def run(source: Path, out: Path, write: Write) -> Study:
    """Run the study that `source` (study.toml) tells, into the folder `out`, which must be new or empty.

    `write` puts the tables of an archive or a process into a folder. Raises StudyWrong; OSError; what `write` raises.
    """
    study = read_study(source.read_text(encoding="utf-8"))
    folders = {name: source.parent / one.name for name, one in study.inputs.items() if one.kind == "tables"}
    missing = [name for name, folder in folders.items() if not list(folder.glob("*.parquet"))]
    if missing:
        raise StudyWrong([f"study.toml: the tables of {name} are not where it says." for name in missing])
    with _begun(source, out):
        for name, one in study.inputs.items():
            kept = out / TABLES / name
            kept.mkdir(parents=True)
            if one.kind == "tables":
                _copy(folders[name], kept)
            else:
                write(one, kept)
        return _finish(study, out)


def run_again(finished: Path, out: Path, keep: Callable[[Path, Path], object]) -> Study:
    """Run a finished study anew into `out`, with its tables as `keep` puts them from one folder into another.

    Raises StudyWrong; OSError.
    """
    manifest(finished)
    study = read_study((finished / FILE).read_text(encoding="utf-8"))
    with _begun(finished / FILE, out):
        for name in study.inputs:
            keep(finished / TABLES / name, out / TABLES / name)
        return _finish(study, out)


@contextmanager
def _begun(source: Path, out: Path) -> Iterator[None]:
    """Begin a study in its folder; if it cannot be finished, leave nothing there, so that it can be begun again."""
    was_there = out.exists()
    out.mkdir(parents=True, exist_ok=True)
    if any(out.iterdir()):
        raise StudyWrong([f"{out.name}: this folder is not empty."])
    try:
        shutil.copyfile(source, out / FILE)
        yield
    except BaseException:
        for path in out.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        if not was_there:
            out.rmdir()
        raise


def _finish(study: Study, out: Path) -> Study:
    """Take the measures of what went in, and write the manifest."""
    went_in = _hashes(out)
    _measure(study, out, went_in)
    came_out = {name: sha for name, sha in _hashes(out).items() if name not in went_in}
    told: dict[str, Any] = {
        "inputs": went_in,
        "outputs": came_out,
        "measures": _versions(study),
        "made_with": _environment(),
    }
    (out / MANIFEST).write_bytes(rfc8785.dumps(told))
    return study


def _copy(folder: Path, kept: Path) -> None:
    for table in KNOWN:
        if (path := folder / f"{table.name}.parquet").exists():
            shutil.copyfile(path, kept / path.name)


def verify(folder: Path) -> Verdict:
    """Take all measures of a finished study again, from its tables, and compare every hash.

    Raises StudyWrong where the folder is no finished study.
    """
    told = manifest(folder)
    inputs = {
        name: sha for name, sha in _hashes(folder).items() if name == FILE or name.startswith(f"{TABLES}/")
    }
    changed = sorted(name for name, _sha in set(inputs.items()) ^ set(told["inputs"].items()))
    study = read_study((folder / FILE).read_text(encoding="utf-8"))
    with TemporaryDirectory(prefix="talanoa-study-") as again:
        _measure(study, Path(again), inputs, tables=folder / TABLES)
        made = _hashes(Path(again))
    kept = {name: sha for name, sha in _hashes(folder).items() if name in told["outputs"]}
    differing = {
        name
        for name in {*made, *told["outputs"]}
        if not made.get(name) == told["outputs"].get(name) == kept.get(name)
    }
    return Verdict(tuple(sorted(differing)), tuple(dict.fromkeys(changed)))


def compared(one: Path, other: Path) -> tuple[str, ...]:
    """Return in which files and versions two finished studies differ; nothing where they are the same."""
    first, second = manifest(one), manifest(other)
    found = []
    for part in ("inputs", "outputs", "measures", "made_with"):
        names = sorted({*first[part], *second[part]})
        found += [f"{part}: {name}" for name in names if first[part].get(name) != second[part].get(name)]
    return tuple(found)


def manifest(folder: Path) -> Mapping[str, Mapping[str, Any]]:
    """Return the manifest of a finished study. Raises StudyWrong."""
    try:
        told = json.loads((folder / MANIFEST).read_bytes())
        parts = [told["inputs"], told["outputs"], told["measures"], told["made_with"]]
    except (OSError, ValueError, KeyError, TypeError) as wrong:
        raise StudyWrong([f"{folder.name}: there is no manifest.json of a study here."]) from wrong
    if not all(isinstance(part, dict) for part in parts):
        raise StudyWrong([f"{folder.name}: manifest.json is not that of a study."])
    return told  # type: ignore[no-any-return]


def _measure(study: Study, out: Path, files: Mapping[str, str], *, tables: Path | None = None) -> None:
    """Take all measures and write what came of them."""
    results: dict[str, tuple[Result, ...]] = {}
    kept = tables or out / TABLES
    for name in study.inputs:
        with of_folder(kept / name) as engine:
            results[name] = take_all(study.measures, engine)
        for result in results[name]:
            (out / f"{name}-{result.measure}.csv").write_text(_csv(result), encoding="utf-8", newline="")
    told = {name: [result.as_dict() for result in found] for name, found in results.items()}
    (out / RESULTS).write_bytes(rfc8785.dumps(told))
    (out / PAGE).write_text(page(study, results, files), encoding="utf-8", newline="")
    described = tuple(table for name in study.inputs for table in tables_in(kept / name))
    (out / CODEBOOK).write_text(codebook(study, described), encoding="utf-8", newline="")
    results_sha = {
        name: sha for name, sha in _hashes(out).items() if name.endswith(".csv") and "/" not in name
    }
    package = data_package(study, described, {**files, **results_sha})
    (out / NOTEBOOK).write_text(notebook(study), encoding="utf-8", newline="")
    (out / PACKAGE).write_bytes(rfc8785.dumps(package))


def _csv(result: Result) -> str:
    lines = io.StringIO()
    writer = csv.writer(lines)
    writer.writerow(result.columns)
    writer.writerows(
        [safe_cell(value) if isinstance(value, str) else value for value in row] for row in result.rows
    )
    return lines.getvalue()


def _hashes(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file below `folder` but the manifest, by its path there."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST)
    found = {}
    for path in paths:
        with path.open("rb") as file:
            found[path.relative_to(folder).as_posix()] = hashlib.file_digest(file, "sha256").hexdigest()
    return found


def _versions(study: Study) -> dict[str, int]:
    return {measure.key: measure.version for measure in study.measures}


def _environment() -> dict[str, str]:
    python = ".".join(map(str, sys.version_info[:2]))
    return {"talanoa": version("talanoa"), "duckdb": version("duckdb"), "python": python}
