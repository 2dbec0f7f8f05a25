"""`talanoa draft`: write drafts, read them, speak about them, answer what was said."""

import sys
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from talanoa.contributions.actions.standing import author_of
from talanoa.contributions.models import Assurance
from talanoa.contributions.receipts import receipt_text
from talanoa.documents.models import Paragraph, Revision
from talanoa.drafts.actions.disposing import Ruled, accept_suggestion, dispose_of, reject_suggestion
from talanoa.drafts.actions.needing import state_need
from talanoa.drafts.actions.remarking import Remarked, comment_on, suggest
from talanoa.drafts.actions.writing import begin_draft, revise_draft
from talanoa.drafts.models import Comment, Disposition, Draft, Need, Suggestion
from talanoa.drafts.queries import draft_called, listed, paragraph_numbered, remark_numbered
from talanoa.kernel.commands import Told, read_bytes
from talanoa.kernel.entropy import entropy
from talanoa.kernel.errors import RuleBroken
from talanoa.kernel.space import REAL
from talanoa.lib.processkeys import label, number_in
from talanoa.processes.actions.roles import enter
from talanoa.processes.commands import ActingVerb, acting, acting_person, process_called
from talanoa.processes.models import Process

OF_DRAFT = ("show", "revise", "comment", "suggest", "dispose")
OF_REMARK = ("accept", "reject", "need")
WORDS = "in UTF-8; - reads standard input"


_FILE = (("file",), {"help": f"the text or the words, {WORDS}"})
_PARAGRAPH = (("--paragraph",), {"type": int, "default": 0, "metavar": "N", "help": "its number, from 1"})
_REVISION = (("--revision",), {"type": int, "default": 0, "metavar": "N", "help": "its number"})
_REASON = (("--reason",), {"default": ""})
ARGUMENTS: dict[str, tuple[tuple[tuple[str, ...], dict[str, Any]], ...]] = {
    "list": (),
    "show": (_REVISION,),
    "begin": (_FILE, (("--title",), {"required": True})),
    "revise": (
        _FILE,
        (("--summary",), {"default": "", "help": "what changes, in one line"}),
        (
            ("--based-on",),
            {"type": int, "default": 0, "metavar": "N", "help": "the revision that was changed"},
        ),
    ),
    "comment": (
        _FILE,
        _PARAGRAPH,
        (("--quote",), {"default": "", "help": "the words of the paragraph that are meant"}),
    ),
    "suggest": (_FILE, _PARAGRAPH, (("--because",), {"default": "", "help": "why"})),
    "need": ((("degree",), {"choices": [*Need.Degree.values, Need.NEITHER]}),),
    "dispose": (
        (("numbers",), {"nargs": "+", "help": "of the comments, such as 17 18"}),
        (("--status",), {"required": True, "choices": Disposition.Status.values}),
        _REASON,
        _REVISION,
        _PARAGRAPH,
    ),
    "accept": (
        _REASON,
        (("--seen",), {"type": int, "default": 0, "metavar": "N", "help": "the revision that was looked at"}),
    ),
    "reject": (_REASON,),
}
"""What each verb takes beside the process and the draft or the number."""


