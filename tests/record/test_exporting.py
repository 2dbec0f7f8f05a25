"""The record as a folder of files that outlives this host, and holds nothing that is not public."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import day
from talanoa.contributions.models import Contribution
from talanoa.inputs.models import Input
from talanoa.lib import leaves, merkle
from talanoa.lib.notes import Verifier, open_note
from talanoa.lib.tiles import ENTRIES, Tile, read_bundle
from talanoa.people.models import Person
from talanoa.record.exporting import export, tile, verifier_page
from talanoa.record.models import Log
from talanoa.record.queries import latest_checkpoint, root

Send = Callable[..., Input]


@pytest.fixture
def folder(log: Log, send: Send, yusuf: Person, lucia: Person, tmp_path: Path) -> Path:
    """The export of a record with a public and a private input."""
    send(yusuf, "CANARY-PUBLIC", title="Public words")
    send(lucia, "CANARY-PRIVATE", title="CANARY-TITLE", publication="private")
    log.refresh_from_db()
    assert export(log, tmp_path) == len([path for path in tmp_path.rglob("*") if path.is_file()])
    return tmp_path


def lines(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(row) for row in (folder / "entries.jsonl").read_text(encoding="utf-8").splitlines()]


def test_the_files_are_those_of_the_format_and_four_more(log: Log, folder: Path) -> None:
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert names == {
        f"tile/0/000.p/{log.size}",
        f"tile/entries/000.p/{log.size}",
        "checkpoint",
        "entries.jsonl",
        "key",
        "verify.html",
    }


def test_from_the_files_alone_the_root_can_be_computed(log: Log, folder: Path) -> None:
    bundle = (folder / f"tile/entries/000.p/{log.size}").read_bytes()
    hashes = [merkle.leaf_hash(leaf) for leaf in read_bundle(bundle)]
    key = Verifier.parse((folder / "key").read_text(encoding="utf-8").strip())
    text, _names = open_note((folder / "checkpoint").read_text(encoding="utf-8"), [key])
    assert (len(hashes), merkle.fold(iter(hashes))) == (log.size, root(log, log.size))
    assert text.split("\n")[:2] == [log.origin, str(log.size)]
    assert b"".join(hashes) == (folder / f"tile/0/000.p/{log.size}").read_bytes()


def test_the_verifying_page_goes_with_it(folder: Path) -> None:
    assert (folder / "verify.html").read_bytes() == verifier_page()


def test_a_public_value_comes_with_the_salt_that_opens_it(folder: Path) -> None:
    [entry] = [row for row in lines(folder) if row["leaf"].get("n") == 1]
    title = entry["opened"]["title"]
    bundle = next(folder.glob("tile/entries/000.p/*")).read_bytes()
    promised = json.loads(read_bundle(bundle)[entry["index"]])["c"]["title"]
    assert title["value"] == "Public words"
    assert leaves.commit("title", title["value"], bytes.fromhex(title["salt"])) == promised


def test_of_a_private_input_only_number_and_state_leave(folder: Path) -> None:
    [entry] = [row for row in lines(folder) if row["leaf"].get("n") == 2]
    assert (entry["opened"], entry["leaf"]["state"]) == ({}, "published")
    everything = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    for canary in (b"CANARY", "Lucía".encode(), b"lucia@nic.example"):
        assert canary not in everything


def test_what_is_withdrawn_leaves_no_more(log: Log, folder: Path, tmp_path: Path) -> None:
    Contribution.objects.filter(number=1).update(state="withdrawn")
    export(log, tmp_path)
    assert [row["opened"] for row in lines(tmp_path) if row["leaf"].get("n") == 1] == [{}]


def test_every_entry_is_a_line_in_order(log: Log, folder: Path) -> None:
    assert [row["index"] for row in lines(folder)] == list(range(log.size))


def test_a_bundle_holds_the_entries_as_they_were_appended(log: Log, send: Send, yusuf: Person) -> None:
    send(yusuf, at=day(1))
    log.refresh_from_db()
    first, second = log.entries.order_by("index")[:2]
    assert read_bundle(tile(log, Tile(ENTRIES, 0, 2))) == [bytes(first.leaf), bytes(second.leaf)]
    assert latest_checkpoint(log).size == log.size
