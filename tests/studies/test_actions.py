"""What is published stands on the record under the hash of its manifest; withdrawn, its files go and its name stays."""

import hashlib
import io
import json
from pathlib import Path
from zipfile import ZipFile

import pytest

from conftest import day
from steps import line, new_entries, refusal
from studies.test_tables import Send
from talanoa.contributions.actions.standing import withdraw as withdraw_input
from talanoa.kernel.errors import NotAllowed
from talanoa.lib.studies.packs import Pack
from talanoa.lib.studies.running import verify
from talanoa.people.models import Person
from talanoa.processes.models import Participant, Process
from talanoa.studies.actions import publish_of_process, publish_study, withdraw_publication
from talanoa.studies.comparing import compared, gone_since
from talanoa.studies.models import Publication
from talanoa.studies.publishing import Made, audit_of, dataset_of, publish, withdraw

CONTACT, KEY = "operator@talanoa.example", b"k" * 32
WORDS = {"title": "Who speaks", "question": "Who?", "purpose": "To see.", "contact": CONTACT}


def pack(name: str = "a", **words: str) -> Pack:
    return Pack({**WORDS, **words}, {}, hashlib.sha256(name.encode()).hexdigest(), b"zip")


def made(on: float, key: bytes = KEY) -> Made:
    return Made(key=key, contact=CONTACT, at=day(on), channel="cli")


def published(process: Process, by: Participant, *, kind: str = "audit", on: float = 3) -> Publication:
    given = pack(f"{kind} {on}", license="CC-BY-4.0")
    return publish_of_process(process, given, kind=kind, by=by, at=day(on), channel="web")


def test_a_publication_is_one_entry_with_the_hash_of_its_manifest(convenor: Participant) -> None:
    given = pack()
    entries = new_entries(
        lambda: publish_of_process(
            convenor.process, given, kind="audit", by=convenor, at=day(3), channel="web"
        )
    )
    made_of = Publication.objects.get()
    told = {"what": "audit", "publication": made_of.name, "manifest_sha256": given.manifest_sha256}
    [entry] = entries
    assert entry == line("publication.made.1", r="convenor", at=day(3), **told)
    assert made_of.name == given.manifest_sha256[:16]
    assert made_of.entry is not None


def test_who_has_no_office_publishes_nothing(convenor: Participant, sponsor: Participant) -> None:
    with pytest.raises(NotAllowed):
        published(convenor.process, sponsor)


def test_a_draft_has_no_evidence(convenor: Participant) -> None:
    Process.objects.update(state=Process.State.DRAFT)
    assert refusal(lambda: published(convenor.process, convenor)) == "wrong_state"


def test_license_missing_publishes_no_data(convenor: Participant) -> None:
    def act() -> object:
        process = convenor.process
        return publish_of_process(process, pack(), kind="dataset", by=convenor, at=day(3), channel="web")

    assert refusal(act) == "license_missing"


def test_publication_known_is_not_published_twice(convenor: Participant) -> None:
    published(convenor.process, convenor)
    assert refusal(lambda: published(convenor.process, convenor)) == "publication_known"


def test_a_study_is_published_by_whom_the_operator_appointed(amina: Person, yusuf: Person) -> None:
    [entry] = new_entries(lambda: publish_study(pack(), by=amina, at=day(3), channel="cli"))
    assert (entry["r"], entry["what"], "p" in entry) == ("operator", "study", False)
    with pytest.raises(NotAllowed):
        publish_study(pack("b"), by=yusuf, at=day(3), channel="cli")


def test_withdrawn_the_files_go_and_the_name_stays(convenor: Participant) -> None:
    found = published(convenor.process, convenor)
    reason = "Somebody asked for removal."
    [entry] = new_entries(
        lambda: withdraw_publication(found, by=convenor, reason=reason, at=day(4), channel="web")
    )
    assert entry == line(
        "publication.withdrawn.1", r="convenor", at=day(4), publication=found.name, instead=""
    )
    kept = Publication.objects.get()
    assert (bytes(kept.pack), kept.results, kept.reason, kept.title) == (b"", {}, reason, "Who speaks")