class Command(ActingVerb):
    help = "Write the drafts of a process, speak about their paragraphs, answer what was said."
    verbs = ("list", "show", "begin", "revise", "comment", "suggest", "need", "dispose", "accept", "reject")

    def describe(self, verb: str, parser: CommandParser) -> None:
        parser.add_argument("key")
        if verb in OF_DRAFT:
            parser.add_argument("draft", type=int, help="the number of the draft")
        if verb in OF_REMARK:
            parser.add_argument("number", help="of the suggestion, such as 17")
        for names, told in ARGUMENTS[verb]:
            parser.add_argument(*names, **told)

    def act_list(self, options: dict[str, Any]) -> Told:
        """List the drafts of a process."""
        rows = [
            {"draft": row.number, "title": row.document.title, "revision": row.newest, "said": row.n_said}  # type: ignore[attr-defined]
            for row in listed(process_called(options["key"]))
        ]
        lines = [f"d{row['draft']}  r{row['revision']}  {row['said']:>5}  {row['title']}" for row in rows]
        return Told({"drafts": rows}, tuple(lines))

    def act_show(self, options: dict[str, Any]) -> Told:
        """Show a revision of a draft with its numbered paragraphs; the newest one by default."""
        draft = _draft(options)
        revision = _revision(draft, options["revision"])
        rows = list(revision.paragraphs.order_by("position"))
        told = [{"paragraph": row.position + 1, "anchor": row.anchor, "text": row.text} for row in rows]
        data = {
            "draft": draft.number,
            "title": draft.document.title,
            "revision": revision.number,
            "sha256": revision.sha256,
            "paragraphs": told,
        }
        lines = [f"{draft.document.title}, r{revision.number}", f"SHA-256 {revision.sha256}", ""]
        return Told(data, (*lines, *(f"¶ {row.position + 1}  {row.text}\n" for row in rows)))

    def act_begin(self, options: dict[str, Any]) -> Told:
        """Publish the first revision of a new draft."""
        process = process_called(options["key"])
        made = begin_draft(
            process,
            by=acting(options, process),
            title=options["title"],
            text=_text(options),
            at=options["at"],
            channel="cli",
        )
        return _published(made, _revision(made, 0))

    def act_revise(self, options: dict[str, Any]) -> Told:
        """Publish a revision of a draft."""
        draft = _draft(options)
        made = revise_draft(
            draft,
            by=acting(options, draft.process),
            text=_text(options),
            summary=options["summary"],
            based_on=options["based_on"],
            at=options["at"],
            channel="cli",
        )
        return _published(draft, made)

    def act_comment(self, options: dict[str, Any]) -> Told:
        """Comment on a paragraph of a draft, or on the whole of it."""
        draft = _draft(options)
        revision = _revision(draft, 0)
        row = _paragraph(revision, options["paragraph"]) if options["paragraph"] else None
        said = Remarked(row.anchor if row else "", _text(options), quote=options["quote"])
        return _received(comment_on(revision, said=said, **_speaker(options, draft.process)))

    def act_suggest(self, options: dict[str, Any]) -> Told:
        """Suggest other words for a paragraph of a draft."""
        draft = _draft(options)
        revision = _revision(draft, 0)
        row = _paragraph(revision, options["paragraph"])
        said = Remarked(row.anchor, options["because"], replacement=_text(options))
        return _received(suggest(revision, said=said, **_speaker(options, draft.process)))

    def act_need(self, options: dict[str, Any]) -> Told:
        """Say that a suggestion must or should be in the text, or take that back."""
        process = process_called(options["key"])
        found = _suggestion(process, options)
        by = enter(process, acting_person(options), at=options["at"])
        state_need(found, by=by, degree=options["degree"], at=options["at"], channel="cli")
        number = label(process.key, found.contribution.number)
        return Told({"number": number, "degree": options["degree"]}, (f"{number}: {options['degree']}",))

    def act_dispose(self, options: dict[str, Any]) -> Told:
        """Say what became of one or several comments on a draft, and why."""
        draft = _draft(options)
        anchor = ""
        if options["revision"] and options["paragraph"]:
            anchor = _paragraph(_revision(draft, options["revision"]), options["paragraph"]).anchor
        made = dispose_of(
            draft,
            [number_in(one) or 0 for one in options["numbers"]],
            by=acting(options, draft.process),
            ruled=Ruled(options["status"], options["reason"], options["revision"], anchor),
            at=options["at"],
            channel="cli",
        )
        return _disposed(made)

    def act_accept(self, options: dict[str, Any]) -> Told:
        """Put a suggestion into the text: publish the revision that this makes."""
        process = process_called(options["key"])
        made = accept_suggestion(
            _suggestion(process, options),
            by=acting(options, process),
            reason=options["reason"],
            seen=options["seen"],
            at=options["at"],
            channel="cli",
        )
        return _disposed(made)

    def act_reject(self, options: dict[str, Any]) -> Told:
        """Say why a suggestion is not accepted."""
        process = process_called(options["key"])
        made = reject_suggestion(
            _suggestion(process, options),
            by=acting(options, process),
            reason=options["reason"],
            at=options["at"],
            channel="cli",
        )
        return _disposed(made)


def _text(options: dict[str, Any]) -> str:
    return read_bytes(options["file"], sys.stdin).decode("utf-8-sig")


def _draft(options: dict[str, Any]) -> Draft:
    process = process_called(options["key"])
    found = draft_called(process, options["draft"])
    if found is None:
        raise RuleBroken(
            _("There is no draft %(n)s in %(key)s.") % {"n": options["draft"], "key": process.key},
            code="draft_unknown",
        )
    return found


def _revision(draft: Draft, number: int) -> Revision:
    """Return the revision with this number, the newest one for 0."""
    rows = draft.document.revisions.order_by("-number")
    found = (rows.filter(number=number) if number else rows).first()
    if found is None:
        raise RuleBroken(_("There is no revision %(n)s.") % {"n": number}, code="revision_unknown")
    return found


def _paragraph(revision: Revision, number: int) -> Paragraph:
    found = paragraph_numbered(revision, number)
    if found is None:
        raise RuleBroken(
            _("There is no paragraph %(n)s in revision %(revision)s of the draft.")
            % {"n": number, "revision": revision.number},
            code="paragraph_unknown",
        )
    return found


def _suggestion(process: Process, options: dict[str, Any]) -> Suggestion:
    found = remark_numbered(process, number_in(options["number"]) or 0)
    if not isinstance(found, Suggestion):
        raise RuleBroken(
            _("There is no suggestion %(n)s in %(key)s.") % {"n": options["number"], "key": process.key},
            code="number_unknown",
        )
    return found


def _speaker(options: dict[str, Any], process: Process) -> dict[str, Any]:
    """Return who speaks, and what makes this one act."""
    person, at = acting_person(options), options["at"]
    by = enter(process, person, at=at)
    author = author_of(person, assurance=Assurance.PROVEN, group=by.group)
    key = entropy(REAL, "said on the command line").hex()
    return {"by": by, "author": author, "dedup_key": key, "channel": "cli", "at": at}


def _received(made: Comment | Suggestion) -> Told:
    receipt = receipt_text(made.contribution)
    return Told({"number": made.contribution.number, "receipt": receipt}, (receipt,))


def _published(draft: Draft, revision: Revision) -> Told:
    data = {"draft": draft.number, "revision": revision.number, "sha256": revision.sha256}
    return Told(data, (f"d{draft.number} r{revision.number}  {revision.sha256}",))


def _disposed(made: Disposition) -> Told:
    revision = made.revision.number if made.revision else 0
    return Told({"status": made.status, "revision": revision}, (f"{made.status}  r{revision}",))
