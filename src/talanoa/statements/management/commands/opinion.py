"""`talanoa opinion`: analyze votes in files, export a closed round, compute a published result again."""

from hashlib import sha256
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from talanoa.kernel.commands import Told, Verb
from talanoa.kernel.errors import RuleBroken
from talanoa.lib.published_votes import TableUnreadable, from_json
from talanoa.processes.commands import process_called
from talanoa.statements.checking import final_result
from talanoa.statements.queries import round_called

SAME, OTHER = 0, 1


class Command(Verb):
    help = "Where a room agrees: analyze votes in files, export a round, compute a published result again."
    verbs = ("analyse", "export", "verify")

    def describe(self, verb: str, parser: CommandParser) -> None:
        if verb == "analyse":
            parser.add_argument(
                "place", help="a conversation in the files of Polis: their folder, or votes.csv"
            )
            parser.add_argument(
                "--groups", metavar="CSV", help="declared groups: columns participant and group"
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
        # NumPy takes a third of a second to load, and no other verb of this program needs it.
        from talanoa.lib.opinion import (  # noqa: PLC0415
            ConversationTooLarge,
            ConversationUnreadable,
            Groups,
            VotesUnfit,
            analyze,
            conversation_marks,
            read_conversation,
            read_groups,
            to_json_bytes,
        )

        try:
            read = read_conversation(Path(options["place"]))
            groups = Groups(read_groups(Path(options["groups"]))) if options["groups"] else None
        except ConversationTooLarge as wrong:
            raise RuleBroken(str(wrong), code="conversation_too_large") from wrong
        except (ConversationUnreadable, VotesUnfit) as wrong:
            raise RuleBroken(str(wrong), code="conversation_unreadable") from wrong
        if not read.votes.n_votes:
            raise RuleBroken(_("There is no vote in it."), code="conversation_unreadable")
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
