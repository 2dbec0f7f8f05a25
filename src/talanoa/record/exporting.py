"""Writes the record as a folder of plain files that outlives this host: tiles, entries, key, verifier."""

import json
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from talanoa.lib.tiles import ENTRIES, WIDTH, Tile, entry_bundle, tile_bytes, tiles_for
from talanoa.record.models import Entry, Log
from talanoa.record.queries import latest_checkpoint, opened_for, public_fields, with_nodes

CHUNK = 500


def verifier_page() -> bytes:
    """Return the page that checks a receipt by itself, offline."""
    return (files("talanoa.record") / "verify.html").read_bytes()


def tile(log: Log, wanted: Tile) -> bytes:
    """Return the bytes of one tile (C2SP tlog-tiles): hashes, or the entries themselves."""
    if wanted.level == ENTRIES:
        first = wanted.index * WIDTH
        rows = Entry.objects.filter(log=log, index__gte=first, index__lt=first + wanted.width).order_by(
            "index"
        )
        return entry_bundle([bytes(leaf) for leaf in rows.values_list("leaf", flat=True)])
    return with_nodes(log, lambda read: tile_bytes(wanted.level, wanted.index, wanted.width, read))


def export(log: Log, directory: Path) -> int:
    """Write everything public about the log below `directory`; return the number of files."""
    checkpoint = latest_checkpoint(log)
    written = 0
    for wanted in tiles_for(checkpoint.size):
        _write(directory / wanted.path, tile(log, wanted))
        written += 1
    _write(directory / "checkpoint", checkpoint.note.encode())
    _write(directory / "key", f"{log.vkey}\n".encode())
    _write(directory / "verify.html", verifier_page())
    with (directory / "entries.jsonl").open("w", encoding="utf-8") as file:
        for line in _lines(log):
            file.write(line + "\n")
    return written + 4


def _lines(log: Log) -> Iterator[str]:
    """Yield one JSON line for each entry: its public fields, and what everybody may open with the salts."""
    for entry in Entry.objects.filter(log=log).order_by("index").iterator(CHUNK):
        shown = {
            value.field: {"value": value.value, "salt": (value.salt or b"").hex()}
            for value in opened_for(entry, None)
            if value.value is not None
        }
        yield json.dumps(
            {"index": entry.index, "leaf": public_fields(entry), "opened": shown},
            ensure_ascii=False,
            sort_keys=True,
        )


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
