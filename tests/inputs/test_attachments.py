"""A mail without words is what its attachment says; however many there are, no more than one is opened."""

from email.message import EmailMessage
from pathlib import Path

import pytest

from conftest import day
from lib.example_documents import docx_of
from mail.example_mails import YUSUF, Postbox
from talanoa.inputs.mail_commands import MOST_TRIED
from talanoa.inputs.models import Input
from talanoa.lib.extraction import ExtractionRefused, extract_bounded
from talanoa.processes.models import Process

WORDS = docx_of("Pay the trainers.")
DAMAGED, NO_TEXT = b"PK\x03\x04 and nothing more", b"no archive at all"


@pytest.fixture
def postbox(process: Process, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Postbox:
    return Postbox(tmp_path, monkeypatch)


def with_files(*files: tuple[str, bytes]) -> bytes:
    made = EmailMessage()
    made["From"], made["To"], made["Message-ID"] = YUSUF, "nm@talanoa.example", "<1@garissa.example>"
    made.set_content("")
    for name, data in files:
        made.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return made.as_bytes()


def test_the_document_among_pictures_is_the_input(postbox: Postbox) -> None:
    pictures = [(f"{n}.png", b"\x89PNG") for n in range(30)]
    assert postbox.receive(with_files(*pictures, ("words.docx", WORDS)), at=day(1)).number == 1
    assert Input.objects.get().text == "Pay the trainers."


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ([("a.png", b"\x89PNG")], "upload_type"),
        ([("a.docx", NO_TEXT), ("words.docx", WORDS)], ""),
        ([("a.docx", NO_TEXT)] * MOST_TRIED + [("words.docx", WORDS)], "upload_type"),
        ([("a.docx", DAMAGED), ("words.docx", WORDS)], "upload_damaged"),
    ],
    ids=["no document", "one by name only", "too many by name only", "one that costs reading"],
)
def test_the_next_one_is_tried_only_after_what_is_seen_at_once(
    postbox: Postbox, files: list[tuple[str, bytes]], code: str
) -> None:
    assert postbox.receive(with_files(*files), at=day(1)).code == code


def test_a_document_that_takes_too_long_is_refused() -> None:
    with pytest.raises(ExtractionRefused) as refused:
        extract_bounded(b"%PDF-1.7\n" + b"1 0 obj <<" * 900_000, "a.pdf", seconds=1, memory_mb=60)
    assert refused.value.code == "upload_too_complex"
