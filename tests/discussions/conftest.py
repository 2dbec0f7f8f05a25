"""The outbox of a process whose people talk."""

from pathlib import Path

import pytest

from mail.example_mails import Postbox
from talanoa.processes.models import Process


@pytest.fixture
def postbox(process: Process, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Postbox:
    return Postbox(tmp_path, monkeypatch)
