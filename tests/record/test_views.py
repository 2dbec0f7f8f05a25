"""The public record on the web, for people and for other people's programs."""

import json
from collections.abc import Callable

import pytest
from django.test import Client

from talanoa.inputs.models import Input
from talanoa.lib import merkle
from talanoa.lib.checkpoints import Checkpoint
from talanoa.lib.notes import Verifier, open_note
from talanoa.lib.proofs import Proof
from talanoa.lib.tiles import read_bundle
from talanoa.people.models import Person
from talanoa.processes.models import Process
from talanoa.record.models import Entry, Log

Send = Callable[..., Input]
pytestmark = pytest.mark.django_db


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_stranger_checks_an_entry_with_nothing_but_key_checkpoint_proof_and_leaf(
    client: Client, process: Process
) -> None:
    key = Verifier.parse(text(client, "/record/key").strip())
    proof = Proof.parse(text(client, "/record/entry/3.tlog-proof"))
    signed = Checkpoint.parse(open_note(proof.checkpoint, [key])[0])
    leaves = read_bundle(client.get(f"/record/tile/entries/000.p/{signed.size}").content)
    merkle.check_inclusion(merkle.leaf_hash(leaves[3]), 3, signed.size, proof.hashes, signed.root)


def test_the_tiles_give_the_signed_root(client: Client, log: Log, process: Process) -> None:
    key = Verifier.parse(log.vkey)
    signed = Checkpoint.parse(open_note(text(client, "/record/checkpoint"), [key])[0])
    hashes = client.get(f"/record/tile/0/000.p/{signed.size}").content
    leaves = [hashes[at : at + 32] for at in range(0, len(hashes), 32)]
    assert merkle.fold(iter(leaves)) == signed.root


@pytest.mark.parametrize("path", ["0/000", "0/000.p/200", "9/000.p/1", "entries/000", "0/../000", "x"])
def test_a_tile_that_is_not_there_yet_is_not_found(client: Client, log: Log, path: str) -> None:
    assert client.get(f"/record/tile/{path}").status_code == 404


def test_the_list_tells_what_happened_in_sentences(client: Client, process: Process) -> None:
    page = text(client, "/record/?process=nm")
    assert "The process was opened." in page
    assert "The record begins here." not in page


def test_a_reader_opens_what_is_public(client: Client, send: Send, yusuf: Person) -> None:
    index = send(yusuf, title="Pay the trainers").contribution.entry.index
    opened = json.loads(text(client, f"/record/entry/{index}.json"))["opened"]
    assert (opened["title"]["value"], opened["author"]["value"]) == ("Pay the trainers", "Yusuf Abdi")


def test_without_a_name_only_the_name_stays_sealed(client: Client, send: Send, yusuf: Person) -> None:
    index = send(yusuf, title="Pay the trainers", publication="group_only").contribution.entry.index
    opened = json.loads(text(client, f"/record/entry/{index}.json"))["opened"]
    assert opened["title"]["value"] == "Pay the trainers"
    assert opened["author"] == {"value": None, "salt": None, "erased": False}


def test_of_a_private_input_nothing_opens_for_the_public(client: Client, send: Send, yusuf: Person) -> None:
    index = send(yusuf, title="CANARY", publication="private").contribution.entry.index
    assert "CANARY" not in text(client, f"/record/{index}/")
    assert "not for you to read" in text(client, f"/record/{index}/")


def test_the_page_that_checks_carries_its_own_policy(client: Client, log: Log) -> None:
    answer = client.get("/record/verify.html")
    assert "Content-Security-Policy" not in answer.headers
    assert b"default-src 'none'" in answer.content
    assert len(answer.content) < 10_000


def test_an_entry_that_is_not_there_is_not_found(client: Client, log: Log) -> None:
    assert client.get(f"/record/{Entry.objects.count()}/").status_code == 404
