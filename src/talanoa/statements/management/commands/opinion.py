"""`talanoa opinion`: analyze votes in files, export a closed round, compute a published result again."""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from talanoa.kernel.commands import Told
from talanoa.kernel.errors import RuleBroken
from talanoa.lib.imported_votes import ImportedConversation, VotesWithoutText, imported
from talanoa.lib.published_votes import TableUnreadable, from_json
from talanoa.processes.commands import ActingVerb, acting, process_called
from talanoa.statements.actions.importing import import_conversation
from talanoa.statements.actions.rounds import LONGEST, SHORTEST, USUAL
from talanoa.statements.checking import final_result
from talanoa.statements.queries import round_called

if TYPE_CHECKING:
    from talanoa.lib.opinion import Conversation

SAME, OTHER = 0, 1


class Command(ActingVerb):
    help = "Where a room agrees: analyze votes in files, import and export rounds, compute a published result again."
    verbs = ("analyse", "import", "export", "verify")

    def describe(self, verb: str, parser: CommandParser) -> None:
        if verb == "analyse":
            parser.add_argument(
                "place", help="a conversation in the files of Polis: their folder, or votes.csv"
            )
            parser.add_argument(
                "--groups", metavar="CSV", help="declared groups: columns participant and group"
            )
        elif verb == "import":
            parser.add_argument("key")
            parser.add_argument("folder", help="a conversation in the files of Polis")
            parser.add_argument(
                "--source", required=True, help="where it was held, who publishes it, its license"
            )
            parser.add_argument("--question", required=True, help="what the statements are about")
            parser.add_argument(
                "--days",
                type=int,
                default=USUAL,
                help=f"for how long people vote on here: {SHORTEST} to {LONGEST}, {USUAL} by default",
            )
        elif verb == "export":
            parser.add_argument("key")
            parser.add_argument("folder", help="where the files go")
            parser.add_argument("--round", type=int, default=0, metavar="N", help="by default the newest")
        else:
            parser.add_argument("folder", help="an export of a round")
            parser.add_argument("--sha256", default="", help="of the result, as the record has it")

    def act_analyse(self, options: dict[str, Any]) -> Told:
        """Analyze a conversation: with --json the public result, else the statements by their weakest group."""
        # NumPy takes a third of a second to load, and the other verbs do without most of it.
        from talanoa.lib.opinion import (  # noqa: PLC0415
            Groups,
            analyze,
            conversation_marks,
            read_groups,
            to_json_bytes,
        )

        read = _read(Path(options["place"]))
        with _told_by_code():
            groups = Groups(read_groups(Path(options["groups"]))) if options["groups"] else None
        analysis = analyze(read.votes, groups, read.moderation, marks=conversation_marks(read))
        lines = [
            f"{row.statement:>5}  {(row.declared_numbers or row.found_numbers).weakest:.3f}  {row.divisiveness:.3f}"  # type: ignore[union-attr]
            for row in analysis.results
            if row.declared_numbers or row.found_numbers
        ]
        doubts = [one.sentence for one in analysis.map.doubts]
        head = _("%(people)s people, %(statements)s statements, %(votes)s votes") % {
            "people": analysis.participants,
            "statements": analysis.statements,
            "votes": analysis.votes,
        }
        result = to_json_bytes(analysis)
        data = {"result": result.decode(), "sha256": sha256(result).hexdigest()}
        return Told(data, (head, *doubts, *lines))

    def act_import(self, options: dict[str, Any]) -> Told:
        """Open a round with the statements and votes of a conversation that was held elsewhere."""
        process = process_called(options["key"])
        brought = _brought(Path(options["folder"]))
        made = import_conversation(
            process,
            by=acting(options, process),
            brought=brought,
            question=options["question"],
            source=options["source"],
            days=options["days"],
            at=options["at"],
            channel="cli",
        )
        data = {
            "round": made.number,
            "statements": len(brought.statements),
            "voters": len(brought.voters),
            "votes": brought.n_votes,
            "sha256": made.import_sha256,
        }
        return Told(data, tuple(f"{name}: {value}" for name, value in data.items()))

    def act_export(self, options: dict[str, Any]) -> Told:
        """Write a closed round as files in the form of Polis, with a dictionary."""
        from talanoa.statements.exporting import write_export  # noqa: PLC0415 - as above

        process = process_called(options["key"])
        made = round_called(process, options["round"])
        result = final_result(made) if made else None
        if made is None or result is None:
            raise RuleBroken(_("No such round of statements is closed."), code="round_unknown")
        write_export(made, result, Path(options["folder"]))
        return Told({"round": made.number, "sha256": result.body_sha256}, (result.body_sha256,))

    def act_verify(self, options: dict[str, Any]) -> Told:
        """Compute a published result again from its votes; exit code 0 where it is the same to the byte, else 1."""
        from talanoa.lib.counted_votes import result_of  # noqa: PLC0415 - as above

        folder = Path(options["folder"])
        published = (folder / "result.json").read_bytes()
        try:
            computed = result_of(from_json((folder / "votes.json").read_text(encoding="utf-8"))).encode()
        except TableUnreadable as wrong:
            raise RuleBroken(str(wrong), code="conversation_unreadable") from wrong
        found = sha256(computed).hexdigest()
        is_same = computed == published and options["sha256"] in ("", found)
        told = _("The same to the byte.") if is_same else _("Not the same: the votes give another result.")
        return Told({"same": is_same, "sha256": found}, (told, found), SAME if is_same else OTHER)


def _read(place: Path) -> "Conversation":
    """Return the votes in files. Raises RuleBroken: conversation_unreadable, conversation_too_large."""
    from talanoa.lib.opinion import read_conversation  # noqa: PLC0415 - as above

    with _told_by_code():
        read = read_conversation(place)
    if not read.votes.n_votes:
        raise RuleBroken(_("There is no vote in it."), code="conversation_unreadable")
    return read


def _brought(folder: Path) -> ImportedConversation:
    """Return the conversation in files. Raises RuleBroken as `_read`."""
    read = _read(folder)
    try:
        return imported(read)
    except VotesWithoutText as wrong:
        raise RuleBroken(str(wrong), code="conversation_unreadable") from wrong


@contextmanager
def _told_by_code() -> Iterator[None]:
    from talanoa.lib.opinion import ConversationTooLarge, ConversationUnreadable, VotesUnfit  # noqa: PLC0415

    try:
        yield
    except ConversationTooLarge as wrong:
        raise RuleBroken(str(wrong), code="conversation_too_large") from wrong
    except (ConversationUnreadable, VotesUnfit) as wrong:
        raise RuleBroken(str(wrong), code="conversation_unreadable") from wrong
