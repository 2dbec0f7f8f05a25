"""A list of others flows into an archive: followed, delivered by a mail server, its file imported later, released."""

from journeys.installation import OPENED, Installation
from journeys.mail_servers import listening
from mail.example_lists import LIST_ID, listed

ABOUT = ("--title", "Talk", "--source", "lists.garissa.example", "--license", "by permission")
SAID = [
    listed(
        "Who pays for the mast?", sender="Sina Faleolo <sina@village.example>", name="one@village.example"
    ),
    listed(
        "We do.",
        sender="Yusuf Abdi <yusuf@garissa.example>",
        answers="one@village.example",
        name="two@x.example",
    ),
    listed(
        "For how long?",
        sender="Lucia Pereira <lucia@nic.example>",
        answers="two@x.example",
        name="three@x.example",
    ),
]


def test_what_a_list_says_is_archived_once_whether_by_mail_or_by_its_file(here: Installation) -> None:
    code, followed = here.run("archive", "follow", "talk", LIST_ID, *ABOUT, "--at", OPENED)
    assert code == 0
    n_letters = len(here.files())

    with listening(here) as server:
        replies = [server.deliver(raw, followed["address"]) for raw in (SAID[0], SAID[1], SAID[1])]
        forged = listed("Buy soap.", sender="x@soap.example", list_id="soap.lists.example")
        replies += [server.deliver(raw, followed["address"]) for raw in (forged,)]
        replies += [server.deliver(SAID[2], f"archive+{'a' * 26}@talanoa.example")]
    assert replies == [[(250, "2.0.0 Done")]] * 5
    assert here.rows("SELECT text, by_mail FROM archives_archivedmessage ORDER BY number") == [
        ("Who pays for the mast?", 1),
        ("We do.", 1),
    ]
    assert here.rows("SELECT list_id, n_aside FROM archives_following") == [(LIST_ID, 1)]
    assert len(here.files()) == n_letters

    box = here.home / "talk.mbox"
    marked = [b"From x  Mon Mar  2 10:00:00 2026\n" + raw.replace(b"\r\n", b"\n") + b"\n" for raw in SAID]
    box.write_bytes(b"".join(marked))
    code, told = here.run("archive", "import", "talk", str(box), "--at", OPENED)
    assert (code, told["read"], told["added"], told["duplicates"]) == (0, 3, 1, 2)
    assert here.run("archive", "release", "talk", "--at", OPENED) == (
        0,
        {"archive": "talk", "messages": 3},
    )
    assert here.rows("SELECT number, parent_number FROM archives_archivedmessage ORDER BY number") == [
        (1, None),
        (2, 1),
        (3, 2),
    ]
