"""Every letter is one file: whole, for one recipient, with headers that nobody else can write into."""

from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from conftest import day
from mail.example_mails import Postbox, words
from talanoa.mail.actions import queue_mail
from talanoa.mail.models import OutgoingMessage
from talanoa.mail.outbox import HERE, PROOF, UNFINISHED, as_bytes, confirming_link, file_of, write_outbox
from talanoa.mail.posting import outbox

LONG = "<" + "AM0PR04MB" * 12 + "@eurprd04.prod.outlook.example>"
HEADERS = [
    "From",
    "To",
    "Date",
    "Message-ID",
    "X-Loop",
    "Reply-To",
    "List-Id",
    "Auto-Submitted",
    "Subject",
    "Content-Type",
    "Content-Transfer-Encoding",
    "MIME-Version",
]


@pytest.fixture
def postbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Postbox:
    return Postbox(tmp_path, monkeypatch)


def queue(key: str = "k", to: str = "yusuf@garissa.example", **more: object) -> OutgoingMessage:
    values: dict[str, object] = {"subject": "Received: nm-1", "text": "Thank you.\n", "process_key": "nm"}
    headers = {PROOF: "a" * 26, "Auto-Submitted": "auto-generated"}
    return queue_mail(key=key, to=to, at=day(1), **{"headers": headers, **values, **more})  # type: ignore[arg-type]


def test_each_letter_is_a_file_and_is_written_once(db: None, postbox: Postbox) -> None:
    queue("a")
    queue("b", to="lucia@nic.example")
    assert [write_outbox(at=day(2)), write_outbox(at=day(2))] == [2, 0]
    assert [str(letter["To"]) for letter in postbox.letters()] == [
        "yusuf@garissa.example",
        "lucia@nic.example",
    ]
    assert {path.suffix for path in postbox.files()} == {".eml"}


def test_the_files_are_for_nobody_else_to_read(db: None, postbox: Postbox) -> None:
    queue()
    write_outbox()
    assert postbox.directory.stat().st_mode & 0o077 == 0


def test_what_a_killed_program_began_is_removed_when_the_letter_is_written(
    db: None, postbox: Postbox
) -> None:
    message = queue()
    unfinished = postbox.directory / UNFINISHED
    unfinished.mkdir(parents=True)
    (unfinished / f"{message.pk:08d}.4194304").write_bytes(b"Subject: Recei")
    write_outbox()
    assert [path.name for path in unfinished.iterdir()] == []
    assert postbox.last()["Subject"] == "Received: nm-1"


def test_two_programs_that_write_one_letter_at_once_both_end_well(
    db: None, postbox: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue()
    renamed = Path.replace

    def slower(part: Path, whole: Path) -> Path:
        monkeypatch.setattr(Path, "replace", renamed)
        write_outbox()  # the other program, between our writing and our renaming
        return part.replace(whole)

    monkeypatch.setattr(Path, "replace", slower)
    assert write_outbox() == 1
    assert len(postbox.letters()) == 1


def test_without_a_directory_letters_wait(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "directory", None)
    message = queue()
    assert (write_outbox(), file_of(message)) == (0, None)


def test_the_headers_are_these_and_no_others(db: None, postbox: Postbox) -> None:
    queue()
    write_outbox()
    letter = postbox.last()
    assert letter.keys() == HEADERS
    assert letter["Message-ID"] == f"<{OutgoingMessage.objects.get().pk}.k@talanoa.example>"
    assert letter["Date"] == "Tue, 03 Mar 2026 09:00:00 +0000"


def test_the_token_stands_in_reply_to_and_nowhere_else(db: None, postbox: Postbox) -> None:
    queue()
    write_outbox()
    [file] = postbox.files()
    assert postbox.last()["Reply-To"] == f"nm+{'a' * 26}@talanoa.example"
    assert file.read_bytes().count(b"a" * 26) == 1


def test_a_link_that_somebody_else_wrote_gets_no_token(db: None, postbox: Postbox) -> None:
    queue(text=f"https://evil.example/?{HERE}\n")
    write_outbox()
    assert words(postbox.last()) == f"https://evil.example/?{HERE}\n"


def test_the_confirming_link_gets_the_token_when_it_is_written(db: None, postbox: Postbox) -> None:
    message = queue(text=f"{confirming_link('nm')}\n")
    write_outbox()
    message.refresh_from_db()
    assert words(postbox.last()) == f"http://localhost:8000/p/nm/confirm/{'a' * 26}/\n"
    assert "a" * 26 not in message.text


def test_once_written_the_token_is_not_kept_in_the_database(db: None, postbox: Postbox) -> None:
    queue()
    write_outbox()
    assert OutgoingMessage.objects.get().headers == {"Auto-Submitted": "auto-generated"}


def test_a_letter_about_no_process_has_no_reply_to(db: None, postbox: Postbox) -> None:
    queue(process_key="", headers={})
    write_outbox()
    assert postbox.last()["Reply-To"] is None


def test_a_letter_whose_words_were_erased_meanwhile_is_not_sent(db: None, postbox: Postbox) -> None:
    queue()
    OutgoingMessage.objects.update(text="", subject="")
    assert (write_outbox(), postbox.files()) == (0, [])


@pytest.mark.parametrize(
    "evil",
    [
        "Hello\r\nBcc: everybody@example.org",
        "Hello\nBcc: everybody@example.org",
        "Hello\rBcc: everybody@example.org",
        "Hello\x0bBcc: everybody@example.org",
        "Hello\u2028Bcc: everybody@example.org",
        "=?utf-8?q?Hello=0D=0ABcc:_everybody=40example.org?=",
    ],
)
def test_no_value_begins_a_header_of_its_own(db: None, evil: str) -> None:
    message = queue(
        subject=evil, to=evil, headers={"In-Reply-To": evil, PROOF: "a" * 26, "Auto-Submitted": "no"}
    )
    read = message_from_bytes(as_bytes(message), policy=default)
    assert sorted(set(read.keys()) - set(HEADERS)) == ["In-Reply-To"]
    assert words(read) == "Thank you.\n"


def test_a_long_identifier_is_written_as_it_is(db: None) -> None:
    raw = as_bytes(queue(headers={"In-Reply-To": LONG, "References": f"<0@a.example> {LONG}"}))
    assert f"In-Reply-To: {LONG}\r\n".encode() in raw
    assert f"References: <0@a.example>\r\n {LONG}\r\n".encode() in raw


@pytest.mark.parametrize("to", ["юсуф@пример.рф", "o'brien+lists@garissa.example", "=?utf-8?q?x?=@a.example"])
def test_every_address_is_written_as_it_is(db: None, to: str) -> None:
    assert f"\r\nTo: {to}\r\n".encode() in as_bytes(queue(to=to))


def test_a_subject_in_any_script_and_of_any_length_comes_back(db: None) -> None:
    subject = "ردّ على مساهمتك — réponse — 回复 " * 8
    raw = as_bytes(queue(subject=subject))
    assert max(map(len, raw.split(b"\r\n"))) < 100
    assert message_from_bytes(raw, policy=default)["Subject"] == " ".join(subject.split())


def test_the_text_comes_back_with_its_lines(db: None) -> None:
    text = "Mālō.\n\n  replace    and your new text\n— \nFrom here on.\n.\n"
    assert words(message_from_bytes(as_bytes(queue(text=text)), policy=default)) == text