def test_publication_withdrawn_stays_so(convenor: Participant) -> None:
    found = published(convenor.process, convenor)
    withdraw_publication(found, by=convenor, reason="Asked.", at=day(4), channel="web")
    again = refusal(lambda: withdraw_publication(found, by=convenor, reason="x", at=day(5), channel="web"))
    assert again == "publication_withdrawn"


def test_reason_missing_withdraws_nothing(convenor: Participant) -> None:
    found = published(convenor.process, convenor)
    code = refusal(lambda: withdraw_publication(found, by=convenor, reason=" ", at=day(4), channel="web"))
    assert code == "reason_missing"


def test_a_stranger_withdraws_nothing(convenor: Participant, yusuf: Person, sponsor: Participant) -> None:
    found = published(convenor.process, convenor)
    for by in (yusuf, sponsor):
        with pytest.raises(NotAllowed):
            withdraw_publication(found, by=by, reason="I want it.", at=day(4), channel="web")


def test_what_is_published_anew_stands_in_the_place_of_the_old_one(
    convenor: Participant, send: Send, yusuf: Person
) -> None:
    send(yusuf)
    old = publish(convenor.process, "dataset", "CC0-1.0", by=convenor, how=made(3))
    new = withdraw(old, "Somebody asked.", by=convenor, again=True, how=made(4, b"n" * 32))
    old.refresh_from_db()
    assert old.replaced_by == new
    assert new is not None
    assert (new.kind, new.words["license"], new.withdrawn_at) == ("dataset", "CC0-1.0", None)


def test_nothing_is_withdrawn_where_nothing_new_can_be_made(convenor: Participant) -> None:
    old = published(convenor.process, convenor)
    Process.objects.update(state=Process.State.DRAFT)
    assert refusal(lambda: withdraw(old, "Asked.", by=convenor, again=True, how=made(4))) == "wrong_state"
    assert Publication.objects.standing().get() == old


def test_a_pack_that_was_taken_away_can_be_verified(process: Process, tmp_path: Path) -> None:
    given = audit_of(process, contact=CONTACT, key=KEY)
    with ZipFile(io.BytesIO(given.data)) as file:
        file.extractall(tmp_path)
    assert verify(tmp_path).holds
    assert hashlib.sha256((tmp_path / "manifest.json").read_bytes()).hexdigest() == given.manifest_sha256
    assert audit_of(process, contact=CONTACT, key=KEY) == given


def test_a_data_set_is_a_data_package_with_its_license_and_no_measure(
    process: Process, send: Send, yusuf: Person
) -> None:
    send(yusuf)
    given = dataset_of(process, contact=CONTACT, license_="CC-BY-4.0", key=KEY)
    with ZipFile(io.BytesIO(given.data)) as file:
        told = json.loads(file.read("datapackage.json"))
        names = set(file.namelist())
        lengths = {path: len(file.read(path)) for path in names}
    assert told["licenses"] == [{"name": "CC-BY-4.0"}]
    assert given.results == {"nm": []}
    resources = {row["path"]: row for row in told["resources"]}
    assert resources.keys() <= names
    assert all(lengths[path] for path in resources)
    fields = resources["tables/nm/contribution.csv"]["schema"]["fields"]
    assert [row["name"] for row in fields][:4] == ["process", "number", "kind", "person"]
    assert all(row["description"] for row in fields)


def test_what_was_erased_since_is_counted(convenor: Participant, send: Send, yusuf: Person) -> None:
    sent = send(yusuf)
    found = published(convenor.process, convenor)
    assert gone_since(found) == 0
    by = sent.contribution.process.participants.get(person=yusuf)
    withdraw_input(sent.contribution, by=by, at=day(4), channel="web")
    assert gone_since(found) == 1


def test_processes_stand_beside_each_other_by_their_newest_audit(convenor: Participant, send: Send) -> None:
    how = made(3)
    publish(convenor.process, "audit", "", by=convenor, how=how)
    newest = publish(convenor.process, "audit", "", by=convenor, how=made(4, b"n" * 32))
    [row] = compared()
    assert row.publication == newest
    assert row.shown == ["0", "0", "0", "", "", "", ""]  # nobody spoke, and no report was sealed
