"""A finished study as one file to hand out: a ZIP whose bytes are told by its files alone."""

import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from talanoa.lib.studies.running import FILE, MANIFEST, RESULTS
from talanoa.lib.studies.study_files import StudyWrong, read_study

LARGEST = 64 * 2**20
"""Octets of a pack that is kept."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a ZIP can tell; no clock stands in a pack."""


@dataclass(frozen=True, slots=True)
class Pack:
    """A study that is packed: what it says of itself, its results by input, the hash of its manifest, the ZIP."""

    words: Mapping[str, str]
    results: Mapping[str, Any]
    manifest_sha256: str
    data: bytes


def packed(folder: Path) -> Pack:
    """Return the finished study in `folder` as a pack. Raises StudyWrong where it is too large."""
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as file:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            entry = ZipInfo(path.relative_to(folder).as_posix(), _EPOCH)
            entry.compress_type = ZIP_DEFLATED
            file.writestr(entry, path.read_bytes())
    data = out.getvalue()
    if len(data) > LARGEST:
        raise StudyWrong([f"{folder.name}: packed, it is larger than {LARGEST // 2**20} MB."])
    study = read_study((folder / FILE).read_text(encoding="utf-8"))
    manifest = hashlib.sha256((folder / MANIFEST).read_bytes()).hexdigest()
    return Pack(study.words, json.loads((folder / RESULTS).read_bytes()), manifest, data)
