"""Django's own mails, such as sign-in codes, go out through the same outbox."""

from pathlib import Path

import pytest
from django.core.mail import EmailMessage

from mail.example_mails import Postbox, words
from talanoa.mail.backends import OutboxBackend


def test_a_sign_in_code_is_a_file_at_once_for_each_recipient(
    db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    postbox = Postbox(tmp_path, monkeypatch)
    message = EmailMessage("Your code", "ABC-123", to=["yusuf@garissa.example", "lucia@nic.example"])
    assert OutboxBackend().send_messages([message]) == 2
    letter = postbox.last("lucia@nic.example")
    assert (letter["Subject"], words(letter), letter["Reply-To"]) == ("Your code", "ABC-123\n", None)
    assert letter["Auto-Submitted"] == "auto-generated"
