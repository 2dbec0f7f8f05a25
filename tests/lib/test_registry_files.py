"""The files of the registry: read whole, or refused with every fault at its line."""

from datetime import date
from pathlib import Path

import pytest

from registry.example_files import REGISTRY, change, copied
from talanoa.lib.registry_files import FilesWrong, digest, read

FORUM, FEES = "bodies/forum.yaml", "opportunities/processes/fees.yaml"
ROWING, BRIDGE = "opportunities/trainings/rowing.yaml", "opportunities/funding/bridge.yaml"


def test_what_the_files_say_is_read() -> None:
    found = read(REGISTRY)
    assert [row.key for row in found.topics] == ["roads", "rivers", "talking"]
    assert [(row.key, row.parent, row.checked) for row in found.bodies] == [
        ("forum", "", date(2026, 2, 1)),
        ("pavers", "forum", None),
    ]
    assert found.bodies[0].feeds == (("atom", "https://forum.example/feed"),)
    assert [(row.key, row.opens, row.closes) for row in found.processes] == [
        ("fees", date(2026, 2, 20), date(2026, 4, 1))
    ]
    assert [(row.key, row.provider, row.languages) for row in found.trainings] == [
        ("rowing", "School of Rowing", ("en", "sw"))
    ]
    assert [(row.key, row.body, row.amount) for row in found.funding] == [
        ("bridge", "pavers", "up to a thousand stones")
    ]
    assert found.sha256 == digest(REGISTRY)


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        (FORUM, "key: forum", "key: other", "1: key is not the name of the file"),
        (FORUM, "key: forum", "key: Forum!", "1: key has 2 to 40 characters of a-z, 0-9 and -"),
        (FORUM, "kind: forum", "kind: club", "4: kind is none of standards, "),
        (
            FORUM,
            "[rivers, talking]",
            "[rivers, sailing]",
            "6: topics holds what is none of the known ones: sailing",
        ),
        (FORUM, "[rivers, talking]", "rivers", "6: topics is a list of texts"),
        (FORUM, "[global]", "[Atlantis]", "7: jurisdictions holds what is none of the known ones: Atlantis"),
        (FORUM, "https://forum.example/\n", "javascript:alert(1)\n", "11: url is no https address"),
        (
            FORUM,
            "https://forum.example/contact",
            "ring the bell",
            "12: contact is a page or a public address",
        ),
        (FORUM, "kind: atom", "kind: pigeon", "13: feeds has rows of kind"),
        (FORUM, "[https://forum.example/about]", "[about]", "14: sources holds what is no https address"),
        (FORUM, "checked: 2026-02-01", "checked: lately", "15: checked is a day such as 2026-11-25"),
        (FORUM, "checked: 2026-02-01", "", "1: checked is missing"),
        (FORUM, "short: FC", "nickname: FC", "3: nickname is no field here"),
        (FORUM, "short: FC", "name: FC", "3: name stands there twice"),
        (FORUM, "short: FC", "short: [a: ]", "3: short is one text"),
        (FORUM, "short: FC", "short: [", "5: expected"),
        (FORUM, "short: FC", "short: [[[[a]]]]", "3: short is one text"),
        (FORUM, "name: Forum of Crossings", f"name: {'a' * 201}", "2: name has more than 200 characters"),
        (FEES, "body: forum", "body: senate", "2: body is the key of no body"),
        (FEES, "body: forum\n", "", "1: body is missing"),
        (FEES, "closes: 2026-04-01", "closes: 2026-01-01", "7: closes lies before opens"),
        (FEES, "[technical, igo]", "[kings]", "10: groups holds what is none of the known ones: kings"),
        (ROWING, "[en, sw]", "[en, english]", "9: languages holds what is no code of a language"),
        (ROWING, "provider: School of Rowing\n", "", "1: provider is missing"),
        (ROWING, "mode: in person", "mode: by boat", "10: mode is none of online, in person, both"),
        ("bodies/pavers.yaml", "parent: forum", "parent: pavers", "1: there is no body pavers"),
        ("topics.yaml", "{key: roads, name: Roads, ", "{key: roads, ", "1: name is missing"),
        ("topics.yaml", "key: roads,", "key: rivers,", "1: the topic rivers is there twice"),
    ],
)
def test_a_fault_is_told_with_file_and_line(tmp_path: Path, name: str, old: str, new: str, told: str) -> None:
    folder = copied(tmp_path)
    change(folder, name, old, new)
    with pytest.raises(FilesWrong) as wrong:
        read(folder)
    assert [fault for fault in wrong.value.wrong if fault.startswith(f"{name}:{told}")] != []


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    change(folder, FORUM, "checked: 2026-02-01", "checked: lately")
    change(folder, ROWING, "cost: free", "cost: love")
    with pytest.raises(FilesWrong) as wrong:
        read(folder)
    assert len(wrong.value.wrong) == 2


def test_a_training_and_a_source_of_money_have_keys_of_their_own(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    text = (folder / BRIDGE).read_text(encoding="utf-8").replace("key: bridge", "key: rowing")
    (folder / "opportunities/funding/rowing.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(FilesWrong, match="key is that of a training"):
        read(folder)


@pytest.mark.parametrize("key", ["correct", "corrections", "take-part"])
def test_no_body_takes_the_address_of_a_page(tmp_path: Path, key: str) -> None:
    folder = copied(tmp_path)
    change(folder, "bodies/pavers.yaml", "key: pavers", f"key: {key}")
    (folder / "bodies/pavers.yaml").rename(folder / f"bodies/{key}.yaml")
    with pytest.raises(FilesWrong, match="key is the name of another page"):
        read(folder)


@pytest.mark.parametrize("data", [b"\xff\xfe", b"- a\n", b"key: a\n" + b"#" * 20_000, b""])
def test_a_file_that_is_none_is_refused(tmp_path: Path, data: bytes) -> None:
    folder = copied(tmp_path)
    (folder / FORUM).write_bytes(data)
    with pytest.raises(FilesWrong):
        read(folder)


def test_the_digest_changes_with_any_byte_and_is_empty_without_files(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    before = digest(folder)
    change(folder, FEES, "read aloud", "read  aloud")
    assert digest(folder) != before
    assert digest(tmp_path / "nowhere") == ""
