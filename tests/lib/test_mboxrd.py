"""A thread as a file for mail programs."""

import mailbox
import re
from contextlib import closing
from datetime import UTC, datetime
from email.policy import default
from pathlib import Path

from talanoa.lib.mboxrd import Mail, entry

AT = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


def mail(text: str, **more: str) -> Mail:
    facts = {"name": "Lucía Pereira", "subject": "Función", "message_id": "b@nic.example", "parent": "a@x"}
    told = facts | more
    return Mail(address="nm-17@talanoa.example", at=AT, references=("a@x",), text=text, **told)


def test_the_line_that_begins_a_mail_has_its_number_and_the_time_in_utc() -> None:
    assert entry(mail("Hello.")).startswith("From nm-17@talanoa.example Mon Mar  2 10:00:00 2026\n")


def test_a_mail_program_reads_each_mail_back(tmp_path: Path) -> None:
    file = tmp_path / "thread.mbox"
    texts = ["From here\n>From there\nFromage", "Second: señal"]
    file.write_bytes("".join(entry(mail(text)) for text in texts).encode())
    with closing(mailbox.mbox(file, factory=None)) as box:
        read = list(box)
    bodies = [str(one.get_payload(decode=True), "utf-8").strip() for one in read]  # type: ignore[arg-type]
    assert [re.sub(r"(?m)^>(>*From )", r"\1", body) for body in bodies] == texts
    assert [one["In-Reply-To"] for one in read] == ["<a@x>"] * 2


def test_no_value_begins_a_header_of_its_own() -> None:
    told = entry(mail("x", subject="Hi\nBcc: all@x", name='A "B"\r\nCc: c@x', message_id="a>\nX: 1"))
    head = told.partition("\n\n")[0]
    assert [line.partition(":")[0] for line in head.splitlines()[1:]] == [
        *("From", "Date", "Subject", "In-Reply-To", "References"),
        *("MIME-Version", "Content-Type", "Content-Transfer-Encoding"),
    ]
    assert (
        default.header_factory("From", head.splitlines()[1][6:]).addresses[0].addr_spec.startswith("nm-17@")
    )
