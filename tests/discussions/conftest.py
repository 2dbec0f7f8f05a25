"""Messages that the tests of the discussion send."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from conftest import day
from mail.example_mails import Postbox
from talanoa.contributions.actions.standing import author_of
from talanoa.contributions.models import Assurance
from talanoa.discussions.actions import Said, reply, start_thread
from talanoa.discussions.models import Message
from talanoa.people.models import Person
from talanoa.processes.actions.roles import enter
from talanoa.processes.models import Process

Say = Callable[..., Message]


@pytest.fixture
def postbox(process: Process, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Postbox:
    return Postbox(tmp_path, monkeypatch)


@pytest.fixture
def say(process: Process) -> Say:
    """Say something as a person: say(yusuf, "text"), or in answer: say(lucia, "text", to=message)."""

    def saying(
        person: Person, text: str = "Who trains the trainers?", to: Message | None = None, **more: object
    ) -> Message:
        assurance = more.pop("assurance", Assurance.PROVEN)
        digest = sha256(f"{person.pk} {text}".encode()).hexdigest()
        told = {"subject": "Trainers" if to is None else "", "message_id": f"{digest[:12]}@garissa.example"}
        said = Said(text=text, **{**told, **more.pop("said", {})})  # type: ignore[dict-item]
        facts = {
            "by": enter(process, person, at=day(1)),
            "author": author_of(person, assurance=str(assurance)),
            "said": said,
            "dedup_key": digest,
            "channel": "web",
            "at": day(1),
        } | more
        return reply(to, **facts) if to else start_thread(process, **facts)  # type: ignore[arg-type]

    return saying
