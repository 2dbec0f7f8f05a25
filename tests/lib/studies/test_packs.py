"""A pack is told by its files alone, and one that is too large is refused."""

import hashlib
import io
from pathlib import Path
from zipfile import ZipFile

import pytest

from lib.studies.example_study import unasked, written
from talanoa.lib.studies import packs
from talanoa.lib.studies.packs import packed
from talanoa.lib.studies.running import run
from talanoa.lib.studies.study_files import StudyWrong


def test_the_same_files_make_the_same_bytes(tmp_path: Path) -> None:
    source = written(tmp_path / "source")
    for name in ("one", "again"):
        run(source, tmp_path / name, unasked)
    first = packed(tmp_path / "one")
    assert first == packed(tmp_path / "again")
    assert (
        first.manifest_sha256 == hashlib.sha256((tmp_path / "one" / "manifest.json").read_bytes()).hexdigest()
    )
    files = {path.relative_to(tmp_path / "one").as_posix() for path in (tmp_path / "one").rglob("*.*")}
    assert set(ZipFile(io.BytesIO(first.data)).namelist()) == files


def test_a_pack_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(written(tmp_path / "source"), tmp_path / "study", unasked)
    monkeypatch.setattr(packs, "LARGEST", 10)
    with pytest.raises(StudyWrong, match="larger"):
        packed(tmp_path / "study")
