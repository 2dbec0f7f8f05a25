"""`talanoa talk`: list the threads of a process, read one, say something."""

import sys
from typing import Any

from django.core.management.base import CommandParser

from talanoa.contributions.actions.standing import author_of
from talanoa.contributions.models import Assurance
from talanoa.contributions.receipts import receipt_text
from talanoa.discussions.actions import Said, reply, start_thread
from talanoa.discussions.models import Message
from talanoa.discussions.queries import called, messages_of, threads
from talanoa.discussions.skin import Line, as_text, lines_of, new_message_id, thread_lines, whole
from talanoa.kernel.commands import Told, read_bytes
from talanoa.kernel.entropy import entropy
from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.space import REAL
from talanoa.processes.actions.roles import enter
from talanoa.processes.commands import ActingVerb, acting_person, process_called
from talanoa.processes.models import Process


class Command(ActingVerb):
    help = "Read the discussion of a process, and speak in it."
    verbs = ("list", "show", "say")

    def describe(self, verb: str, parser: CommandParser) -> None:
        parser.add_argument("key")
        if verb == "show":
            parser.add_argument("hash", help="of any message of the thread, as its address has it")
        elif verb == "say":
            parser.add_argument("file", help="the words in UTF-8; - reads standard input")
            parser.add_argument("--subject", default="")
            parser.add_argument(
                "--to", metavar="HASH", help="answer this message instead of beginning a thread"
            )

    def act_list(self, options: dict[str, Any]) -> Told:
        """List the threads of a process, the one with the newest message first."""
        rows = thread_lines(threads(process_called(options["key"])), acting_person(options))
        listed = [
            {
                "hash": line.message.hash,
                "number": line.contribution.number,
                "state": line.contribution.state,
                "subject": line.subject,
                "messages": row.n_messages,  # type: ignore[attr-defined]
                "people": row.n_people,  # type: ignore[attr-defined]
                "last_at": f"{row.last_at:%Y-%m-%dT%H:%M:%SZ}",  # type: ignore[attr-defined]
            }
            for row, line in rows
        ]
        lines = [f"{row['hash']}  {row['last_at']}  {row['messages']:>4}  {row['subject']}" for row in listed]
        return Told({"threads": listed}, tuple(lines))

    def act_show(self, options: dict[str, Any]) -> Told:
        """Show a whole thread, as the acting person may read it."""
        process = process_called(options["key"])
        found = _message(process, options["hash"])
        lines = lines_of(messages_of(found.thread), acting_person(options))
        return Told({"messages": [_told(line) for line in lines]}, (as_text(lines),))

    def act_say(self, options: dict[str, Any]) -> Told:
        """Say something: begin a thread, or answer a message."""
        process = process_called(options["key"])
        person, at = acting_person(options), options["at"]
        text = read_bytes(options["file"], sys.stdin).decode("utf-8-sig")
        parent = _message(process, options["to"]) if options["to"] else None
        by = enter(process, person, at=at)
        author = author_of(person, assurance=Assurance.PROVEN, group=by.group)
        said = Said(subject=options["subject"], text=text, message_id=new_message_id(process))
        key = entropy(REAL, "said on the command line").hex()
        told: dict[str, Any] = {"by": by, "author": author, "said": said, "channel": "cli", "at": at}
        made = (
            reply(parent, dedup_key=key, **told) if parent else start_thread(process, dedup_key=key, **told)
        )
        number = made.contribution.number
        receipt = receipt_text(made.contribution)
        data = {"number": number, "hash": made.hash, "message_id": made.message_id, "receipt": receipt}
        return Told(data, (receipt,))


def _message(process: Process, permalink: str) -> Message:
    found = called(process, permalink.upper())
    if found is None:
        raise RuleBroken(f"There is no message {permalink} in {process.key}.", code="message_unknown")
    return found


def _told(line: Line) -> dict[str, Any]:
    author = line.author
    return {
        "number": line.contribution.number,
        "hash": line.message.hash,
        "state": line.contribution.state,
        "answers": line.answers,
        "at": f"{line.contribution.received_at:%Y-%m-%dT%H:%M:%SZ}",
        "subject": line.subject,
        "author": author.name if author else "",
        "organization": author.organization if author else "",
        "text": whole(line.message) if line.may_read else "",
    }
