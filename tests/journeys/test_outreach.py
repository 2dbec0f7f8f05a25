"""A call goes out to a list of others, and who answers there is asked: real programs, a real subscribed mailbox."""

from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest

from journeys.installation import OPENED, Installation
from journeys.mail_servers import AT, Dovecot, dovecot, needs_dovecot
from mail.example_lists import ARCHIVE, LIST_ID, POST, carried, listed, munged
from mail.example_mails import answer, words
from talanoa.lib.messageids import permalink_hash

USER = "user7"
POLL = ("mail", "poll", "--at", AT)
DELIVERED = b"Delivered-To: nm+list@localhost\r\nReceived: by mx.talanoa.example\r\n"
ASKED = "Is what you wrote on the list to be an input?"
TUPOU, LUCIA, YUSUF, IVANA, SIONE = (
    f"{name} <{name.split()[0].lower()}@{domain}.example>"
    for name, domain in (
        ("Tupou Fifita", "nukualofa"),
        ("Lucia Pereira", "nic"),
        ("Yusuf Abdi", "garissa"),
        ("Ivana Horvat", "zagreb"),
        ("Sione Vea", "gov"),
    )
)
PEOPLE = (TUPOU, LUCIA, YUSUF, IVANA, SIONE)


@pytest.fixture
def server() -> Iterator[Dovecot]:
    with dovecot() as running:
        yield running


def letters(here: Installation, address: str = "") -> list[EmailMessage]:
    """What stands in the outbox for an address, oldest first."""
    read = [message_from_bytes(path.read_bytes(), policy=default) for path in here.files()]
    return [letter for letter in read if address in ("", address_of(str(letter["To"])))]  # type: ignore[misc]


def address_of(person: str) -> str:
    return person.rpartition("<")[2].rstrip(">")


def polled(here: Installation, server: Dovecot, *mails: bytes) -> None:
    """The list hands mails on to the subscribed mailbox, and the mailbox is fetched."""
    server.put(USER, *mails)
    code, told = here.run(*POLL, settings=server.settings(USER))
    assert (code, told["refused"], told["failed"]) == (0, 0, 0)


def replies(seed: str) -> list[bytes]:
    """Five answers as the list hands them on: one to another, one with the list in From, one found by References."""
    name, headers = munged("Yusuf Abdi", address_of(YUSUF))
    first = "first@nukualofa.example"
    link = f"{ARCHIVE}message/{permalink_hash(first)}/"
    return [
        DELIVERED + raw
        for raw in (
            listed("Pay them by the hour.", sender=TUPOU, answers=seed, name=first, archived_at=link),
            listed("I agree with Tupou.", sender=LUCIA, answers=first, name="second@nic.example"),
            listed(
                "Radio costs less.", sender=name, headers=headers, answers=seed, name="third@garissa.example"
            ),
            listed("Ask the universities.", sender=IVANA, answers=seed, name="fourth@zagreb.example"),
            listed(
                "The state pays.",
                sender=SIONE,
                headers=f"References: <{seed}> <lost@elsewhere.example>\n",
                name="fifth@gov.example",
            ),
        )
    ]


@needs_dovecot
def test_a_seed_and_five_replies_are_five_requests_and_two_confirmed_are_two_inputs(
    here: Installation, server: Dovecot
) -> None:
    follow = ("--name", "Talk", "--post", POST, "--archive", ARCHIVE)
    assert here.run("process", "follow", "nm", LIST_ID, *follow, "--at", OPENED)[0] == 0
    text = here.home / "announcement.md"
    text.write_text("We ask everybody who teaches **by radio**.\n")
    code, told = here.run("process", "announce", "nm", str(text), "--title", "Who pays?", "--at", OPENED)
    assert (code, told["lists"]) == (0, [LIST_ID])
    assert here.run("tick", "--at", OPENED)[0] == 0
    [to_list] = letters(here, POST)
    assert words(to_list) == told["mail"]
    n_letters = len(letters(here))

    seed = str(to_list["Message-ID"]).strip("<>")
    polled(here, server, DELIVERED + carried(to_list, archived_at=f"{ARCHIVE}message/SEED/"))
    assert here.rows("SELECT message_id FROM processes_seed") == [(seed,)]
    assert len(letters(here)) == n_letters

    polled(here, server, *replies(seed), DELIVERED + listed("Who has a spare mast?", sender=SIONE))
    asked = {person: letters(here, address_of(person)) for person in PEOPLE}
    assert {person: [str(one["Subject"]) for one in got] for person, got in asked.items()} == {
        person: [ASKED] for person in PEOPLE
    }
    assert len(letters(here)) == n_letters + 5
    assert here.one("SELECT count(*) FROM contributions_contribution") == 0

    answers = ((TUPOU, "confirm"), (YUSUF, "Yes, please."), (IVANA, "No"), (SIONE, "Perhaps. Let me think."))
    for person, said in answers:
        [request] = asked[person]
        polled(here, server, answer(request, said, sender=person))
    rows = here.rows(
        "SELECT c.number, c.state, c.channel, a.name, a.assurance, i.text, r.permalink"
        " FROM contributions_contribution c JOIN contributions_authorship a ON a.contribution_id = c.id"
        " JOIN inputs_input i ON i.contribution_id = c.id JOIN inputs_listreply r ON r.contribution_id = c.id"
        " ORDER BY c.number"
    )
    links = [
        f"{ARCHIVE}message/{permalink_hash(n)}/" for n in ("first@nukualofa.example", "third@garissa.example")
    ]
    assert rows == [
        (1, "published", "mail", "Tupou Fifita", "proven", "Pay them by the hour.", links[0]),
        (2, "published", "mail", "Yusuf Abdi", "proven", "Radio costs less.", links[1]),
    ]
    states = here.rows("SELECT state, count(*) FROM inputs_listreply GROUP BY state ORDER BY state")
    assert states == [("confirmed", 2), ("declined", 1), ("waiting", 2)]
    set_aside = here.rows("SELECT data, number FROM mail_rawmessage WHERE outcome = 'list_other'")
    assert [(bytes(data), number) for data, number in set_aside] == [(b"", None)]
    last = {person: str(letters(here, address_of(person))[-1]["Subject"]) for person in PEOPLE}
    assert last == {
        TUPOU: "Received: nm-1",
        YUSUF: "Received: nm-2",
        IVANA: "Declined",
        SIONE: ASKED,
        LUCIA: ASKED,
    }
    assert here.one("SELECT count(*) FROM contributions_contribution") == 2
    assert (here.tree_holds(), here.audit()) == (True, True)
